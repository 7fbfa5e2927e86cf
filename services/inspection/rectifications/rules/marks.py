"""The marks that stand against a deadline, overdue and referred to the organisation above: made, and taken back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time
from typing import Any

from services.inspection.rectifications.model import Rectification, What
from services.inspection.rectifications.rules.rounds import ONE_DAY, stepped
from shared.calendar import CHINA
from shared.events import Event
from shared.events.inspection import (
    EscalationWithdrawn,
    OverdueWithdrawn,
    RectificationEscalated,
    RectificationOverdue,
    RectificationReferred,
    ReferralWithdrawn,
)
from shared.pipeline.decisions import About

WithMark = tuple[Rectification, tuple[About, ...]]
"""A rectification with its mark, and what is told of it."""


def overdue(one: Rectification, event: Event[Any]) -> WithMark:
    """Overdue once under each deadline, from the day after it, whenever and by whatever that is learnt.

    Under one that was over already when it was given, from that day on: until then it was overdue under the one before.
    """
    if one.marked is not None or event.day <= one.deadline:
        return one, ()
    given = max((more.day for more in (*one.given, *one.too_late)), default=one.found)
    since = datetime.combine(max(one.deadline + ONE_DAY, given), time.min, CHINA)
    mark = RectificationOverdue(rectification=one.rectification, deadline=one.deadline, again=one.was_overdue)
    return stepped(one, event, What.OVERDUE, marked=since), (About(one.organisation, mark, since),)


def escalated(one: Rectification, event: Event[Any], above: str) -> WithMark:
    """Told to the organisation above, and of the one concerned, whose own report says it too."""
    referred = RectificationReferred(rectification=one.rectification, above=above, deadline=one.deadline)
    received = RectificationEscalated(
        rectification=one.rectification, organisation=one.organisation, deadline=one.deadline
    )
    changes: dict[str, Any] = {"escalated": event.time, "escalated_to": above, "escalations": one.escalations + 1}
    marked = stepped(one, event, What.ESCALATED, **changes)
    return marked, (About(one.organisation, referred), About(above, received))


def taken_back(one: Rectification, event: Event[Any]) -> tuple[dict[str, Any], tuple[About, ...]]:
    """The marks that were wrong, as is learnt from something that happened at the event's time.

    A mark is taken back as of when it was made, so that it never stood in any report's sum.
    """
    changes: dict[str, Any] = {}
    if _was_in_time(one, event):
        changes |= {"marked": None}
    if _was_before_escalation(one, event):
        changes |= {"escalated": None, "escalated_to": "", "escalations": one.escalations - 1}
    return changes, tuple(_withdrawn(one, event))


def _withdrawn(one: Rectification, event: Event[Any]) -> Iterator[About]:
    if _was_in_time(one, event):
        yield mark_withdrawn(one)
    if _was_before_escalation(one, event):
        yield from referral_withdrawn(one)


def mark_withdrawn(one: Rectification) -> About:
    """It was not overdue, as of when it was marked."""
    mark = OverdueWithdrawn(rectification=one.rectification, deadline=one.deadline, again=one.was_overdue)
    return About(one.organisation, mark, one.marked)


def referral_withdrawn(one: Rectification) -> tuple[About, About]:
    """It was not to be referred, as of when it was: told to both."""
    referred = ReferralWithdrawn(rectification=one.rectification, above=one.escalated_to, deadline=one.deadline)
    received = EscalationWithdrawn(
        rectification=one.rectification, organisation=one.organisation, deadline=one.deadline
    )
    return About(one.organisation, referred, one.escalated), About(one.escalated_to, received, one.escalated)


def _was_in_time(one: Rectification, event: Event[Any]) -> bool:
    return one.marked is not None and event.day <= one.deadline


def _was_before_escalation(one: Rectification, event: Event[Any]) -> bool:
    return one.escalated is not None and event.time < one.escalated
