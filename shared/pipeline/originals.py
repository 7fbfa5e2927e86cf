"""What a correction names, as the ledger has it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from shared.database.documents import Key, Need
from shared.events import Event, Fact
from shared.pipeline.corrections import Correction, handler_for, keys_of, may_correct
from shared.pipeline.decisions import Consequence, Handlers, Original, Refused
from shared.pipeline.ledger import Entry
from shared.roster.organisations import Roster


class Named(NamedTuple):
    """The submission that a correction names, and the accepted one in whose place it is to stand.

    They are two when a correction was refused and is sent once more: what it was to replace still is to be.
    """

    named: Original | None = None
    replaced: Original | None = None


def named_by(event: Event[Any], known: Mapping[str, Entry]) -> Named:
    """From the entries that were looked up."""
    entry = known.get(event.corrects)
    if entry is None:
        return Named()
    accepted = replaced_by(entry, known)
    if not accepted:
        return Named(original_of(entry))
    return Named(original_of(entry), original_of(known[accepted])) if accepted in known else Named()


def replaced_by(entry: Entry, known: Mapping[str, Entry]) -> str:
    """The key of the accepted submission whose place a correction of this one takes; empty when there is none.

    The row of refused ones that this one stands in may have begun before that one was decided.
    """
    if entry["verdict"] == "accepted":
        return entry["_id"]
    before = known.get(_before(entry))
    if before is None:
        return entry.get("replaces", "")
    return before["_id"] if before["verdict"] == "accepted" else before.get("replaces", "")


def behind(entry: Entry, known: Mapping[str, Entry]) -> str:
    """The key of what else says what a correction of this entry takes the place of; empty when all of it is known."""
    wanted = (_before(entry), replaced_by(entry, known))
    return next((key for key in wanted if key and key not in known), "")


def _before(entry: Entry) -> str:
    """What a refused one was to replace, or else where its row began."""
    return entry.get("replaces") or entry.get("resends", "")


def first_refused(entry: Entry) -> str:
    """The key of the refused one, or of the one not decided yet, with which a row began of such as were sent again."""
    return entry.get("resends", entry["_id"])


def undecided(event: Event[Any], known: Mapping[str, Entry]) -> str:
    """The key with which the row that a correction stands in began, where nothing of the submitter's is known under it.

    It may lie among the dead letters, and be driven again.
    """
    entry = known.get(event.corrects)
    first = first_refused(entry) if entry else event.corrects
    is_own = first.split("/")[0] == event.submitter
    return first if is_own and first != event.key and first not in known else ""


def is_sent_again_by(event: Event[Any], entry: Entry) -> bool:
    """Whether a correction sends once more what was refused, and not something of another's."""
    is_own = entry["_id"].split("/")[0] == event.submitter
    return is_own and entry["type"] == event.type and not replaced_by(entry, {})


def first_said_by(entry: Entry) -> str:
    """Who said this, or what it takes the place of, before anybody corrected it."""
    return entry.get("stands_for", entry["_id"].split("/")[0])


def needs(event: Event[Any], named: Named, handlers: Handlers, roster: Roster, received: datetime) -> Iterator[Need]:
    """What is looked at beside what the correction's own rule needs; nothing to undo by who may not."""
    yield from (Key(Correction, key) for key in keys_of(*named))
    original = named.replaced
    if original is None or isinstance(may_correct(event, *named, handlers, roster, received), Refused):
        return
    if handler := handler_for(original, handlers):
        yield from handler.undo_needs(original)


def original_of(entry: Entry) -> Original:
    """A decided submission, with the facts that followed from what it said itself."""
    own = range(entry.get("undone", 0), len(entry["facts"]))
    submitter, id = entry["_id"].split("/")
    return Original(
        id,
        entry["_id"],
        entry["type"],
        submitter,
        entry["organisation"],
        datetime.fromisoformat(entry["time"]),
        entry["verdict"] == "accepted",
        tuple(_consequence(entry, n) for n in own),
        first_said_by(entry),
        "" if entry["verdict"] == "accepted" else entry.get("resends", ""),
    )


def _consequence(entry: Entry, n: int) -> Consequence:
    kept = entry["facts"][n]
    fact = Fact.kept(kept["type"], kept["body"])
    time = datetime.fromisoformat(kept["time"])
    return Consequence(fact, kept["organisation"], time, kept["path"], f"{entry['_id']}/{n}")
