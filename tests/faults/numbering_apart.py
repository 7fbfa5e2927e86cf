"""Numbers as one would give them first: taken before the decision, in a write of their own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from services.feedback.documents.model import NumbersGiven
from services.feedback.documents.numbering import numbers_id
from services.feedback.documents.signing import sign_reports
from shared.bus.connection import Message
from shared.events import Event
from shared.events.documents import DocumentSeries, SignReports
from shared.pipeline.decisions import Accepted, State, Verdict
from shared.pipeline.pipeline import Committed, Pipeline

LETTERS = DocumentSeries.LETTER


class NumbersApart(Pipeline):
    """What is committed twice for one signature leaves a gap."""

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        signing = self._handlers[SignReports]
        self._handlers = {**self._handlers, SignReports: replace(signing, decide=numbered_before)}

    async def decide(self, messages: Sequence[Message]) -> Committed:
        """Takes as many numbers as there are drafts, then decides."""
        for message in messages:
            event = self.inlet.read(message)
            if isinstance(event, Event) and isinstance(event.data, SignReports):
                taken = {"last": len(event.data.drafts), "version": 1}
                wanted = {"_id": numbers_id(event, LETTERS)}
                await self.db[NumbersGiven.collection].update_one(wanted, {"$inc": taken}, upsert=True)
        return await super().decide(messages)


def numbered_before(state: State, event: Event[SignReports]) -> Verdict:
    """With the numbers that were taken for it; the counter is written already."""
    counter = state.get(NumbersGiven, numbers_id(event, LETTERS))
    assert counter is not None
    began = counter.having(last=counter.last - len(event.data.drafts))
    verdict = sign_reports(state.after(Accepted((began,))), event)
    if not isinstance(verdict, Accepted):
        return verdict
    return Accepted(tuple(one for one in verdict.changes if not isinstance(one, NumbersGiven)), verdict.facts)
