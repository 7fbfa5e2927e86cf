"""Plans and checklists on pages: each with its versions and their days, adopted and followed by name alone."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from deploy.embedded.servers.running import Servers
from tests.browsing import buttons_behind, does, fills_in, form_in, wrong_at
from tests.county import County
from tests.inspection.browsing import browsing, signed_in
from tests.inspection.planned import planned
from tests.processes_here import Browser, basic
from tests.submitters import committee, moment, office, township

pytestmark = pytest.mark.asyncio(loop_scope="module")
PLANS, LISTS = "/inspection/plans", "/inspection/checklists"
NOW = "2018-03-05"
DAILY = {
    "name": "分厅日巡查",
    "patrol": "window",
    "rhythm": "daily",
    "until": "17:30",
    "silent_after_days": "2",
    "effective_from": "2018-03-12",
}


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def county(bus_and_database: Servers) -> AsyncIterator[County]:
    async with planned(bus_and_database) as county:
        yield county


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def client(county: County) -> AsyncIterator[Browser]:
    async with browsing(county) as client:
        client.looks_at(moment(NOW, "10:00"))
        yield client


async def page_of(client: Browser, name: str) -> str:
    (address,) = re.findall(rf'<a href="([^"]+)">{name}<', (await client.get(PLANS)).text)
    return str(address)


async def test_a_plan_is_made_of_what_is_chosen_and_followed_by_its_next_version(
    county: County, client: Browser
) -> None:
    async with signed_in(client, committee.code):
        page = (await client.get(PLANS)).text
        assert (f'value="{township.code}"' in page, 'value="window"' in page, 'name="plan"' in page) == (
            True,
            True,
            False,
        )
        await does(county, client, PLANS, "adopt", NOW, **DAILY, scope=office.code, checklist="window")
        one = await page_of(client, "分厅日巡查")
        shown = (await client.get(one)).text
        assert ("未施行" in shown, "窗口检查表（第1版）" in shown) == (True, True)
        assert await buttons_behind(client, shown, "更改", "取消") == {"更改": "提交更改", "取消": "确认取消"}
        form = form_in(shown, f"{one}/anew")
        assert (form["until"], form["scope"], form["checklist"], form["effective_from"]) == (
            "17:30",
            office.code,
            "window",
            "",
        )
        shown = await does(
            county, client, one, "anew", NOW, until="16:00", effective_from="2018-04-02", scope="", checklist=""
        )
    assert ("2018年3月12日" in shown, "2018年4月2日" in shown) == (True, True)
    answer = await client.get("/inspection/api/plans", headers=basic(office.code))
    adopted = [one for one in answer.json()["items"] if one["name"] == "分厅日巡查"] if "items" in answer.json() else []
    assert len({one["plan"] for one in adopted}) <= 1


async def test_what_does_not_go_together_is_said_at_its_field(county: County, client: Browser) -> None:
    async with signed_in(client, committee.code):
        wrong = await fills_in(client, PLANS, "adopt", NOW, **DAILY | {"rhythm": "weekly"})
        assert (wrong.status_code, "频次" in wrong_at(wrong.text, "adopt-rhythm")) == (422, True)
        campaign = DAILY | {"patrol": "campaign", "rhythm": "campaign"}
        wrong = await fills_in(client, PLANS, "adopt", NOW, **campaign)
        assert wrong_at(wrong.text, "adopt-effective_to")
        wrong = await fills_in(client, PLANS, "adopt", NOW, **campaign, effective_to="2018-03-01")
        assert wrong_at(wrong.text, "adopt-effective_to")


async def test_a_checklist_goes_on_in_its_next_version_with_the_items_that_stay(
    county: County, client: Browser
) -> None:
    async with signed_in(client, committee.code):
        one, at = f"{LISTS}/window", f"{LISTS}/window/2/next"
        form = form_in((await client.get(one)).text, at, NOW)
        assert (form["items-0-name"], form["items-0-weight"], form["items-1-name"]) == (
            "工作人员在岗",
            "3",
            "一次性告知单齐全",
        )
        twice = await client.post(at, data=form | {"effective_from": "2018-03-12", "items-1-name": "工作人员在岗"})
        assert (twice.status_code, "重复" in wrong_at(twice.text, "next-items-1-name")) == (422, True)
        early = await client.post(at, data=form | {"effective_from": "2017-12-31"})
        assert wrong_at(early.text, "next-effective_from")
        changed = {"effective_from": "2018-03-12", "items-1-name": "叫号机正常", "items-1-weight": "2"}
        sent = await client.post(at, data=form | changed)
        assert sent.status_code == 303, sent.text
        shown = (await client.get(sent.headers["location"])).text
        assert ("已受理" in shown, "第2版" in shown, "叫号机正常" in shown, "取消" in shown) == (True, True, True, True)
    kept = await county.db("inspection")["checklists"].find_one({"checklist": "window"})
    assert kept is not None
    items = [one["item"] for one in kept["versions"][1]["items"]]
    assert (items[0], items[1].startswith("item-")) == ("on-duty", True)


async def test_a_new_checklist_is_published_by_its_name(county: County, client: Browser) -> None:
    async with signed_in(client, committee.code):
        rows = {"items-0-name": "消防通道畅通", "items-0-weight": "5"}
        said = {"name": "消防检查表", "effective_from": "2018-03-12"}
        await does(county, client, PLANS, "publish", NOW, **said, **rows)
        one = await page_of(client, "消防检查表")
        assert "消防通道畅通" in (await client.get(one)).text


async def test_whoever_is_not_the_committee_reads_all_and_is_offered_nothing(county: County, client: Browser) -> None:
    async with signed_in(client, office.code):
        for page in (PLANS, f"{PLANS}/windows-daily", f"{LISTS}/window"):
            shown = await client.get(page)
            assert (shown.status_code, 'name="ticket"' in shown.text) == (200, False), page
        assert (await client.get(f"{PLANS}/not-one")).status_code == 404
