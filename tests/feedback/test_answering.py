"""A recipient objects and is answered, replies to every opinion, and its reply is returned once and then agreed to."""

from __future__ import annotations

from datetime import date

import pytest

from services.feedback.documents.model import Delivery, ReplyState
from services.feedback.measures.adding import added
from services.feedback.reports.model import Report
from shared.events.documents import (
    AnswerObjection,
    GivenOpinion,
    JudgeReply,
    ObjectionAnswered,
    ObjectReport,
    OpinionReply,
    PassReports,
    ReplyJudged,
    ReplyReport,
    ReportObjected,
    ReportReplied,
    ReviewReport,
    WithdrawReport,
)
from tests.asking import OFFICE, TOWNSHIP
from tests.feedback.documenting import CLERK, DIRECTOR, MARCH, DocumentDesk, monthly, only

ONE = f"{MARCH}_{OFFICE}"
OPINIONS = [
    GivenOpinion(problem="公示栏未更新", requirement="核对并更新", finish_by=date(2018, 4, 20)),
    GivenOpinion(problem="无人补位", requirement="排定补位人员", finish_by=date(2018, 5, 10)),
]
OBJECTS = ObjectReport(report=ONE, item="按期整改率", reason="照片补传较晚")


def replies(*days: date) -> ReplyReport:
    said = [
        OpinionReply(opinion=n, cause="责任不明", measure="每周核对", responsible="首席代表", finish_by=day)
        for n, day in enumerate(days, 1)
    ]
    return ReplyReport(report=ONE, replies=said)


IN_TIME = replies(date(2018, 4, 20), date(2018, 5, 8))


@pytest.fixture
def desk() -> DocumentDesk:
    """March is signed with two opinions for the office, and received on 4 April."""
    desk = DocumentDesk()
    desk.closes(MARCH)
    desk.agrees(ReviewReport(draft=desk.draft().named, opinions=OPINIONS), CLERK)
    desk.agrees(PassReports(drafts=[one for one in desk.named() if OFFICE not in one]), CLERK)
    desk.agrees(monthly(desk.named()), DIRECTOR, "2018-04-03T15:00")
    desk.receives()
    return desk


def delivery(desk: DocumentDesk) -> Delivery:
    return next(one for one in desk.desk.kept(Delivery) if one.id == ONE)


def test_what_asks_for_a_reply_says_until_when_from_the_day_of_issue(desk: DocumentDesk) -> None:
    """Five working days after 3 April, with the days off of Qingming between."""
    report = next(one for one in desk.desk.kept(Report) if one.id == ONE)
    assert report.reply_by == delivery(desk).reply_due == date(2018, 4, 11)
    assert delivery(desk).reply is ReplyState.AWAITED
    others = [one for one in desk.desk.kept(Delivery) if one.id != ONE]
    assert {(one.reply, one.reply_due) for one in others} == {(ReplyState.NONE, None)}


@pytest.mark.parametrize(
    ("asked", "slug"),
    [
        (replies(date(2018, 4, 20)), "opinion-unanswered"),
        (replies(date(2018, 4, 21), date(2018, 5, 8)), "reply-beyond-due"),
        (replies(date(2018, 4, 1), date(2018, 5, 8)), "opinion-due-past"),
        (replies(date(2018, 4, 20), date(2018, 5, 8), date(2018, 5, 9)), "opinion-unknown"),
    ],
)
def test_every_opinion_is_replied_to_within_its_day(desk: DocumentDesk, asked: ReplyReport, slug: str) -> None:
    assert desk.refuses(asked, "p", "2018-04-08T09:00", OFFICE) == slug


def test_a_reply_is_in_time_up_to_its_day_and_judged_within_three_working_days(desk: DocumentDesk) -> None:
    (said,) = desk.agrees(IN_TIME, "p", "2018-04-11T17:00", OFFICE)
    assert said == ReportReplied(report=ONE, period=MARCH, on_time=True)
    assert (delivery(desk).reply, delivery(desk).reply_due) == (ReplyState.REPLIED, date(2018, 4, 16))


def test_a_late_reply_stays_late_also_when_it_is_sent_again(desk: DocumentDesk) -> None:
    (late,) = desk.agrees(IN_TIME, "p", "2018-04-12T09:00", OFFICE)
    (again,) = desk.agrees(IN_TIME, "p", "2018-04-12T10:00", OFFICE)
    first = ReportReplied(report=ONE, period=MARCH, on_time=False)
    assert (late, again) == (first, first.model_copy(update={"again": True}))
    assert [added(one) for one in (late, again)] == [{"replies-on-time.d": 1}, {}]


def test_a_returned_reply_is_sent_again_within_five_working_days_and_then_agreed_to(desk: DocumentDesk) -> None:
    assert desk.refuses(JudgeReply(report=ONE, accepted=True), CLERK) == "no-reply-waits"
    desk.agrees(IN_TIME, "p", "2018-04-10T09:00", OFFICE)
    assert desk.refuses(JudgeReply(report=ONE, accepted=False), CLERK, "2018-04-11T09:00") == "ground-without-words"
    (back,) = desk.agrees(JudgeReply(report=ONE, accepted=False, reason="补充措施"), CLERK, "2018-04-11T09:00")
    assert back == ReplyJudged(report=ONE, period=MARCH, accepted=False, again_by=date(2018, 4, 18))
    assert (delivery(desk).reply, delivery(desk).returned_reply) == (ReplyState.RETURNED, "补充措施")
    (again,) = desk.agrees(IN_TIME, "p", "2018-04-16T09:00", OFFICE)
    assert isinstance(again, ReportReplied)
    assert again.on_time, "what was in time at first stays so"
    desk.agrees(JudgeReply(report=ONE, accepted=True), CLERK, "2018-04-17T09:00")
    assert delivery(desk).reply is ReplyState.ACCEPTED
    assert desk.refuses(IN_TIME, "p", "2018-04-18T09:00", OFFICE) == "reply-agreed"


def test_where_nothing_is_required_nothing_is_replied(desk: DocumentDesk) -> None:
    desk.receives(of=TOWNSHIP)
    asked = IN_TIME.model_copy(update={"report": f"{MARCH}_{TOWNSHIP}"})
    assert desk.refuses(asked, "p", "2018-04-08T09:00", TOWNSHIP) == "nothing-to-reply"


def test_only_what_was_received_is_objected_to_and_within_three_working_days(desk: DocumentDesk) -> None:
    other = ObjectReport(report=f"{MARCH}_{TOWNSHIP}", item="得分", reason="有误")
    assert desk.refuses(other, "p", "2018-04-08T09:00", TOWNSHIP) == "not-received"
    (said,) = desk.agrees(OBJECTS, "p", "2018-04-10T17:00", OFFICE)
    assert said == ReportObjected(report=ONE, period=MARCH, objection=1, answer_due=date(2018, 4, 17))
    assert desk.refuses(OBJECTS, "p", "2018-04-11T08:00", OFFICE) == "objection-too-late"


def test_an_objection_is_answered_and_the_last_answer_holds(desk: DocumentDesk) -> None:
    upheld = AnswerObjection(report=ONE, objection=1, upheld=True, answer="予以更正")
    assert desk.refuses(upheld, CLERK) == "objection-unknown"
    desk.agrees(OBJECTS, "p", "2018-04-10T17:00", OFFICE)
    kept = AnswerObjection(report=ONE, objection=1, upheld=False, answer="维持")
    desk.agrees(kept, CLERK, "2018-04-11T09:00")
    (said,) = desk.agrees(upheld, CLERK, "2018-04-18T09:00")
    assert said == ObjectionAnswered(report=ONE, period=MARCH, objection=1, upheld=True, on_time=False)
    assert [(one.upheld, one.answer) for one in delivery(desk).objections] == [(True, "予以更正")]


def test_nothing_is_said_to_what_is_void() -> None:
    desk = DocumentDesk()
    desk.closes(MARCH)
    desk.signed(MARCH, by=DIRECTOR)
    desk.agrees(WithdrawReport(report=ONE, reason="写错"), DIRECTOR, "2018-04-04T09:00")
    assert desk.refuses(OBJECTS, "p", "2018-04-08T09:00", OFFICE) == "reply-to-withdrawn"
    assert desk.refuses(IN_TIME, "p", "2018-04-08T09:00", OFFICE) == "reply-to-withdrawn"
    assert desk.refuses(JudgeReply(report=ONE, accepted=True), CLERK, "2018-04-08T09:00") == "reply-to-withdrawn"


def test_nobody_replies_for_another(desk: DocumentDesk) -> None:
    assert desk.refuses(IN_TIME, "p", "2018-04-08T09:00", TOWNSHIP) == "receipt-not-yours"
    assert only(desk.agrees(IN_TIME, "p", "2018-04-08T09:00", OFFICE), ReportReplied)
