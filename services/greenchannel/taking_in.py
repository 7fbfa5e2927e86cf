"""What may be taken in at a window: the guide's items by name, each with its limit, and what is refused beforehand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from services.greenchannel.channels import limits, process_names
from services.greenchannel.model import ProcessLimits
from shared.calendar import china_day
from shared.database.mongo import Database
from shared.events.greenchannel import OpenCase
from shared.events.reasonable import Unreasonable
from shared.pages.chinese import limit_text


@dataclass(frozen=True, slots=True)
class Processes:
    """Every item's limits by its slug, and those that may be taken in today by name."""

    limits: Mapping[str, ProcessLimits] = field(default_factory=dict)
    offered: Mapping[str, str] = field(default_factory=dict)


async def processes(db: Database, county: str, today: date) -> Processes:
    """As the service guide told of them; in the order of their names."""
    known = {one.id.split("/", 1)[1]: one for one in await limits(db, county)}
    names = await process_names(db)
    called = {slug: (names.get(slug, slug), now.days) for slug, one in known.items() if (now := one.on(today))}
    in_order = sorted(called.items(), key=lambda one: one[1])
    return Processes(known, {slug: f"{name}（{limit_text(days)}）" for slug, (name, days) in in_order})


def offered_processes(known: Processes | None) -> Mapping[str, str]:
    """To choose from; none while it is not known which there are."""
    return known.offered if known else {}


def foreseen_opening(known: Processes | None, asked: OpenCase, happened: datetime) -> Unreasonable | None:
    """A day on which the item had no limit yet, where its limits are known here."""
    found, day = known.limits.get(asked.process) if known else None, china_day(happened)
    if found is None or found.on(day):
        return None
    return Unreasonable("process", "unknown-process", {"process": asked.process, "day": day})
