"""查找: by a part of a name across all services, and nothing that whoever looks may not read."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from deploy.embedded.servers.running import Servers
from services.greenchannel.finding import found as cases
from services.inspection.finding import found as findings
from shared.web.searching import searched
from tests.browsing import browsing
from tests.county import County
from tests.processes_here import NOBODY, Browser, basic, running
from tests.roster.members import MEMBER, working_with_members
from tests.submitters import committee, moment, station, township

pytestmark = pytest.mark.asyncio(loop_scope="module")
NOW = "2018-03-05"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def county(bus_and_database: Servers) -> AsyncIterator[County]:
    """A finding of a station's, of which inspection tells the roster."""
    async with working_with_members(bus_and_database) as county:
        await county.hears(station.logs(moment(NOW), findings=1))
        await county.settles()
        yield county


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def client(county: County) -> AsyncIterator[Browser]:
    """The roster's pages; inspection answers, as its answering process does, and feedback does not."""
    inspection, greenchannel = running(county, "inspection"), running(county, "greenchannel")
    inspection.searches, greenchannel.searches = findings, cases
    at_work = [asyncio.create_task(searched(one)) for one in (inspection, greenchannel)]
    await asyncio.sleep(0)
    await county.bus.client.flush()
    async with browsing(county, "roster") as client:
        client.looks_at(moment(NOW))
        yield client
    for task in at_work:
        task.cancel()


async def shown(client: Browser, words: str, by: str) -> str:
    answer = await client.get("/roster/search", params={"q": words}, headers=basic(by))
    assert answer.status_code == 200
    return answer.text.split("<main", 1)[1].split("</main", 1)[0]


async def test_a_unit_is_found_by_a_part_of_its_name_and_by_its_code(client: Browser) -> None:
    by_name, by_code = await shown(client, "民政", committee.code), await shown(client, MEMBER.code, committee.code)
    assert all(f'href="/feedback/organisations/{MEMBER.code}"' in one for one in (by_name, by_code))


async def test_another_service_tells_what_it_keeps_and_one_that_is_silent_is_named(
    client: Browser,
) -> None:
    page = await shown(client, "事项", committee.code)
    assert f"/inspection/rectifications/{station.code}/" in page
    assert ("考核反馈的内容暂时读不到" in page, "站点巡查的内容" in page) == (True, False)


async def test_whoever_may_not_read_a_unit_is_led_to_what_everybody_may(client: Browser) -> None:
    page = await shown(client, "民政", township.code)
    assert (f"/roster/organisations/{MEMBER.code}" in page, f"/feedback/organisations/{MEMBER.code}" in page) == (
        True,
        False,
    )


async def test_a_page_is_found_by_its_name_and_only_by_those_to_whom_it_opens(client: Browser) -> None:
    found, closed = await shown(client, "系统状况", committee.code), await shown(client, "系统状况", station.code)
    assert ("/feedback/health" in found, "/feedback/health" in closed) == (True, False)


async def test_a_single_letter_asks_for_more_and_what_is_nowhere_is_said(client: Browser) -> None:
    assert "至少输入两个字" in await shown(client, "村", committee.code)
    assert "没有找到" in await shown(client, "不存在的", committee.code)


async def test_signs_of_a_pattern_are_looked_for_as_they_are(client: Browser) -> None:
    assert "没有找到" in await shown(client, ".*", committee.code)


async def test_the_field_stands_in_the_header_for_whoever_is_signed_in(client: Browser) -> None:
    answer = await client.get("/roster/search", headers=NOBODY)
    assert (answer.status_code, "/sign-in" in answer.headers["location"]) == (303, True)
    assert 'role="search"' not in (await client.get("/roster/guide", headers=NOBODY)).text
