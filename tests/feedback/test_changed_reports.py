"""An issued report that late facts have made differ says so: on its page, in its JSON, in lists, in a metric."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from datetime import datetime
from typing import Any

import pytest
import pytest_asyncio

from deploy.embedded.servers.running import Servers
from services.feedback.gauges import changed_by_kind
from services.feedback.measures.catalogue import finished
from services.feedback.reports.changes import BEFORE, NOW, changes, shown
from services.feedback.reports.model import Report
from shared.calendar import CHINA
from shared.events.vocabulary import ReportKind
from tests.browsing import browsing
from tests.conftest import county_on
from tests.county import County
from tests.processes_here import Browser, running
from tests.submitters import closes_period, committee, moment, station, stations, township

pytestmark = pytest.mark.asyncio(loop_scope="module")
OCTOBER, QUARTER, YEAR = (f"{period}_{township.code}" for period in ("2018-10", "2018-Q4", "2018"))
NOVEMBER = f"2018-11_{township.code}"
PAGE, CHANGED, DIFFERENCES = "/feedback/changed-reports", "/feedback/api/changed-reports", "/feedback/api/differences"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def county(bus_and_database: Servers) -> AsyncIterator[County]:
    """A service each in October, November and December; all closed, and then ten come late for October."""
    async with county_on(bus_and_database) as county, county.at_work():
        for month in (10, 11, 12):
            await county.hears(station.serves(at=moment(f"2018-{month}-10")))
        await county.settles()
        for period, day in (
            ("2018-10", "2018-11-01"),
            ("2018-11", "2018-12-01"),
            ("2018-12", "2019-01-01"),
            ("2018-Q4", "2019-01-01"),
            ("2018", "2019-01-01"),
        ):
            await county.hears(closes_period(period, day))
        await county.settles()
        yield county


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def client(county: County) -> AsyncIterator[Browser]:
    async with browsing(county, "feedback", by=committee.code) as client:
        yield client


async def names(client: Browser, address: str) -> dict[str, list[str]]:
    """Measures by report."""
    answer = (await client.get(address)).json()
    items = answer["reports"] if "reports" in answer else answer["items"]
    return {one["report"]: [change["measure"] for change in one["changed"]] for one in items}


async def test_reports_that_are_what_their_facts_add_up_to_say_nothing(county: County, client: Browser) -> None:
    assert await names(client, CHANGED) == await names(client, DIFFERENCES) == {}
    assert (await client.get(f"/feedback/api/reports/{OCTOBER}")).json()["changed"] == []
    assert "有补报" not in (await client.get(f"/feedback/reports/{OCTOBER}")).text
    assert "没有待更正的反馈" in (await client.get(f"{PAGE}?year=2018")).text
    assert set((await changed_by_kind(running(county, "feedback"))).values()) == {0}


async def test_what_came_late_is_told_by_month_quarter_and_year_with_old_and_new(
    county: County, client: Browser
) -> None:
    await county.hears(*(one.serves(at=moment("2018-10-12"), n=n) for n in (1, 2) for one in stations))
    await county.settles()
    of = "vulnerable-agency-person-times"
    assert await names(client, CHANGED) == {one: [of] for one in (OCTOBER, NOVEMBER, QUARTER, YEAR)}
    found = {one: await _changed(client, one) for one in (OCTOBER, NOVEMBER, QUARTER, YEAR)}
    assert found == {
        OCTOBER: [{"measure": of, "of": NOW, "old": 1, "new": 9}],
        NOVEMBER: [{"measure": of, "of": BEFORE, "old": 1, "new": 9}],
        QUARTER: [{"measure": of, "of": NOW, "old": 3, "new": 11}],
        YEAR: [{"measure": of, "of": NOW, "old": 3, "new": 11}],
    }


async def test_the_first_page_says_how_many_the_county_has_to_put_right(client: Browser) -> None:
    async with asyncio.timeout(60):
        while "印发后数据有变的反馈4份</a>" not in (await client.get("/feedback/")).text:
            await asyncio.sleep(0.05)


async def _changed(client: Browser, report: str) -> Any:
    return (await client.get(f"/feedback/api/reports/{report}")).json()["changed"]


async def test_the_page_of_a_report_and_of_its_organisation_say_so_and_the_list_leads_there(client: Browser) -> None:
    page = (await client.get(f"/feedback/reports/{OCTOBER}")).text
    assert "有补报，1项数据已变" in page
    row = r"特殊群体代办服务</th><td>本月</td><td class=\"number\">1</td><td class=\"number\"><b>9</b>"
    assert re.search(row, page)
    own = (await client.get(f"/feedback/organisations/{township.code}?period=2018-10")).text
    assert re.search(rf'数据截至[^<]+<a href="/feedback/reports/{OCTOBER}">与已发反馈不同（1项）</a>', own)
    assert own.count("1项已变") == 4
    other = (await client.get(f"/feedback/organisations/{stations[0].code}?period=2018-10")).text
    assert ("数据截至" in other, "与已发反馈不同" in other) == (True, False)
    directory = (await client.get("/feedback/organisations?period=2018")).text
    assert f'href="{PAGE}?year=2018"' in directory
    listed = (await client.get(f"{PAGE}?year=2018")).text
    assert ("共4份" in listed, f"/feedback/reports/{QUARTER}" in listed) == (True, True)
    elsewhere = (await client.get(f"{PAGE}?year=2017")).text
    assert "没有待更正的反馈" in elsewhere
    assert f'其他年份有待更正的反馈：<a href="{PAGE}?year=2018">2018年（4份）</a>' in elsewhere


async def test_the_list_opens_on_the_newest_year_that_has_some_though_work_went_on_since(
    county: County, client: Browser
) -> None:
    await county.hears(station.serves(at=moment("2019-02-05")))
    await county.settles()
    opened = (await client.get(PAGE)).text
    assert ("待更正的反馈 · 2018年" in opened, "共4份" in opened, "2019年</a>" in opened) == (True, True, True)
    assert f'href="{PAGE}"' in (await client.get("/feedback/organisations")).text


async def test_the_standing_check_and_the_metric_tell_reports_too(county: County, client: Browser) -> None:
    assert set(await names(client, DIFFERENCES)) == {OCTOBER, NOVEMBER, QUARTER, YEAR}
    assert set(await names(client, f"{DIFFERENCES}?month=2018-11")) == {NOVEMBER, QUARTER, YEAR}
    assert set(await names(client, f"{CHANGED}?period_year=2017")) == set()
    by_kind = await changed_by_kind(running(county, "feedback"))
    assert by_kind == {ReportKind.MONTHLY: 2, ReportKind.QUARTERLY: 1, ReportKind.ANNUAL: 1}
    assert (await client.get(DIFFERENCES)).json()["items"] == []


def measured(**add: Any) -> dict[str, Any]:
    named = {name.replace("_", "-"): value for name, value in add.items()}
    return finished({"add": named, "stocks": {}, "held": {}})


def issued(measures: dict[str, Any], before: dict[str, Any], **more: Any) -> Report:
    values: dict[str, Any] = {
        "id": OCTOBER,
        "kind": ReportKind.MONTHLY,
        "period": "2018-10",
        "organisation": township.code,
        "name": "林西镇",
        "organisation_kind": "township",
        "issued": datetime(2018, 11, 1, tzinfo=CHINA),
        "measures": measures,
        "before": before,
        "peers": {},
        "peer_count": 11,
    }
    return Report(**{**values, **more})


async def test_only_what_reads_otherwise_is_a_change() -> None:
    rate = {"n": 33_331, "d": 34_500}
    of_then = issued(measured(patrol_rate=rate), measured())
    assert changes(of_then, measured(patrol_rate={"n": 33_332, "d": 34_501}), measured()) == ()
    (change,) = changes(of_then, measured(patrol_rate={"n": 30_000, "d": 34_500}), measured())
    (words,) = shown(of_then, (change,), {})
    assert (words.name, words.period, words.old, words.new, words.unit) == ("巡查到位率", "本月", "96.6", "87.0", "%")


async def test_how_much_fell_due_is_printed_too_and_changes_under_the_same_rate() -> None:
    of_then = issued(measured(rectified_on_time={"n": 3, "d": 3}), measured(rectified_on_time={"n": 1, "d": 1}))
    one_more = measured(rectified_on_time={"n": 4, "d": 4}), measured(rectified_on_time={"n": 2, "d": 2})
    found = changes(of_then, *one_more)
    assert [(one.measure, one.of) for one in found] == [("rectified-on-time", NOW)]
    assert [(one.old, one.new, one.unit) for one in shown(of_then, found, {})] == [
        ("100.0（到期3项）", "100.0（到期4项）", "%")
    ]


async def test_a_period_before_that_was_printed_as_none_and_has_something_now_is_a_change() -> None:
    of_then = issued(measured(findings=1), measured())
    found = changes(of_then, measured(findings=1), measured(findings=2))
    assert ("findings", BEFORE, None, 2) in found
    assert [one.old for one in shown(of_then, found, {}) if one.name == "发现问题"] == ["—"]


async def test_a_measure_that_a_report_does_not_have_is_no_change() -> None:
    old = {name: value for name, value in measured(inspections=1).items() if name in ("inspections", "score")}
    assert changes(issued(old, {}), measured(inspections=1, self_checks=5), measured()) == ()


async def test_reports_received_afterwards_are_printed_nowhere_and_change_nothing() -> None:
    assert changes(issued(measured(), measured()), measured(monthly_reports=1), measured(monthly_reports=1)) == ()
