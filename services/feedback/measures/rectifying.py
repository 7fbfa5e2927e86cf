"""What the facts of rectification add: done or late as they happen, in time (按期) by what fell due."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from services.feedback.measures.amounts import Adds
from services.feedback.measures.opinions import OPINIONS, by_source, of_opinion
from shared.events import EventData, Fact, inspection


def opened(fact: inspection.RectificationOpened) -> Adds:
    """A finding by its severity, and whether the same was found here not long before."""
    return {f"severity.{fact.severity}": 1, "repeat-findings": int(fact.repeats is not None)}


def verified(fact: inspection.RectificationVerified | inspection.VerificationWithdrawn, times: int = 1) -> Adds:
    """A rectification done, late if not by its due day; -1 times when it did not last."""
    in_time = fact.on_time if fact.in_time is None else fact.in_time
    return {"rectifications-completed": times, "rectified-late": times * (not in_time)}


def fell_due(fact: inspection.RectificationFellDue | inspection.FellDueWithdrawn, times: int = 1) -> Adds:
    """Whatever fell due is in the rate, also what is never put right."""
    return {"rectified-on-time.n": times * fact.in_time, "rectified-on-time.d": times}


FINDINGS: Mapping[type[EventData], Callable[[Any], Adds]] = {
    inspection.RectificationOpened: opened,
    inspection.RectificationVerified: verified,
    inspection.VerificationWithdrawn: lambda fact: verified(fact, -1),
    inspection.VerificationRevised: lambda fact: {"rectified-late": int(fact.in_time_before) - int(fact.in_time)},
    inspection.RectificationFellDue: fell_due,
    inspection.FellDueWithdrawn: lambda fact: fell_due(fact, -1),
    inspection.RectificationSentBack: lambda _: {"rectifications-sent-back": 1},
    inspection.RectificationReopened: lambda _: {"rectifications-reopened": 1},
    inspection.RectificationOverdue: lambda fact: {"rectifications-overdue": int(not fact.again)},
    inspection.OverdueWithdrawn: lambda fact: {"rectifications-overdue": -int(not fact.again)},
    inspection.RectificationReferred: lambda _: {"rectifications-escalated": 1},
    inspection.ReferralWithdrawn: lambda _: {"rectifications-escalated": -1},
    inspection.RectificationEscalated: lambda _: {"escalations-received": 1},
    inspection.EscalationWithdrawn: lambda _: {"escalations-received": -1},
    inspection.SendingBackWithdrawn: lambda _: {"rectifications-sent-back": -1},
    inspection.ReopeningWithdrawn: lambda _: {"rectifications-reopened": -1},
    inspection.VerificationRestored: verified,
    inspection.RepeatWithdrawn: lambda _: {"repeat-findings": -1},
    inspection.RectificationWithdrawn: lambda fact: undone(fact, RECTIFYING),
}

RECTIFYING: Mapping[type[EventData], Callable[[Any], Adds]] = by_source(FINDINGS, OPINIONS)

FINDINGS_HELD: Mapping[type[EventData], Callable[[Any], Adds]] = {
    inspection.RectificationOpened: lambda _: {"rectifications-open": 1},
    inspection.RectificationVerified: lambda _: {"rectifications-open": -1},
    inspection.RectificationReopened: lambda _: {"rectifications-open": 1},
    inspection.RectificationOverdue: lambda _: {"rectifications-open-overdue": 1},
    inspection.OverdueWithdrawn: lambda _: {"rectifications-open-overdue": -1},
    inspection.RectificationSubmitted: lambda fact: {"rectifications-open-overdue": -int(not fact.on_time)},
    inspection.RectificationExtended: lambda fact: {"rectifications-open-overdue": -int(fact.was_overdue)},
    inspection.ReopeningWithdrawn: lambda _: {"rectifications-open": -1},
    inspection.SubmittedWorkWithdrawn: lambda fact: {"rectifications-open-overdue": int(not fact.on_time)},
    inspection.ExtensionWithdrawn: lambda fact: {"rectifications-open-overdue": int(fact.was_overdue)},
    inspection.RectificationWithdrawn: lambda fact: undone(fact, HELD),
}
"""What changes the stock: a finding is open (未销号) until its work is verified, and overdue until it is submitted."""
HELD: Mapping[type[EventData], Callable[[Any], Adds]] = by_source(
    FINDINGS_HELD, {kind: of_opinion(adds) for kind, adds in FINDINGS_HELD.items()}
)


def undone(fact: inspection.RectificationWithdrawn, adds: Mapping[type[EventData], Callable[[Any], Adds]]) -> Adds:
    """The opposite of what the fact had added that is taken back."""
    kind = Fact.registry[fact.fact]
    if kind not in adds:
        return {}
    was = Fact.kept(fact.fact, json.dumps(fact.data))
    return {name: -amount * fact.times for name, amount in adds[kind](was).items()}
