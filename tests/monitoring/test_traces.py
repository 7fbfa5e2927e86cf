"""One submission is one trace, from whoever takes it in to the figures of its month; without a collector it is none."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from hashlib import sha256
from typing import Any

import pytest
from fastapi import FastAPI
from httpx import ASGITransport, AsyncClient

from deploy.embedded.ports import any_free
from shared.bus.connection import Bus
from shared.events.tracing import SpanPlace, place_in, trace_of
from shared.pipeline.pipeline import Pipeline
from shared.process.config import Settings
from shared.process.log import Level
from shared.process.tracing import app_of, bus_of, kind_of, tracing
from tests.county import LOOPS, County, ended
from tests.monitoring.collector import Kept, collecting, said
from tests.processes_here import ROUTES, running
from tests.shared.test_submitting import headers
from tests.submitters import Said, station

A, B = SpanPlace(0xA, 0x1), SpanPlace(0xB, 0x2)


def settings(collector: str | None) -> Settings:
    return Settings(
        county="150424",
        nats_url="nats://unused",
        mongo_url="mongodb://unused",
        http_port=1,
        instance="test-1",
        otel_exporter_otlp_endpoint=collector,
    )


@asynccontextmanager
async def recorded(
    county: County, collector: str, services: Sequence[str] = ("inspection", "feedback")
) -> AsyncIterator[AsyncClient]:
    """These decide, and inspection answers, each told a collector; the others are told none."""
    knows = settings(collector)
    async with AsyncExitStack() as stack:
        deciding = {one: await stack.enter_async_context(tracing(knows, one, "deciding")) for one in services}
        answering = await stack.enter_async_context(tracing(knows, "inspection", "answering"))
        bus = await stack.enter_async_context(county.connection())
        kinds = {one: kind_of(spans) for one, spans in deciding.items()}
        consumers = [county.consumer(loop, bus, kind=kinds.get(loop.service, Pipeline)) for loop in LOOPS]
        tasks = [asyncio.create_task(one.run()) for one in consumers]
        county.minds(tasks)
        parts, app = running(county, "inspection"), FastAPI(openapi_url=None)
        parts.bus = bus_of(answering, parts.bus)
        ROUTES["inspection"](app, parts)
        try:
            async with AsyncClient(transport=ASGITransport(app_of(answering, app)), base_url="http://county") as client:
                yield client
                await county.settles()
        finally:
            await ended(tasks)


def key(one: Said) -> str:
    return f"{one.submitter}/{one.id}"


def shape(kept: Kept, one: Said) -> list[tuple[str, str, str]]:
    """Of a trace each span: its service, its name and the name of its parent."""
    spans = kept.of(trace_of(key(one)))
    names = {span.span_id: span.name for _, span in spans} | {b"": ""}
    return [(service, span.name, names[span.parent_span_id]) for service, span in spans]


DECIDED = [
    ("inspection", "process log-inspection", "receive SUBMISSIONS"),
    ("inspection", "send FACTS", "process log-inspection"),
    ("feedback", "receive FACTS", "send FACTS"),
    ("feedback", "process inspection-logged", "receive FACTS"),
    ("feedback", "revise report", "process inspection-logged"),
]


async def test_one_submission_is_one_trace_from_the_gateway_to_the_report(county: County) -> None:
    over_http, by_bus, refused = station.logs(n=1), station.logs(n=2), station.logs(about="150424-D01", n=3)
    foreign = {"traceparent": A.header}
    with collecting() as kept:
        async with recorded(county, kept.url) as client:
            sent = {**headers(over_http), **foreign}
            answer = await client.post("/inspection/api/submissions", headers=sent, content=over_http.message.body)
            assert answer.status_code == 200
            marked = by_bus.message._replace(headers={**by_bus.message.headers, **foreign})
            await county.hears(by_bus._replace(message=marked), refused)
            await county.settles()
        asked = [
            ("inspection", "POST /api/submissions", ""),
            ("inspection", "send SUBMISSIONS", "POST /api/submissions"),
            ("inspection", "receive SUBMISSIONS", "send SUBMISSIONS"),
        ]
        assert sorted(shape(kept, over_http)) == sorted([*asked, *DECIDED])
        assert sorted(shape(kept, by_bus)) == sorted([("inspection", "receive SUBMISSIONS", ""), *DECIDED])
        assert [name for _, name, _ in shape(kept, refused)][-1] == "send VERDICTS"
        _shows_what_it_is_about(kept, over_http)
        _links_to_the_senders_own(kept, over_http, by_bus)
        batches = [span for _, span in kept if span.name == "process batch"]
        assert {link.trace_id for span in batches for link in span.links} == {
            trace_of(key(one)).to_bytes(16) for one in (over_http, by_bus, refused)
        }


def _shows_what_it_is_about(kept: Kept, one: Said) -> None:
    spans = {span.name: span for _, span in kept.of(trace_of(key(one)))}
    process = said(spans["process log-inspection"].attributes)
    assert process == {
        "lianban.submission": key(one),
        "lianban.type": "log-inspection",
        "lianban.organisation": station.code,
        "lianban.verdict": "accepted",
        "messaging.system": "nats",
        "messaging.operation.type": "process",
        "messaging.destination.name": "SUBMISSIONS",
        "messaging.consumer.group.name": "inspection-submissions",
    }
    assert said(spans["send FACTS"].attributes)["lianban.facts"] == ["inspection-logged"]
    assert said(spans["revise report"].attributes)["lianban.month"] == "2018-03"
    assert said(spans["POST /api/submissions"].attributes)["http.response.status_code"] == 200
    assert all(span.start_time_unix_nano <= span.end_time_unix_nano for span in spans.values())


def _links_to_the_senders_own(kept: Kept, over_http: Said, by_bus: Said) -> None:
    for one, name in ((over_http, "POST /api/submissions"), (by_bus, "receive SUBMISSIONS")):
        (span,) = (span for _, span in kept.of(trace_of(key(one))) if span.name == name)
        assert [int.from_bytes(link.trace_id) for link in span.links] == [A.trace]


async def test_every_service_records_the_same_few_where_few_are_recorded(
    county: County, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OTEL_TRACES_SAMPLER", "traceidratio")
    monkeypatch.setenv("OTEL_TRACES_SAMPLER_ARG", "0.5")
    patrols = [station.logs(n=n) for n in range(12)]
    with collecting() as kept:
        async with recorded(county, kept.url):
            await county.hears(*patrols)
            await county.settles()
        named = [[name for _, name, _ in shape(kept, one)] for one in patrols]
    recorded_ones = [names for names in named if names]
    assert 0 < len(recorded_ones) < len(patrols)
    assert all({"process log-inspection", "revise report"} <= {*names} for names in recorded_ones)


async def test_a_collector_that_is_away_is_said_once_and_holds_nobody_back(
    county: County,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    logs_as_json: Callable[[str, Level], None],
) -> None:
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_TIMEOUT", "0.1")
    monkeypatch.setenv("OTEL_BSP_SCHEDULE_DELAY", "50")
    logs_as_json("inspection", "info")
    port, lines = any_free("collector"), list[dict[str, Any]]()

    def events() -> list[str]:
        lines.extend(json.loads(line) for line in capsys.readouterr().out.splitlines())
        assert not [line for line in lines if "opentelemetry" in line.get("logger", "")]
        return [line["event"] for line in lines if line["event"].startswith("traces")]

    async with recorded(county, f"http://127.0.0.1:{port}", ("inspection",)):
        for n in range(3):
            await county.hears(station.logs(n=n))
            await county.settles()
            await until(lambda: "traces are lost" in events())
        assert (await county.verdict(station.logs(n=2)) or {}).get("verdict") == "accepted"
        with collecting(port) as kept:
            await county.hears(station.logs(n=3))
            await county.settles()
            await until(lambda: shape(kept, station.logs(n=3)))
            await until(lambda: "traces are taken again" in events())
    assert events()[:2] == ["traces are lost", "traces are taken again"]
    assert {line["service"] for line in lines} == {"inspection"}


async def until(found: Callable[[], Any]) -> None:
    """It is so at last."""
    async with asyncio.timeout(120):
        while not found():
            await asyncio.sleep(0.02)


async def test_without_a_collector_nothing_is_made_otherwise(county: County) -> None:
    bus, app = Bus(county.client), FastAPI()
    async with tracing(settings(None), "inspection", "deciding") as spans:
        assert spans is None
    assert (kind_of(None), bus_of(None, bus), app_of(None, app)) == (Pipeline, bus, app)


def test_anybody_who_knows_a_submission_finds_its_trace() -> None:
    submission = "150424-T01-S01/0b6f8f3c-53a5-5f0e-8f5e-2b7d0a8f9c11"
    assert f"{trace_of(submission):032x}" == sha256(submission.encode()).hexdigest()[:32]


@pytest.mark.parametrize(
    ("given", "place"),
    [
        ({"traceparent": A.header}, A),
        ({"ce-traceparent": B.header}, B),
        ({"ce-traceparent": B.header, "traceparent": A.header}, A),
        ({}, None),
        ({"traceparent": A.header.upper()}, None),
        ({"traceparent": f"00-{0:032x}-{1:016x}-01"}, None),
        ({"traceparent": f"00-{1:032x}-{0:016x}-01"}, None),
        ({"traceparent": f"{A.header}-more"}, None),
        ({"traceparent": "x" * 4096}, None),
    ],
)
def test_a_header_says_a_place_or_nothing(given: dict[str, str], place: Any) -> None:
    assert place_in(given) == place
