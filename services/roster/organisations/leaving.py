"""How a department's move into a hall is taken back: it stands where it stood before, from the day of the move on."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import takewhile

from shared.database.documents import Key
from shared.events.roster import DepartmentStationed, StationingWithdrawn
from shared.pipeline.decisions import Accepted, Original, State, Verdict, fact_of
from shared.roster.organisations import Organisation


def stationed(original: Original) -> Iterator[Key]:
    """The department with its history."""
    yield Key(Organisation, original.organisation)


def undo_stationing(state: State, original: Original) -> Verdict:
    """In each of its standings since, up to the next move."""
    moved = fact_of(original, DepartmentStationed)
    kept = state.get(Organisation, original.organisation)
    assert kept is not None
    earlier = [one for one in kept.history if one.since < moved.valid_from]
    later = kept.history[len(earlier) :]
    still = list(takewhile(lambda one: one.stationed is moved.hall, later))
    put_back = (one.model_copy(update={"stationed": moved.before}) for one in still)
    changed = kept.having(history=(*earlier, *put_back, *later[len(still) :]))
    return Accepted((changed,), tuple(one.taken_back(StationingWithdrawn) for one in original.facts))
