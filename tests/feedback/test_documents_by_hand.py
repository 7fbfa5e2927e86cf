"""A month's feedback by hand: reviewed, signed, delivered, sent back, received, withdrawn; each by another person."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date

import pytest
import pytest_asyncio
from httpx import Response

from deploy.embedded.servers.running import Servers
from services.feedback.documents.late import late_steps
from services.feedback.documents.model import Delivery, Draft
from services.feedback.refilling import say_what_waits
from shared.events.documents import DocumentStep, MarkDocumentsOverdue
from shared.events.roster.people import Post
from tests.browsing import acting_as, browsing, does, fills_in, opened_on, signed_in
from tests.conftest import county_on
from tests.county import County
from tests.processes_here import Browser
from tests.staffed import CHIEF, DIRECTOR, OFFICE_CLERK, WATCHES, Holder, staffed
from tests.submitters import closes_period, committee, hall, moment, office, ticks, township
from tests.todo import what_waits

pytestmark = pytest.mark.asyncio(loop_scope="module")
SECRETARY = Holder("p-secretary", committee.code, Post.COMMITTEE_SECRETARY)
LEAD = Holder("p-lead", township.code, Post.TOWNSHIP_LEAD)
DRAFTS, OF_MARCH = "/feedback/drafts", "/feedback/drafts/of/2018-03"
DRAFT, REPORT = f"{DRAFTS}/2018-03_{office.code}", f"/feedback/reports/2018-03_{office.code}"
REVIEWED, SIGNED, RECEIVED = "2018-04-02", "2018-04-03", "2018-04-04"
SCHEME = {
    "effective_from": "2018-03-01",
    "prefix": "某联党",
    "quarterly_series": "letter",
    "annual_series": "file",
    "director_signs_monthly": "yes",
    "review_days": "3",
    "signing_days": "2",
    "receipt_days": "2",
    "grace_days": "0",
}


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def county(bus_and_database: Servers) -> AsyncIterator[County]:
    async with county_on(bus_and_database) as county:
        await county.begins_anew()
        await county.is_founded()
        await staffed(county, DIRECTOR, OFFICE_CLERK, WATCHES, SECRETARY, CHIEF, LEAD)
        async with county.working():
            yield county


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def client(county: County) -> AsyncIterator[Browser]:
    async with browsing(county, "feedback") as client:
        client.looks_at(moment(REVIEWED, "10:00"))
        yield client


async def test_the_committee_says_how_reports_are_signed(county: County, client: Browser) -> None:
    client.looks_at(moment("2018-03-05", "10:00"))
    async with signed_in(client, committee.code, "feedback"):
        page = "/feedback/document-scheme"
        assert "各期截止时直接印发" in (await client.get(page)).text
        shown = await does(county, client, page, "adopt-documents", "2018-03-05", **SCHEME)
        assert ("某联党" in shown, "现行" in shown) == (True, True)
        again = await fills_in(client, page, "adopt-documents", "2018-03-05", **SCHEME | {"prefix": "另联党"})
        assert (again.status_code, "应当在其之后" in again.text) == (422, True)


async def test_a_closed_month_waits_for_the_office_and_nobody_else_sees_it(county: County, client: Browser) -> None:
    await county.hears(closes_period("2018-03", "2018-04-01"))
    await county.settles()
    client.looks_at(moment(REVIEWED, "10:00"))
    async with acting_as(client, OFFICE_CLERK.id, committee.code):
        shown = (await client.get(DRAFTS)).text
        assert ("2018年3月反馈文稿" in shown, shown.count("待核稿") >= 3) == (True, True)
        assert "2018年3月反馈：3份待核稿" in await what_waits(client, "feedback")
        assert (await client.get(REPORT)).status_code == 404
    for who, status in ((WATCHES, 200), (CHIEF, 403), (LEAD, 403)):
        async with acting_as(client, who.id, who.organisation):
            assert (await client.get(DRAFTS)).status_code == status
            assert (await client.get(DRAFT)).status_code == status
            assert (await client.get("/feedback/api/drafts")).status_code == status


async def test_a_clerk_words_an_opinion_and_passes_the_others(county: County, client: Browser) -> None:
    opinion = {
        "opinions-0-problem": "公示栏未更新",
        "opinions-0-requirement": "核对并更新",
        "opinions-0-responsible": "首席代表",
    }
    async with acting_as(client, OFFICE_CLERK.id, committee.code):
        without = await fills_in(client, DRAFT, "review", REVIEWED, **opinion)
        assert (without.status_code, "没有完成时限" in without.text) == (422, True)
        assert 'value="公示栏未更新"' in without.text or "公示栏未更新</textarea>" in without.text
        shown = await does(
            county, client, DRAFT, "review", REVIEWED, **opinion, **{"opinions-0-finish_by": "2018-04-13"}
        )
        assert ("待签发" in shown, "2018年4月13日前完成" in shown, "第2稿" in shown) == (True, True, True)
        former = (await client.get(f"{DRAFT}?edition=1")).text
        assert ("公示栏未更新" in former, 'action="/feedback/drafts' in former) == (False, False)
        others = await does(county, client, OF_MARCH, "pass", REVIEWED)
        assert others.count("待签发") >= 3


async def test_a_signature_takes_the_password_again(county: County, client: Browser) -> None:
    async with acting_as(client, DIRECTOR.id, committee.code):
        shown = (await client.get(OF_MARCH)).text
        assert ("/roster/account/confirm?back=" in shown, "签发</button>" in shown) == (True, False)
        refused = await fills_in_unseen(client, "sign-monthly", {f"drafts-2018-03_{office.code}@2": "yes"})
        assert (refused.status_code, "登录密码" in refused.text) == (403, True)


async def test_the_director_signs_the_list_and_it_is_issued_and_delivered(county: County, client: Browser) -> None:
    client.looks_at(moment(SIGNED, "15:00"))
    async with acting_as(client, DIRECTOR.id, committee.code, has_proved=True):
        shown = await does(county, client, OF_MARCH, "sign-monthly", SIGNED)
        assert shown.count("已印发") >= 3
        issued = (await client.get("/feedback/deliveries")).text
        assert ("应送达3份，已签收0份" in issued, "2018年第3期" in issued) == (True, True)
    assert await county.db("feedback")["reports"].count_documents({}) == 3


async def test_each_recipient_finds_its_own_and_signs_for_it(county: County, client: Browser) -> None:
    client.looks_at(moment(RECEIVED, "09:00"))
    async with acting_as(client, CHIEF.id, office.code):
        assert "签收：2018年3月反馈" in await what_waits(client, "feedback")
        assert (await client.get(f"/feedback/reports/2018-03_{township.code}")).status_code == 403
        mine = (await client.get("/feedback/deliveries")).text
        assert mine.count("/feedback/reports/2018-03_") == 1
        shown = await does(county, client, REPORT, "receive", RECEIVED)
        assert ("已签收" in shown, "整改意见" in shown, "公示栏未更新" in shown) == (True, True, True)
        again = await client.post(f"{REPORT}/receive", data={"ticket": "x", "time": f"{RECEIVED}T11:00:00+08:00"})
        assert again.status_code in (422, 400)


async def test_one_that_is_sent_back_waits_for_the_office_and_is_delivered_again(
    county: County, client: Browser
) -> None:
    page = f"/feedback/reports/2018-03_{township.code}"
    async with acting_as(client, LEAD.id, township.code):
        unsaid = await fills_in(client, page, "return", RECEIVED, ground="other")
        assert (unsaid.status_code, "请写明原因" in unsaid.text) == (422, True)
        await does(county, client, page, "return", RECEIVED, ground="unreadable")
    client.looks_at(moment("2018-04-09", "09:00"))
    async with acting_as(client, OFFICE_CLERK.id, committee.code):
        assert "退回：2018年3月反馈" in await what_waits(client, "feedback")
        shown = await does(county, client, page, "redeliver", "2018-04-09")
        assert ("待签收" in shown, "重新送达" in shown) == (True, True)


async def test_its_signer_withdraws_what_nobody_signed_for(county: County, client: Browser) -> None:
    page = f"/feedback/reports/2018-03_{township.code}"
    client.looks_at(moment("2018-04-09", "10:00"))
    async with acting_as(client, SECRETARY.id, committee.code, has_proved=True):
        assert 'action="/feedback/reports/2018-03_150424100/withdraw"' not in (await client.get(page)).text
    async with acting_as(client, DIRECTOR.id, committee.code, has_proved=True):
        shown = await does(county, client, page, "withdraw", "2018-04-09", reason="责任人写错")
        assert ("已撤回作废" in shown, "责任人写错" in shown) == (True, True)
        draft = (await client.get(f"{DRAFTS}/2018-03_{township.code}")).text
        assert ("待核稿" in draft, "责任人写错" in draft) == (True, True)
    async with acting_as(client, LEAD.id, township.code):
        assert "签收：" not in await what_waits(client, "feedback")
        assert "已撤回作废" in (await client.get(f"/feedback/organisations/{township.code}?period=2018")).text
        reports = (await client.get("/feedback/api/reports?period=2018-03")).json()["items"]
        assert reports == []


async def test_what_was_kept_before_documents_said_what_waits_says_it_after_an_upgrade(county: County) -> None:
    db, day = county.db("feedback"), date(2018, 4, 20)
    kinds, missing = [db[kind.collection] for kind in (Draft, Delivery)], {"waits": "", "reminders": ""}
    kept = [await kind.find({}).sort("_id", 1).to_list(None) for kind in kinds]
    late = await late_steps(db, committee.code, day)
    assert [one.organisation for one in late if one.step is DocumentStep.RECEIPT] == [hall.code]
    for kind in kinds:
        await kind.update_many({}, {"$unset": missing})
    assert await late_steps(db, committee.code, day) == [], "as an older version left them, nobody would be reminded"
    assert await say_what_waits(db) == sum(map(len, kept))
    assert [await kind.find({}).sort("_id", 1).to_list(None) for kind in kinds] == kept
    assert (await late_steps(db, committee.code, day), await say_what_waits(db)) == (late, 0)


async def test_what_is_late_is_marked_for_the_director(county: County, client: Browser) -> None:
    for day in ("2018-04-05", "2018-04-09", "2018-04-11", "2018-04-12", "2018-04-12"):
        await county.hears(ticks(MarkDocumentsOverdue(day=date.fromisoformat(day)), day))
        await county.settles()
    client.looks_at(moment("2018-04-20", "10:00"))
    async with acting_as(client, DIRECTOR.id, committee.code):
        assert "1份反馈文件逾期未签收" in await what_waits(client, "feedback")
        assert "待签收，已逾期" in (await client.get("/feedback/deliveries?state=delivered")).text
        late = (await client.get("/feedback/overdue-documents?step=receipt")).text
        assert (late.count("已催办2次，已提请督办"), "10个工作日" in late) == (1, True)
        urged = (await client.get("/feedback/overdue-documents?step=receipt&sort=-urged")).text
        assert ("step=receipt&amp;sort=urged" in urged, 'aria-sort="descending"' in urged) == (True, True)
        steps = (await client.get(f"/feedback/reports/2018-03_{hall.code}")).text
        said = ("签收将到期，提醒", "签收逾期，催办", "签收逾期，再次催办", "签收逾期，提请督办")
        assert [steps.count(one) for one in said] == [1, 1, 1, 1], "each once, however often the clock looks"
    async with acting_as(client, CHIEF.id, office.code):
        assert (await client.get("/feedback/overdue-documents")).status_code == 403


async def test_the_office_reads_how_many_were_signed_for_in_time(county: County, client: Browser) -> None:
    """Three were delivered: one is void, one signed for in time, one not."""
    client.looks_at(moment("2018-04-20", "10:00"))
    async with acting_as(client, OFFICE_CLERK.id, committee.code):
        desk = (await client.get(DRAFTS)).text
        assert ("2018年签收和回复情况" in desk, "1／2" in desk, "50.0" in desk) == (True, True, True)
        assert "应送达2份，已签收1份，按时签收率50.0%" in (await client.get("/feedback/deliveries")).text


async def fills_in_unseen(client: Browser, key: str, fields: dict[str, str]) -> Response:
    """What a page does not offer is sent all the same."""
    opened = {"ticket": "0161f51a-5880-7001-93dd-d6e836072f01", **opened_on(SIGNED)}
    return await client.post(f"{DRAFTS}/of/2018-03/{key}", data=opened | fields)


async def test_late_facts_are_corrected_and_the_old_document_stays_readable(county: County, client: Browser) -> None:
    """The office finds it among those to be corrected, the director reviews, the secretary signs; both can be read."""
    at = moment("2018-03-20")
    case = office.opens(at=at)
    await county.hears(case, office.completes(case, at=at))
    await county.settles()
    client.looks_at(moment("2018-05-08", "09:00"))
    changed = f"2018-03_{office.code}"
    async with acting_as(client, OFFICE_CLERK.id, committee.code):
        listed = (await client.get("/feedback/changed-reports?year=2018")).text
        assert f'name="reports-{changed}"' in listed
        none = await fills_in(client, "/feedback/changed-reports", "revise", "2018-05-08", reason="补报")
        assert none.status_code == 422
        ticked = {f"reports-{changed}": "yes", "reason": "补报3月20日的巡查"}
        sent = await fills_in(client, "/feedback/changed-reports", "revise", "2018-05-08", **ticked)
        assert sent.status_code == 303
        await county.settles()
        cancelled = await does(county, client, DRAFT, "cancel-revision", "2018-05-08", reason="先核对补报")
        assert ("已印发" in cancelled, "先核对补报" in cancelled, "取消更正" in cancelled) == (True, True, True)
        assert (
            await fills_in(client, "/feedback/changed-reports", "revise", "2018-05-08", **ticked)
        ).status_code == 303
        await county.settles()
        draft = (await client.get(DRAFT)).text
        assert ("更正2018年第3期的有关数据" in draft, "补报3月20日的巡查" in draft) == (True, True)
        assert f'action="{DRAFT}/review"' not in draft, "who ordered it does not review it"
    async with acting_as(client, DIRECTOR.id, committee.code, has_proved=True):
        await does(county, client, DRAFT, "review", "2018-05-08")
    client.looks_at(moment("2018-05-09", "09:00"))
    async with acting_as(client, SECRETARY.id, committee.code, has_proved=True):
        await does(county, client, DRAFT, "sign-one", "2018-05-09")
    async with acting_as(client, CHIEF.id, office.code):
        now = (await client.get(REPORT)).text
        assert ("2018年第3期（更正第1次）" in now, "待签收" in now) == (True, True)
        former = (await client.get(f"{REPORT}?edition=2")).text
        assert ("已更正" in former, "仅供查阅" in former) == (True, True)
        assert len((await client.get("/feedback/api/reports?period=2018-03")).json()["items"]) == 1


async def test_the_desk_lists_whose_figures_changed_since_they_were_drafted(county: County, client: Browser) -> None:
    """What was there when it was drafted is no late fact."""
    of_april, day, at = f"{DRAFTS}/of/2018-04", "2018-05-10", moment("2018-04-20")
    known, *late = (office.opens(at=at, n=n) for n in range(3))
    await county.hears(known, office.completes(known, at=at))
    await county.settles()
    await county.hears(closes_period("2018-04", day))
    await county.settles()
    client.looks_at(moment(day, "09:00"))
    async with acting_as(client, OFFICE_CLERK.id, committee.code):
        assert "生成后数据有变化" not in (await client.get(of_april)).text
        await county.hears(*late, *(office.completes(case, at=at, n=n) for n, case in enumerate(late, 1)))
        await county.settles()
        shown = (await client.get(of_april)).text
        assert ("1个单位的文稿生成后又有补报" in shown, "数据有变化</h2>" in shown) == (True, True)
        facts = f"/feedback/organisations/{office.code}/facts?measure=cases-completed&amp;period=2018-04"
        assert f'<a href="{facts}">2项</a>' in shown
        ticked = {f"drafts-2018-04_{office.code}@1": "yes"}
        assert "数据有变化</h2>" not in await does(county, client, of_april, "redraft", day, **ticked)
