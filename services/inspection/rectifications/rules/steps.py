"""Rules of rectification: taken on, submitted, verified or sent back by somebody else, reopened if it did not last.

Whether a step came in time is judged by the day on which it happened, whenever that is learnt.
"""

from __future__ import annotations

from typing import Any

from services.inspection.rectifications.model import DONE, Extension, Rectification, Stage, What
from services.inspection.rectifications.rules.falling_due import extended, is_in_time
from services.inspection.rectifications.rules.marks import overdue, taken_back
from services.inspection.rectifications.rules.recording import settled
from services.inspection.rectifications.rules.rounds import (
    REOPENING_DAYS,
    is_open,
    is_to_do,
    longer_by,
    new_round,
    remembered_before,
    stepped,
    unmarked,
)
from services.inspection.rectifications.rules.verifying import no_judge
from shared.calendar import china_day
from shared.events import Event
from shared.events.inspection import (
    AcceptRectification,
    ExtendRectification,
    RectificationAccepted,
    RectificationExtended,
    RectificationReopened,
    RectificationSentBack,
    RectificationSubmitted,
    RectificationVerified,
    ReopenRectification,
    SendBackRectification,
    SubmitRectification,
    VerificationWithdrawn,
    VerifyRectification,
)
from shared.pipeline.decisions import About, Accepted, Refused, State, Verdict


def accept_rectification(state: State, event: Event[AcceptRectification]) -> Verdict:
    """Taken on (领办) once, before anything is submitted; the deadline stays as it is."""
    one = state.get(Rectification, rectification_id(event))
    if one is None:
        return Refused("unknown-rectification", rectification=event.data.rectification)
    if no := _no_longer_to_do(one) or _too_early(one, event):
        return no
    if one.stage is not Stage.OPENED:
        return Refused("rectification-already-accepted", rectification=one.rectification, item=one.item)
    changes = {"stage": Stage.ACCEPTED, **remembered_before(one, event, What.ACCEPTED, ("stage",))}
    taken = stepped(one, event, What.ACCEPTED, **changes)
    return settled(taken, event, RectificationAccepted(rectification=one.rectification))


def submit_rectification(state: State, event: Event[SubmitRectification]) -> Verdict:
    """The clock stops: in time on the deadline's day or before; wrong marks are taken back, a missing one is made."""
    asked = event.data
    one = state.get(Rectification, rectification_id(event))
    if one is None:
        return Refused("unknown-rectification", rectification=asked.rectification)
    if no := _no_longer_to_do(one) or _too_early(one, event):
        return no
    one, late = overdue(one, event)
    day, (marks, withdrawn) = event.day, taken_back(one, event)
    changes = {"stage": Stage.SUBMITTED, "since": event.time, "submitted": day, "submitted_by": event.submitter}
    changes["worked_by"] = event.actor
    changes |= remembered_before(one, event, What.SUBMITTED, (*changes, "reinspections"))
    sent = stepped(one, event, What.SUBMITTED, asked.note, photos=asked.photos, reminded=False, **changes, **marks)
    fact = RectificationSubmitted(rectification=one.rectification, on_time=day <= one.deadline)
    return settled(sent, event, *late, fact, *withdrawn)


def verify_rectification(state: State, event: Event[VerifyRectification]) -> Verdict:
    """Only submitted work, and never by whoever did it; a re-inspection that is named has to have passed it."""
    asked = event.data
    one = state.get(Rectification, rectification_id(event))
    if one is None:
        return Refused("unknown-rectification", rectification=asked.rectification)
    if no := no_judge(state.roster, event, one) or _not_submitted(one) or _too_early(one, event):
        return no
    if asked.reinspection and asked.reinspection not in one.reinspections:
        return Refused(
            "unfit-reinspection", rectification=one.rectification, item=one.item, inspection=asked.reinspection
        )
    assert one.submitted is not None
    said = {"on_time": one.submitted <= one.deadline, "in_time": is_in_time(one)}
    done = {"stage": Stage.VERIFIED, "since": event.time, "verified": event.time, "before": (), **said}
    fact = RectificationVerified(
        rectification=one.rectification,
        was_overdue=one.ever_overdue,
        reinspection=asked.reinspection,
        on_time=said["on_time"],
        in_time=said["in_time"],
    )
    return settled(stepped(one, event, What.VERIFIED, asked.note, **done), event, fact)


def send_back_rectification(state: State, event: Event[SendBackRectification]) -> Verdict:
    """Submitted work that is not done: the same number of working days again, from then on."""
    one = state.get(Rectification, rectification_id(event))
    if one is None:
        return Refused("unknown-rectification", rectification=event.data.rectification)
    if no := no_judge(state.roster, event, one) or _not_submitted(one) or _too_early(one, event):
        return no
    return sent_back(one, event, event.data.reason)


def sent_back(one: Rectification, event: Event[Any], reason: str) -> Accepted:
    """What sending back changes, by whichever event."""
    begun = {"sent_back": one.sent_back + 1, **new_round(one, event.time)}
    begun |= remembered_before(one, event, What.SENT_BACK, begun)
    back = stepped(one, event, What.SENT_BACK, reason, **begun)
    fact = RectificationSentBack(rectification=one.rectification, deadline=back.deadline, provisional=back.provisional)
    return settled(back, event, fact)


def reopen_rectification(state: State, event: Event[ReopenRectification]) -> Verdict:
    """Verified work that did not last, within 30 calendar days and before it is closed: a new round begins."""
    asked = event.data
    one = state.get(Rectification, rectification_id(event))
    if one is None:
        return Refused("unknown-rectification", rectification=asked.rectification)
    if no := no_judge(state.roster, event, one):
        return no
    if one.stage is Stage.WITHDRAWN:
        return _withdrawn(one)
    if one.stage not in DONE:
        return Refused("rectification-not-verified", rectification=one.rectification, item=one.item)
    if not is_open(one, event.time):
        return Refused("reopen-too-late", rectification=one.rectification, item=one.item, days=REOPENING_DAYS)
    return _too_early(one, event) or reopened(one, event, asked.reason)


def reopened(one: Rectification, event: Event[Any], reason: str) -> Accepted:
    """The verification no longer counts, as of when it was made, so that nothing is counted as done twice."""
    undone = {"reopened": one.reopened + 1, "verified": None, "on_time": None, "in_time": None}
    begun = {**undone, **new_round(one, event.time)}
    begun |= remembered_before(one, event, What.REOPENED, begun)
    again = stepped(one, event, What.REOPENED, reason, **begun)
    fact = RectificationReopened(
        rectification=one.rectification, deadline=again.deadline, provisional=again.provisional
    )
    no_longer = VerificationWithdrawn(rectification=one.rectification, on_time=bool(one.on_time), in_time=one.in_time)
    return settled(again, event, fact, About(one.organisation, no_longer, one.verified))


def extend_rectification(state: State, event: Event[ExtendRectification]) -> Verdict:
    """Working days added to the deadline for a reason; marks stand unless it was given before they were made."""
    asked = event.data
    one = state.get(Rectification, rectification_id(event))
    if one is None:
        return Refused("unknown-rectification", rectification=asked.rectification)
    if no := no_judge(state.roster, event, one) or _no_longer_to_do(one) or _too_early(one, event):
        return no
    one, late = overdue(one, event)
    marks, withdrawn = taken_back(one, event)
    before, more = one.having(**marks), Extension(day=event.day, working_days=asked.working_days)
    given = {**longer_by(one, more.working_days), **extended(one, more), **unmarked(before)}
    given |= remembered_before(before, event, What.EXTENDED, given)
    longer = stepped(before, event, What.EXTENDED, asked.reason, **given)
    fact = RectificationExtended(
        rectification=one.rectification,
        deadline=longer.deadline,
        provisional=longer.provisional,
        was_overdue=before.marked is not None,
    )
    return settled(longer, event, *late, fact, *withdrawn)


def _no_longer_to_do(one: Rectification) -> Refused | None:
    """Not the organisation's turn any more."""
    if is_to_do(one):
        return None
    if one.stage is Stage.WITHDRAWN:
        return _withdrawn(one)
    if one.stage is Stage.SUBMITTED:
        return Refused("rectification-already-submitted", rectification=one.rectification, item=one.item)
    return Refused(
        "rectification-already-verified", rectification=one.rectification, item=one.item, days=REOPENING_DAYS
    )


def _not_submitted(one: Rectification) -> Refused | None:
    """Nothing waits for a verifier."""
    if is_to_do(one):
        return Refused("rectification-not-submitted", rectification=one.rectification, item=one.item)
    if one.stage is Stage.WITHDRAWN:
        return _withdrawn(one)
    if one.stage in DONE:
        return Refused(
            "rectification-already-verified", rectification=one.rectification, item=one.item, days=REOPENING_DAYS
        )
    return None


def _withdrawn(one: Rectification) -> Refused:
    if one.opinion is None:
        return Refused("rectification-withdrawn", rectification=one.rectification, item=one.item)
    return Refused("opinion-withdrawn", rectification=one.rectification, item=one.item, document=one.opinion.number)


def _too_early(one: Rectification, event: Event[Any]) -> Refused | None:
    """Nothing happens on an earlier day than what it follows; within a day two clocks may disagree."""
    day = china_day(one.since)
    if event.day >= day:
        return None
    return Refused("before-last-step", rectification=one.rectification, item=one.item, day=day)


def rectification_id(event: Event[Any]) -> str:
    """Inspections of two organisations may bear one id: theirs are kept apart."""
    return f"{event.organisation}/{event.data.rectification}"
