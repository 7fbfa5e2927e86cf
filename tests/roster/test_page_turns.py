"""Turns and suggestions on pages: planned, worked in, suggested, found again, offered to whom they are taken from."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from deploy.embedded.servers.running import Servers
from services.roster.duty.form import planning
from services.roster.duty.model import Turn
from shared.events.roster import PlanTurn
from tests.browsing import buttons_behind, does, fills_in, form_in, signed_in
from tests.county import County
from tests.processes_here import NOBODY, Browser, basic
from tests.roster.members import ANOTHER, MEMBER, looking, takes_back, working_with_members
from tests.submitters import committee, moment, office, station

pytestmark = pytest.mark.asyncio(loop_scope="module")
TURNS, IDEAS = "/roster/turns", "/roster/ideas"
NOW = "2018-03-05"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def county(bus_and_database: Servers) -> AsyncIterator[County]:
    """With a turn that lasts."""
    async with working_with_members(bus_and_database) as county:
        turn = PlanTurn(turn="2018-1", holders=[MEMBER.code], begins=moment("2018-01-01").date(), theme="孝行林西")
        await county.hears(committee.says(turn, moment("2018-01-01")))
        await county.settles()
        yield county


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def client(county: County) -> AsyncIterator[Browser]:
    async with looking(county, NOW) as client:
        yield client


async def test_the_next_turn_is_proposed_with_its_number_and_its_first_day(county: County, client: Browser) -> None:
    async with signed_in(client, committee.code, "roster"):
        page = (await client.get(TURNS)).text
        begun = form_in(page, f"{TURNS}/plan")
        assert (begun["turn"], begun["begins"], begun["months"]) == ("2018-2", "2018-04-01", "3")
        holders = re.findall(r'<select id="plan-holders-0".*?</select>', page, re.S)[0]
        assert "林西县民政局" in holders
        assert "组织150424100202" not in holders, "only members of the committee are offered"
        shown = await does(county, client, TURNS, "plan", NOW, **{"holders-0": ANOTHER.code, "theme": "无障碍窗口"})
        assert ("2018年第2期" in shown, "未开始" in shown) == (True, True)
        at = f"{TURNS}/2018-2"
        ways = await buttons_behind(client, (await client.get(at)).text, "更改安排", "取消安排")
    assert ways == {"更改安排": "提交更改", "取消安排": "确认取消"}
    async with signed_in(client, ANOTHER.code, "roster"):
        assert "更改安排" not in (await client.get(at)).text, "its holder does not plan it"
    assert "更改安排" not in (await client.get(at, headers=NOBODY)).text


async def test_who_may_not_plan_is_offered_no_form(client: Browser) -> None:
    for who in (MEMBER, station):
        async with signed_in(client, who.code, "roster"):
            assert '<form method="post" action="/roster/turns' not in (await client.get(TURNS)).text
    assert (await client.get(TURNS, headers=NOBODY)).status_code == 200, "turns are everybody's to read"


async def test_a_holder_records_what_it_did_and_others_are_not_offered_to(county: County, client: Browser) -> None:
    page = f"{TURNS}/2018-1"
    async with signed_in(client, MEMBER.code, "roster"):
        done = {"work": "home-visit", "quantity": "5", "note": "走访老人", "at": "2018-03-02T10:00"}
        shown = await does(county, client, page, "work", NOW, **done)
    assert "上门服务老人5次" in shown
    assert "2018年3月2日" in shown
    for who in (ANOTHER, committee, station):
        async with signed_in(client, who.code, "roster"):
            assert "登记轮值工作" not in (await client.get(page)).text


async def test_an_idea_is_kept_found_and_read_by_everybody_signed_in(county: County, client: Browser) -> None:
    async with signed_in(client, station.code, "roster"):
        for title in ("延长服务时间", "统一表单"):
            await does(county, client, IDEAS, "idea", NOW, title=title)
    async with signed_in(client, office.code, "roster"):
        found = (await client.get(f"{IDEAS}?words=服务&turn=2018-1&organisation={station.code}")).text
        assert ("延长服务时间" in found, "统一表单" in found) == (True, False)
        assert "没有符合条件的" in (await client.get(f"{IDEAS}?words=没有这样的")).text
        (address,) = re.findall(r'<a href="(/roster/ideas/[^"?]+)">延长服务时间', found)
        one = (await client.get(address)).text
        assert ("延长服务时间" in one, "报送记录（更正、撤回）" in one) == (True, False)
        assert f'<a href="{IDEAS}?turn=2018-1">2</a>' in (await client.get(TURNS)).text
    answer = await client.get("/roster/api/ideas?turn=2018-1", headers=basic(office.code))
    assert sorted(one["title"] for one in answer.json()["items"]) == ["延长服务时间", "统一表单"]
    assert (await client.get(IDEAS, headers=NOBODY)).status_code == 303


async def test_what_was_taken_back_is_on_no_page(county: County, client: Browser) -> None:
    async with signed_in(client, committee.code, "roster"):
        await does(county, client, IDEAS, "idea", NOW, title="要撤回的")
        (address,) = re.findall(r'<a href="(/roster/ideas/[^"?]+)">要撤回的', (await client.get(IDEAS)).text)
        (record,) = re.findall(r'href="(/roster/submissions/[^"]+)"', (await client.get(address)).text)
        await takes_back(client, record)
        assert "要撤回的" not in (await client.get(IDEAS)).text
        assert (await client.get(address)).status_code == 404


async def test_work_that_was_taken_back_is_counted_and_listed_no_more(county: County, client: Browser) -> None:
    page = f"{TURNS}/2018-1"
    async with signed_in(client, MEMBER.code, "roster"):
        await does(county, client, page, "work", NOW, work="banner", quantity="7", at="2018-03-01T10:00")
    async with signed_in(client, committee.code, "roster"):
        shown = (await client.get(page)).text
        assert "配发宣传条幅7条" in shown
        row = re.findall(r"<tr><th scope=\"row\">配发宣传条幅</th>.*?</tr>", shown, re.S)[0]
        (record,) = re.findall(r'href="(/roster/submissions/[^"]+)"', row)
        await takes_back(client, record)
        assert "配发宣传条幅" not in (await client.get(page)).text


async def test_between_turns_no_idea_is_asked_for(county: County) -> None:
    async with looking(county, "2019-03-05") as client, signed_in(client, station.code, "roster"):
        page = (await client.get(IDEAS)).text
    assert ("现在没有值守中的轮值" in page, 'action="/roster/ideas/idea"' in page) == (True, False)


async def test_what_was_not_taken_comes_again_in_its_page(client: Browser) -> None:
    async with signed_in(client, committee.code, "roster"):
        wrong = await fills_in(client, TURNS, "plan", NOW, theme="x", begins="2018-04-02")
        assert (wrong.status_code, form_in(wrong.text, f"{TURNS}/plan")["begins"]) == (422, "2018-04-02")


@pytest.mark.parametrize(
    ("last", "today", "turn", "begins"),
    [
        (None, "2018-03-05", "2018-1", "2018-04-01"),
        ("2018-12-31", "2018-12-05", "2019-1", "2019-01-01"),
        ("2018-06-30", "2018-12-05", "2019-1", "2019-01-01"),
        ("2018-09-30", "2018-08-05", "2018-3", "2018-10-01"),
    ],
)
async def test_a_term_follows_the_last_one_or_begins_with_the_next_month(
    last: str | None, today: str, turn: str, begins: str
) -> None:
    ends = moment(last).date() if last else None
    planned = [
        Turn(id="150424/2018-2", county="150424", holders=(), begins=ends, ends=ends, months=3, theme="")
        for ends in filter(None, [ends])
    ]
    found = planning({}, planned, moment(today).date())
    assert (found.begun["turn"], found.begun["begins"]) == (turn, begins)
