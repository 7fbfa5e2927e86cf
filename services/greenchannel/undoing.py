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


def service(original: Original) -> Iterator[Key]:
    """The document of a service."""
    yield Key(GreenService, original.key)


def undo_service(state: State, original: Original) -> Verdict:
    """It was not given, or otherwise."""
    kept = state.get(GreenService, original.key)
    withdrawn = (kept.having(withdrawn=True),) if kept else ()
    return Accepted(withdrawn, tuple(one.taken_back(GreenServiceWithdrawn) for one in original.facts))


def opened_case(original: Original) -> Iterator[Key]:
    """The case that was taken in."""
    yield Key(Case, f"{original.organisation}/{original.id}")


def undo_opening(state: State, original: Original) -> Verdict:
    """While it is open: what was completed is not taken in otherwise."""
    case = state.get(Case, f"{original.organisation}/{original.id}")
    if case is not None and case.completed:
        return Refused("completion-stands", case=original.id)
    withdrawn = (case.having(withdrawn=True),) if case else ()
    return Accepted(withdrawn, tuple(one.taken_back(CaseOpeningWithdrawn) for one in original.facts))


def completed_case(original: Original) -> Iterator[Key]:
    """The case that was completed."""
    yield Key(Case, f"{original.organisation}/{fact_of(original, CaseCompleted).case}")


def undo_completion(state: State, original: Original) -> Verdict:
    """The case is open again; of how long it took, what was told last is taken back."""
    case = state.get(Case, f"{original.organisation}/{fact_of(original, CaseCompleted).case}")
    if case is None:
        return Accepted((), tuple(one.taken_back(CaseCompletionWithdrawn) for one in original.facts))
    timing = {"on_time": case.on_time, "working_days": case.working_days}
    known = {name: value for name, value in timing.items() if value is not None}
    facts = tuple(one.taken_back(CaseCompletionWithdrawn, **known) for one in original.facts)
    return Accepted((case.having(completed=None, on_time=None, working_days=None),), facts)
