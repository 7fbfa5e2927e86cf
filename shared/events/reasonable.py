"""What a submission says beyond reason, whoever says it: its rule refuses it, a form says so before it is sent."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from shared.calendar import is_office_hour
from shared.events.greenchannel import CompleteCase, RecordGreenService
from shared.events.refusals.sentences import InBoth
from shared.events.vocabulary import ClientGroup, ServiceMode
from shared.hundredths import decimal

MOST_PERSONS, MOST_VISITS = 20, 20
"""[A] Person-times of one service; times that one comes for one case."""
MOST_PEOPLE = 5_000
"""[A] Of one organisation at one lesson or activity."""
PERSONS, VISITS = InBoth("服务人次", "persons"), InBoth("到现场次数", "visits")
ATTENDED, TOOK_PART = InBoth("到课人数", "attended"), InBoth("参加人数", "participants")


class Unreasonable(NamedTuple):
    """The value that it is about, and the slug of the reason with what fills it."""

    path: str
    slug: str
    details: Mapping[str, object]


def no_such_service(asked: RecordGreenService, happened: datetime) -> Unreasonable | None:
    """Enterprises are counted in cases; of one service so many as can be, and its time bears the mode out."""
    if asked.client is ClientGroup.ENTERPRISE and asked.persons != 1:
        return Unreasonable("persons", "enterprise-counts-cases", {})
    if asked.persons > MOST_PERSONS:
        return Unreasonable("persons", "beyond-reason", {"what": PERSONS, "most": MOST_PERSONS})
    if asked.mode is ServiceMode.AFTER_HOURS and is_office_hour(happened):
        return Unreasonable("mode", "within-office-hours", {"begins": happened})
    return None


def no_such_completion(asked: CompleteCase, standard: int | None) -> Unreasonable | None:
    """No more is charged than the guide says (fen; None where that is not known), nobody comes more often than one."""
    if standard is not None and asked.fee > standard:
        return Unreasonable("fee", "fee-not-allowed", {"standard": decimal(standard)})
    if asked.visits > MOST_VISITS:
        return Unreasonable("visits", "beyond-reason", {"what": VISITS, "most": MOST_VISITS})
    return None
