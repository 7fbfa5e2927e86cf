"""A year's assessment by hand: its scheme, its list, a veto, the vote, the signature, and who reads what of it."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from html import unescape

import pytest
import pytest_asyncio

from deploy.embedded.servers.running import Servers
from shared.events.roster.people import Post
from tests.browsing import acting_as, browsing, does, fills_in, form_in
from tests.conftest import county_on
from tests.county import County
from tests.processes_here import Browser
from tests.staffed import CHIEF, DIRECTOR, OFFICE_CLERK, Holder, staffed
from tests.submitters import closes_period, committee, hall, moment, office, township

pytestmark = pytest.mark.asyncio(loop_scope="module")
SECRETARY = Holder("p-secretary", committee.code, Post.COMMITTEE_SECRETARY)
LEAD = Holder("p-lead", township.code, Post.TOWNSHIP_LEAD)
SCHEME, LISTS, OF_YEAR = "/feedback/assessment-scheme", "/feedback/assessments", "/feedback/assessments/of/2018"
OWN, OTHERS = f"{LISTS}/2018_{office.code}", f"{LISTS}/2018_{hall.code}"
DRAFTS, VETOES = "/feedback/drafts/of/2018", "/feedback/vetoes"
BEGINS, DRAWN, VOTED, SIGNED = "2018-01-01", "2019-01-02", "2019-01-08", "2019-01-09"
DOCUMENTS = {
    "effective_from": BEGINS,
    "prefix": "某联党",
    "grace_days": "0",
    "quarterly_series": "letter",
    "annual_series": "file",
}
VOTE = {"held_on": VOTED, "present": "5", "in_favour": "4", "against": "0", "abstained": "1"}


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def county(bus_and_database: Servers) -> AsyncIterator[County]:
    async with county_on(bus_and_database) as county:
        await county.begins_anew()
        await county.is_founded()
        await staffed(county, DIRECTOR, OFFICE_CLERK, SECRETARY, CHIEF, LEAD)
        async with county.working():
            yield county


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def client(county: County) -> AsyncIterator[Browser]:
    async with browsing(county, "feedback") as client:
        client.looks_at(moment(BEGINS, "10:00"))
        yield client


async def withdraws(county: County, client: Browser, page: str, day: str, reason: str) -> None:
    """What the page names as its record, by the form that every record has."""
    (record,) = set(re.findall(r'href="(/feedback/submissions/[^"?]+)"', (await client.get(page)).text))
    form = form_in((await client.get(f"{record}/withdraw")).text, f"{record}/withdraw", day)
    await client.post(f"{record}/withdraw", data=form | {"reason": reason})
    await county.settles()


async def test_a_clerk_adopts_the_scheme_with_which_the_form_begins(county: County, client: Browser) -> None:
    async with acting_as(client, OFFICE_CLERK.id, committee.code):
        assert "还没有规定：各期不考核" in (await client.get(SCHEME)).text
        heavier = {"effective_from": BEGINS, "indicators-0-weight": "32"}
        wrong = await fills_in(client, SCHEME, "adopt-assessment", BEGINS, **heavier)
        assert (wrong.status_code, "部门各项分值合计101，应当为100" in wrong.text) == (422, True)
        late = await fills_in(client, SCHEME, "adopt-assessment", BEGINS, effective_from="2018-03-01")
        assert (late.status_code, "应当自1月1日起施行" in late.text) == (422, True)
        shown = await does(county, client, SCHEME, "adopt-assessment", BEGINS, effective_from=BEGINS)
        assert ("现行" in shown, "优秀90、良好80、合格60" in shown, "巡查抽查平均得分" in shown) == (True, True, True)
        await does(county, client, "/feedback/document-scheme", "adopt-documents", BEGINS, **DOCUMENTS)


async def test_a_list_that_is_drawn_up_is_the_committees_alone(county: County, client: Browser) -> None:
    case = office.opens(at=moment("2018-03-05"))
    await county.hears(case, office.completes(case, at=moment("2018-03-05", "11:00")))
    await county.settles()
    await county.hears(closes_period("2018", "2019-01-01"))
    await county.settles()
    client.looks_at(moment(DRAWN, "10:00"))
    async with acting_as(client, DIRECTOR.id, committee.code):
        assert "审定2018年度考核结果" in (await client.get("/feedback/todo")).text
        shown = (await client.get(OF_YEAR)).text
        assert ("80.65" in shown, "待审定" in shown, "没有变化" in shown) == (True, True, True)
        by_name = (await client.get(f"{OF_YEAR}?category=department&sort=-name")).text
        assert f'aria-sort="descending"><a href="{OF_YEAR}?category=department&amp;sort=name"' in by_name
        assert '<input type="hidden" name="sort" value="-name">' in by_name, "narrowed it stays sorted"
        first, second = sorted((office.code, hall.code), reverse=True)
        assert by_name.index(f"2018_{first}") < by_name.index(f"2018_{second}")
    for who in (CHIEF, LEAD):
        async with acting_as(client, who.id, who.organisation):
            assert (await client.get(OF_YEAR)).status_code == 403
            assert "80.65" not in (await client.get(LISTS)).text
            assert (await client.get("/feedback/api/assessed")).json()["items"] == []
    async with acting_as(client, CHIEF.id, office.code):
        assert (await client.get(OWN)).status_code == 404


async def test_its_documents_are_not_signed_before_it_is_approved(county: County, client: Browser) -> None:
    client.looks_at(moment(VOTED, "10:00"))
    async with acting_as(client, OFFICE_CLERK.id, committee.code):
        await does(county, client, DRAFTS, "pass", VOTED)
    async with acting_as(client, SECRETARY.id, committee.code, has_proved=True):
        sent = await fills_in(client, DRAFTS, "sign", VOTED)
        assert "2018年度的考核结果尚未审定" in sent.text


async def test_a_veto_keeps_a_grade_down_until_it_is_taken_back(county: County, client: Browser) -> None:
    client.looks_at(moment(VOTED, "11:00"))
    async with acting_as(client, DIRECTOR.id, committee.code):
        said = {"member": office.code, "period": "2018", "veto": "concealment", "proof": "核查报告"}
        why = {"reason": "一起投诉没有报送"}
        shown = await does(county, client, VETOES, "veto", VOTED, **said, **why)
        assert ("瞒报" in shown, "核查报告" in shown) == (True, True)
    async with acting_as(client, OFFICE_CLERK.id, committee.code):
        assert "一票否决" in await does(county, client, OF_YEAR, "redraw", VOTED)
        assert "一起投诉没有报送" in (await client.get(OWN)).text
    async with acting_as(client, DIRECTOR.id, committee.code):
        await withdraws(county, client, VETOES, VOTED, "情况不属实")
        assert "没有登记一票否决" in (await client.get(VETOES)).text
        late = await fills_in(client, OF_YEAR, "approve", VOTED, **VOTE)
        assert "请重新生成后审定" in late.text
    async with acting_as(client, OFFICE_CLERK.id, committee.code):
        shown = await does(county, client, OF_YEAR, "redraw", VOTED)
        assert ("3稿" in shown, "良好" in shown) == (True, True)


async def test_the_vote_is_entered_and_needs_a_majority(county: County, client: Browser) -> None:
    client.looks_at(moment(VOTED, "16:00"))
    async with acting_as(client, DIRECTOR.id, committee.code):
        lost = await fills_in(client, OF_YEAR, "approve", VOTED, **VOTE | {"in_favour": "2", "against": "2"})
        assert (lost.status_code, "没有超过半数" in lost.text) == (422, True)
        shown = await does(county, client, OF_YEAR, "approve", VOTED, **VOTE)
        assert ("已审定" in shown, "到会5人，赞成4人，反对0人，弃权1人" in shown) == (True, True)
        assert "审定2018年度考核结果" not in (await client.get("/feedback/todo")).text


async def test_a_unit_reads_why_it_has_its_points_and_nothing_of_the_others(county: County, client: Browser) -> None:
    async with acting_as(client, CHIEF.id, office.code):
        listed = (await client.get(LISTS)).text
        assert ("80.65" in listed, f"2018_{hall.code}" in listed, "2018年度考核</a>" in listed) == (True, False, False)
        why = (await client.get(OWN)).text
        assert ("为什么是80.65分" in why, "第1名（共2个）" in why, "1÷1" in why) == (True, True, True)
        assert "没有这项数据，分值由其他指标分担" in why
        assert f"/feedback/organisations/{office.code}?period=2018" in why
        behind = [unescape(at) for at in re.findall(r'href="([^"]*/facts[^"]*)"', why)]
        assert f"/feedback/organisations/{office.code}/facts?measure=cases-on-time&period=2018" in behind
        assert {(await client.get(at)).status_code for at in behind} == {200}
        assert (await client.get(OTHERS)).status_code == 403
        (mine,) = (await client.get("/feedback/api/assessed")).json()["items"]
        assert (mine["organisation"], mine["result"]["score"]) == (office.code, 80_65)
        for closed in ("/feedback/api/assessments", "/feedback/api/vetoes", VETOES, f"{LISTS}/trial/2018/{BEGINS}"):
            assert (await client.get(closed)).status_code == 403
        table = await client.get(f"{OWN}?export=list")
        assert table.headers["content-type"].startswith("application/vnd.openxml")


async def test_another_scheme_is_tried_on_the_year_without_any_effect(county: County, client: Browser) -> None:
    async with acting_as(client, OFFICE_CLERK.id, committee.code):
        other = {"indicators-4-weight": "1", "indicators-5-weight": "11"}
        await does(county, client, SCHEME, "adopt-assessment", VOTED, effective_from="2020-01-01", **other)
        assert f'href="{LISTS}/trial/2018/2020-01-01"' in (await client.get(OF_YEAR)).text
        before = await county.db("feedback")["assessed"].find({}).to_list(None)
        shown = (await client.get(f"{LISTS}/trial/2018/2020-01-01")).text
        assert ("80.65" in shown, "64.52" in shown, "-16.13" in shown) == (True, True, True)
        assert await county.db("feedback")["assessed"].find({}).to_list(None) == before


async def test_signed_documents_bear_the_result_and_the_approval_stays(county: County, client: Browser) -> None:
    client.looks_at(moment(SIGNED, "15:00"))
    async with acting_as(client, SECRETARY.id, committee.code, has_proved=True):
        await does(county, client, DRAFTS, "sign", SIGNED)
        report = (await client.get(f"/feedback/reports/2018_{office.code}")).text
        said = "全年考核得分80.65分，等次为良好，在同类单位中列第1名（共2个）。经2019年1月8日书记办公会审定。"
        assert (said in report, "怎样计分" in report) == (True, True)
    async with acting_as(client, DIRECTOR.id, committee.code):
        await withdraws(county, client, OF_YEAR, SIGNED, "重新表决")
        assert "已审定" in (await client.get(OF_YEAR)).text
