"""Whoever may corrects or takes back an inspection or a step at the county; pages say what stands and what does not."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from services.inspection.patrols.model.patrols import Inspection
from services.inspection.photos.sending import UPLOAD
from services.inspection.photos.store import known
from services.inspection.rectifications.board import BOARD
from services.inspection.rectifications.model import Rectification
from shared.bus.photos import digest_of
from shared.database.kept import document, documents
from shared.events.inspection import Finding, LogInspection, ReplacePhoto
from shared.events.vocabulary import PatrolKind, Severity
from tests.browser_fields import fields_in
from tests.browsing import browsing, token
from tests.county import County
from tests.inspection.browsing import finding_page
from tests.photographs import drained, keeping, photograph
from tests.processes_here import Browser
from tests.shared.test_records import decided, page_of, sent
from tests.submitters import A_MONDAY, Said, committee, moment, station, stations, township

PHOTO, MORE = photograph(), photograph(seed=2)


@pytest.fixture
async def browser(county: County) -> AsyncIterator[Browser]:
    """While the services decide."""
    async with browsing(county, "inspection", by=committee.code) as client, county.working():
        yield client


def looked(score: int = 9000, day: str = "2018-03-05") -> Said:
    """The township looks at a station, finds two things and takes a photo."""
    found = [
        Finding(item="灯坏", severity=Severity.MINOR, rectify_within=3, note="门厅"),
        Finding(item="门坏", severity=Severity.MAJOR, rectify_within=5),
    ]
    asked = LogInspection(patrol=PatrolKind.STATION, score=score, findings=found, photos=[digest_of(PHOTO)])
    return township.says(asked, moment(day), station.code)


def sheet_of(key: str) -> str:
    return f"/inspection/inspections/{key}"


async def test_the_form_of_a_correction_has_what_was_reported_and_the_page_says_what_replaced_it(
    county: County, browser: Browser
) -> None:
    wrong = looked()
    await decided(county, wrong)
    sheet = await browser.get(sheet_of(f"{township.code}/{wrong.id}"), auth=token(committee.code))
    assert (page_of(wrong) in sheet.text, "更正或者撤回" in sheet.text) == (True, True)
    record = (await browser.get(page_of(wrong), auth=token(committee.code))).text
    assert [word in record for word in ("灯坏", "门厅", "90", page_of(wrong, "correct-patrol"))] == [True] * 4
    form = fields_in(
        (await browser.get(page_of(wrong, "correct-patrol"), auth=token(committee.code))).text,
        page_of(wrong, "correct-patrol"),
    )
    assert (form["score"], form["findings-0-item"], form["findings-0-note"], form["findings-1-severity"]) == (
        "90.00",
        "灯坏",
        "门厅",
        "major",
    )
    await sent(browser, committee.code, wrong, "correct-patrol", score="95", **{"grounds-of-correction": "得分有误"})
    await county.settles()
    (right,) = await documents(county.db("inspection"), Inspection, {"withdrawn": False})
    assert (right.score, right.submitter, right.photos) == (9500, township.code, (digest_of(PHOTO),))
    before = (await browser.get(sheet_of(f"{township.code}/{wrong.id}"))).text
    after = (await browser.get(sheet_of(right.id))).text
    assert ("已更正" in before, sheet_of(right.id) in before) == (True, True)
    assert (sheet_of(f"{township.code}/{wrong.id}") in after, "已更正" in after) == (True, False)
    listed = (await browser.get(f"/inspection/inspections?day={A_MONDAY.date()}")).text
    assert (sheet_of(right.id) in listed, wrong.id in listed) == (True, False)
    assert len(await documents(county.db("inspection"), Rectification, {"stage": "opened"})) == 2


async def test_what_is_taken_back_says_so_and_its_findings_are_on_no_board(county: County, browser: Browser) -> None:
    wrong = looked()
    await decided(county, wrong)
    own = token(township.code)
    seen = (await browser.get(sheet_of(f"{township.code}/{wrong.id}"), auth=token(station.code))).text
    assert ("灯坏" in seen, "更正或者撤回" in seen) == (True, False)
    await sent(browser, committee.code, wrong, "withdraw", reason="误报")
    await county.settles()
    sheet = (await browser.get(sheet_of(f"{township.code}/{wrong.id}"), auth=own)).text
    assert ("已撤回" in sheet, "不再计入统计" in sheet, "更正或者撤回" in sheet) == (True, True, False)
    assert "灯坏" not in (await browser.get(BOARD)).text
    finding = (await browser.get(finding_page(wrong), auth=own)).text
    assert ("随巡查记录撤销" in finding, "误报" in finding, sheet_of(f"{township.code}/{wrong.id}") in finding) == (
        True,
        True,
        True,
    )


async def test_work_is_put_right_or_taken_back_from_the_page_of_its_finding(county: County, browser: Browser) -> None:
    found = looked()
    work = station.rectifies(found, at=moment("2018-03-06"))
    await decided(county, found, work)
    for who, may in ((station, True), (township, True), (stations[1], False)):
        page = (await browser.get(finding_page(found), auth=token(who.code))).text
        assert (page_of(work) in page) is may, who
    await sent(browser, station.code, work, "correct-submit", note="已换灯")
    await county.settles()
    kept = await document(county.db("inspection"), Rectification, f"{station.code}/{found.id}/0")
    assert kept is not None
    assert [(step.what, step.note) for step in kept.steps[-2:]] == [("taken-back", ""), ("submitted", "已换灯")]
    page = (await browser.get(finding_page(found), auth=token(station.code))).text
    assert ("撤回报送整改结果" in page, "已换灯" in page) == (True, True)


async def test_photos_that_whoever_corrects_adds_are_the_records_own(county: County, browser: Browser) -> None:
    wrong = looked()
    async with keeping(county):
        await decided(county, wrong)
        ahead = await browser.post(UPLOAD, files={"photos": ("x.jpg", MORE)}, auth=token(committee.code))
        await drained(county)
        form = fields_in(
            (await browser.get(page_of(wrong, "correct-patrol"), auth=token(committee.code))).text,
            page_of(wrong, "correct-patrol"),
        )
        said = {**form, "photo": [digest_of(PHOTO), ahead.json()["photo"]], "grounds-of-correction": "补充照片"}
        answer = await browser.post(page_of(wrong, "correct-patrol"), data=said, auth=token(committee.code))
        assert answer.status_code == 303
        await county.settles()
        await drained(county)
    (right,) = await documents(county.db("inspection"), Inspection, {"withdrawn": False})
    assert right.photos == (digest_of(PHOTO), digest_of(MORE))
    assert await known(county.db("inspection"), [f"{township.code}/{digest_of(MORE)}"])


async def test_a_photo_that_never_came_is_replaced_also_where_another_has_corrected_the_record(
    county: County, browser: Browser
) -> None:
    wrong = looked()
    await decided(county, wrong)
    await sent(browser, committee.code, wrong, "correct-patrol", score="95", **{"grounds-of-correction": "得分有误"})
    await county.settles()
    (right,) = await documents(county.db("inspection"), Inspection, {"withdrawn": False})
    asked = ReplacePhoto(of=right.inspection, sender=township.code, missing=digest_of(PHOTO), photo=digest_of(MORE))
    await decided(county, township.says(asked, moment("2018-03-08"), station.code))
    (kept,) = await documents(county.db("inspection"), Inspection, {"withdrawn": False})
    assert [one.photo for one in kept.added] == [digest_of(MORE)]
