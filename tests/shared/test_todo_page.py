"""待办 in a county: what waits for whom, who does it in the row, what is said when a service does not answer."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Mapping
from datetime import datetime, timedelta
from html import unescape

import pytest
import pytest_asyncio

from deploy.embedded.servers.running import Servers
from shared.calendar import CHINA
from shared.events.inspection import IncidentKind, ReportIncident
from shared.events.roster import RaiseIssue
from tests.browsing import form_in, signed_in
from tests.conftest import county_on
from tests.county import County
from tests.processes_here import Browser, basic
from tests.submitters import Said, committee, moment, office, station, stations, township
from tests.todo import all_answer, kinds, listed, tabs, titles

pytestmark = pytest.mark.asyncio(loop_scope="module")
NOW = datetime.now(CHINA).replace(microsecond=0)
LATE = NOW - timedelta(days=20)
"""Longer ago than any of these deadlines."""


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def county(bus_and_database: Servers) -> AsyncIterator[County]:
    """One that decides as long as the tests run."""
    async with county_on(bus_and_database) as county, county.at_work():
        yield county


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def clients(county: County) -> AsyncIterator[Mapping[str, Browser]]:
    """All services answer one another."""
    async with all_answer(county) as found:
        yield found


async def decided(county: County, *said: Said) -> None:
    await county.hears(*said)
    await county.settles()


def action_of(page: str, verb: str, n: int = 0) -> str:
    """Where the n-th form of a kind in the list is sent."""
    return unescape(re.findall(rf'action="([^"]*/{verb}\?back=[^"]*)"', page)[n])


async def test_what_a_township_verifies_it_verifies_in_the_row_and_comes_back_to_the_next(
    county: County, clients: Mapping[str, Browser]
) -> None:
    opened = [one.logs(LATE, findings=1) for one in stations[:3]]
    await decided(county, *opened, *(by.rectifies(said, at=LATE) for by, said in zip(stations, opened, strict=False)))
    client = clients["inspection"]
    async with signed_in(client, township.code, "inspection"):
        page = (await client.get("/inspection/todo?kind=verify")).text
        names = [f"组织{one.code}：事项0" for one in stations[:3]]
        assert titles(page) == names
        assert tabs(page)[0] == "等我办 3"
        action = action_of(page, "verify")
        sent = await client.post(action, data=form_in(page, action))
        assert sent.status_code == 303
        to, _, place = sent.headers["location"].partition("#")
        after = (await client.get(to)).text
        assert titles(after) == names[1:]
        assert after.index(f'id="{place}"') < after.index("整改核验已受理") < after.index(names[1])
        item = re.search(r'<a href="([^"]+)">有误的，恢复整改</a>', after)
        assert item is not None
        assert "恢复整改" in (await client.get(item[1])).text
        refused = action_of(after, "send-back")
        again = await client.post(refused, data=form_in(after, refused))
        assert (again.status_code, "请填写“退回理由”。" in again.text) == (422, True)
        back = await client.post(refused, data=form_in(after, refused) | {"reason": "仍不能使用"})
        page = (await client.get(back.headers["location"].partition("#")[0])).text
        assert ("整改退回已受理" in page, titles(page)) == (True, names[2:])
        withdraw = re.search(r'<a href="([^"]+/withdraw)">有误的，撤回</a>', page)
        assert withdraw is not None
        assert "撤回理由" in (await client.get(withdraw[1])).text


async def test_it_waits_for_whose_turn_it_is_and_stands_with_all_of_whoever_is_above(
    county: County, clients: Mapping[str, Browser]
) -> None:
    by = stations[3]
    await decided(county, by.logs(LATE, findings=2))
    own = [f"组织{by.code}：事项{n}" for n in (0, 1)]
    async with signed_in(clients["roster"], by.code, "roster"):
        found = await listed(clients["roster"], "roster", "?kind=accept")
        assert found == own
        page = (await clients["roster"].get("/roster/todo?kind=accept")).text
        assert "逾期" in page
        assert "确认领办" in page
    async with signed_in(clients["roster"], township.code, "roster"):
        assert not set(own) & set(await listed(clients["roster"], "roster"))
        everything = (await clients["roster"].get("/roster/todo?tab=all&kind=accept")).text
        assert set(own) <= set(titles(everything))
        assert (f"由组织{by.code}办理" in everything, "确认领办" in everything) == (True, False)
    async with signed_in(clients["roster"], office.code, "roster"):
        assert not set(own) & set(await listed(clients["roster"], "roster", "?tab=all"))


async def test_however_many_there_are_they_are_counted_and_the_rest_is_a_page_away(
    county: County, clients: Mapping[str, Browser]
) -> None:
    by = stations[1]
    said = [by.logs(LATE, findings=15, n=n) for n in range(2)]
    await decided(county, *said)
    async with signed_in(clients["feedback"], by.code, "feedback"):
        first = (await clients["feedback"].get("/feedback/todo?kind=accept")).text
        second = (await clients["feedback"].get("/feedback/todo?kind=accept&page=2")).text
        count = (await clients["feedback"].get("/feedback/api/todo/count")).json()["count"]
    assert "共30项，本页第1至25项。" in first
    assert (len(titles(first)), len(titles(second))) == (25, 5)
    assert f'data-waiting="/feedback/api/todo/count" data-known>{count}</span>' in second
    assert f"等我办 {count}" in tabs(first)


async def test_all_services_parts_stand_in_one_list(county: County, clients: Mapping[str, Browser]) -> None:
    raised = office.says(RaiseIssue(issue="one-visit", title="一次办好", consulted=[office.code]), LATE)
    incident = office.says(ReportIncident(kind=IncidentKind.COMPLAINT, summary="态度生硬"), NOW - timedelta(days=1))
    await decided(county, raised, incident, office.opens(at=LATE))
    async with signed_in(clients["greenchannel"], office.code, "greenchannel"):
        page = (await clients["greenchannel"].get("/greenchannel/todo")).text
        assert {one.split()[0] for one in kinds(page)} >= {"全部", "待答复", "到期办件"}
    async with signed_in(clients["greenchannel"], committee.code, "greenchannel"):
        page = (await clients["greenchannel"].get("/greenchannel/todo")).text
        assert {"一次办好", "安排下一期轮值"} <= set(titles(page))
        assert "待答复" not in "".join(kinds(page))


async def test_what_was_refused_waits_until_it_is_put_right(county: County, clients: Mapping[str, Browser]) -> None:
    """Each submitter's own, with the reason."""
    by, client = stations[0], clients["roster"]
    wrong = by.completes(by.opens(at=NOW), at=NOW)
    await decided(county, wrong)
    async with signed_in(client, by.code, "roster"):
        page = (await client.get("/roster/todo?kind=refused")).text
        assert titles(page) == [f"办件办结：组织{by.code}"]
        assert "退回：" in page
    async with signed_in(client, office.code, "roster"):
        assert not await listed(client, "roster", "?kind=refused")
    twice = by.opens(at=NOW, n=8)
    await decided(county, twice, by.completes(twice, at=NOW), by.completes(twice, at=NOW, n=1))
    async with signed_in(client, by.code, "roster"):
        assert len(await listed(client, "roster", "?kind=refused")) == 1, "what was done already is not to be put right"
    opened = by.opens(at=NOW, n=7)
    await decided(county, opened, by.instead_of(wrong, by.completes(opened, at=NOW)))
    async with signed_in(client, by.code, "roster"):
        assert await listed(client, "roster", "?kind=refused") == []


async def test_nobody_has_a_list_and_a_program_is_told_to_say_who_it_is(clients: Mapping[str, Browser]) -> None:
    client = clients["inspection"]
    assert "/sign-in?back=" in (await client.get("/inspection/todo")).headers["location"]
    assert (await client.get("/inspection/api/todo/count")).status_code == 401
    answer = await client.get("/inspection/api/todo", headers=basic(station.code))
    assert {"service", "kinds", "tasks"} == set(answer.json())


async def test_who_looks_on_another_day_is_shown_the_list_of_that_day(
    county: County, clients: Mapping[str, Browser]
) -> None:
    """The clock is asked once, by the page: the services that it asks go by it."""
    client = clients["feedback"]
    client.looks_at(moment("2018-03-06"))
    try:
        async with signed_in(client, stations[2].code, "feedback"):
            page: str = (await client.get("/feedback/todo?kind=patrol")).text
    finally:
        client.looks_now()
    assert "2018年3月6日 星期二" in page
    assert "今天到期" in page
