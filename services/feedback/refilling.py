"""What is kept of facts one by one, filled from the ledger of a county that was at work before it was kept."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import datetime
from typing import Any, NamedTuple

from services.feedback.addressees import rules as addressees_rules
from services.feedback.addressees.model import PartyNames
from services.feedback.problems import rules as problems_rules
from services.feedback.problems.model import Problem
from shared.database.documents import Document
from shared.database.mongo import Database
from shared.events import Event, EventData, Fact
from shared.pipeline.decisions import Accepted, State
from shared.pipeline.ledger import FACTS, Entry, ledger
from shared.roster.organisations import Roster


class KeptApart(NamedTuple):
    """A kind of document, the facts that change one, and how."""

    kind: type[Document]
    changed_by: Collection[type[EventData]]
    follow: Callable[[State, Event[Any]], Accepted]


KEPT = (
    KeptApart(Problem, problems_rules.CHANGES_IT, problems_rules.follow),
    KeptApart(PartyNames, addressees_rules.CHANGES_IT, addressees_rules.follow),
)


async def refill(db: Database) -> int:
    """How many documents were written: none of a kind of which there are some, for those follow the facts."""
    return sum([await _refill(db, one) for one in KEPT])


async def _refill(db: Database, kept: KeptApart) -> int:
    """By the same rules, in the order in which the facts were told."""
    wanted = {"type": {"$in": [kind.type for kind in kept.changed_by]}}
    if await db[kept.kind.collection].find_one({}) or not await ledger(db, FACTS).find_one(wanted):
        return 0
    state = State(Roster())
    async for entry in ledger(db, FACTS).find(wanted).sort("sequence", 1).allow_disk_use(True):
        state.apply(kept.follow(state, _event(entry)))
    written = [one.to_store() for one in state.copy.changed.values()]
    await db[kept.kind.collection].insert_many(written)
    return len(written)


def _event(entry: Entry) -> Event[Fact]:
    fact, body = Fact.registry[entry["type"]], entry["body"].encode()
    return Event(
        entry["_id"],
        entry["_id"],
        entry["type"],
        "",
        entry["organisation"],
        datetime.fromisoformat(entry["time"]),
        fact.model_validate_json(body),
        body,
    )
