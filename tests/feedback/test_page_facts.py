"""The page behind a figure: its facts one by one, to whoever may see them, each leading to its record."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from html import unescape

import pytest
import pytest_asyncio

from deploy.embedded.servers.running import Servers
from services.feedback.problems.checking import unlike_balances
from services.feedback.problems.model import OPEN, Problem
from services.feedback.refilling import refill
from tests.browsing import browsing
from tests.conftest import county_on
from tests.county import County
from tests.processes_here import Browser
from tests.submitters import closes_period, committee, moment, office, station, township
from tests.workbooks import opened

pytestmark = pytest.mark.asyncio(loop_scope="module")
AT = f"/feedback/organisations/{township.code}/facts"
IN_MARCH = "period=2018-03"
LOGGED = station.logs(findings=2, at=moment("2018-03-12"))
TOO_LATE = station.logs(findings=1, at=moment("2018-03-14"))


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def county(bus_and_database: Servers) -> AsyncIterator[County]:
    """Two findings in March, which is closed, and a third that came too late for its report."""
    async with county_on(bus_and_database) as county, county.at_work():
        await county.hears(LOGGED)
        await county.settles()
        await county.hears(closes_period("2018-03", "2018-04-01"))
        await county.settles()
        await county.hears(TOO_LATE)
        await county.settles()
        yield county


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def client(county: County) -> AsyncIterator[Browser]:
    async with browsing(county, "feedback", by=committee.code) as client:
        yield client


def plain(html: str) -> str:
    return re.sub(r"<[^>]+>", "", html).strip()


async def shown(client: Browser, measure: str) -> str:
    answer = await client.get(f"{AT}?measure={measure}&{IN_MARCH}")
    assert answer.status_code == 200
    return answer.text


def lines(page: str) -> list[list[str]]:
    """The cells of each line of the list."""
    (table,) = re.findall(r'<table class="board">.*?<tbody>(.*?)</tbody>', page, re.S)
    rows = re.findall(r"<tr>(.*?)</tr>", table, re.S)
    return [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.S) for row in rows]


def above(page: str) -> dict[str, str]:
    return {name: plain(said) for name, said in re.findall(r"<dt>(.*?)</dt><dd[^>]*>(.*?)</dd>", page, re.S)}


async def test_each_fact_stands_by_itself_and_their_sum_beside_what_was_printed(client: Browser) -> None:
    page = await shown(client, "findings")
    assert [(plain(line[0]), plain(line[4])) for line in lines(page)] == [
        ("2018年3月12日", "+2"),
        ("2018年3月14日截至时间以后收到", "+1"),
    ]
    assert above(page) == {"现在合计": "3项", "事项": "2项", "反馈所列": "2项"}


async def test_a_line_leads_to_the_look_at_the_place(client: Browser) -> None:
    first = lines(await shown(client, "findings"))[0]
    assert f'href="/inspection/inspections/{LOGGED.submitter}/{LOGGED.id}"' in first[-1]


async def test_what_is_open_is_listed_by_its_finding(client: Browser) -> None:
    found = lines(await shown(client, "rectifications-open"))
    assert len(found) == 3
    assert all(line[1].startswith("未销号：") for line in found)
    assert f'href="/inspection/rectifications/{station.code}/{LOGGED.id}/0"' in found[0][-1]


async def test_another_organisation_is_told_no_and_gets_no_line(county: County) -> None:
    async with browsing(county, "feedback", by=office.code) as other:
        answer = await other.get(f"{AT}?measure=findings&{IN_MARCH}")
        api = await other.get(f"/feedback/api/facts?organisation={township.code}&measure=findings&{IN_MARCH}")
    assert (answer.status_code, api.status_code) == (403, 403)
    assert LOGGED.id not in answer.text


async def test_programs_read_the_same_a_page_at_a_time(client: Browser) -> None:
    at = f"/feedback/api/facts?organisation={township.code}&measure=findings&{IN_MARCH}&limit=1"
    first = (await client.get(at)).json()
    second = (await client.get(f"{at}&after={first['next']}")).json()
    assert [one["counts"] for one in (*first["items"], *second["items"])] == [{"": 2}, {"": 1}]
    assert (first["value"], second["value"], second["next"]) == (3, 3, None)


async def test_it_is_taken_along_as_a_workbook(client: Browser) -> None:
    book = opened((await client.get(f"{AT}?measure=findings&{IN_MARCH}&export=list")).content)
    assert [row[0].kind for row in book.lists[1:]] == ["number", "number"]
    assert book.heads == ["日期", "事项", "地点", "办理单位", "计入"]


async def test_a_figure_that_there_is_not_is_not_found(client: Browser) -> None:
    assert (await client.get(f"{AT}?measure=nothing&{IN_MARCH}")).status_code == 404


async def test_every_figure_of_the_report_leads_to_a_page(client: Browser) -> None:
    report = (await client.get(f"/feedback/reports/2018-03_{township.code}")).text
    leads = {*re.findall(r'href="([^"]*/facts[^"]*)"', report)}
    assert len(leads) > 3
    for at in sorted(leads):
        assert (await client.get(unescape(at))).status_code == 200, at


async def test_problems_of_an_older_ledger_are_filled_from_it_and_only_then(county: County) -> None:
    db = county.db("feedback")
    kept = await db[Problem.collection].find({}, {"version": 0}).sort("_id", 1).to_list(None)
    assert len(kept) == 3
    assert await refill(db) == 0
    assert await unlike_balances(db) == []
    await db[Problem.collection].delete_many({})
    (unlike,) = await unlike_balances(db)
    assert (unlike["path"], unlike["kept"], unlike["computed"]) == (station.code, {OPEN: 0}, {OPEN: 3})
    assert await refill(db) == 3
    assert await db[Problem.collection].find({}, {"version": 0}).sort("_id", 1).to_list(None) == kept
