"""How services and cases are taken back when they are corrected or withdrawn: what they told counts no longer."""

from __future__ import annotations

from collections.abc import Iterator

from services.greenchannel.model import Case, GreenService
from shared.database.documents import Key
from shared.events.greenchannel import (
    CaseCompleted,
    CaseCompletionWithdrawn,
    CaseOpeningWithdrawn,
    GreenServiceWithdrawn,
)
from shared.pipeline.decisions import Accepted, Original, Refused, State, Verdict, fact_of
from shared.pipeline.withdrawing import Withdrawing

SERVICE = Withdrawing(GreenService, lambda original: original.key, GreenServiceWithdrawn)
"""It was not given, or otherwise."""
OPENING = Withdrawing(Case, lambda original: f"{original.organisation}/{original.id}", CaseOpeningWithdrawn)
"""The case was not taken in, or otherwise."""


def undo_opening(state: State, original: Original) -> Verdict:
    """While it is open: what was completed is not taken in otherwise."""
    case = state.get(Case, OPENING.id_of(original))
    if case is not None and case.completed:
        return Refused("completion-stands", case=original.id)
    return OPENING.undo(state, original)


def completed_case(original: Original) -> Iterator[Key]:
    """The case that was completed."""
    yield Key(Case, f"{original.organisation}/{fact_of(original, CaseCompleted).case}")


def undo_completion(state: State, original: Original) -> Verdict:
    """The case is open again; of how long it took, what was told last is taken back."""
    case = state.get(Case, f"{original.organisation}/{fact_of(original, CaseCompleted).case}")
    if case is None:
        return Accepted((), original.taken_back(CaseCompletionWithdrawn))
    timing = {"on_time": case.on_time, "working_days": case.working_days}
    known = {name: value for name, value in timing.items() if value is not None}
    facts = original.taken_back(CaseCompletionWithdrawn, **known)
    return Accepted((case.having(completed=None, completion="", on_time=None, working_days=None),), facts)
