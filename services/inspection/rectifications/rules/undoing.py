"""How the steps of a rectification are taken back: the last one, while nothing was built on it.

What a step had changed is as it was before; what fell due meanwhile is judged again, and the clock marks what it would
have marked.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from services.inspection.rectifications.model import DONE, Rectification, Stage, Step, What
from services.inspection.rectifications.rules.recording import settled
from services.inspection.rectifications.rules.rounds import having_step
from shared.database.documents import Key, Query
from shared.events import Fact
from shared.events.inspection import (
    AcceptanceWithdrawn,
    ExtensionWithdrawn,
    RectificationAccepted,
    RectificationExtended,
    RectificationReopened,
    RectificationSentBack,
    RectificationSubmitted,
    ReopeningWithdrawn,
    SendingBackWithdrawn,
    SubmittedWorkWithdrawn,
    VerificationRestored,
    VerificationWithdrawn,
)
from shared.pipeline.decisions import About, Accepted, Consequence, Original, Refused, State, Verdict

UNDOING: Mapping[type[Fact], type[Fact]] = {
    RectificationAccepted: AcceptanceWithdrawn,
    RectificationSubmitted: SubmittedWorkWithdrawn,
    RectificationSentBack: SendingBackWithdrawn,
    RectificationReopened: ReopeningWithdrawn,
    RectificationExtended: ExtensionWithdrawn,
}
"""By which fact a step is told, and by which it is taken back."""
RESTORING: Mapping[type[Fact], type[Fact]] = {**UNDOING, VerificationWithdrawn: VerificationRestored}
"""With what had to be taken back for it, and holds again."""
ANEW = (What.SENT_BACK, What.REOPENED, What.EXTENDED)
"""Steps that begin a new deadline: a mark under it is built on them."""
PASSED_BY = "rectification-verified"


def spoken_of(original: Original) -> Iterator[Key]:
    """The rectification that a step changed."""
    if step := _step(original):
        yield Key(Rectification, _id(original, step))


def undo_step(state: State, original: Original) -> Verdict:
    """The last step, until the next one or a mark under its deadline."""
    step = _step(original)
    one = state.get(Rectification, _id(original, step)) if step else None
    if step is None or one is None:
        return Accepted()
    if no := _built_on(one, original):
        return no
    facts = (_taken_back(a, one) for a in original.facts if type(a.fact) in RESTORING)
    return settled(_stepped_back(_restored(one), original, one.before[-1].what), original, *facts)


def _taken_back(step: Consequence, one: Rectification) -> About:
    """As it was told last: the calendar may have moved the deadline since."""
    if isinstance(step.fact, RectificationSubmitted) and one.submitted is not None:
        return step.taken_back(SubmittedWorkWithdrawn, on_time=one.submitted <= one.deadline)
    return step.taken_back(RESTORING[type(step.fact)])


def passed(original: Original) -> Query:
    """The rectification whose submitted work a re-inspection passed: no fact says which."""
    return Query(Rectification, {"organisation": original.organisation, "reinspections": original.id})


def undo_passing(state: State, original: Original) -> Verdict:
    """The re-inspection is not there to be named any more; where it was named it stays."""
    found = state.find(Rectification, passed(original).filter)
    if no := next((one for one in found if _is_named(one, original)), None):
        return Refused("reinspection-named", rectification=no.rectification, item=no.item)
    return Accepted(tuple(_unpassed(one, original) for one in found))


def _step(original: Original) -> Consequence | None:
    """The fact that tells of a step; what follows from an inspection mostly does not."""
    return next((one for one in original.facts if type(one.fact) in UNDOING), None)


def _id(original: Original, step: Consequence) -> str:
    return f"{original.organisation}/{step.fact.model_dump()['rectification']}"


def _built_on(one: Rectification, original: Original) -> Refused | None:
    last = one.before[-1] if one.before else None
    is_last = last is not None and last.key == original.key and one.stage not in (*DONE, Stage.WITHDRAWN)
    if last is not None and is_last and not (last.what in ANEW and (one.marked or one.escalated)):
        return None
    return Refused("rectification-went-on", rectification=one.rectification, item=one.item)


def _restored(one: Rectification) -> Rectification:
    """With what the last step had changed as it was before."""
    *earlier, last = one.before
    return Rectification.model_validate({**one.model_dump(), **last.kept, "reminded": False, "before": tuple(earlier)})


def _stepped_back(one: Rectification, original: Original, what: What, **changes: object) -> Rectification:
    """With a line that says by whom it was taken back and why."""
    taken = original.taken
    if taken is None:
        return one.having(**changes)
    step = Step(at=taken.at, by=taken.by, what=What.TAKEN_BACK, note=taken.why, of=what, key=taken.key)
    until = {"deadline": one.deadline, "provisional": one.provisional} if what in ANEW else {}
    return having_step(one, step, **until, **changes)


def _is_named(one: Rectification, original: Original) -> bool:
    verified = (record.data for record in one.records if record.fact == PASSED_BY)
    return one.stage in DONE and any(data.get("reinspection") == original.id for data in verified)


def _unpassed(one: Rectification, original: Original) -> Rectification:
    left = tuple(id for id in one.reinspections if id != original.id)
    return _stepped_back(one, original, What.REINSPECTED, reinspections=left)
