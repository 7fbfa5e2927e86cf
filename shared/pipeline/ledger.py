"""What a service's ledgers keep of every event: one entry that is audit trail, inbox and outbox at once."""

from __future__ import annotations

from datetime import datetime
from typing import Literal, NotRequired, TypedDict, cast

from shared.database.mongo import Collection, Database

SUBMISSIONS, FACTS = "ledger", "fact_ledger"
"""The collections: what was asked of the service, and what others decided that it follows."""
AS_STORED = [("received", 1), ("sequence", 1)]
"""The order in which the bus had them: numbers alone come twice in a stream that was brought back from a copy."""
ANY_CONTENT = ""
"""The digest of what was corrected before it was decided: whatever its content is, it is refused."""


class KeptFact(TypedDict):
    """A fact that followed from an event, as it is published however often; its number is its place in the entry."""

    type: str
    organisation: str
    time: str
    """When it happened, in ISO 8601."""
    path: str
    """The organisation's place in the tree at that time."""
    body: str
    """Its data in JSON."""
    undoes: NotRequired[str]
    """The fact that it takes back, `<submitter>/<id>/<n>`; where a correction takes back a certain one."""


class Received(TypedDict):
    """An event as it came, before it is decided."""

    _id: str
    """Of a submission `<submitter>/<id>`, of a fact its own id: a repeat is known by it."""
    type: str
    organisation: str
    """Whom it concerns."""
    time: str
    """When it happened, in ISO 8601 with the offset that the sender gave."""
    happened: datetime
    """The same, to be sorted by."""
    received: datetime
    """When the bus stored it."""
    sequence: int
    """Its place in the stream."""
    digest: str
    """Another one under the same `_id` is another content."""
    submitter: NotRequired[str]
    """Who asked; of a submission alone, and of each."""
    actor: NotRequired[str]
    """The person for whom the submitter vouches; of a submission alone, if it named one."""
    corrects: NotRequired[str]
    """The `_id` of what it names as corrected; of a correction alone, and of each."""
    reason: NotRequired[str]
    """Why; of a correction alone, if it said so."""
    replaces: NotRequired[str]
    """The `_id` of what was accepted, and it takes or was to take the place of; of a correction alone, if there is.

    Of another's that was not decided yet as well.
    """
    resends: NotRequired[str]
    """The `_id` of the refused one with which a row began in which each was sent once more; of such a one alone.

    Of its submitter's own that was not decided yet as well, for that may still come from the dead letters.
    """
    stands_for: NotRequired[str]
    """Who first said what it takes the place of; of a correction alone, if that was another."""
    undone: NotRequired[int]
    """So many of the facts, the first, take back those of what it replaces; of an accepted correction alone."""
    path: NotRequired[str]
    """The organisation's place in the tree when it happened; of a fact alone, and of each."""
    elsewhere: NotRequired[bool]
    """That it counts where another stood that answered for it; of a fact alone, and of each such."""
    month: NotRequired[str]
    """2018-03, in which it happened in China; of a fact alone, and of each."""
    body: NotRequired[str]
    """Its data in JSON, so that everything can be recomputed; of a fact alone, and of each."""


class Entry(Received):
    """An event and what became of it; never changed once it is written."""

    verdict: Literal["accepted", "refused"]
    reasons: list[dict[str, str]]
    """Each with its slug and its sentence in Chinese and English; empty when accepted."""
    facts: list[KeptFact]
    """In order; none of what was refused."""


def ledger(db: Database, name: str = SUBMISSIONS) -> Collection[Entry]:
    """A ledger of a service, as a collection of entries; only the pipeline writes to it."""
    return cast("Collection[Entry]", db[name])


async def first_organisation(db: Database) -> str:
    """Whom the first concerns that a service has accepted, or followed; empty where that is nothing."""
    for name, asked in ((SUBMISSIONS, {"verdict": "accepted"}), (FACTS, {})):
        if first := await ledger(db, name).find_one(asked, {"organisation": 1}):
            return first["organisation"]
    return ""
