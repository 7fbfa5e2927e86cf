"""The bus of the process that answers over HTTP: of each submission that it stores the time that took is recorded."""

from __future__ import annotations

import time
from collections.abc import Sequence
from contextvars import ContextVar

from opentelemetry.trace import SpanKind

from shared.bus.connection import Bus
from shared.events.masked import submission_known
from shared.events.outgoing import Outgoing
from shared.events.tracing import TRACEPARENT, SpanPlace
from shared.tracing.spans import Span, Spans

ASKED: ContextVar[dict[int, SpanPlace] | None] = ContextVar("asked", default=None)
"""Of the request that is being answered: in which traces it has submitted something, and its own span in each."""


class TracedBus(Bus):
    """On the connection of a bus that is there."""

    def __init__(self, bus: Bus, spans: Spans) -> None:
        super().__init__(bus.client)
        self._spans = spans

    async def publish(self, messages: Sequence[Outgoing]) -> None:
        """Submissions bear the span of sending them, for whoever decides."""
        began = time.time_ns()
        sent = [(one, self._place(one)) for one in messages]
        await super().publish([_bearing(one, place) for one, place in sent])
        over = time.time_ns()
        for one, place in sent:
            if place:
                about = {
                    "messaging.system": "nats",
                    "messaging.operation.type": "send",
                    "messaging.destination.name": "SUBMISSIONS",
                    "lianban.submission": submission_known(one.headers),
                }
                parent = (ASKED.get() or {}).get(place.trace)
                span = Span("send SUBMISSIONS", place, began, over, SpanKind.PRODUCER, parent, attributes=about)
                self._spans.record(span)

    def _place(self, message: Outgoing) -> SpanPlace | None:
        if not message.subject.startswith("submit.") or not (submission := submission_known(message.headers)):
            return None
        place = self._spans.place_for(submission)
        if place and (asked := ASKED.get()) is not None and place.trace not in asked:
            asked[place.trace] = self._spans.within(place.trace)
        return place


def _bearing(message: Outgoing, place: SpanPlace | None) -> Outgoing:
    return message._replace(headers={**message.headers, TRACEPARENT: place.header}) if place else message
