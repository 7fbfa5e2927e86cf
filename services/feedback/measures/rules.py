"""A fact is added to the month in which it happened and to the organisation that it concerns, there only."""

from __future__ import annotations

from datetime import datetime

from services.feedback.measures.adding import added, held
from services.feedback.measures.model import Balance, MonthlyDocument
from services.feedback.placing.model import PlacedFact
from shared.calendar import china_day
from shared.database.documents import Change, Increment, Key
from shared.events import Event, Fact
from shared.pipeline.decisions import Accepted, State
from shared.roster.organisations import county_of


def needs(event: Event[Fact]) -> tuple[Key, ...]:
    """Where the fact was placed that this one takes back."""
    return (Key(PlacedFact, event.undoes),) if event.undoes else ()


def add_up(state: State, event: Event[Fact]) -> Accepted:
    """A fact belongs to the month in which it happened and to the organisation's place in the tree at that time.

    What takes another back counts where that one was placed anew, if it was.
    """
    changes: list[Change] = []
    anew = _placed_with(state, event)
    if anew:
        changes.append(anew)
    if counts := added(event.data):
        changes.append(monthly_increment(event.organisation, anew.path if anew else event.path, event.time, counts))
    if more := held(event.data):
        changes.append(balance_increment(event.organisation, event.time, more))
    return Accepted(tuple(changes))


def _placed_with(state: State, event: Event[Fact]) -> PlacedFact | None:
    undone = state.get(PlacedFact, event.undoes) if event.undoes else None
    return undone and PlacedFact(
        id=event.key, organisation=event.organisation, month=_month(event.time), path=undone.path
    )


def monthly_increment(organisation: str, path: str, happened: datetime, counts: dict[str, int]) -> Increment:
    """What is added to the one document concerned; totals above it are merged when read."""
    month = _month(happened)
    place = path or organisation
    return Increment(
        MonthlyDocument.collection,
        f"{month}/{place}",
        add={f"add.{name}": amount for name, amount in counts.items()},
        once={"month": month, "county": county_of(organisation), "path": place},
    )


def balance_increment(organisation: str, happened: datetime, more: dict[str, int]) -> Increment:
    """What the month's facts change a stock by, wherever the organisation stands."""
    month = _month(happened)
    return Increment(
        Balance.collection,
        organisation,
        add={f"add.{name}.{month}": amount for name, amount in more.items()},
        once={"county": county_of(organisation)},
    )


def _month(happened: datetime) -> str:
    return china_day(happened).isoformat()[:7]
