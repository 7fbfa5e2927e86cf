"""Every problem is what its facts say: which are kept otherwise, and as what they are to be kept."""

from __future__ import annotations

from typing import NamedTuple

from services.feedback.problems.model import Problem
from services.feedback.problems.rules import CHANGES_IT, follow
from services.feedback.refilling import followed
from shared.database.mongo import Database


class Unlike(NamedTuple):
    """What is kept otherwise than its facts leave it, or not at all; `right` bears the version that was read."""

    kept: Problem | None
    right: Problem

    @property
    def month(self) -> str:
        """In which it was found; empty where nobody says."""
        found = self.right.found or (self.kept.found if self.kept else None)
        return found.isoformat()[:7] if found else ""


async def unlike_facts(db: Database) -> list[Unlike]:
    """All of them, by id, read at one moment; one that has no facts is in no list once nothing is open of it."""
    async with await db.client.start_session(snapshot=True) as session:
        found = await followed(db, CHANGES_IT, follow, session)
        kept = {one["_id"]: Problem.stored(one).known() async for one in db[Problem.collection].find(session=session)}
    computed = {one.id: one for one in found if isinstance(one, Problem)}
    missing = [Unlike(None, computed[id]) for id in computed.keys() - kept.keys()]
    others = (Unlike(one, _right(one, computed.get(one.id))) for one in kept.values())
    return sorted((*missing, *(one for one in others if one.kept != one.right)), key=lambda one: one.right.id)


def _right(kept: Problem, computed: Problem | None) -> Problem:
    nothing = Problem(id=kept.id, county=kept.county, organisation=kept.organisation)
    return (computed or nothing).having(version=kept.version)
