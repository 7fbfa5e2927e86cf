"""What a version begins to keep, filled for a county that was at work before: of facts from the ledger, of documents
what waits (`waits`) from themselves.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import datetime
from typing import Any, NamedTuple

from services.feedback.addressees import rules as addressees_rules
from services.feedback.addressees.model import PartyNames
from services.feedback.documents.model import Delivery, Draft
from services.feedback.documents.waiting import Awaiting
from services.feedback.problems import rules as problems_rules
from services.feedback.problems.model import Problem
from shared.database.documents import Document
from shared.database.mongo import Database, Session
from shared.events import Event, EventData, Fact
from shared.pipeline.decisions import Accepted, State
from shared.pipeline.ledger import AS_STORED, FACTS, Entry, ledger
from shared.roster.organisations import Roster

SAID = {"type": 1, "organisation": 1, "time": 1, "body": 1}
"""Of a fact's entry, what is followed."""
ByFacts = Callable[[State, Event[Any]], Accepted]
"""What a document is after one fact more."""


class KeptApart(NamedTuple):
    """A kind of document, the facts that change one, and how."""

    kind: type[Document]
    changed_by: Collection[type[EventData]]
    follow: ByFacts


KEPT = (
    KeptApart(Problem, problems_rules.CHANGES_IT, problems_rules.follow),
    KeptApart(PartyNames, addressees_rules.CHANGES_IT, addressees_rules.follow),
)


AWAITING: tuple[type[Awaiting], ...] = (Draft, Delivery)


async def refill(db: Database) -> int:
    """How many documents were written: none of a kind of which there are some, for those follow the facts."""
    return sum([await _refill(db, one) for one in KEPT])


async def say_what_waits(db: Database) -> int:
    """How many drafts and deliveries did not say what waits, and do now: the clock and the office's list ask for it.

    They stay in the version in which they are, so nobody who decides on one meanwhile has to decide again; and what is
    written meanwhile says it by itself.
    """
    return sum([await _say_what_waits(db, one) for one in AWAITING])


async def _say_what_waits(db: Database, kind: type[Awaiting]) -> int:
    said, kept = 0, db[kind.collection]
    async for raw in kept.find({"waits": {"$exists": False}}):
        stored = kind.stored(raw).to_store()
        as_read = {"_id": raw["_id"], "version": raw["version"], "waits": {"$exists": False}}
        wanted = {name: stored[name] for name in ("waits", "reminders")}
        said += (await kept.update_one(as_read, {"$set": wanted})).modified_count
    return said


async def _refill(db: Database, kept: KeptApart) -> int:
    """By the same rules, in the order in which the facts were told."""
    wanted = {"type": {"$in": [kind.type for kind in kept.changed_by]}}
    if await db[kept.kind.collection].find_one({}) or not await ledger(db, FACTS).find_one(wanted):
        return 0
    written = [one.to_store() for one in await followed(db, kept.changed_by, kept.follow)]
    await db[kept.kind.collection].insert_many(written)
    return len(written)


async def followed(
    db: Database, types: Collection[type[EventData]], follow: ByFacts, session: Session | None = None
) -> list[Document]:
    """What the facts of some types leave, each followed in the order in which they were told."""
    state, wanted = State(Roster()), {"type": {"$in": [kind.type for kind in types]}}
    facts = ledger(db, FACTS).find(wanted, SAID, session=session).sort(AS_STORED).allow_disk_use(True)
    async for entry in facts:
        state.copy.begin()
        state.apply(follow(state, _event(entry)))
    return list(state.copy.changed.values())


def _event(entry: Entry) -> Event[Fact]:
    body = entry["body"].encode()
    return Event(
        entry["_id"],
        entry["_id"],
        entry["type"],
        "",
        entry["organisation"],
        datetime.fromisoformat(entry["time"]),
        Fact.kept(entry["type"], body),
        body,
    )
