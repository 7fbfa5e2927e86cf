"""Submitting over HTTP, on the real bus: what is taken, and what is turned away before anything is done with it."""

from __future__ import annotations

from fastapi import FastAPI
from httpx import ASGITransport, AsyncClient

from shared.access import Access, Hearing
from shared.config import Settings
from shared.service import Running, connect_broker
from shared.tokens import token_of
from shared.web import common_routes
from tests.county import County
from tests.inspection.browsing import SECRET
from tests.submitters import Said, founding, station


def submitting(county: County, service: str = "inspection") -> AsyncClient:
    """A program that submits to a service."""
    settings = Settings(
        nats_url=county.nats_url, mongo_url="mongodb://unused", http_port=1, instance="test-1", token_secret=SECRET
    )
    broker = connect_broker(county.nats_url, "test", Access(), Hearing())
    app = FastAPI()
    app.include_router(
        common_routes(Running(settings, service, broker, county.databases, county.db(service), county.bus))
    )
    return AsyncClient(transport=ASGITransport(app), base_url="http://county")


def headers(said: Said) -> dict[str, str]:
    told = {name: value for name, value in said.message.headers.items() if not name.startswith("Nats-")}
    return told | {"authorization": f"Bearer {token_of(said.submitter, SECRET)}"}


async def test_a_county_without_organisations_is_founded_over_http(empty_county: County) -> None:
    (first, *_) = founding()
    async with submitting(empty_county, "roster") as program, empty_county.working():
        answer = await program.post("/roster/api/submissions", headers=headers(first), content=first.message.body)
    assert (answer.status_code, answer.json()["verdict"]) == (200, "accepted")


async def test_while_nobody_knows_whose_keys_ended_nothing_is_taken_and_the_token_not_called_wrong(
    empty_county: County,
) -> None:
    said = station.logs()
    await empty_county.bus.api("STREAM.DELETE.KV_roster")
    async with submitting(empty_county) as program:
        answer = await program.post("/inspection/api/submissions", headers=headers(said), content=said.message.body)
    (why,) = answer.json()["reasons"]
    assert (answer.status_code, why["slug"], answer.headers["retry-after"]) == (503, "bus-away", "5")
    assert (await empty_county.bus.api("STREAM.INFO.SUBMISSIONS"))["state"]["messages"] == 0
