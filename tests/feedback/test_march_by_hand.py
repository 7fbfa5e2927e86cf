"""March's feedback from the draft to the reply, on pages, by five persons, none of whom does another's part.

One opinion is worded and the list is signed in one; two receipts are late and reminded, one of them a program's; one
objection is upheld, and exactly one recipient gets a correction; a reply is returned once, and then agreed to.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date

import pytest
import pytest_asyncio

from deploy.embedded.servers.running import Servers
from shared.events.documents import AdoptDocumentScheme, MarkDocumentsOverdue, ReceiveReport
from shared.events.roster import HoldActivity
from shared.events.roster.people import Post
from tests.browsing import acting_as, browsing, does, fills_in
from tests.conftest import county_on
from tests.county import County
from tests.processes_here import Browser
from tests.staffed import CHIEF, DIRECTOR, OFFICE_CLERK, Holder, staffed
from tests.submitters import closes_period, committee, hall, moment, office, ticks, township
from tests.todo import what_waits
from tests.workbooks import opened

pytestmark = pytest.mark.asyncio(loop_scope="module")
SECRETARY = Holder("p-secretary", committee.code, Post.COMMITTEE_SECRETARY)
LEAD = Holder("p-lead", township.code, Post.TOWNSHIP_LEAD)
DRAFT, REPORT = (f"/feedback/{kind}/2018-03_{office.code}" for kind in ("drafts", "reports"))
OF_MARCH = "/feedback/drafts/of/2018-03"
OPINION = {
    "opinions-0-problem": "公示栏未更新",
    "opinions-0-requirement": "核对并更新",
    "opinions-0-responsible": "首席代表",
    "opinions-0-finish_by": "2018-05-08",
}
REPLY = {"replies-0-cause": "责任不明", "replies-0-measure": "每周核对", "replies-0-finish_by": "2018-04-28"}


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def county(bus_and_database: Servers) -> AsyncIterator[County]:
    """Reports are signed since the first of March, and March is over."""
    async with county_on(bus_and_database) as county:
        await county.begins_anew()
        await county.is_founded()
        await staffed(county, DIRECTOR, OFFICE_CLERK, SECRETARY, CHIEF, LEAD)
        async with county.working():
            scheme = AdoptDocumentScheme(effective_from=date(2018, 3, 1), prefix="某联党")
            await county.hears(committee.says(scheme, moment("2018-02-27")))
            await county.hears(closes_period("2018-03", "2018-04-01"))
            await county.settles()
            yield county


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def client(county: County) -> AsyncIterator[Browser]:
    async with browsing(county, "feedback") as client:
        yield client


async def clock(county: County, *days: str) -> None:
    """What is due when the days before these are over."""
    for day in days:
        await county.hears(ticks(MarkDocumentsOverdue(day=date.fromisoformat(day)), day))
        await county.settles()


async def test_a_clerk_words_one_opinion_and_the_director_signs_the_list(county: County, client: Browser) -> None:
    client.looks_at(moment("2018-04-02", "10:00"))
    async with acting_as(client, OFFICE_CLERK.id, committee.code):
        await does(county, client, DRAFT, "review", "2018-04-02", **OPINION)
        await does(county, client, OF_MARCH, "pass", "2018-04-02")
    client.looks_at(moment("2018-04-03", "15:00"))
    async with acting_as(client, DIRECTOR.id, committee.code, has_proved=True):
        assert (await does(county, client, OF_MARCH, "sign-monthly", "2018-04-03")).count("已印发") >= 3


async def test_one_signs_for_it_and_two_are_reminded_until_they_do(county: County, client: Browser) -> None:
    client.looks_at(moment("2018-04-04", "10:00"))
    async with acting_as(client, CHIEF.id, office.code):
        await does(county, client, REPORT, "receive", "2018-04-04")
    await clock(county, "2018-04-05", "2018-04-09", "2018-04-10", "2018-04-11")
    client.looks_at(moment("2018-04-11", "10:00"))
    async with acting_as(client, DIRECTOR.id, committee.code):
        assert "2份反馈文件逾期未签收" in await what_waits(client, "feedback")
        assert (await client.get("/feedback/overdue-documents")).text.count("已催办2次") == 2
    page = f"/feedback/reports/2018-03_{township.code}"
    async with acting_as(client, LEAD.id, township.code):
        assert "已催办2次" in await what_waits(client, "feedback")
        assert "签收逾期，再次催办" in (await client.get(page)).text
        await does(county, client, page, "receive", "2018-04-11")
    await county.hears(hall.says(ReceiveReport(report=f"2018-03_{hall.code}"), moment("2018-04-11", "11:00")))
    await county.settles()
    async with acting_as(client, DIRECTOR.id, committee.code):
        assert "逾期未签收" not in await what_waits(client, "feedback")


async def test_an_objection_is_upheld_once_what_was_forgotten_is_entered(county: County, client: Browser) -> None:
    client.looks_at(moment("2018-04-09", "10:00"))
    async with acting_as(client, CHIEF.id, office.code):
        item = {"item": "开展活动", "reason": "3月28日的志愿服务没有登记，现已补报"}
        await does(county, client, REPORT, "object", "2018-04-09", **item)
    held = HoldActivity(title="志愿服务", prescribed=False, participants=26)
    await county.hears(office.says(held, moment("2018-03-28", "16:30")))
    await county.settles()
    client.looks_at(moment("2018-04-12", "10:00"))
    async with acting_as(client, OFFICE_CLERK.id, committee.code):
        assert "提出异议1条" in await what_waits(client, "feedback")
        answer = {"objection": "1", "upheld": "yes", "answer": "情况属实，予以更正"}
        shown = await does(county, client, REPORT, "answer", "2018-04-12", **answer)
        assert ("予以更正" in shown, "情况属实" in shown) == (True, True)


async def test_exactly_one_recipient_gets_a_correction(county: County, client: Browser) -> None:
    changed = f"2018-03_{office.code}"
    client.looks_at(moment("2018-04-12", "11:00"))
    async with acting_as(client, OFFICE_CLERK.id, committee.code):
        listed = (await client.get("/feedback/changed-reports?year=2018")).text
        assert listed.count('name="reports-2018-03_') == 1
        ticked = {f"reports-{changed}": "yes", "reason": "补报3月28日开展的活动"}
        sent = await fills_in(client, "/feedback/changed-reports", "revise", "2018-04-12", **ticked)
        assert sent.status_code == 303
        await county.settles()
    async with acting_as(client, DIRECTOR.id, committee.code):
        await does(county, client, DRAFT, "review", "2018-04-12")
    async with acting_as(client, SECRETARY.id, committee.code, has_proved=True):
        await does(county, client, DRAFT, "sign-one", "2018-04-12")
    async with acting_as(client, CHIEF.id, office.code):
        now = (await client.get(REPORT)).text
        assert ("2018年第3期（更正第1次）" in now, "补报3月28日开展的活动" in now, "待签收" in now) == (
            True,
            True,
            True,
        )
        assert "已更正" in (await client.get(f"{REPORT}?edition=2")).text
    kept = county.db("feedback")
    numbers = sorted([one["number"] async for one in kept["deliveries"].find()])
    assert numbers == ["2018年第3期", "2018年第3期", "2018年第3期（更正第1次）"]
    assert await kept["former_reports"].count_documents({}) == 1


async def test_a_reply_is_returned_once_and_then_agreed_to(county: County, client: Browser) -> None:
    client.looks_at(moment("2018-04-13", "09:00"))
    async with acting_as(client, CHIEF.id, office.code):
        await does(county, client, REPORT, "receive", "2018-04-13")
        await does(county, client, REPORT, "reply", "2018-04-13", **REPLY)
    async with acting_as(client, OFFICE_CLERK.id, committee.code):
        back = {"accepted": "no", "reason": "补充防止再次发生的措施"}
        await does(county, client, REPORT, "judge", "2018-04-13", **back)
    client.looks_at(moment("2018-04-16", "09:00"))
    async with acting_as(client, CHIEF.id, office.code):
        assert "退回理由：补充防止再次发生的措施" in await what_waits(client, "feedback")
        better = REPLY | {"replies-0-measure": "每周核对，按月公示"}
        await does(county, client, REPORT, "reply", "2018-04-16", **better)
    async with acting_as(client, OFFICE_CLERK.id, committee.code):
        shown = await does(county, client, REPORT, "judge", "2018-04-16", accepted="yes")
        assert ("已审核同意" in shown, "每周核对，按月公示" in shown) == (True, True)


async def test_the_offices_figures_say_all_of_it(county: County, client: Browser) -> None:
    """Three were delivered and signed for, one of them in time; one reply was asked for, and its first came late."""
    await clock(county, "2018-04-12", "2018-04-17", "2018-05-03")
    async with acting_as(client, OFFICE_CLERK.id, committee.code):
        said = (await client.get("/feedback/deliveries")).text
        assert "应送达3份，已签收3份，按时签收率33.3%" in said
        assert "应回复1份，已回复1份，按时回复率0.0%" in said
        assert "没有逾期的反馈文件" in (await client.get("/feedback/overdue-documents")).text
        lists = [(OF_MARCH, "list", "单位"), (OF_MARCH, "list-2", "期次")]
        lists += [(REPORT, "list", "时间"), (REPORT, "list-2", "意见"), (REPORT, "list-4", "异议事项")]
        for page, key, head in lists:
            assert f'export={key}"' in (await client.get(page)).text
            assert opened((await client.get(f"{page}?export={key}")).content).heads[0] == head
    april = [one async for one in county.db("feedback")["monthly"].find({"month": "2018-04"})]
    added = {one["path"].rsplit("/", 1)[-1]: one["add"] for one in april}
    assert added[office.code]["receipts-on-time"] == {"n": 2, "d": 2}
    assert added[office.code]["replies-on-time"] == {"d": 1}
    for late in (township, hall):
        assert added[late.code]["receipts-on-time"] == {"d": 1}
