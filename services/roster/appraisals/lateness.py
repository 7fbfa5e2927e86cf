"""Steps that were not done in time are told once on the day after, and again above some days later."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any

from services.roster.appraisals.model import Sheet
from services.roster.appraisals.order import HOME, OWN, SETTLED
from services.roster.appraisals.stepping import BY_HOME
from shared.calendar import due_after
from shared.database.documents import Need, Query
from shared.events import Event
from shared.events.roster.appraisals import AppraisalStepOverdue, MarkAppraisalsOverdue
from shared.pipeline.decisions import About, Accepted, State, Verdict
from shared.roster.organisations import county_of

ESCALATED_AFTER = 3
"""[A] Working days after its due day in which whoever should do a step still may, before those above are told."""


def mark_appraisals_overdue(state: State, event: Event[MarkAppraisalsOverdue]) -> Verdict:
    """The first look is on the day after a step was due, the second when it is to be told above."""
    changed, facts = list[Sheet](), list[About]()
    for sheet in state.find(Sheet, to_be_looked_at(event)):
        if sheet.awaits is None or sheet.due is None or sheet.look is None or event.data.day < sheet.look:
            continue
        escalates = due_after(sheet.due, ESCALATED_AFTER).day
        above = event.data.day > escalates
        look = None if above else escalates + timedelta(days=1)
        changed.append(sheet.having(look=look, overdue=tuple({*sheet.overdue, sheet.awaits}), is_escalated=above))
        whose = sheet.county if above else waits_for(sheet)
        facts.append(About(whose, AppraisalStepOverdue(sheet=sheet.name, step=sheet.awaits, escalated=above)))
    return Accepted(tuple(changed), tuple(facts))


def waits_for(sheet: Sheet) -> str:
    """Whose turn it is: the home's, also of what the person does, or the county's."""
    is_home = sheet.awaits in OWN or sheet.awaits is HOME or (sheet.awaits is SETTLED and BY_HOME not in sheet.parts)
    return sheet.home if is_home else sheet.county


def to_be_looked_at(event: Event[MarkAppraisalsOverdue]) -> Mapping[str, Any]:
    """The filter of those whose look has come."""
    return {"county": county_of(event.organisation), "look": {"$lte": event.data.day.isoformat()}}


def late_needed(event: Event[MarkAppraisalsOverdue]) -> Iterator[Need]:
    """All of them."""
    yield Query(Sheet, to_be_looked_at(event))
