"""The clock of 2018, which the year brings with it: what is due when a day ends."""

from __future__ import annotations

from datetime import date, timedelta

from deploy.linxi.county import COUNTY
from deploy.linxi.year.roster.turns import TURNS
from deploy.linxi.year.submitting import moment
from shared.calendar import is_working_day
from shared.events import Submission
from shared.events.documents import MarkDocumentsOverdue
from shared.events.feedback import ClosePeriod
from shared.events.inspection import CloseDay, MarkOverdue, MarkUnanswered
from shared.events.outgoing import Outgoing
from shared.events.roster import RotateDuty
from shared.events.ticks import tick

TURNS_BEGIN = frozenset(turn.begins for turn in TURNS)


def opening_ticks(first: date) -> list[Outgoing]:
    """A turn that begins with the county's first day."""
    return [_tick(RotateDuty(due=first), first)] if first in TURNS_BEGIN else []


def day_ticks(day: date) -> list[Outgoing]:
    """Due when a day ends: a working day's patrols are closed, deadlines pass, also of documents; a turn begins."""
    following = day + timedelta(days=1)
    due: list[Submission] = []
    if is_working_day(day):
        due += [CloseDay(day=day), MarkOverdue(day=following), MarkUnanswered(day=following)]
        due.append(MarkDocumentsOverdue(day=following))
    if following in TURNS_BEGIN:
        due.append(RotateDuty(due=following))
    return [_tick(data, following) for data in due]


def document_ticks(day: date) -> list[Outgoing]:
    """Due when a day of the next year ends, in which the year's documents are signed and received."""
    following = day + timedelta(days=1)
    return [_tick(MarkDocumentsOverdue(day=following), following)] if is_working_day(day) else []


def period_ticks(day: date) -> list[Outgoing]:
    """Due after a period's last day: the month, then its quarter, then its year."""
    following = day + timedelta(days=1)
    if following.day != 1:
        return []
    ended = [f"{day:%Y-%m}"]
    if day.month % 3 == 0:
        ended.append(f"{day.year}-Q{day.month // 3}")
    if day.month == 12:
        ended.append(f"{day.year}")
    return [_tick(ClosePeriod(period=period), following) for period in ended]


def _tick(data: Submission, due_day: date) -> Outgoing:
    return tick(data, COUNTY, moment(due_day, "00:00"))
