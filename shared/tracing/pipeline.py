"""A pipeline that records what becomes of each submission: how long it waited, was decided, and was told.

    receive SUBMISSIONS > process log-patrol > send FACTS > receive FACTS > process patrol-logged > revise report

The span before one is its parent: within a process by hand, from one to the next by the header `traceparent`. A header
of another trace is the sender's own: it is linked to. Recorded is what is decided for the first time.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from opentelemetry.trace import SpanKind

from shared.bus.connection import Message
from shared.events.masked import submission_known, type_known
from shared.events.outgoing import Outgoing
from shared.events.tracing import TRACEPARENT, SpanPlace, place_in
from shared.pipeline.fact_ids import cause_of
from shared.pipeline.ledger import Entry
from shared.pipeline.outcomes import Committed, Decided, Outcome, is_dead
from shared.pipeline.pipeline import Pipeline
from shared.tracing.spans import Span, Spans, Value

NANOSECONDS = 1_000_000_000
SENT: dict[str, Value] = {"messaging.system": "nats", "messaging.operation.type": "send"}
REVISES = "feedback"
"""Whose following of a fact puts a month's figures right, of which reports are made."""


class Recorded(NamedTuple):
    """What was decided and is recorded: the message, its entry, and the span of deciding it."""

    message: Message
    entry: Entry
    place: SpanPlace


class TracedPipeline(Pipeline):
    """Does what a pipeline does."""

    def __init__(self, spans: Spans, *parts: Any) -> None:
        super().__init__(*parts)
        self._spans = spans
        self._untold: dict[str, SpanPlace] = {}
        self._telling: dict[str, SpanPlace] = {}

    async def decide(self, messages: Sequence[Message]) -> Committed:
        """And one span for the batch, to which those of its submissions are linked, and it to them."""
        taken = time.time_ns()
        committed = await super().decide(messages)
        over = time.time_ns()
        if sampled := list(self._sampled(messages, committed)):
            batch = self._spans.apart()
            for one in sampled:
                self._record_decided(one, batch, taken, over)
            links = [one.place for one in sampled]
            about = {**self._on_bus(messages[0], "process"), "messaging.batch.message_count": len(messages)}
            self._spans.record(Span("process batch", batch, taken, over, SpanKind.CONSUMER, None, links, about))
            self._untold |= {one.entry["_id"]: one.place for one in sampled}
        return committed

    async def tell(self, messages: Sequence[Message], committed: Committed) -> None:
        """Whatever goes out bears the span of telling it."""
        began, known = time.time_ns(), {entry["_id"] for entry in committed.entered}
        untold = {key: self._untold[key] for key in known if key in self._untold}
        self._telling = {key: self._spans.within(place.trace) for key, place in untold.items()}
        await super().tell(messages, committed)
        over = time.time_ns()
        for entry in committed.entered:
            if parent := self._untold.pop(entry["_id"], None):
                self._record_sent(entry, parent, began, over)
        for message, outcome in zip(messages, committed.outcomes, strict=True):
            if is_dead(outcome):
                self._record_buried(message, outcome.slug, began, over)

    def _facts(self, outcome: Outcome) -> Iterator[Outgoing]:
        place = self._telling.get(outcome.entry["_id"]) if isinstance(outcome, Decided) else None
        for fact in super()._facts(outcome):
            yield fact._replace(headers={**fact.headers, TRACEPARENT: place.header}) if place else fact

    def _sampled(self, messages: Sequence[Message], committed: Committed) -> Iterator[Recorded]:
        new = {entry["_id"] for entry in committed.entered}
        for message, outcome in zip(messages, committed.outcomes, strict=True):
            if isinstance(outcome, Decided) and (key := outcome.entry["_id"]) in new:
                new.remove(key)
                if place := self._spans.place_for(cause_of(key)):
                    yield Recorded(message, outcome.entry, place)

    def _record_decided(self, one: Recorded, batch: SpanPlace, taken: int, over: int) -> None:
        message, entry, place = one
        parent, links = _comes_of(message, place.trace)
        received, waited = int(message.received.timestamp() * NANOSECONDS), self._spans.within(place.trace)
        about = {**_about(entry), **self._on_bus(message, "receive")}
        name = f"receive {message.stream}"
        self._spans.record(Span(name, waited, received, taken, SpanKind.CONSUMER, parent, links, about))
        about = {**_about(entry), **self._on_bus(message, "process")}
        name = f"process {type_known(entry['type'])}"
        self._spans.record(Span(name, place, taken, over, SpanKind.CONSUMER, waited, [batch], about))
        if self.service == REVISES and "month" in entry:
            about = {**_about(entry), "lianban.month": entry["month"]}
            revised = self._spans.within(place.trace)
            self._spans.record(Span("revise report", revised, taken, over, parent=place, attributes=about))

    def _record_sent(self, entry: Entry, parent: SpanPlace, began: int, over: int) -> None:
        """A fact that is followed, and from which nothing follows, is answered by nobody."""
        facts = [fact["type"] for fact in entry["facts"]]
        if facts or "submitter" in entry:
            name = "send FACTS" if facts else "send VERDICTS"
            about = {**_about(entry), **SENT, "lianban.facts": facts}
            place = self._telling[entry["_id"]]
            self._spans.record(Span(name, place, began, over, SpanKind.PRODUCER, parent, attributes=about))

    def _record_buried(self, message: Message, slug: str, began: int, over: int) -> None:
        submission = submission_known(message.headers)
        if submission and (place := self._spans.place_for(submission)):
            parent, links = _comes_of(message, place.trace)
            about = {"lianban.submission": submission, **SENT}
            self._spans.record(Span("send DEAD", place, began, over, SpanKind.PRODUCER, parent, links, about, slug))

    def _on_bus(self, message: Message, operation: str) -> dict[str, Value]:
        return {
            "messaging.system": "nats",
            "messaging.operation.type": operation,
            "messaging.destination.name": message.stream,
            "messaging.consumer.group.name": f"{self.service}-{message.stream.lower()}",
        }


def _comes_of(message: Message, trace: int) -> tuple[SpanPlace | None, list[SpanPlace]]:
    """The span from which it comes, in its own trace; or one of the sender's own that it is linked to."""
    said = place_in(message.headers)
    return (said, []) if said is None or said.trace == trace else (None, [said])


def _about(entry: Entry) -> dict[str, Value]:
    reasons = [reason["slug"] for reason in entry["reasons"]]
    return {
        "lianban.submission": cause_of(entry["_id"]),
        "lianban.type": type_known(entry["type"]),
        "lianban.organisation": entry["organisation"],
        "lianban.verdict": entry["verdict"],
        **({"lianban.reasons": reasons} if reasons else {}),
    }
