"""Days by which incidents are to be answered, where the calendar moves them: when a notice is known, or corrected."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time, timedelta

from services.inspection.excellence.model.incidents import Incident, IncidentStage
from services.inspection.excellence.rules.incidents import ANSWER_WITHIN, OPEN
from shared.calendar import CHINA, DueDay, china_day, due_after
from shared.events import Event
from shared.events.inspection import (
    IncidentAnswerRevised,
    IncidentDueSettled,
    SettleAnswerDays,
    UnansweredWithdrawn,
)
from shared.pipeline.decisions import About, Accepted, Query, State, Verdict
from shared.roster.organisations import county_of

MOST = 500
"""Incidents of each kind that one tick looks at, those due first first."""
RECENT = timedelta(days=31)
"""How long after its due day an open incident is still looked at for a corrected notice."""
NOON = time(12)


def to_look_at(event: Event[SettleAnswerDays]) -> tuple[Query, Query]:
    """Provisional ones, and open ones whose day is certain unless a notice is corrected."""
    day, here = event.data.day, {"county": county_of(event.organisation)}
    known = {**here, "reported": {"$lt": day.isoformat()}}
    certain = {
        **known,
        "stage": {"$in": [stage.value for stage in OPEN]},
        "provisional": False,
        "due": {"$gte": (day - RECENT).isoformat()},
    }
    return Query(Incident, {**known, "provisional": True}, "due", MOST), Query(Incident, certain, "due", MOST)


def settle_answer_days(state: State, event: Event[SettleAnswerDays]) -> Verdict:
    """What is due otherwise than was told is told again; a second look changes nothing."""
    found = {one.id: one for query in to_look_at(event) for one in state.find(Incident, query.filter)}
    moved = [(one, due) for one in found.values() if one.reported < event.data.day and (due := _moved(one)) is not None]
    facts = (fact for one, due in moved for fact in _consequences(one, due))
    return Accepted(tuple(_settled(one, due) for one, due in moved), tuple(facts))


def _moved(one: Incident) -> DueDay | None:
    """When it is due by the calendar known now, if that is news; what is over stays unless it is provisional."""
    due = due_after(one.reported, ANSWER_WITHIN)
    if due == (one.due, one.provisional) or (one.stage not in OPEN and not one.provisional):
        return None
    return due


def _settled(one: Incident, due: DueDay) -> Incident:
    changed = one.having(due=due.day, provisional=due.provisional)
    if not _is_marked_wrongly(one, due):
        return changed
    stage = IncidentStage.REPORTED if one.stage is IncidentStage.UNANSWERED else one.stage
    return changed.having(marked=None, stage=stage)


def _consequences(one: Incident, due: DueDay) -> Iterator[About]:
    """The change; a mark that was wrong is taken back, and an answer judged again, each as of its own time."""
    settled = IncidentDueSettled(
        incident=one.incident, kind=one.kind, before=one.due, due=due.day, provisional=due.provisional
    )
    yield About(one.organisation, settled)
    unmarked = _is_marked_wrongly(one, due)
    if unmarked:
        withdrawn = UnansweredWithdrawn(incident=one.incident, kind=one.kind, due=one.due)
        yield About(one.organisation, withdrawn, one.marked)
    if one.answered is None:
        return
    before, now = one.answered <= one.due, one.answered <= due.day
    if unmarked or before != now:
        revised = IncidentAnswerRevised(
            incident=one.incident, kind=one.kind, on_time=now, on_time_before=before, was_unanswered=unmarked
        )
        yield About(one.organisation, revised, datetime.combine(one.answered, NOON, CHINA))


def _is_marked_wrongly(one: Incident, due: DueDay) -> bool:
    """A mark is made by the tick of a day after the due one; one that a late answer would have met as well stays."""
    if one.marked is None or china_day(one.marked) > due.day:
        return False
    return one.answered is None or one.due < one.answered <= due.day
