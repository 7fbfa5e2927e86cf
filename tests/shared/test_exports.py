"""导出: a list's page gives all of the list as a workbook, narrowed as the page is, to whoever may read the page."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from urllib.parse import unquote

import pytest
import pytest_asyncio

from deploy.embedded.servers.running import Servers
from services.roster.learning.model import Activity
from shared.bus.streams import AUDIT
from shared.process.log import Level
from tests.browsing import signed_in
from tests.county import County
from tests.processes_here import NOBODY, Browser
from tests.roster.members import MEMBER, looking, working_with_members
from tests.submitters import committee, moment, office
from tests.workbooks import opened

pytestmark = pytest.mark.asyncio(loop_scope="module")
ACTIVITIES, NOW = "/roster/activities", "2018-03-05"
MANY = 60


def held(n: int) -> Activity:
    """Every third is a prescribed one of a member; what it is called would be a formula."""
    return Activity(
        id=f"{MEMBER.code}/{n:05}",
        organisation=MEMBER.code if n % 3 == 0 else office.code,
        title=f"=活动{n}",
        prescribed=n % 3 == 0,
        participants=n,
        day=moment(NOW).date(),
    )


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def county(bus_and_database: Servers) -> AsyncIterator[County]:
    async with working_with_members(bus_and_database) as county:
        kept = county.db("roster")[Activity.collection]
        await kept.insert_many([held(n).to_store() for n in range(MANY)])
        yield county


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def client(county: County) -> AsyncIterator[Browser]:
    async with looking(county, NOW) as client:
        yield client


async def test_a_page_leads_to_all_of_its_list_as_a_table(client: Browser) -> None:
    async with signed_in(client, committee.code, "roster"):
        page = (await client.get(f"{ACTIVITIES}?page=2")).text
        answer = await client.get(f"{ACTIVITIES}?export=list")
    assert f'href="{ACTIVITIES}?export=list"' in page
    book = opened(answer.content)
    assert (len(book.lists), book.heads) == (MANY + 1, ["活动", "类别", "举办单位", "日期", "参加人数"])
    assert [one.kind for one in book.lists[1]] == ["words", "words", "words", "number", "number"]
    assert unquote(answer.headers["content-disposition"]).endswith("已登记的活动20180305.xlsx")


async def test_a_table_is_narrowed_as_the_page_is_and_says_how(client: Browser) -> None:
    async with signed_in(client, committee.code, "roster"):
        page = (await client.get(f"{ACTIVITIES}?prescribed=yes")).text
        book = opened((await client.get(f"{ACTIVITIES}?prescribed=yes&export=list")).content)
    assert f'href="{ACTIVITIES}?prescribed=yes&amp;export=list"' in page
    assert len(book.lists) == MANY // 3 + 1
    assert (book.said["筛选"], book.said["行数"]) == ("类别：规定活动", "20")
    assert book.said["导出单位"] == "林西县政务服务联合党委"


async def test_whoever_may_not_read_the_page_has_no_table_of_it(client: Browser) -> None:
    answer = await client.get(f"{ACTIVITIES}?export=list", headers=NOBODY)
    assert (answer.status_code, "/sign-in" in answer.headers["location"]) == (303, True)


async def test_a_list_that_a_page_does_not_have_is_not_found(client: Browser) -> None:
    async with signed_in(client, committee.code, "roster"):
        assert (await client.get(f"{ACTIVITIES}?export=other")).status_code == 404
        assert (await client.get(f"{ACTIVITIES}?export=" + "x" * 30)).status_code == 422


async def test_an_empty_list_offers_no_table(client: Browser) -> None:
    async with signed_in(client, committee.code, "roster"):
        assert "export=" not in (await client.get(f"{ACTIVITIES}?words=nowhere")).text


async def test_who_takes_a_list_along_is_logged_with_how_many_rows(
    client: Browser, logs_as_json: Callable[[str, Level], None], capsys: pytest.CaptureFixture[str]
) -> None:
    logs_as_json("roster", "info")
    async with signed_in(client, office.code, "roster"):
        await client.get(f"{ACTIVITIES}?export=list")
    said = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    (line,) = [one for one in said if one["event"] == "exported"]
    assert (line["code"], line["list"], line["rows"]) == (office.code, "已登记的活动", MANY)


async def test_the_auditor_reads_once_who_took_which_list_along(county: County, client: Browser) -> None:
    """Lines are told in order: behind a second table that somebody takes there is no second line of the first."""

    async def exports(code: str) -> list[tuple[str, str]]:
        found = [json.loads(one.body) for one in await county.bus.following(AUDIT.name, "audit.roster.export", 0, 1000)]
        return [(one["what"], one["outcome"]) for one in found if one["code"] == code]

    for code in (MEMBER.code, office.code):
        async with signed_in(client, code, "roster"):
            assert (await client.get(f"{ACTIVITIES}?export=list")).status_code == 200
    async with asyncio.timeout(20):
        while not await exports(office.code):
            await asyncio.sleep(0.01)
    ((what, outcome),) = await exports(MEMBER.code)
    assert (what, f"，{MANY}行" in outcome) == (ACTIVITIES, True)
