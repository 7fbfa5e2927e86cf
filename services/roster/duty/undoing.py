"""How work done in a turn and suggestions are taken back: they count no longer, in the turn or in a report."""

from __future__ import annotations

from collections.abc import Iterator

from services.roster.duty.model import Idea, Turn, TurnWork
from shared.database.documents import Key
from shared.events.roster import IdeaSubmitted, IdeaWithdrawn, TurnWorkRecorded, TurnWorkWithdrawn
from shared.pipeline.decisions import Accepted, Original, State, Verdict, fact_of
from shared.pipeline.withdrawing import Withdrawing
from shared.roster.organisations import of_county

WORK = Withdrawing(TurnWork, lambda original: original.key, TurnWorkWithdrawn)
"""Nobody did it."""


def worked_in(original: Original) -> Iterator[Key]:
    """What was done, and the turn in which it was."""
    yield from WORK.needs(original)
    yield Key(Turn, of_county(original.organisation, fact_of(original, TurnWorkRecorded).turn))


def undo_work(state: State, original: Original) -> Verdict:
    """The turn has done so much less of it."""
    done = fact_of(original, TurnWorkRecorded)
    turn, withdrawn = state.get(Turn, of_county(original.organisation, done.turn)), WORK.undo(state, original)
    if turn is None:
        return withdrawn
    left = {**turn.work, done.work: turn.work.get(done.work, 0) - done.quantity}
    turn = turn.having(work={work: n for work, n in left.items() if n})
    return Accepted((turn, *withdrawn.changes), withdrawn.facts)


IDEA = Withdrawing(Idea, lambda original: original.key, IdeaWithdrawn)
"""Nobody suggested it."""


def suggested(original: Original) -> Iterator[Key]:
    """The suggestion, and the turn in which it was collected."""
    yield from IDEA.needs(original)
    yield Key(Turn, of_county(original.organisation, fact_of(original, IdeaSubmitted).turn))


def undo_idea(state: State, original: Original) -> Verdict:
    """The turn has collected one less."""
    turn = state.get(Turn, of_county(original.organisation, fact_of(original, IdeaSubmitted).turn))
    withdrawn = IDEA.undo(state, original)
    fewer = (turn.having(ideas=turn.ideas - 1),) if turn else ()
    return Accepted((*withdrawn.changes, *fewer), withdrawn.facts)
