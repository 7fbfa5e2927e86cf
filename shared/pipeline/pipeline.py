"""The pipeline, written once and used by every service: read, decide in one transaction, publish all, acknowledge.

A crash before any step repeats the batch with the same outcome: what is in the ledger keeps its verdict and facts, and
verdicts and facts of *every* message of the batch are published again, for a crash may have fallen between commit and
publish.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from shared.bus.connection import Bus, Message
from shared.database.lease import Lease
from shared.database.mongo import Database, Session, find, in_transaction, load, write
from shared.events import Event, Submission
from shared.events.outgoing import Outgoing
from shared.pipeline.clocks import FromTheFuture, servers_fault
from shared.pipeline.decisions import EVERYTHING, Handler, Handlers, Key, Query, State
from shared.pipeline.fold import Fold
from shared.pipeline.inlets import Inlet, dead_letter
from shared.pipeline.ledger import Entry, first_organisation, ledger
from shared.pipeline.moments import beyond_ledger
from shared.pipeline.originals import behind, named_by
from shared.pipeline.originals import needs as correcting_needs
from shared.pipeline.outcomes import Committed, Dead, Decided, Outcome, Read, Reused, is_dead
from shared.pipeline.outgoing_facts import facts_of
from shared.pipeline.provenance import fetched_for
from shared.roster.feed import RosterFeed
from shared.roster.organisations import Roster, county_of

Step = Callable[[str], Awaitable[None]]
"""Called between every two steps with the name of the point: measured in production, abandoned at in tests."""

POINTS = (
    "read",
    "looked-up",
    "decided",
    "written",
    "entered",
    "committed",
    "telling",
    "dead-told",
    "facts-told",
    "told",
    "projected",
)


MOST_QUERIES = 20
"""Of one transaction, corrections among them: the database ends one that takes longer than ten seconds, every time."""


MOST_BEHIND = 2
"""Entries looked up behind what a correction names: where its row of refused ones began, what that was to replace."""


class TooMuch(Exception):
    """A batch for more than one transaction: one by one it is decided all the same."""


async def no_step(_: str) -> None:
    """Nobody watches the steps."""


def no_beat() -> None:
    """Nobody watches whether it is alive."""


def no_count(_: Committed) -> None:
    """Nobody counts."""


def no_log(messages: Sequence[Message], committed: Committed) -> None:
    """Nobody reads what became of them."""


class Pipeline:
    """One service's way from a batch of messages to verdicts and facts."""

    def __init__(
        self, service: str, inlet: Inlet, handlers: Handlers, db: Database, bus: Bus, feed: RosterFeed, lease: Lease
    ) -> None:
        self.service, self.inlet, self.db, self.bus = service, inlet, db, bus
        self._handlers = handlers
        self._feed = feed
        self._lease = lease
        self.step: Step = no_step
        self.count: Callable[[Committed], None] = no_count
        self.log: Callable[[Sequence[Message], Committed], None] = no_log
        self.beat: Callable[[], None] = no_beat
        self.allowed = EVERYTHING

    @property
    def in_turn(self) -> bool:
        """As the roster asks: its own service builds on what the batch before has put into it."""
        return self._feed.in_turn

    async def begin(self) -> None:
        """The roster is where everybody looks for it; whoever has ever accepted something knows that there is one."""
        first = await first_organisation(self.db)
        await self._feed.begin(county_of(first) if first else "")

    async def beyond_ledger(self) -> int:
        """Whether the bus holds facts of this service that are not in its ledger: the newest one's sequence."""
        return await beyond_ledger(self.bus, self.db, self.service)

    async def decide(self, messages: Sequence[Message]) -> Committed:
        """Steps one and two: every message read by itself, all decided in one transaction."""
        batch = [self._read(message) for message in messages]
        await self.step("read")
        if len(batch) > 1 and sum(read.stands_apart for read in batch) > MOST_QUERIES:
            raise TooMuch(f"{len(batch)} messages, of which more than {MOST_QUERIES} ask queries or correct")
        if self.in_turn:
            await self._lease.hold()  # waits for a commit of our own that is late: the roster is to have it
        roster = await self._feed.current()
        try:
            committed = await self._in_transaction(batch, roster)
        except FromTheFuture as doubt:
            excused = await servers_fault(self.db, batch, doubt.decided)
            committed = await self._in_transaction(batch, roster, excused)
        self.count(committed)
        self.log(messages, committed)
        await self.step("committed")
        return committed

    async def _in_transaction(
        self, batch: Sequence[Read], roster: Roster, excused: frozenset[str] | None = None
    ) -> Committed:
        async def work(session: Session) -> Committed:
            self.beat()
            return await self._decide(batch, roster, session, excused)

        return await in_transaction(self.db, work)

    async def tell(self, messages: Sequence[Message], committed: Committed) -> None:
        """Step three: dead letters, facts and verdicts of the whole batch, new and repeated alike."""
        await self.step("telling")
        pairs = list(zip(messages, committed.outcomes, strict=True))
        await self.bus.publish([letter for pair in pairs for letter in self._letters(*pair)])
        await self.step("dead-told")
        facts = [fact for _, outcome in pairs for fact in self._facts(outcome)]
        await self.bus.publish(facts)
        await self.step("facts-told")
        await self.bus.publish([verdict for pair in pairs for verdict in self._answers(*pair)])
        await self.step("told")
        await self._feed.decided(committed.projected)
        await self.step("projected")

    async def bury(self, message: Message, why: str) -> None:
        """What fails alone every time goes to DEAD, to be driven again after a repair."""
        await self.tell([message], Committed([Dead("service-error", why, answered=False)], []))

    async def close(self) -> None:
        """It holds nothing of its own."""

    def _read(self, message: Message) -> Read:
        event = self.inlet.read(message)
        if isinstance(event, Event) and (handler := self._handlers.get(type(event.data))) and not _is_barred(event):
            needs = (*handler.needs(event), *handler.by_allowance(event, self.allowed))
            is_apart = bool(event.corrects) or any(isinstance(need, Query) for need in needs)
            return Read(message, event, needs, event.corrects, is_apart)
        return Read(message, event)

    async def _decide(
        self, batch: Sequence[Read], roster: Roster, session: Session, excused: frozenset[str] | None
    ) -> Committed:
        await self._lease.hold(session, batch[-1].message.sequence)
        known = await self._known(batch, session)
        await self.step("looked-up")
        fold = Fold(self.inlet, self._handlers, State(roster, self.allowed), known, excused)
        for n, segment in enumerate(_segments(batch)):
            if n:
                fold.builds_on_what_is_written()
            new = [read for read in segment if read.key not in known]
            await self._load(fold.state, new, session)
            await self._load_apart(fold.state, new[:1], known, session)
            fold.run(segment)
            await self.step("decided")
            await write(self.db, session, fold.state.copy)
            await self.step("written")
        if fold.entered:
            await ledger(self.db, self.inlet.ledger).insert_many(fold.entered, ordered=False, session=session)
        await self.step("entered")
        return Committed(fold.outcomes, fold.projected, fold.entered)

    async def _known(self, batch: Sequence[Read], session: Session) -> dict[str, Entry]:
        keys = [read.key for read in batch if read.key]
        return await self._entries(keys + [read.corrects for read in batch if read.corrects], session)

    async def _entries(self, keys: Sequence[str], session: Session) -> dict[str, Entry]:
        found = ledger(self.db, self.inlet.ledger).find({"_id": {"$in": keys}}, session=session)
        return {entry["_id"]: entry for entry in await found.to_list(None)}

    def handler_of(self, event: Event[Any]) -> Handler[Any]:
        """The handler of an event's type."""
        return self._handlers[type(event.data)]

    async def _load(self, state: State, new: Sequence[Read], session: Session) -> None:
        """Loads what the rules of these messages need; a rule that looks at anything else is a mistake and is told."""
        keys = {need for read in new for need in read.needs if isinstance(need, Key)}
        state.copy.load(await load(self.db, session, keys), keys)
        for read in new:
            for need in read.needs:
                if isinstance(need, Query):
                    state.copy.load_found(need, await find(self.db, session, need))

    async def _load_apart(
        self, state: State, begins: Sequence[Read], known: dict[str, Entry], session: Session
    ) -> None:
        """Of a segment that begins with what stands apart: what it needs by the roster, and what is to be undone."""
        for read in begins:
            if read.stands_apart and isinstance(read.event, Event):
                needs = [*self.handler_of(read.event).by_roster(read.event, state.roster)]
                if entry := known.get(read.corrects):
                    for _ in range(MOST_BEHIND):
                        if key := behind(entry, known):
                            known |= await self._entries([key], session)
                    named, received = named_by(read.event, known), read.message.received
                    needs += correcting_needs(read.event, named, self._handlers, state.roster, received)
                await self._load(state, [replace(read, needs=tuple(needs))], session)

    def _letters(self, message: Message, outcome: Outcome) -> Iterator[Outgoing]:
        if is_dead(outcome):
            submitter = fetched_for(message) or message.subject.split(".")[-1]
            yield dead_letter(self.service, outcome.slug, outcome.why, message, submitter)

    def _facts(self, outcome: Outcome) -> Iterator[Outgoing]:
        if isinstance(outcome, Decided):
            yield from facts_of(self.service, outcome.entry)

    def _answers(self, message: Message, outcome: Outcome) -> Iterator[Outgoing]:
        match outcome:
            case Decided(entry):
                yield from self.inlet.answer(entry)
            case Dead(answered=True):
                yield from self.inlet.answer_unreadable(message)
            case Reused(entry, _, digest):
                yield from self.inlet.answer_reused(entry, message, digest)


def _is_barred(event: Event[Any]) -> bool:
    """Whether it will be refused whoever the roster knows: nothing is looked up for what only a county may ask."""
    kind = type(event.data)
    return issubclass(kind, Submission) and kind.committee_only and event.submitter != county_of(event.submitter)


def _segments(batch: Sequence[Read]) -> Iterator[list[Read]]:
    """Cuts the batch before each event that needs a query or corrects: it must see what was written before it."""
    segment: list[Read] = []
    for read in batch:
        if segment and read.stands_apart:
            yield segment
            segment = []
        segment.append(read)
    yield segment


__all__ = ["POINTS", "Committed", "Dead", "Decided", "Pipeline", "Read", "RosterFeed", "Step", "no_step"]
