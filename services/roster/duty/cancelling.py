"""A planned turn is cancelled, or planned otherwise, until the day before it begins."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from services.roster.duty.model import Duty, Turn
from shared.database.documents import Key
from shared.events.roster import TurnCancelled, TurnPlanned
from shared.pipeline.decisions import Accepted, Original, Refused, State, Verdict, fact_of
from shared.roster.organisations import county_of, of_county


def planned(original: Original) -> Iterator[Key]:
    """The turn, and the county's plan of turns."""
    yield Key(Turn, of_county(original.organisation, fact_of(original, TurnPlanned).turn))
    yield Key(Duty, county_of(original.organisation))


def before_it_begins(original: Original) -> date:
    """The last day on which it is only planned."""
    return fact_of(original, TurnPlanned).begins - timedelta(days=1)


def undo_plan(state: State, original: Original) -> Verdict:
    """Its term is free again, and so is its number; what the clock has begun stays."""
    fact = fact_of(original, TurnPlanned)
    duty = state.get(Duty, county_of(original.organisation))
    turn = state.get(Turn, of_county(original.organisation, fact.turn))
    assert duty is not None
    assert turn is not None
    if duty.holding == fact.turn:
        return Refused("turn-begun", day=fact.begins)
    left = tuple(one for one in duty.planned if one.turn != fact.turn)
    return Accepted((turn.having(cancelled=True), duty.having(planned=left)), original.taken_back(TurnCancelled))
