"""A fact is added to the month in which it happened and to the organisation that it concerns, there only."""

from __future__ import annotations

from typing import Any

from services.feedback.measures.adding import added, latest
from services.feedback.measures.model import MonthlyDocument
from shared.calendar import china_day
from shared.database.documents import Increment
from shared.events import Event, Fact
from shared.pipeline.decisions import Accepted, State, Verdict
from shared.roster.organisations import county_of


def add_up(state: State, event: Event[Fact]) -> Verdict:
    """A fact belongs to the month in which it happened and to the organisation's place in the tree at that time."""
    counts, stocks = added(event.data), latest(event.data, event.time)
    if not counts and not stocks:
        return Accepted()
    return Accepted((monthly_increment(event.organisation, event.path, event.time, counts, stocks),))


def monthly_increment(
    organisation: str, path: str, happened: Any, counts: dict[str, int], stocks: dict[str, Any]
) -> Increment:
    """What is added to the one document concerned; totals above it are merged when read."""
    month = china_day(happened).isoformat()[:7]
    place = path or organisation
    return Increment(
        MonthlyDocument.collection,
        f"{month}/{place}",
        add={f"add.{name}": amount for name, amount in counts.items()},
        latest={f"latest.{name}": value for name, value in stocks.items()},
        once={"month": month, "county": county_of(organisation), "path": place},
    )
