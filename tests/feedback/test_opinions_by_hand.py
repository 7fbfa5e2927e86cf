"""Opinions of a document by hand: signed for, put right in inspection's register, seen done by others, filed."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date

import pytest
import pytest_asyncio

from deploy.embedded.servers.running import Servers
from services.feedback.documents.model import Delivery
from shared.database.kept import document
from shared.events import Submission
from shared.events.documents import (
    AdoptDocumentScheme,
    GivenOpinion,
    PassReports,
    ReviewReport,
    SignMonthlyReports,
)
from tests.browsing import acting_as, browsing, does, opened_on, signed_in
from tests.conftest import county_on
from tests.county import County
from tests.processes_here import Browser
from tests.staffed import CHIEF, DIRECTOR, OFFICE_CLERK, PATROL, TOWNSHIP_LEAD, staffed
from tests.submitters import closes_period, committee, hall, marks_overdue, moment, office, township
from tests.todo import titles, what_waits
from tests.workbooks import opened

pytestmark = pytest.mark.asyncio(loop_scope="module")
MARCH = f"2018-03_{office.code}"
REPORT, LIST, BOARD = f"/feedback/reports/{MARCH}", "/feedback/deliveries", "/inspection/rectifications"
OPINIONS = [
    GivenOpinion(problem="公示栏未更新", requirement="核对并更新", finish_by=date(2018, 4, 20), responsible="首席代表"),
    GivenOpinion(problem="无人补位", requirement="排定补位人员", finish_by=date(2018, 5, 10)),
]
NAME = "2018年3月反馈第1条整改意见"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def county(bus_and_database: Servers) -> AsyncIterator[County]:
    """March's documents are signed on the 3rd of April, that of the office with two opinions."""
    async with county_on(bus_and_database) as county:
        await county.begins_anew()
        await county.is_founded()
        await staffed(county, CHIEF, DIRECTOR, OFFICE_CLERK, PATROL, TOWNSHIP_LEAD)
        async with county.working():
            await says(county, AdoptDocumentScheme(effective_from=date(2018, 3, 1), prefix="某联党"), "2018-03-02")
            await county.hears(closes_period("2018-03", "2018-04-01"))
            await county.settles()
            others = [f"2018-03_{one.code}@1" for one in (hall, township)]
            await says(county, ReviewReport(draft=f"{MARCH}@1", opinions=OPINIONS), "2018-04-02")
            await says(county, PassReports(drafts=others), "2018-04-02")
            signed = SignMonthlyReports(drafts=[f"{MARCH}@2", *others])
            await says(county, signed, "2018-04-03", DIRECTOR.id)
            yield county


async def says(county: County, data: Submission, at: str, by: str = OFFICE_CLERK.id) -> None:
    await county.hears(committee.says(data, moment(at)).heading(actor=by))
    await county.settles()


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def feedback(county: County) -> AsyncIterator[Browser]:
    async with browsing(county, "feedback") as client:
        yield client


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def inspection(county: County) -> AsyncIterator[Browser]:
    async with browsing(county, "inspection") as client:
        yield client


async def kept(county: County) -> Delivery:
    found = await document(county.db("feedback"), Delivery, MARCH)
    assert found is not None
    return found


async def page(county: County, number: int = 1) -> str:
    """Of the rectification of an opinion."""
    return f"{BOARD}/{office.code}/{(await kept(county)).opinions[number - 1].rectification}"


def looks(day: str, *clients: Browser) -> None:
    for client in clients:
        client.looks_at(moment(day, "10:00"))


async def test_signed_for_its_opinions_stand_on_its_page_each_with_its_link(county: County, feedback: Browser) -> None:
    looks("2018-04-04", feedback)
    async with acting_as(feedback, CHIEF.id, office.code):
        await does(county, feedback, REPORT, "receive", "2018-04-04")
        await county.settles()
        shown = (await feedback.get(REPORT)).text
        assert ("整改意见落实情况" in shown, "2条，已销号0条" in shown) == (True, True)
        assert f'<a href="{await page(county)}">查看整改</a>' in shown
        assert "整改销号</li>" in shown


async def test_it_waits_at_its_recipient_who_reads_what_is_asked_and_reports_the_result(
    county: County, inspection: Browser
) -> None:
    looks("2018-04-10", inspection)
    at = await page(county)
    async with acting_as(inspection, CHIEF.id, office.code):
        assert [one for one in titles(await what_waits(inspection, "inspection")) if NAME in one]
        shown = (await inspection.get(at)).text
        assert ("公示栏未更新" in shown, "核对并更新" in shown, f'href="{REPORT}"' in shown) == (True, True, True)
        assert ("来源 <b" in shown, "签收反馈文件，列入整改" in shown, "轻重" in shown) == (True, True, False)
        await does(county, inspection, at, "accept", "2018-04-10")
        await does(county, inspection, at, "submit", "2018-04-10", note="公示栏已更新")


async def test_what_it_says_is_read_by_nobody_else(county: County, inspection: Browser) -> None:
    at = await page(county)
    async with acting_as(inspection, TOWNSHIP_LEAD.id, township.code):
        shown = (await inspection.get(at)).text
        assert (NAME in shown, "公示栏未更新" in shown, f'href="{REPORT}"' in shown) == (True, False, False)
        answers = [
            (await inspection.get(one.replace(BOARD, "/inspection/api/rectifications"))).text for one in (at, BOARD)
        ]
        assert [("公示栏未更新" in one, "首席代表" in one) for one in answers] == [(False, False)] * 2


async def test_neither_the_recipient_nor_the_hall_verifies_it(county: County, inspection: Browser) -> None:
    async with acting_as(inspection, CHIEF.id, office.code):
        assert "不得办理" in await answered(county, inspection, "1")
    async with signed_in(inspection, hall.code, "inspection"):
        assert "由印发文件的上级单位办理" in await answered(county, inspection, "2")
    assert (await kept(county)).opinions[0].stage == "submitted"


async def answered(county: County, client: Browser, n: str) -> str:
    """What is said to whoever sends the form of verifying, which the page does not offer."""
    at, ticket = await page(county), {"ticket": f"0161f51a-5880-7001-93dd-d6e836070f0{n}", **opened_on("2018-04-11")}
    assert f'action="{at}/verify"' not in (await client.get(at)).text
    answer = await client.post(f"{at}/verify", data=ticket)
    return (await client.get(answer.headers["location"])).text if answer.is_redirect else answer.text


async def test_the_office_sends_it_back_once_and_then_finds_it_done(county: County, inspection: Browser) -> None:
    at = await page(county)
    looks("2018-04-12", inspection)
    async with acting_as(inspection, OFFICE_CLERK.id, committee.code):
        assert [one for one in titles(await what_waits(inspection, "inspection")) if NAME in one]
        await does(county, inspection, at, "send-back", "2018-04-12", reason="请补充时限公示的照片")
    async with acting_as(inspection, CHIEF.id, office.code):
        await does(county, inspection, at, "submit", "2018-04-13", note="照片已补充")
    async with acting_as(inspection, OFFICE_CLERK.id, committee.code):
        shown = await does(county, inspection, at, "verify", "2018-04-13", note="现场已核验")
        assert "已核验" in shown


async def test_the_office_lists_documents_by_what_is_left_open(county: County, feedback: Browser) -> None:
    await county.settles()
    looks("2018-04-16", feedback)
    async with acting_as(feedback, OFFICE_CLERK.id, committee.code):
        shown = (await feedback.get(LIST)).text
        assert ("2条，已销号1条" in shown, "整改意见2条，已销号1条" in shown) == (True, True)
        listed = {one: (await feedback.get(f"{LIST}?opinions={one}")).text for one in ("open", "done", "filed")}
        assert {one: REPORT in text for one, text in listed.items()} == {"open": True, "done": False, "filed": False}
        items = (await feedback.get("/feedback/api/deliveries?opinions=open")).json()["items"]
        assert [one["id"] for one in items] == [MARCH]
        assert (await feedback.get(f"{LIST}?opinions=none")).status_code == 422


async def test_the_board_is_narrowed_by_source_and_its_export_says_it(county: County, inspection: Browser) -> None:
    finding = hall.logs(moment("2018-04-16"), findings=1, about=office.code)
    await county.hears(finding)
    await county.settles()
    looks("2018-04-16", inspection)
    async with acting_as(inspection, OFFICE_CLERK.id, committee.code):
        by = {
            one: (await inspection.get(f"{BOARD}?source={one}&export=list")).content for one in ("finding", "document")
        }
        books = {one: opened(content) for one, content in by.items()}
        at = books["finding"].heads.index("来源")
        found = {one: [row[at].value for row in book.lists[1:]] for one, book in books.items()}
        assert found == {"finding": ["日常检查"], "document": ["反馈文件"]}
        count = (await inspection.get("/inspection/api/rectifications?source=document")).json()["items"]
        assert len(count) == 2


async def test_with_the_last_one_closed_the_document_is_filed(
    county: County, feedback: Browser, inspection: Browser
) -> None:
    at = await page(county, 2)
    looks("2018-05-09", inspection)
    async with acting_as(inspection, CHIEF.id, office.code):
        await does(county, inspection, at, "submit", "2018-05-09", note="已排定")
    async with acting_as(inspection, OFFICE_CLERK.id, committee.code):
        await does(county, inspection, at, "verify", "2018-05-10")
    await county.hears(marks_overdue("2018-06-11"))
    await county.settles()
    looks("2018-06-12", feedback)
    async with acting_as(feedback, CHIEF.id, office.code):
        shown = (await feedback.get(REPORT)).text
        assert ("办结、归档" in shown, "2条，已销号2条" in shown, '<li class="done">办结归档</li>' in shown) == (
            True,
            True,
            True,
        )
        assert REPORT in (await feedback.get(f"{LIST}?opinions=filed")).text
    async with acting_as(feedback, OFFICE_CLERK.id, committee.code):
        answer = await feedback.get(f"/feedback/api/totals?period=2018&organisation={office.code}")
        counted = {name: n for name, n in answer.json()["measures"].items() if name.startswith("opinions")}
    assert counted.pop("opinions-on-time") == {"n": 2, "d": 2, "value": 1.0}
    assert counted == {"opinions": 2, "opinions-closed": 2, "opinions-open": 0, "opinions-open-overdue": 0}
