"""Pipelines as one would write them first: the comparison must find them wrong, or it proves nothing."""

from __future__ import annotations

from collections.abc import Sequence

from shared.bus.connection import Message
from shared.database.documents import Increment
from shared.database.mongo import Session
from shared.events import Event
from shared.pipeline.decisions import Accepted, State
from shared.pipeline.ledger import Entry
from shared.pipeline.pipeline import POINTS, Committed, Decided, Pipeline, Read
from shared.roster.organisations import Roster


class PlainIncrement(Pipeline):
    """Feedback without a ledger: each fact is added as it comes, then acknowledged."""

    async def decide(self, messages: Sequence[Message]) -> Committed:
        """No look-up, no transaction."""
        for message in messages:
            await self._add(message)
        for point in POINTS:
            await self.step(point)
        return Committed([], [])

    async def tell(self, messages: Sequence[Message], committed: Committed) -> None:
        """Nothing follows."""

    async def _add(self, message: Message) -> None:
        event = self.inlet.read(message)
        assert isinstance(event, Event)
        match self.handler_of(event).decide(State(Roster()), event):
            case Accepted(changes=changes):
                for change in changes:
                    assert isinstance(change, Increment)
                    update = {"$inc": dict(change.add), "$setOnInsert": dict(change.once)}
                    await self.db[change.collection].update_one({"_id": change.id}, update, upsert=True)


class PublishesOnlyWhatIsNew(Pipeline):
    """What was found in the ledger is taken to have been published."""

    _before: frozenset[str] = frozenset()

    async def _known(self, batch: Sequence[Read], session: Session) -> dict[str, Entry]:
        known = await super()._known(batch, session)
        self._before = frozenset(known)
        return known

    async def tell(self, messages: Sequence[Message], committed: Committed) -> None:
        """Only entries that this very transaction made."""
        pairs = zip(messages, committed.outcomes, strict=True)
        new = [(message, outcome) for message, outcome in pairs if not self._is_old(outcome)]
        outcomes = [outcome for _, outcome in new]
        await super().tell([message for message, _ in new], Committed(outcomes, committed.projected))

    def _is_old(self, outcome: object) -> bool:
        return isinstance(outcome, Decided) and outcome.entry["_id"] in self._before
