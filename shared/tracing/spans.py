"""What a process records of submissions, and how it gets to the collector (OTLP over HTTP).

Spans are written when what they are about is over, with the times that were noted meanwhile: nothing is recorded of
what failed and is tried again. They bear no personal data: codes of organisations, types, ids, slugs and counts.
"""

from __future__ import annotations

import asyncio
import logging
import os
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import structlog
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import ReadableSpan, TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor, SpanExporter, SpanExportResult
from opentelemetry.sdk.trace.id_generator import RandomIdGenerator
from opentelemetry.sdk.trace.sampling import Decision
from opentelemetry.sdk.util.instrumentation import InstrumentationScope
from opentelemetry.trace import Link, SpanContext, SpanKind, Status, StatusCode, TraceFlags

from shared.events.tracing import SpanPlace, trace_of
from shared.process.release import RELEASE

Value = str | int | Sequence[str]
SCOPE = InstrumentationScope("lianban", RELEASE)
SAMPLED = TraceFlags(TraceFlags.SAMPLED)
PATH = "/v1/traces"
OWN_ENDPOINT = "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"
WHY = "the collector (OTEL_EXPORTER_OTLP_ENDPOINT) does not take them"
QUIET = ("opentelemetry.exporter", "opentelemetry.sdk._shared_internal")
"""Say of each batch that it was not taken, and of each span that is dropped: here that is said once."""
LAST_WORDS = 2.0
"""Seconds that the end of a process waits until what is recorded is taken."""

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Span:
    """What is recorded of something that is over; `began` and `ended` in nanoseconds since 1970."""

    name: str
    place: SpanPlace
    began: int
    ended: int
    kind: SpanKind = SpanKind.INTERNAL
    parent: SpanPlace | None = None
    links: Sequence[SpanPlace] = ()
    attributes: Mapping[str, Value] | None = None
    failed: str = ""
    """The slug of why, where it did not go well."""


class Spans:
    """Of one process; `endpoint` is the collector's address, to which the path of traces is added."""

    def __init__(self, endpoint: str, service: str, process: str, instance: str) -> None:
        self._resource = Resource.create(
            {
                "service.namespace": "lianban",
                "service.name": service,
                "service.version": RELEASE,
                "service.instance.id": f"{instance} {process}",
            }
        )
        self._sampler = TracerProvider(shutdown_on_exit=False).sampler  # as OTEL_TRACES_SAMPLER says
        for name in QUIET:
            logging.getLogger(name).setLevel(logging.CRITICAL)
        own = os.environ.get(OWN_ENDPOINT)
        exporter = OTLPSpanExporter(endpoint=own or endpoint.rstrip("/") + PATH)
        self._queue = BatchSpanProcessor(SaidOnce(exporter))
        self._new = RandomIdGenerator()

    def place_for(self, submission: str) -> SpanPlace | None:
        """A new span of a submission's trace; None where it is not among those that are recorded.

        Which are follows from the id of the trace alone, so that every service records the same ones.
        """
        trace = trace_of(submission)
        decision = self._sampler.should_sample(None, trace, submission).decision
        return self.within(trace) if decision is Decision.RECORD_AND_SAMPLE else None

    def within(self, trace: int) -> SpanPlace:
        """A new span of a trace."""
        return SpanPlace(trace, self._new.generate_span_id())

    def apart(self) -> SpanPlace:
        """A new span of a trace of its own."""
        return self.within(self._new.generate_trace_id())

    def record(self, span: Span) -> None:
        """Into the queue, which drops what is too much and is emptied by a thread."""
        status = Status(StatusCode.ERROR, span.failed) if span.failed else Status()
        self._queue.on_end(
            ReadableSpan(
                span.name,
                context=_context(span.place),
                parent=_context(span.parent) if span.parent else None,
                resource=self._resource,
                attributes=span.attributes,
                links=[Link(_context(one)) for one in span.links],
                kind=span.kind,
                status=status,
                start_time=min(span.began, span.ended),
                end_time=span.ended,
                instrumentation_scope=SCOPE,
            )
        )

    async def close(self) -> None:
        """What is recorded goes out, unless that takes longer than `LAST_WORDS`."""
        ending = threading.Thread(target=self._queue.shutdown, daemon=True)
        ending.start()
        await asyncio.to_thread(ending.join, LAST_WORDS)


class SaidOnce(SpanExporter):
    """A collector that is away is said once, and once that it is back; what it did not take is lost."""

    def __init__(self, exporter: SpanExporter) -> None:
        self._exporter = exporter
        self._is_away = False
        self._log = log.bind(**structlog.contextvars.get_contextvars())  # a thread of its own knows no service

    def export(self, spans: Sequence[ReadableSpan]) -> SpanExportResult:
        """Takes ten seconds at most, in the queue's thread."""
        result = self._exporter.export(spans)
        if (is_away := result is not SpanExportResult.SUCCESS) != self._is_away:
            self._is_away = is_away
            if is_away:
                self._log.warning("traces are lost", why=WHY)
            else:
                self._log.info("traces are taken again")
        return result

    def shutdown(self) -> None:
        """Nothing more goes out."""
        self._exporter.shutdown()


def _context(place: SpanPlace) -> SpanContext:
    return SpanContext(place.trace, place.span, is_remote=False, trace_flags=SAMPLED)
