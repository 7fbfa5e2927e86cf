"""A second county under another code and name, beside Linxi's: nothing of Linxi is in anything that it answers."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack
from html import unescape
from io import BytesIO
from pathlib import Path
from typing import NamedTuple
from zipfile import ZipFile

import nats
import pytest
import pytest_asyncio
from httpx import Response

from deploy.embedded.servers.running import Servers, servers
from services.station.folder import Folder
from services.station.heard import keep_heard
from services.station.outbox.notes import CASES, LESSONS, PATROLS
from shared.database import mongo
from shared.events.feedback import GrantAward
from shared.services import SERVICES
from shared.web.reading import declared
from tests.abuse.addresses import addresses
from tests.abuse.matters import founding, matters
from tests.browsing import browsing
from tests.conftest import county_on
from tests.county import County
from tests.elsewhere import OF_LINXI, OTHER, OTHER_NAME, OtherCounty, as_there, browsing_there
from tests.listed import AWARDS
from tests.processes_here import NOBODY, Browser, application, basic
from tests.sealed import ALLOWED
from tests.station.agents import STATION, Agent
from tests.station.local_page import browser_of
from tests.submitters import A_MONDAY, COUNTY, committee, moment, office, station

pytestmark = pytest.mark.asyncio(loop_scope="module")
READ_AT = moment("2018-04-10")
READERS: Mapping[str, str] = {"nobody": "", "county": COUNTY, "village": station.code}


class Answered(NamedTuple):
    """What somebody was answered at an address."""

    who: str
    address: str
    answer: Response


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def linxi(bus_and_database: Servers) -> AsyncIterator[County]:
    """The tests' own county, at work all the while."""
    async with county_on(bus_and_database) as county, county.at_work():
        yield county


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def other(linxi: County, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[OtherCounty]:
    """On servers of its own, of the same kind, where something of everything has happened."""
    async with servers(tmp_path_factory.mktemp("other")) as running:
        client, databases = await nats.connect(running.nats_url), mongo.connect(running.mongo_url)
        county = OtherCounty(running.nats_url, client, databases)
        county.allowed = ALLOWED
        await county.begins_anew()
        await county.is_founded()
        async with county.working():
            await county.hears(*founding())
            await county.settles()
            await county.hears(*matters())
            await county.hears(
                committee.says(GrantAward(award="chifeng-good-person", person="PN0"), A_MONDAY, office.code)
            )
            await county.settles()
        yield county
        databases.close()
        await client.close()


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def clients(other: OtherCounty) -> AsyncIterator[Mapping[str, Browser]]:
    async with AsyncExitStack() as stack:
        found = {service: await stack.enter_async_context(browsing_there(other, service)) for service in SERVICES}
        for client in found.values():
            client.looks_at(READ_AT)
        yield found


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def walk(clients: Mapping[str, Browser]) -> list[Answered]:
    """Each route of each service that is read, as nobody, as the committee and as a village."""
    found = []
    for service in SERVICES:
        for route in declared(application(service)):
            for asked in addresses(route.path) if "GET" in route.methods else ():
                at = as_there(asked.address)
                for who, code in READERS.items():
                    headers = basic(as_there(code)) if code else NOBODY
                    found.append(Answered(who, at, await clients[service].get(at, headers=headers)))
    return found


def of_linxi(text: str) -> list[str]:
    """What stands in a text of the other county and is none of its own."""
    return [word for word in OF_LINXI if word in text]


def of_a_county(text: str) -> list[str]:
    """Where a text of the banner speaks of a county, but for an award that people called so."""
    return re.findall(r".{0,8}县.{0,8}", text.replace(AWARDS["county-service-model"], ""))


async def test_nothing_that_the_other_county_answers_is_linxi_s(walk: list[Answered]) -> None:
    """But for metrics: they are a process's, and in this one other tests have counted for other counties."""
    answered = [one for one in walk if not one.address.endswith("/metrics")]
    assert {(one.address, *of_linxi(one.answer.text)) for one in answered if of_linxi(one.answer.text)} == set()
    assert [one.address for one in walk if one.answer.status_code >= 500] == []


async def test_every_page_bears_the_other_county_s_name(walk: list[Answered]) -> None:
    """The control: something was answered, and by that county."""
    pages = [one for one in walk if one.answer.text.startswith("<!") and 'class="brand"' in one.answer.text]
    assert len(pages) > 150
    assert [one.address for one in pages if f"{OTHER_NAME}联办" not in one.answer.text] == []
    answered = [one for one in walk if one.answer.status_code == 200]
    assert len(answered) > len(walk) / 2
    everything = "".join(one.answer.text for one in answered)
    for said in (
        "红山好人",
        f"{OTHER}100202",
        f"{OTHER_NAME}政务服务联合党委关于",
        "廉洁自律",
        '"award-red-hill-person"',
    ):
        assert said in everything, said


async def test_a_banner_is_called_a_banner_wherever_a_page_speaks_of_all_of_it(walk: list[Answered]) -> None:
    pages = [one for one in walk if one.answer.text.startswith("<!")]
    found = {one.address: of_a_county(one.answer.text) for one in pages}
    assert {address: words for address, words in found.items() if words} == {}
    everything = "".join(one.answer.text for one in pages)
    for said in ("全旗概况", "本旗资料", "旗直单位和窗口", "纪检人员查看全旗"):
        assert said in everything, said


async def test_no_table_that_is_taken_along_names_linxi(walk: list[Answered], clients: Mapping[str, Browser]) -> None:
    links = {
        unescape(link).replace("&amp;", "&")
        for one in walk
        if one.who == "county"
        for link in re.findall(r'href="([^"]*\bexport=[^"]*)"', one.answer.text)
    }
    assert len(links) > 20
    headers, wrong, read = basic(OTHER), {}, 0
    for link in sorted(links):
        answer = await clients[link.split("/")[1]].get(link, headers=headers)
        assert answer.status_code == 200, link
        with ZipFile(BytesIO(answer.content)) as book:
            text = "".join(book.read(name).decode() for name in book.namelist() if name.endswith(".xml"))
        read += OTHER_NAME in text or "组织" in text
        if said := [*of_linxi(text), *of_a_county(text)]:
            wrong[link] = said
    assert wrong == {}
    assert read > 5


async def test_a_station_of_the_other_county_shows_its_own(
    other: OtherCounty, clients: Mapping[str, Browser], tmp_path: Path
) -> None:
    agent = Agent.enrolled(Folder(tmp_path), ["nats://127.0.0.1:1"])
    agent = Agent(agent.folder, agent.parts)
    headers = basic(as_there(STATION))
    for name, service in ((PATROLS, "inspection"), (LESSONS, "roster"), (CASES, "greenchannel")):
        desk = (await clients[service].get(f"/{service}/api/desk", headers=headers)).json()
        assert of_linxi(str(desk)) == []
        keep_heard(agent.parts.notes, name, desk, A_MONDAY)
    async with browser_of(agent) as page:
        for at in ("/", "/form/patrol", "/form/green", "/sent", "/help", "/nowhere"):
            text = (await page.get(at)).text.replace(STATION, "")
            assert (at, of_linxi(text), f"{OTHER_NAME}联办" in text) == (at, [], True)
    agent.close()


async def test_linxi_s_own_go_on_beside_it_and_name_nothing_of_the_other(linxi: County, walk: list[Answered]) -> None:
    for service in SERVICES:
        async with browsing(linxi, service, by=COUNTY) as client:
            page = (await client.get(f"/{service}/more")).text
            assert (service, "林西联办" in page, OTHER in page, OTHER_NAME in page) == (service, True, False, False)


async def test_what_linxi_lists_cannot_be_chosen_in_the_other_county(other: OtherCounty) -> None:
    granted = committee.says(GrantAward(award="lei-feng-pacesetter", person="PN0"), moment("2018-03-06"), office.code)
    async with other.working():
        await other.hears(granted)
        await other.settles()
    verdict = await other.verdict(granted._replace(submitter=OTHER))
    assert verdict is not None
    assert [one["slug"] for one in verdict["reasons"]] == ["not-in-the-catalogue"]
    assert "红山好人" in verdict["reasons"][0]["zh"]
