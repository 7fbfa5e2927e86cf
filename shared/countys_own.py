"""What is a county's own and no part of the program: what its committee is called, and what may be chosen there.

Until its committee says so it is called after the county, and nothing is listed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextvars import ContextVar
from datetime import date
from typing import NamedTuple

from shared.events.vocabulary import AwardCriterion, AwardObject, AwardRhythm, Catalogue
from shared.part import KeptPart

COMMITTEE = "政务服务联合党委"
"""What every county's committee is, with the county's name before it."""
BRAND = "联办"
"""The same in short, over every page."""
LEVELS = ("县", "市", "区")
"""What a county's short name leaves out; a banner (旗) is not called without it."""
WHOLE = ("自治县", "矿区", "林区", "新区", "特区")
"""Names that say nothing without their last word."""


KINDS_OF_COUNTY = ("县", "旗", "区", "市")
"""Words with which a county's name ends, by which its people call all of it: 全旗, 区直单位."""
ALONE = re.compile(r"(?<=[全本])县|(?<=新启用的)县|县(?=级|本级|直|里|名|启用|服务器|系统管理员|政务服务大厅|联合党委)")
"""Where 县 in a text of the program means whichever county it is that reads it."""


def kind_of_county(place: str) -> str:
    """巴林右旗 is 旗; 县 where its name does not say."""
    return place[-1:] if place.endswith(KINDS_OF_COUNTY) else KINDS_OF_COUNTY[0]


class CommitteeName(KeptPart):
    """What a county's committee is called from a day on, and in short."""

    since: date = date.min
    name: str = COMMITTEE
    brand: str = BRAND
    latin: str = ""
    """The county's name in pinyin, of which nobody's password is made; empty where it was not said."""


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


class CatalogueEntry(KeptPart):
    """What can be chosen from a day on, for good or up to a last day; what was chosen keeps its name for ever."""

    catalogue: Catalogue
    entry: str
    name: str
    unit: str = "项"
    since: date
    last_day: date | None = None
    quota: int | None = None
    """Of an award: to how many it is given in a period, after nomination and publication; None where others give it."""
    given_to: AwardObject = AwardObject.PERSON
    award_rhythm: AwardRhythm = AwardRhythm.YEAR
    moving: bool = False
    """Of an award: it has one holder at a time, and goes from one to the next."""
    criteria: tuple[AwardCriterion, ...] = ()

    def is_offered(self, day: date) -> bool:
        """Whether it can be chosen for something of that day."""
        return self.since <= day and (self.last_day is None or day <= self.last_day)


UNLISTED: Mapping[Catalogue, str] = {
    Catalogue.AWARD: "其他荣誉",
    Catalogue.WORK: "其他工作",
    Catalogue.COMMITMENT: "其他承诺事项",
}
"""What is called so that was chosen before there was a catalogue, and was never entered in it."""


def offered_in(entries: Iterable[CatalogueEntry], catalogue: Catalogue, day: date) -> tuple[CatalogueEntry, ...]:
    """What can be chosen of a catalogue on a day, in the order in which it was entered."""
    return tuple(one for one in entries if one.catalogue is catalogue and one.is_offered(day))


class CountysOwn(NamedTuple):
    """As of a day: what the committee is called, and its catalogues with what is ended in them."""

    called: CommitteeName = NEUTRAL
    entries: tuple[CatalogueEntry, ...] = ()
    day: date = date.max
    place: str = ""
    """The county's name, where it is known; else it stands in that of its committee."""

    @property
    def kind(self) -> str:
        """县, 旗, 区 or 市, as its people say it."""
        return kind_of_county((self.place or self.called.name).removesuffix(COMMITTEE))

    def entry(self, catalogue: Catalogue, entry: str) -> CatalogueEntry:
        """With its name, also when it is ended; a word in its place where it was never entered."""
        for one in self.entries:
            if one.catalogue is catalogue and one.entry == entry:
                return one
        return CatalogueEntry(catalogue=catalogue, entry=entry, name=UNLISTED[catalogue], since=date.min)

    def listed(self, catalogue: Catalogue) -> Mapping[str, str]:
        """Everything that was ever entered, by name."""
        return {one.entry: one.name for one in self.entries if one.catalogue is catalogue}

    def offered(self, catalogue: Catalogue) -> Mapping[str, CatalogueEntry]:
        """What can be chosen now."""
        return {one.entry: one for one in offered_in(self.entries, catalogue, self.day)}


def _of_nobody() -> CountysOwn:
    return CountysOwn()


OWN: ContextVar[Callable[[], CountysOwn]] = ContextVar("own", default=_of_nobody)
"""Of the county whose page is answered; asked for when something is shown, by what is known then."""


def own() -> CountysOwn:
    """What is the county's own whose page is answered."""
    return OWN.get()()


def in_own_words(text: str) -> str:
    """A text of the program as the county says it whose page is answered: 全旗概况; never for what people wrote."""
    kind = own().kind
    return text if kind == KINDS_OF_COUNTY[0] else ALONE.sub(kind, text)
