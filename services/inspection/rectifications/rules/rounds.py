"""The rounds of a rectification: each begins with a deadline, is told by steps, and says when the clock is to look."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from services.inspection.rectifications.model import TO_DO, Before, Rectification, Stage, Step, What
from shared.calendar import china_day, due_after, working_day_before
from shared.events import Event

REOPENING_DAYS = 30
"""Calendar days after its verification in which work may be reopened."""
ESCALATED_AFTER = 3
"""Working days overdue after which the organisation above is told."""
VERIFIED_WITHIN = 3
"""Working days that submitted work may wait for its verifier before it is told."""
STEPS_KEPT = 30
"""Of a longer history the first and the newest."""
ONE_DAY = timedelta(days=1)


def stepped(one: Rectification, event: Event[Any], what: What, note: str = "", **changes: Any) -> Rectification:
    """What changed, with a line in its history; `photos` go with the line."""
    photos = tuple(changes.pop("photos", ()))
    step = Step(at=event.time, by=event.submitter, what=what, note=note, photos=photos, key=event.key)
    return having_step(one, step, **changes)


def remembered_before(one: Rectification, event: Event[Any], what: What, changed: Iterable[str]) -> dict[str, Any]:
    """With what a step is about to change, so that it can be taken back while nothing follows it."""
    kept = one.model_dump(mode="json", include=set(changed))
    return {"before": (*one.before, Before(key=event.key, what=what, kept=kept))[-Rectification.UNDONE :]}


def having_step(one: Rectification, step: Step, **changes: Any) -> Rectification:
    """With one more line, which says what deadline it sets; of a longer history the first and the newest are kept."""
    named: dict[str, Any] = {name: changes[name] for name in ("deadline", "provisional") if name in changes}
    steps = (*one.steps, step.model_copy(update=named) if named else step)
    kept = steps if len(steps) <= STEPS_KEPT else (steps[0], *steps[1 - STEPS_KEPT :])
    return one.having(steps=kept, **changes)


def looked_after(one: Rectification) -> Rectification:
    """With the first day whose tick has something to do with it; None when nothing more comes by itself."""
    days = [day for day in (next_step(one), _falls_due(one)) if day is not None]
    return one.having(look=min(days, default=None))


def _falls_due(one: Rectification) -> date | None:
    return one.due + ONE_DAY if one.fell_due is None and one.stage is not Stage.WITHDRAWN else None


def next_step(one: Rectification) -> date | None:
    """The first day on which the clock takes it further: reminds, marks, closes."""
    match one.stage:
        case Stage.CLOSED | Stage.WITHDRAWN:
            return None
        case Stage.VERIFIED:
            assert one.verified is not None
            return china_day(one.verified) + timedelta(days=REOPENING_DAYS + 1)
        case Stage.SUBMITTED:
            assert one.submitted is not None
            return None if one.reminded else _day_after(one.submitted, VERIFIED_WITHIN)
        case _:
            return _look_at_deadline(one)


def _look_at_deadline(one: Rectification) -> date | None:
    """When one working day is left, when none is, and when the organisation above is to be told."""
    if one.marked is not None:
        return None if one.escalated else _day_after(one.deadline, ESCALATED_AFTER)
    return one.deadline + ONE_DAY if one.warned else working_day_before(one.deadline) + ONE_DAY


def _day_after(day: date, working_days: int) -> date:
    """The first day on which more than so many working days have gone by."""
    return due_after(day, working_days).day + ONE_DAY


def deadline_after(day: date, working_days: int) -> dict[str, Any]:
    """The last day on which work is in time, the day itself not counted; every deadline is set by this."""
    due = due_after(day, working_days)
    return {"deadline": due.day, "provisional": due.provisional, "counted_from": day, "counted": working_days}


def longer_by(one: Rectification, working_days: int) -> dict[str, Any]:
    """The deadline with more working days; counted from where it was, so that it moves as a whole with the calendar."""
    if one.counted_from is None:
        return deadline_after(one.deadline, working_days)
    return deadline_after(one.counted_from, one.counted + working_days)


def new_round(one: Rectification, at: datetime) -> dict[str, Any]:
    """The same number of working days again, from then on; the marks of the round before are remembered."""
    return {
        "stage": Stage.SENT_BACK,
        "since": at,
        **deadline_after(china_day(at), one.within),
        "reinspections": (),
        **unmarked(one),
    }


def unmarked(one: Rectification) -> dict[str, Any]:
    """No mark stands under a new deadline; those before still count."""
    return {
        "warned": False,
        "reminded": False,
        "marked": None,
        "was_overdue": one.ever_overdue,
        "escalated": None,
        "escalated_to": "",
    }


def is_open(one: Rectification, when: datetime) -> bool:
    """Whether it may be reopened: 30 calendar days after the verification, the last of them included."""
    if one.stage is not Stage.VERIFIED or one.verified is None:
        return False
    return china_day(when) <= china_day(one.verified) + timedelta(days=REOPENING_DAYS)


def is_to_do(one: Rectification) -> bool:
    """Whether it is the organisation's turn."""
    return one.stage in TO_DO
