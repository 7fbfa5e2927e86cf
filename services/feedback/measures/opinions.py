"""What the facts of an opinion's rectification add: opinions are no findings, and their figures stand apart."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from services.feedback.measures.amounts import Adds
from shared.events import EventData, inspection


def closed(times: int) -> Callable[[Any], Adds]:
    """One that somebody has seen done, as many times."""
    return lambda _: {"opinions-closed": times}


def fell_due(fact: inspection.RectificationFellDue | inspection.FellDueWithdrawn, times: int = 1) -> Adds:
    """Whatever fell due is in the rate, also what is never put right."""
    return {"opinions-on-time.n": times * fact.in_time, "opinions-on-time.d": times}


OPINIONS: Mapping[type[EventData], Callable[[Any], Adds]] = {
    inspection.RectificationOpened: lambda _: {"opinions": 1},
    inspection.RectificationVerified: closed(1),
    inspection.VerificationWithdrawn: closed(-1),
    inspection.VerificationRestored: closed(1),
    inspection.RectificationFellDue: fell_due,
    inspection.FellDueWithdrawn: lambda fact: fell_due(fact, -1),
}


def of_opinion(findings: Callable[[Any], Adds]) -> Callable[[Any], Adds]:
    """The same stock as findings have, under its own name."""
    return lambda fact: {name.replace("rectifications", "opinions"): amount for name, amount in findings(fact).items()}


def by_source(
    findings: Mapping[type[EventData], Callable[[Any], Adds]],
    opinions: Mapping[type[EventData], Callable[[Any], Adds]],
) -> Mapping[type[EventData], Callable[[Any], Adds]]:
    """What a fact adds, by what it is told of; of an opinion nothing, where only findings are counted."""
    return {kind: _by_source(adds, opinions.get(kind, nothing)) for kind, adds in findings.items()}


def is_of_opinion(fact: EventData) -> bool:
    """Whether it is told of an opinion; what takes a fact back is told of what that was told of."""
    was = (
        fact.data if isinstance(fact, inspection.RectificationWithdrawn) else {"report": getattr(fact, "report", None)}
    )
    return bool(was.get("report"))


def nothing(_: Any) -> Adds:
    """It is not counted."""
    return {}


def _by_source(findings: Callable[[Any], Adds], opinions: Callable[[Any], Adds]) -> Callable[[Any], Adds]:
    return lambda fact: (opinions if getattr(fact, "report", None) else findings)(fact)
