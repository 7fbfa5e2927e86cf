"""How an inspection is taken back: neither it nor what it found counts, and what it counted for passes to another."""

from __future__ import annotations

from collections.abc import Iterator

from services.inspection.patrols.model.patrols import Inspection
from services.inspection.patrols.rules import counting_less
from services.inspection.rectifications.rules import undoing, withdrawing
from shared.database.documents import Key, Need
from shared.events.inspection import InspectionLogged, InspectionWithdrawn, PatrolMade, PatrolMadeWithdrawn
from shared.pipeline.decisions import About, Accepted, Consequence, Original, Refused, State, Verdict


def inspected(original: Original) -> Iterator[Need]:
    """The inspection, the day it counts for, what it found, and the rectification that it looked at again."""
    yield Key(Inspection, original.key)
    yield from counting_less.counted(original)
    yield from withdrawing.found_by(original)
    yield from undoing.spoken_of(original)
    yield undoing.passed(original)


def undo_inspection(state: State, original: Original) -> Verdict:
    """All of it or, when work was done on what it found or what it did was gone on with, nothing."""
    outcomes: list[Accepted] = []
    for undo in (withdrawing.withdraw_findings, undoing.undo_step, undoing.undo_passing):
        verdict = undo(state, original)
        if isinstance(verdict, Refused):
            return verdict
        outcomes.append(verdict)
    outcomes.append(_counts_no_longer(state, original))
    changes = (change for outcome in outcomes for change in outcome.changes)
    return Accepted(tuple(changes), tuple(fact for outcome in outcomes for fact in outcome.facts))


def _counts_no_longer(state: State, original: Original) -> Accepted:
    kept = state.get(Inspection, original.key)
    counted = counting_less.counted_for(original, kept)
    less = counting_less.count_less(state, original, counted)
    facts = tuple(back for one in original.facts if (back := _taken_back(one, counted)))
    withdrawn = (kept.having(withdrawn=True),) if kept else ()
    return Accepted((*withdrawn, *less.changes), (*facts, *less.facts))


def _taken_back(one: Consequence, counted: counting_less.CountedFor) -> About | None:
    """As it was told last: it may have come to count for more since."""
    match one.fact:
        case InspectionLogged():
            return one.taken_back(InspectionWithdrawn, first_of_day=counted.first, on_time=counted.on_time)
        case PatrolMade():
            return one.taken_back(PatrolMadeWithdrawn, first=counted.first, on_time=counted.on_time)
        case _:
            return None
