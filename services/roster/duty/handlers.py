"""Which rule decides what is said of turns of duty, and what it needs to look at."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from services.roster.duty import cancelling, undoing
from services.roster.duty import rules as duty
from services.roster.duty.model import Duty, Turn
from shared.events import Event
from shared.events.roster import PlanTurn, RecordTurnWork, RotateDuty, SubmitIdea
from shared.pipeline.decisions import Handler, Handlers, Key
from shared.roster.organisations import county_of, of_county


def _turn(event: Event[Any]) -> Iterator[Key]:
    yield Key(Turn, of_county(event.organisation, event.data.turn))


def _plan(event: Event[PlanTurn]) -> Iterator[Key]:
    yield from _turn(event)
    yield Key(Duty, county_of(event.organisation))


DUTY: Handlers = {
    PlanTurn: Handler(
        duty.plan, _plan, cancelling.undo_plan, cancelling.planned, cancelling.before_it_begins, "turn-begun"
    ),
    RotateDuty: Handler(duty.rotate, lambda event: [Key(Duty, county_of(event.organisation))]),
    RecordTurnWork: Handler(duty.record_work, _turn, undoing.undo_work, undoing.worked_in),
    SubmitIdea: Handler(duty.submit_idea, _turn, undoing.undo_idea, undoing.suggested),
}
