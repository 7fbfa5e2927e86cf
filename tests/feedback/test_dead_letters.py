"""Dead letters over HTTP: the county alone reads what waits and why, and drives it again."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from httpx import AsyncClient

from deploy.embedded.servers.running import Servers
from shared.bus.shares import kept_under
from shared.identity.tokens import token_of
from shared.pipeline.inlets import dead_letter
from tests.browsing import browsing, token, waits
from tests.conftest import county_on
from tests.county import County
from tests.processes_here import SECRET
from tests.submitters import committee, station, township

pytestmark = pytest.mark.asyncio(loop_scope="module")
PAGE, API = "/feedback/dead-letters", "/feedback/api/dead-letters"
FAILED_ON, UNREADABLE = "ValueError('王某某，身份证号150424')", "body: Invalid JSON"
OTHERS = [None, token(township.code), (committee.code, "guessed")]
"""Nobody in particular, an organisation that is not the county, and one that only says it is."""


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def county(bus_and_database: Servers) -> AsyncIterator[County]:
    """With two dead letters: on one a program failed, the other cannot be read."""
    async with county_on(bus_and_database) as county:
        await county.begins_anew()
        await county.is_founded()
        for n, (slug, why) in enumerate((("service-error", FAILED_ON), ("unreadable", UNREADABLE))):
            await buried(county, n, slug, why)
        yield county


async def buried(county: County, n: int, slug: str, why: str) -> None:
    """A submission that could not be decided."""
    said = station.serves(n=n)
    await county.hears(said)
    message = await county.bus.last("SUBMISSIONS", kept_under(said.message.subject))
    assert message
    await county.bus.publish([dead_letter("greenchannel", slug, why, message, station.code)])


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def client(county: County) -> AsyncIterator[AsyncClient]:
    """A browser or a program."""
    async with browsing(county, "feedback") as client:
        yield client


async def submitted(county: County) -> int:
    """How many submissions the bus was ever given."""
    return int((await county.bus.api("STREAM.INFO.SUBMISSIONS"))["state"]["last_seq"])


async def whys(client: AsyncClient, who: tuple[str, str] | None) -> list[str]:
    return [one["why"] for one in (await client.get(API, auth=who)).json()["items"]]


@pytest.mark.parametrize("who", OTHERS)
async def test_letters_are_read_by_the_county_alone(client: AsyncClient, who: tuple[str, str] | None) -> None:
    own, known = token(committee.code), who is not None and who[0] == township.code
    assert await whys(client, own) == [FAILED_ON, UNREADABLE]
    assert "身份证号" in (await client.get(f"{PAGE}/1", auth=own)).text
    for address, status in ((API, 401), (PAGE, 303), (f"{PAGE}/1", 303), (f"{PAGE}/99", 303)):
        answer = await client.get(address, auth=who)
        assert answer.status_code == (403 if known else status)
        assert not any(said in answer.text for said in ("身份证号", UNREADABLE, station.code))


@pytest.mark.parametrize("who", OTHERS)
async def test_nobody_else_drives_a_letter_again(
    county: County, client: AsyncClient, who: tuple[str, str] | None
) -> None:
    before = await submitted(county)
    sent = await client.request("POST", f"{PAGE}/1/again", auth=who)
    assert waits(sent, PAGE)
    asked = await client.request("POST", f"{API}/1/again", auth=who)
    (why,) = asked.json()["reasons"]
    assert (asked.status_code, why["slug"], "www-authenticate" in asked.headers) == (401, "county-sign-in-needed", True)
    assert await submitted(county) == before


async def signs_in(client: AsyncClient) -> None:
    """The committee, from a PC at which nobody guessed before."""
    who = {"code": committee.code, "token": token_of(committee.code, SECRET)}
    answer = await client.post("/feedback/sign-in", data=who, headers={"x-forwarded-for": "192.0.2.7"})
    assert answer.status_code == 303


async def test_the_county_drives_a_letter_again_as_a_program_and_as_a_person(
    county: County, client: AsyncClient
) -> None:
    before, own = await submitted(county), token(committee.code)
    assert (await client.post(f"{API}/1/again", auth=own)).json()["driven"] == 1
    assert (await client.post(f"{API}/99/again", auth=own)).status_code == 404
    await signs_in(client)
    assert f'action="{PAGE}/2/again"' in (await client.get(PAGE)).text
    other = {"origin": "https://elsewhere.example"}
    assert (await client.post(f"{PAGE}/2/again", headers=other)).status_code == 403
    driven = await client.post(f"{PAGE}/2/again")
    assert (driven.status_code, driven.headers["location"].startswith(f"{PAGE}?again=2~")) == (303, True)
    assert "第2号报送已再办" in (await client.get(driven.headers["location"])).text
    assert await submitted(county) == before + 2


async def test_pressed_twice_a_letter_is_driven_once_and_one_that_is_gone_is_said_to_be(
    county: County, client: AsyncClient
) -> None:
    await buried(county, 2, "service-error", FAILED_ON)
    await signs_in(client)
    newest = max(int(one["id"]) for one in (await client.get(API)).json()["items"])
    before = await submitted(county)
    answers = [await client.post(f"{PAGE}/{newest}/again") for _ in range(2)]
    assert len({one.headers["location"] for one in answers}) == 1
    assert await submitted(county) == before + 1
    gone = await client.post(f"{PAGE}/9999/again")
    assert (gone.status_code, "没有第9999号报送" in (await client.get(gone.headers["location"])).text) == (303, True)
    landed = answers[0].headers["location"]
    assert f"第{newest}号报送已再办" in (await client.get(landed)).text
    client.cookies.clear()
    assert (await client.get(f"{PAGE}?again={newest}")).status_code == 303


@pytest.mark.parametrize("asked", ["again=999", "again=2", "closed=1", "closed=1~0123456789abcdef01234567"])
async def test_whoever_else_makes_a_link_makes_the_page_say_nothing(client: AsyncClient, asked: str) -> None:
    await signs_in(client)
    linked = (await client.get(f"{PAGE}?{asked}")).text
    assert linked == (await client.get(PAGE)).text
    client.cookies.clear()


@pytest.mark.parametrize(
    "address", [f"{PAGE}?after={2**64}", f"{PAGE}?after=-5", f"{PAGE}/{2**64}", f"{API}?after={2**64}"]
)
async def test_a_number_that_no_message_has_is_no_address(client: AsyncClient, address: str) -> None:
    assert (await client.get(address, auth=token(committee.code))).status_code == 422


async def test_nothing_is_driven_by_a_number_that_no_message_has(client: AsyncClient) -> None:
    for page in (PAGE, API):
        assert (await client.post(f"{page}/{2**64}/again")).status_code == 422
