"""Every answer of every service: no type is guessed, nothing kept unasked, HEAD is answered, and no body is a 500."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Iterator
from typing import Any

import pytest
import pytest_asyncio
from fastapi.routing import iter_route_contexts
from httpx import Response

from deploy.embedded.servers.running import Servers
from shared.services import SERVICES
from shared.web.submissions import STRUCTURED
from tests.browsing import browsing, signed_in, token
from tests.conftest import county_on
from tests.county import County
from tests.processes_here import application
from tests.submitters import committee, station

pytestmark = pytest.mark.asyncio(loop_scope="module")
SAMPLES = {
    "code": station.code,
    "organisation": station.code,
    "submitter": station.code,
    "station": station.code,
    "sequence": "1",
    "n": "0",
    "sha256": "0" * 64,
    "digest": "0" * 12,
    "path": "pages.css",
    "kind": "monthly",
    "period": "2018-03",
    "report": "2018-03",
    "county": committee.code,
}
OF_EACH = {
    "roster": "hold-activity",
    "inspection": "log-inspection",
    "greenchannel": "record-green-service",
    "feedback": "grant-award",
}
"""A type of submission of each service."""
AN_ID = "0196f7f0-0000-7000-8000-000000000001"
DEEP = b"[" * 20_000
LONE = rb'{"reason": "\ud800", "code": "\udfff", "public_key": "\ud800", "patrol": "\ud800"}'


def addresses(service: str) -> Iterator[str]:
    """Every address that is read, each with a sample in its places."""
    for route in iter_route_contexts(application(service).routes):
        if "GET" in (route.methods or ()) and route.path:
            yield re.sub(r"\{(\w+)(:\w+)?\}", lambda place: SAMPLES.get(place[1], AN_ID), route.path)


def sent_to(service: str) -> Iterator[str]:
    """Every address to which a program sends JSON."""
    for route in iter_route_contexts(application(service).routes):
        if "POST" in (route.methods or ()) and route.path and "/api/" in route.path:
            yield re.sub(r"\{(\w+)(:\w+)?\}", lambda place: SAMPLES.get(place[1], AN_ID), route.path)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def county(bus_and_database: Servers) -> AsyncIterator[County]:
    async with county_on(bus_and_database) as county:
        await county.begins_anew()
        await county.is_founded()
        yield county


def as_all_are(answer: Response) -> bool:
    """What every answer says of itself."""
    return answer.headers.get("x-content-type-options") == "nosniff" and bool(answer.headers.get("cache-control"))


@pytest.mark.parametrize("service", SERVICES)
@pytest.mark.parametrize("who", [None, committee.code], ids=["anybody", "the county"])
async def test_what_is_read_says_so_and_is_answered_to_head_as_well(
    county: County, service: str, who: str | None
) -> None:
    auth: Any = token(who) if who else None
    found = sorted({*addresses(service), f"/{service}/no-such-page", f"/{service}/api/no-such"})
    assert len(found) > 10
    async with browsing(county, service) as client:
        client.sees_failures()
        for address in found:
            whole, head = await client.get(address, auth=auth), await client.head(address, auth=auth)
            assert whole.status_code != 500, address
            assert (as_all_are(whole), as_all_are(head)) == (True, True), address
            assert (head.status_code, head.content) == (whole.status_code, b""), address
            assert head.headers.get("content-type") == whole.headers.get("content-type"), address


async def test_json_is_kept_by_nobody_and_static_files_for_ever(county: County) -> None:
    async with browsing(county, "feedback") as client:
        page = (await client.get("/feedback/")).text
        (styles,) = re.findall(r'href="([^"]*pages\.css)"', page)
        assert "immutable" in (await client.get(styles)).headers["cache-control"]
        assert (await client.get("/feedback/healthz")).headers["cache-control"] == "no-store"
        refused = await client.post("/feedback/api/dead-letters/1/again")
        assert (refused.status_code, refused.headers["cache-control"], as_all_are(refused)) == (401, "no-store", True)


@pytest.mark.parametrize(
    "asked", ["after=99999999999999999999999", "after=-5", "limit=0", "limit=99999999999999999999999", "after=x"]
)
async def test_a_number_beyond_what_there_is_is_said_in_words(county: County, asked: str) -> None:
    own = token(committee.code)
    async with browsing(county, "feedback") as client:
        answer = await client.get(f"/feedback/api/dead-letters?{asked}", auth=own)
        (why,) = answer.json()["reasons"]
        assert (answer.status_code, why["slug"]) == (422, "unfit-request")
        assert "应当是" in why["zh"]
        assert "999999" not in answer.text
        if not asked.startswith("limit"):
            page = await client.get(f"/feedback/dead-letters?{asked}", auth=own)
            assert (page.status_code, "应当是" in page.text) == (422, True)


@pytest.mark.parametrize("service", SERVICES)
async def test_no_integer_of_an_address_is_without_bounds(service: str) -> None:
    """The numbers of a table of the database or of a stream end; what goes beyond never reaches them."""
    found = application(service).openapi()["paths"]
    asked = [one for path in found.values() for method in path.values() for one in method.get("parameters", ())]
    numbers = [one for one in asked if _kind(one["schema"]) == "integer"]
    assert [one["name"] for one in numbers if not {"minimum", "maximum"} <= set(_number(one["schema"]))] == []


def _number(schema: dict[str, object]) -> dict[str, object]:
    either = schema.get("anyOf")
    return either[0] if isinstance(either, list) else schema


def _kind(schema: dict[str, object]) -> object:
    return _number(schema).get("type")


@pytest.mark.parametrize("service", SERVICES)
@pytest.mark.parametrize("body", [DEEP, LONE, b"\xff\xfe", b"", b"\x00"], ids=["deep", "lone", "wide", "none", "nul"])
@pytest.mark.parametrize("kind", ["application/json", STRUCTURED])
async def test_no_body_is_a_failure_of_ours(county: County, service: str, body: bytes, kind: str) -> None:
    """Nor is the next one's: whoever comes behind it is answered."""
    own = token(committee.code)
    bearer = {"authorization": f"Bearer {own[1]}"}
    event = {"ce-specversion": "1.0", "ce-id": AN_ID, "ce-type": OF_EACH[service], "ce-source": committee.code}
    event |= {"ce-subject": station.code, "ce-time": "2018-03-05T09:12:00+08:00"}
    async with browsing(county, service) as client:
        for address in sent_to(service):
            for more in ({}, bearer | event):
                auth: Any = own if not more and address.endswith(("again", "close")) else None
                sent = {**more, "content-type": kind}
                answer = await client.post(address, content=body, headers=sent, auth=auth)
                assert answer.status_code in (400, 401, 404, 409, 413, 422), (address, answer.text)


async def test_a_lone_surrogate_in_a_structured_event_is_told_as_what_it_is(county: County) -> None:
    event = rb'{"specversion":"1.0","id":"%s","type":"record-green-service","source":"%s","subject":"%s",' % (
        AN_ID.encode(),
        station.code.encode(),
        station.code.encode(),
    )
    event += rb'"time":"2018-03-05T09:12:00+08:00","data":{"client":"\ud800"}}'
    _, own = token(station.code)
    async with browsing(county, "greenchannel") as client:
        answer = await client.post(
            "/greenchannel/api/submissions",
            content=event,
            headers={"content-type": STRUCTURED, "authorization": f"Bearer {own}"},
        )
        assert (answer.status_code, answer.json()["reasons"][0]["slug"]) == (400, "unreadable")


async def test_a_form_that_holds_no_text_says_nothing(county: County) -> None:
    async with browsing(county, "feedback") as client, signed_in(client, committee.code, "feedback"):
        answer = await client.post("/feedback/dead-letters/1/close", data={"reason": "\x00\x1f"})
        assert (answer.status_code, "\x00" in answer.text) == (404, False)
