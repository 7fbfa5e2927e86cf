"""How a department's move into a hall is taken back: it stands where it stood before, from the day of the move on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from shared.database.documents import Key
from shared.events.roster import DepartmentStationed, StationingWithdrawn
from shared.pipeline.decisions import Accepted, Original, Refused, State, Verdict, fact_of
from shared.roster.organisations import Organisation, Standing

ONE_DAY = timedelta(days=1)


def stationed(original: Original) -> Iterator[Key]:
    """The department with its history."""
    yield Key(Organisation, original.organisation)


def undo_stationing(state: State, original: Original) -> Verdict:
    """In each of its standings since, while it neither moved on nor ended: what was told of that leans on this move."""
    moved = fact_of(original, DepartmentStationed)
    kept = state.get(Organisation, original.organisation)
    assert kept is not None
    earlier = [one for one in kept.history if one.since < moved.valid_from]
    later = kept.history[len(earlier) :]
    if next_move := next((one for one in later if one.stationed is not moved.hall), None):
        return _went_on(kept, next_move)
    put_back = (one.model_copy(update={"stationed": moved.before}) for one in later)
    changed = kept.having(history=(*earlier, *put_back))
    return Accepted((changed,), original.taken_back(StationingWithdrawn))


def _went_on(kept: Organisation, then: Standing) -> Refused:
    if then.ended:
        return Refused("organisation-ends", code=kept.id, last_day=then.since - ONE_DAY)
    return Refused("registered-earlier", code=kept.id, title=then.name, valid_from=then.since)
