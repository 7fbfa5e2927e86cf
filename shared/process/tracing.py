"""Whether a process records traces: only where it is told a collector, and only then is anything loaded for it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from typing import TYPE_CHECKING

from starlette.types import ASGIApp

from shared.bus.connection import Bus
from shared.pipeline.loops import PipelineKind
from shared.pipeline.pipeline import Pipeline
from shared.process.config import Settings

if TYPE_CHECKING:
    from shared.tracing.spans import Spans


@asynccontextmanager
async def tracing(settings: Settings, service: str, process: str) -> AsyncIterator[Spans | None]:
    """Where a process records, for as long as it runs; None where nothing is."""
    if settings.otel_exporter_otlp_endpoint is None:
        yield None
        return
    from shared.tracing.spans import Spans

    spans = Spans(settings.otel_exporter_otlp_endpoint, service, process, settings.instance)
    try:
        yield spans
    finally:
        await spans.close()


def kind_of(spans: Spans | None) -> PipelineKind:
    """The pipeline of a process that decides."""
    if spans is None:
        return Pipeline
    from shared.tracing.pipeline import TracedPipeline

    return partial(TracedPipeline, spans)


def bus_of(spans: Spans | None, bus: Bus) -> Bus:
    """The bus of a process that answers."""
    if spans is None:
        return bus
    from shared.tracing.bus import TracedBus

    return TracedBus(bus, spans)


def app_of(spans: Spans | None, app: ASGIApp) -> ASGIApp:
    """What a process answers with."""
    if spans is None:
        return app
    from shared.tracing.web import TracedApp

    return TracedApp(app, spans)
