"""A station submits over HTTP with its token, in both modes of CloudEvents, and looks its verdict up."""

from __future__ import annotations

import json
import stat
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from typing import Any

import httpx
import pytest
import pytest_asyncio

from deploy.embedded.county.folder import secret_place, token_secret
from shared.bus.publishing import publish_all
from shared.identity.tokens import token_of
from tests.journeys.running import Supervised, runs, supervised
from tests.submitters import Said, founding, moment, office, station

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def county(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Supervised]:
    """With a few organisations."""
    async with supervised(tmp_path_factory.mktemp("tokens"), "--no-year", OLDEST_DAYS="36500") as county:
        await county.reaches("running")
        async with county.bus() as client:
            await publish_all(client, [said.message for said in founding()], 10)
        await county.until(lambda: len(county.asks("/roster/api/organisations")["items"]) == 8)
        yield county


@dataclass(frozen=True)
class Agent:
    """A program of a station."""

    client: httpx.Client
    token: str

    def binary(self, said: Said, **more: str) -> httpx.Response:
        """Attributes as headers, the body is the data."""
        headers = {name: value for name, value in said.message.headers.items() if name != "Nats-Msg-Id"} | more
        return self._post(headers, said.message.body)

    def structured(self, said: Said, **more: str) -> httpx.Response:
        """Everything in one JSON document."""
        attributes = {name[3:]: value for name, value in said.message.headers.items() if name.startswith("ce-")}
        event = {**attributes, **more, "datacontenttype": "application/json", "data": json.loads(said.message.body)}
        return self.posts_structured(json.dumps(event).encode())

    def posts_structured(self, body: bytes) -> httpx.Response:
        """Whatever it is, said to be a structured event."""
        return self._post({"content-type": "application/cloudevents+json"}, body)

    def looks_up(self, submitter: str, submission: str) -> httpx.Response:
        """A verdict, with the token with which it was submitted."""
        authorised = {"authorization": f"Bearer {self.token}"}
        return self.client.get(f"/inspection/api/verdicts/{submitter}/{submission}", headers=authorised)

    def _post(self, headers: dict[str, str], body: bytes) -> httpx.Response:
        authorised = {**headers, "authorization": f"Bearer {self.token}"}
        return self.client.post("/inspection/api/submissions", headers=authorised, content=body)


@pytest.fixture
def agent(county: Supervised) -> Iterator[Agent]:
    with httpx.Client(base_url=county.gateway, timeout=30, trust_env=False) as client:
        yield Agent(client, token_of(station.code, token_secret(county.data)))


def said_in(answer: httpx.Response) -> tuple[int, dict[str, Any]]:
    return answer.status_code, answer.json()


async def test_the_command_prints_a_stations_token(county: Supervised) -> None:
    printed = await runs("deploy.commands", "token", "first", station.code, LIANBAN_DATA=str(county.data))
    assert printed == (0, token_of(station.code, token_secret(county.data)) + "\n")


async def test_the_secret_is_its_owners_alone_and_made_once(county: Supervised) -> None:
    place = secret_place(county.data)
    assert stat.S_IMODE(place.stat().st_mode) == 0o600
    assert len(bytes.fromhex(place.read_text().strip())) == 32
    assert token_secret(county.data) == place.read_text().strip()


@pytest.mark.parametrize("arguments", [("150424100202",), ("nobody",)])
async def test_the_command_says_why_it_has_no_token(
    tmp_path_factory: pytest.TempPathFactory, arguments: tuple[str, ...]
) -> None:
    status, said = await runs(
        "deploy.commands", "token", "first", *arguments, LIANBAN_DATA=str(tmp_path_factory.mktemp("empty"))
    )
    assert status == 1
    assert "make run" in said or "12位" in said
    assert "Traceback" not in said


async def test_both_modes_are_accepted_with_their_verdict(agent: Agent) -> None:
    for n, post in enumerate((agent.binary, agent.structured)):
        said = station.logs(n=n)
        status, verdict = said_in(post(said))
        assert (status, verdict["verdict"], verdict["submission"], verdict["facts"]) == (200, "accepted", said.id, 1)


async def test_an_exact_repeat_gets_the_first_verdict_and_it_can_be_looked_up(agent: Agent) -> None:
    said = station.logs(n=10)
    first = said_in(agent.binary(said))
    assert said_in(agent.structured(said)) == said_in(agent.binary(said)) == first
    assert said_in(agent.looks_up(station.code, said.id)) == first


async def test_a_verdict_that_is_not_there_yet_is_pending(agent: Agent) -> None:
    said = station.logs(n=11)
    answered = said_in(agent.looks_up(station.code, said.id))
    assert answered == (202, {"verdict": "pending"})
    assert agent.looks_up("nobody", "nothing").status_code == 404
    assert agent.looks_up(office.code, said.id).status_code == 401
    assert agent.client.get(f"/inspection/api/verdicts/{station.code}/{said.id}").status_code == 401


async def test_another_stations_token_is_not_taken(agent: Agent) -> None:
    for wrong in (Agent(agent.client, token_of(office.code, "5" * 64)), Agent(agent.client, "none")):
        status, verdict = said_in(wrong.binary(station.logs(n=12)))
        assert (status, verdict["reasons"][0]["slug"]) == (401, "not-your-token")
    status, verdict = said_in(agent.binary(office.logs(n=12)))
    assert (status, verdict["reasons"][0]["slug"]) == (401, "not-your-token")


async def test_what_cannot_be_read_is_answered_so(agent: Agent) -> None:
    said = station.logs(n=13)
    for answer in (
        agent.binary(said.heading(time="yesterday")),
        agent.binary(said.heading(id="1")),
        agent.binary(said._replace(message=said.message._replace(body=b"{"))),
    ):
        status, verdict = said_in(answer)
        assert (status, verdict["reasons"][0]["slug"]) == (400, "unreadable")


@pytest.mark.parametrize("body", [b"{", b"1", b"{}"])
async def test_a_structured_event_that_is_none_is_answered_so(agent: Agent, body: bytes) -> None:
    assert agent.posts_structured(body).status_code == 400


async def test_a_list_is_no_structured_event(agent: Agent) -> None:
    assert agent.posts_structured(b"[]").status_code == 400


async def test_a_refusal_has_its_slug_and_a_sentence_in_two_languages(agent: Agent) -> None:
    status, verdict = said_in(agent.binary(station.logs(moment("2017-12-31"), n=14)))
    (why,) = verdict["reasons"]
    assert (status, verdict["verdict"], why["slug"]) == (422, "refused", "before-start")
    assert "启用日" in why["zh"]
    assert "start" in why["en"]


async def test_a_name_beyond_ascii_comes_through_in_structured_mode(agent: Agent) -> None:
    assert agent.structured(station.logs(n=15), actor="张三").status_code == 200


async def test_an_attribute_cannot_bring_a_header_of_its_own_along(agent: Agent) -> None:
    answer = agent.structured(station.logs(n=16), actor="a\r\nNats-Expected-Last-Sequence: 1")
    assert answer.status_code in (200, 400)
