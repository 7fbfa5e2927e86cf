"""Submitting over HTTP, on the real bus: what is taken, and what is turned away before anything is done with it."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from typing import Any

import pytest
from fastapi import FastAPI
from httpx import ASGITransport, AsyncClient, Response

from services.roster.enrolment.api import MOST_BYTES as MOST_ENROLLING
from services.roster.enrolment.api import router
from services.roster.places import PAGES
from shared.events.text import in_one_line
from shared.identity.access import Access, Hearing
from shared.identity.tokens import token_of
from shared.process.config import Settings
from shared.process.running import Running, connect_broker
from shared.web.answering import answer
from shared.web.submissions import MOST_BYTES, MOST_STRUCTURED, STRUCTURED
from tests.county import County
from tests.processes_here import SECRET
from tests.shared.test_wording import faults_of
from tests.submitters import Said, founding, station


def submitting(county: County, service: str = "inspection") -> AsyncClient:
    """A program that submits to a service, or enrols."""
    settings = Settings(
        county="150424",
        nats_url=county.nats_url,
        mongo_url="mongodb://unused",
        http_port=1,
        instance="test-1",
        token_secret=SECRET,
    )
    broker = connect_broker(county.nats_url, "test", Access(), Hearing())
    parts = Running(settings, service, broker, county.databases, county.db(service), county.bus)
    app = FastAPI(openapi_url=None)
    app.state.signer = None
    answer(app, parts, PAGES, api=[router])
    return AsyncClient(transport=ASGITransport(app), base_url="http://county")


@pytest.fixture
async def program(empty_county: County) -> AsyncIterator[AsyncClient]:
    async with submitting(empty_county) as program:
        yield program


def headers(said: Said) -> dict[str, str]:
    attributes = {name: value for name, value in said.message.headers.items() if not name.startswith("Nats-")}
    return attributes | {"authorization": f"Bearer {token_of(said.submitter, SECRET)}"}


async def test_a_county_without_organisations_is_founded_over_http(empty_county: County) -> None:
    (first, *_) = founding()
    async with submitting(empty_county, "roster") as program, empty_county.working():
        answer = await program.post("/roster/api/submissions", headers=headers(first), content=first.message.body)
    assert (answer.status_code, answer.json()["verdict"]) == (200, "accepted")


async def test_while_nobody_knows_whose_keys_ended_nothing_is_taken_and_the_token_not_called_wrong(
    empty_county: County, program: AsyncClient
) -> None:
    said = station.logs()
    await empty_county.bus.api("STREAM.DELETE.KV_roster")
    answer = await program.post("/inspection/api/submissions", headers=headers(said), content=said.message.body)
    (why,) = answer.json()["reasons"]
    assert (answer.status_code, why["slug"], answer.headers["retry-after"]) == (503, "bus-away", "5")
    assert (await empty_county.bus.api("STREAM.INFO.SUBMISSIONS"))["state"]["messages"] == 0


BINARY = "application/json"
SUBMIT, ENROL = "/inspection/api/submissions", "/roster/api/enrolments"
LIMITS = [(SUBMIT, BINARY, MOST_BYTES), (SUBMIT, STRUCTURED, MOST_STRUCTURED), (ENROL, BINARY, MOST_ENROLLING)]


@pytest.mark.parametrize(("path", "kind", "most"), LIMITS)
async def test_a_body_that_is_too_large_is_turned_away_by_what_is_said_of_it(
    program: AsyncClient, path: str, kind: str, most: int
) -> None:
    larger = await program.post(path, headers={"content-type": kind}, content=b" " * (most + 1))
    largest = await program.post(path, headers={"content-type": kind}, content=b" " * most)
    (why,) = larger.json()["reasons"]
    assert (larger.status_code, why["slug"], "内容过大" in why["zh"]) == (413, "unreadable", True)
    assert largest.status_code in (400, 401, 422)


@pytest.mark.parametrize(("path", "kind", "most"), LIMITS)
async def test_a_body_without_a_length_is_read_no_further_than_it_may_be_long(
    program: AsyncClient, path: str, kind: str, most: int
) -> None:
    sent = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal sent
        while sent < 100 * most:
            sent += 1024
            yield b" " * 1024

    answer = await program.post(path, headers={"content-type": kind}, content=endless())
    assert answer.status_code == 413
    assert sent <= most + 2 * 1024


async def test_an_enrolment_that_cannot_be_read_is_answered_so(program: AsyncClient) -> None:
    for body in (b"", b"{", b"\xff", b"[]", b'{"code": "x"}'):
        assert (await program.post(ENROL, content=body)).status_code == 422
    described = (await program.get("/inspection/api/openapi.json")).json()["paths"][ENROL]["post"]["requestBody"]
    assert set(described["content"]["application/json"]["schema"]["properties"]) == {"code", "public_key"}


async def test_an_attribute_that_is_not_named_as_cloudevents_names_them_makes_no_event(program: AsyncClient) -> None:
    for name in ("my ext", "my:ext", "", "e\r\nNats-Rollup", "扩展", "my_ext", "Ext", "e" * 21):
        answer = await program.post(SUBMIT, headers=bearer(station.logs()), content=structured({name: "1"}))
        assert (name, answer.status_code) == (name, 400)
        assert why_of(answer) == "not a structured CloudEvent"


async def test_a_document_that_cannot_be_written_again_is_no_event(program: AsyncClient) -> None:
    for data in (r'"\ud800"', r'{"note": "已处理\ud83d"}', "[" * 20_000 + "]" * 20_000, "9" * 5_000):
        content = f'{{"specversion": "1.0", "data": {data}}}'
        answer = await program.post(SUBMIT, headers=bearer(station.logs()), content=content)
        assert (answer.status_code, why_of(answer)) == (400, "not a structured CloudEvent")


async def test_an_attribute_that_nobody_knows_comes_along(county: County) -> None:
    async with submitting(county) as program, county.working():
        answer = await program.post(SUBMIT, headers=bearer(station.logs()), content=structured({"e" * 20: "1"}))
    assert (answer.status_code, answer.json()["verdict"]) == (200, "accepted")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
async def test_what_windows_wrote_is_read(county: County, encoding: str) -> None:
    text = json.dumps({"patrol": "station", "score": 9500, "findings": [FOUND]}, ensure_ascii=False)
    async with submitting(county) as program, county.working():
        answer = await program.post(SUBMIT, headers=headers(station.logs()), content=text.encode(encoding))
    assert (answer.status_code, answer.json()["verdict"]) == (200, "accepted")


@pytest.mark.parametrize(("content", "named"), [("“站长”".encode("gbk"), "GBK"), (b"\xff\xff", "无法识别")])
async def test_what_is_in_another_encoding_is_named(program: AsyncClient, content: bytes, named: str) -> None:
    answer = await program.post(SUBMIT, headers=headers(station.logs()), content=content)
    (why,) = answer.json()["reasons"]
    assert (answer.status_code, named in why["zh"], "UTF-8编码" in why["zh"]) == (400, True, True)
    assert (why["zh"].count("再报") + why["zh"].count("重新报送"), why["zh"].count("。")) == (1, 2)


FOUND = {"item": "灭火器过期", "severity": "minor", "rectify_within": 3}


@pytest.mark.parametrize("written", ["张建国", "张\u200b建国\u0301"])
async def test_a_name_in_a_raw_header_is_kept_as_it_was_written(county: County, written: str) -> None:
    said = station.logs()
    async with submitting(county) as program, county.working():
        raw = [(name.encode(), value.encode()) for name, value in headers(said).items()]
        answer = await program.post(SUBMIT, headers=[*raw, (b"ce-actor", written.encode())], content=said.message.body)
        assert answer.status_code == 200
        (entry,) = await county.db("inspection")["ledger"].find({"_id": f"{said.submitter}/{said.id}"}).to_list(None)
    assert entry["actor"] == in_one_line(written)


async def test_a_raw_header_in_another_encoding_is_refused_with_a_reason(program: AsyncClient) -> None:
    said = station.logs()
    raw = [(name.encode(), value.encode()) for name, value in headers(said).items()]
    for sent in ("张建国".encode("gbk"), b"\xff"):
        answer = await program.post(SUBMIT, headers=[*raw, (b"ce-actor", sent)], content=said.message.body)
        assert (answer.status_code, why_of(answer)) == (400, "a header is not UTF-8")


async def test_an_attribute_that_is_null_is_none_and_a_list_is_no_attribute(county: County) -> None:
    async with submitting(county) as program, county.working():
        for value, status in ((None, 200), ([], 400), ({}, 400)):
            content = structured({"dataschema": value})
            answer = await program.post(SUBMIT, headers=bearer(station.logs()), content=content)
            assert (value, answer.status_code) == (value, status)


async def test_every_no_at_the_door_speaks_chinese_too(program: AsyncClient) -> None:
    said = station.logs()
    for more in ({"ce-id": said.id.upper()}, {"ce-time": "0026-11-26T09:12:00+08:00"}, {"ce-type": ""}):
        answer = await program.post(SUBMIT, headers={**headers(said), **more}, content=said.message.body)
        (why,) = answer.json()["reasons"]
        assert (answer.status_code, faults_of(why["zh"])) == (400, [])


def why_of(answer: Response) -> str:
    """In English, between what is said around it."""
    (why,) = answer.json()["reasons"]
    return str(why["en"]).partition("(")[2].partition(")")[0]


def bearer(said: Said) -> dict[str, str]:
    return {"authorization": headers(said)["authorization"], "content-type": STRUCTURED}


def structured(more: dict[str, Any]) -> bytes:
    """A patrol in one document."""
    said = station.logs()
    attributes = {name[3:]: value for name, value in headers(said).items() if name.startswith("ce-")}
    return json.dumps({**attributes, **more, "data": json.loads(said.message.body)}).encode()
