"""What a unit signed for or replied to too late stands in its own next document, in a sentence; nothing else does."""

from __future__ import annotations

from services.feedback.documents.lateness import most_late
from services.feedback.documents.model import Delivery, Draft
from services.feedback.measures.model import MonthlyDocument
from services.feedback.papers.saying import said
from services.feedback.reports.sheet import opening
from shared.events.documents import DocumentStep, JudgeReply, RedeliverReport, ReturnGround, ReturnReport
from shared.events.feedback import ClosePeriod
from tests.asking import COUNTY, HALL, OFFICE, TOWNSHIP, asked
from tests.feedback.clocked import ONE, REPLIES, Clocked
from tests.feedback.documenting import CLERK

RECEIVED = "签收期限已到的反馈文件1份，未按期签收1份，最长逾期3个工作日。"
REPLIED = "回复期限已到的反馈文件1份，未按期回复1份，最长逾期2个工作日。"
APRIL = "2018-04"


def with_april() -> Clocked:
    """The township signs three working days too late, the office replies two too late, the hall never signs."""
    desk = Clocked()
    desk.signs()
    desk.receives(at="2018-04-04T10:00")
    desk.ticks("2018-04-04", "2018-04-11")
    desk.receives(of=TOWNSHIP, at="2018-04-11T10:00")
    desk.ticks("2018-04-12", "2018-04-13")
    desk.agrees(REPLIES, "p", "2018-04-13T09:00", OFFICE)
    return desk


def late(desk: Clocked, whose: str, period: str = APRIL) -> dict[DocumentStep, int]:
    return dict(most_late(desk.desk.kept(Delivery), whose, period))


def drafted(desk: Clocked, counted: dict[str, dict[str, dict[str, int]]]) -> dict[str, Draft]:
    """April's, of units that come to these rates."""
    months = [
        MonthlyDocument(
            id=f"{APRIL}/{COUNTY}/{code}",
            month=APRIL,
            county=COUNTY,
            path=f"{COUNTY}/{code}",
            add={"findings": 3} | add,
        )
        for code, add in counted.items()
    ]
    closing = asked(ClosePeriod(period=APRIL), COUNTY, "2018-05-08T00:00")
    desk.desk.decides(closing, [*months, *desk.desk.kept(Delivery)])
    return {one.organisation: one for one in desk.desk.kept(Draft) if one.period == APRIL}


def test_lateness_is_counted_in_working_days_in_the_period_in_which_it_began() -> None:
    desk = with_april()
    assert late(desk, TOWNSHIP) == {DocumentStep.RECEIPT: 3}
    assert late(desk, OFFICE) == {DocumentStep.REPLY: 2}
    assert late(desk, HALL) == {DocumentStep.RECEIPT: 16}, "up to the month's last day, for it is not signed yet"
    assert late(desk, TOWNSHIP, "2018-05") == late(desk, TOWNSHIP, "2018-03") == {}
    assert late(desk, TOWNSHIP, "2018-Q2") == {DocumentStep.RECEIPT: 3}


def test_what_was_sent_back_is_late_no_more() -> None:
    desk = with_april()
    back = ReturnReport(report=f"2018-03_{TOWNSHIP}", ground=ReturnGround.WRONG_ADDRESSEE)
    desk.agrees(back, "p", "2018-04-16T09:00", TOWNSHIP)
    assert late(desk, TOWNSHIP) == {}
    desk.agrees(RedeliverReport(report=f"2018-03_{TOWNSHIP}"), CLERK, "2018-04-17T09:00")
    desk.receives(of=TOWNSHIP, at="2018-04-18T09:00")
    assert late(desk, TOWNSHIP) == {}


def test_a_reply_that_was_in_time_is_not_late_where_the_one_after_its_return_is() -> None:
    desk = Clocked()
    desk.signs()
    desk.receives()
    desk.agrees(REPLIES, "p", "2018-04-10T09:00", OFFICE)
    desk.agrees(JudgeReply(report=ONE, accepted=False, reason="补充"), CLERK, "2018-04-11T09:00")
    desk.ticks("2018-04-12", "2018-04-30")
    desk.agrees(REPLIES, "p", "2018-04-30T09:00", OFFICE)
    assert late(desk, OFFICE) == {}


def test_a_document_says_how_many_were_late_and_by_how_much_at_most() -> None:
    once = {"d": 1}
    drafts = drafted(
        with_april(),
        {
            TOWNSHIP: {"receipts-on-time": once},
            OFFICE: {"receipts-on-time": {"n": 1, "d": 1}, "replies-on-time": once},
        },
    )
    of_township, of_office, of_hall = (opening(drafts[code].report) for code in (TOWNSHIP, OFFICE, HALL))
    assert (RECEIVED in of_township, "未按期回复" in of_township) == (True, False)
    assert (REPLIED in of_office, "未按期签收" in of_office) == (True, False)
    assert "未按期" not in of_hall, "nothing is said of what its own figures do not count"
    printed = "".join(run.text for run in said(drafts[TOWNSHIP].report, lambda name: name, ("receipts-on-time",)))
    assert printed == RECEIVED
    before = drafts[TOWNSHIP].report.having(receipt_late=0)
    assert "未按期" not in opening(before), "what was issued before days were kept reads as it did"
