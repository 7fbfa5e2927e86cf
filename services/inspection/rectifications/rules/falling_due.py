"""Whether work came in time (按期) is said once, when its due day is over, and said again if that turns out wrong.

The due day is the first deadline, later only by extensions given before it had passed: sending back and reopening give
a new deadline to work to and leave it alone. Everything is told as of the due day, so that no order of arrival matters.
"""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from services.inspection.rectifications.model import TO_DO, Extension, FellDue, Rectification
from shared.calendar import CHINA, due_after
from shared.events.inspection import FellDueWithdrawn, RectificationFellDue
from shared.pipeline.decisions import About

OVER = time(23, 59, 59)


def is_in_time(one: Rectification) -> bool:
    """Submitted on the due day or before; what waits for its verifier counts until it is sent back or reopened."""
    return one.stage not in TO_DO and one.submitted is not None and one.submitted <= one.due


def extended(one: Rectification, more: Extension) -> dict[str, Any]:
    """The due day with one more extension; one that came too late counts when another, learnt later, moves the day."""
    return _later(one.due, one.given, (*one.too_late, more))


def recounted(one: Rectification) -> dict[str, Any]:
    """The due day by the calendar as it is known now, from the finding on; of an opinion from its own day on."""
    first = one.opinion.finish_by if one.opinion else due_after(one.found, one.within).day
    return _later(first, (), (*one.given, *one.too_late))


def _later(due: date, given: tuple[Extension, ...], more: tuple[Extension, ...]) -> dict[str, Any]:
    in_time, too_late = list(given), []
    for extension in sorted(more, key=lambda one: one.day):
        if extension.day <= due:
            due = due_after(due, extension.working_days).day
            in_time.append(extension)
        else:
            too_late.append(extension)
    return {"due": due, "given": tuple(in_time), "too_late": tuple(too_late)}


def falls_due(one: Rectification, day: date) -> tuple[Rectification, tuple[About, ...]]:
    """Told on the first look after the due day, also of what was done long before."""
    if one.fell_due is not None or day <= one.due:
        return one, ()
    now = FellDue(due=one.due, in_time=is_in_time(one))
    return one.having(fell_due=now), (_about(one, RectificationFellDue, now),)


def judged_again(one: Rectification) -> tuple[Rectification, tuple[About, ...]]:
    """After a step: what was told and is no longer so is taken back; a due day that moved is told when it is over."""
    was, now = one.fell_due, FellDue(due=one.due, in_time=is_in_time(one))
    if was is None or was == now:
        return one, ()
    if was.due != now.due:
        return one.having(fell_due=None), (_about(one, FellDueWithdrawn, was),)
    return one.having(fell_due=now), (_about(one, FellDueWithdrawn, was), _about(one, RectificationFellDue, now))


def _about(one: Rectification, kind: type[RectificationFellDue] | type[FellDueWithdrawn], what: FellDue) -> About:
    fact = kind(rectification=one.rectification, due=what.due, in_time=what.in_time)
    return About(one.organisation, fact, datetime.combine(what.due, OVER, CHINA))
