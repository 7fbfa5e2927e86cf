"""What is a county's own and no part of the program: what its committee is called, for now after the county itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextvars import ContextVar
from datetime import date

from pydantic import BaseModel, ConfigDict

COMMITTEE = "政务服务联合党委"
"""What every county's committee is, with the county's name before it."""
BRAND = "联办"
"""The same in short, over every page."""
LEVELS = ("县", "市", "区")
"""What a county's short name leaves out; a banner (旗) is not called without it."""
WHOLE = ("自治县", "矿区", "林区", "新区", "特区")
"""Names that say nothing without their last word."""


class CommitteeName(BaseModel):
    """What a county's committee is called from a day on, and in short."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    since: date = date.min
    name: str = COMMITTEE
    brand: str = BRAND


NEUTRAL = CommitteeName()
"""Before any county is registered."""


def derived(county: str) -> CommitteeName:
    """安平县政务服务联合党委, 安平联办; also where it was registered by its committee's name."""
    place = county.removesuffix(COMMITTEE)
    return CommitteeName(name=place + COMMITTEE, brand=short(place) + BRAND)


def short(place: str) -> str:
    """安平县 is 安平; what would leave less than two characters stays whole."""
    is_whole = not place.endswith(LEVELS) or place.endswith(WHOLE) or len(place) < 3
    return place if is_whole else place[:-1]


def named_on(names: Sequence[CommitteeName], county: str, day: date) -> CommitteeName:
    """The last name that began by a day; before the first one it is called after the county."""
    begun = [one for one in names if one.since <= day]
    return max(begun, key=lambda one: one.since) if begun else derived(county)


def _neutral() -> CommitteeName:
    return NEUTRAL


CALLED: ContextVar[Callable[[], CommitteeName]] = ContextVar("called", default=_neutral)
"""What the committee is called whose page is answered."""
