"""Opinions of a document open when it is signed for; a withdrawal or a correction drops them; closed, they file it."""

from __future__ import annotations

from datetime import date

import pytest

from services.feedback.documents.model import Delivery
from services.feedback.documents.opinions import OpinionStage
from services.feedback.handlers import FOLLOWED, HANDLERS
from services.feedback.problems.model import Problem
from services.feedback.reports.model import Report
from shared.events import EventData, Fact
from shared.events.documents import (
    GivenOpinion,
    OpinionDropped,
    OpinionRequired,
    OrderRevision,
    PassReports,
    ReceiveReport,
    RedeliverReport,
    ReportReceived,
    ReturnGround,
    ReturnReport,
    ReviewReport,
    WithdrawReport,
)
from shared.events.inspection import (
    RectificationClosed,
    RectificationReopened,
    RectificationSentBack,
    RectificationSubmitted,
    RectificationVerified,
    RectificationWithdrawn,
    ReopeningWithdrawn,
    SubmittedWorkWithdrawn,
)
from tests.asking import OFFICE, asked, roster
from tests.asking import Desk as AnyDesk
from tests.feedback.documenting import CLERK, DIRECTOR, MARCH, OTHER_CLERK, DocumentDesk, monthly, only

ONE = f"{MARCH}_{OFFICE}"
BOARD = GivenOpinion(problem="公示栏未更新", requirement="核对并更新", finish_by=date(2018, 4, 20))
STAFF = GivenOpinion(
    problem="无人补位", requirement="排定补位人员", finish_by=date(2018, 5, 10), responsible="首席代表"
)
SIGNED, RECEIVED = "2018-04-03T15:00", "2018-04-04T10:00"


def issued(*opinions: GivenOpinion) -> DocumentDesk:
    """March is signed, with these opinions for the office."""
    desk = DocumentDesk()
    desk.closes(MARCH)
    desk.agrees(ReviewReport(draft=desk.draft().named, opinions=list(opinions)), CLERK)
    desk.agrees(PassReports(drafts=[one for one in desk.named() if OFFICE not in one]), CLERK)
    desk.agrees(monthly(desk.named()), DIRECTOR, SIGNED)
    return desk


def delivery(desk: DocumentDesk) -> Delivery:
    return next(one for one in desk.desk.kept(Delivery) if one.id == ONE)


def corrected(desk: DocumentDesk, *opinions: GivenOpinion) -> list[Fact]:
    """A correction with these opinions instead is signed and received."""
    desk.counts(findings=7)
    desk.agrees(OrderRevision(reports=[ONE], reason="补报检查记录"), CLERK, "2018-05-02T09:00")
    desk.agrees(ReviewReport(draft=desk.draft().named, opinions=list(opinions)), OTHER_CLERK, "2018-05-02T10:00")
    desk.agrees(monthly([desk.draft().named]), DIRECTOR, "2018-05-02T15:00")
    return desk.receives(at="2018-05-03T10:00")


def required(heard: list[Fact]) -> list[OpinionRequired]:
    return only(heard, OpinionRequired)


def test_each_opinion_opens_when_its_document_is_signed_for_and_says_all_of_it() -> None:
    desk = issued(BOARD, STAFF)
    assert delivery(desk).opinions == ()
    heard = desk.receives()
    first, second = required(heard)
    assert [type(one) for one in heard] == [ReportReceived, OpinionRequired, OpinionRequired]
    assert (first.document, first.number, first.opinion) == ("2018年3月反馈", "2018年第3期", 1)
    assert (second.problem, second.finish_by, second.responsible) == ("无人补位", date(2018, 5, 10), "首席代表")
    kept = delivery(desk)
    assert [one.rectification for one in kept.opinions] == [first.rectification, second.rectification]
    assert {one.rpartition("/")[2] for one in (first.rectification, second.rectification)} == {"51", "52"}
    assert (kept.left_open, kept.filed) == (2, None)


def test_a_document_without_opinions_opens_nothing() -> None:
    assert required(issued().receives()) == []


def test_sent_back_they_stay_and_received_again_they_do_not_open_twice() -> None:
    desk = issued(BOARD)
    desk.receives()
    opened = delivery(desk).opinions
    sent_back = ReturnReport(report=ONE, ground=ReturnGround.UNREADABLE)
    assert only(desk.agrees(sent_back, "p", "2018-04-05T09:00", OFFICE), OpinionDropped) == []
    desk.agrees(RedeliverReport(report=ONE), CLERK, "2018-04-08T09:00")
    again = desk.agrees(ReceiveReport(report=ONE), "p", "2018-04-09T09:00", OFFICE)
    assert (required(again), delivery(desk).opinions) == ([], opened)


def test_a_withdrawn_document_takes_them_back_with_the_reason_and_signed_anew_they_open_anew() -> None:
    desk = issued(BOARD)
    (opened,) = required(desk.receives())
    desk.agrees(ReturnReport(report=ONE, ground=ReturnGround.WRONG_ADDRESSEE), "p", "2018-04-05T09:00", OFFICE)
    heard = desk.agrees(WithdrawReport(report=ONE, reason="主送单位有误"), DIRECTOR, "2018-04-08T09:00")
    (gone,) = only(heard, OpinionDropped)
    assert (gone.rectification, gone.reason) == (opened.rectification, "主送单位有误")
    assert delivery(desk).opinions == ()
    desk.agrees(ReviewReport(draft=desk.draft().named, opinions=[BOARD]), CLERK, "2018-04-09T09:00")
    desk.agrees(monthly([desk.draft().named]), DIRECTOR, "2018-04-09T15:00")
    (again,) = required(desk.receives(at="2018-04-10T10:00"))
    assert again.rectification != opened.rectification


def test_a_correction_drops_what_it_leaves_out_opens_what_it_adds_and_keeps_the_rest() -> None:
    desk = issued(BOARD, STAFF)
    first, second = required(desk.receives())
    later = BOARD.model_copy(update={"finish_by": date(2018, 5, 20)})
    heard = corrected(desk, STAFF, later)
    (gone,), (opened,) = only(heard, OpinionDropped), required(heard)
    assert (gone.rectification, gone.reason) == (first.rectification, "补报检查记录")
    assert (opened.opinion, opened.finish_by) == (2, date(2018, 5, 20))
    kept = [(one.opinion, one.rectification) for one in delivery(desk).opinions]
    assert kept == [(1, second.rectification), (2, opened.rectification)]


def test_what_was_seen_done_is_not_dropped_by_a_correction() -> None:
    desk = issued(BOARD)
    desk.receives()
    follows(desk, *SEEN_DONE)
    assert only(corrected(desk, STAFF), OpinionDropped) == []


def follows(desk: DocumentDesk, *heard: type[Fact], at: str = "2018-04-19") -> None:
    """What inspection tells of the first opinion."""
    one = AnyDesk({**HANDLERS, **FOLLOWED}, roster(), *desk.desk.kept(Delivery))
    for n, kind in enumerate(heard):
        one.decides(asked(fact(desk, kind), OFFICE, at, n=n))
    desk.desk.keeps(one.kept(Delivery))


def fact(desk: DocumentDesk, kind: type[Fact]) -> EventData:
    said = {"rectification": delivery(desk).opinions[0].rectification, "report": ONE}
    more = {"on_time": True, "was_overdue": False, "deadline": date(2018, 5, 1), "provisional": False}
    return kind.model_validate({**said, **{name: more[name] for name in more if name in kind.model_fields}})


SEEN_DONE = (RectificationSubmitted, RectificationVerified)
TO_DO, SUBMITTED, VERIFIED, CLOSED = OpinionStage


@pytest.mark.parametrize(
    ("heard", "stage"),
    [
        ((RectificationSubmitted,), SUBMITTED),
        ((RectificationSubmitted, RectificationSentBack), TO_DO),
        ((RectificationSubmitted, SubmittedWorkWithdrawn), TO_DO),
        (SEEN_DONE, VERIFIED),
        ((*SEEN_DONE, RectificationReopened), TO_DO),
        ((*SEEN_DONE, RectificationReopened, ReopeningWithdrawn), VERIFIED),
        ((*SEEN_DONE, SubmittedWorkWithdrawn, RectificationSubmitted), VERIFIED),
        ((*SEEN_DONE, RectificationClosed), CLOSED),
    ],
)
def test_an_opinion_is_where_the_register_has_it(heard: tuple[type[Fact], ...], stage: OpinionStage) -> None:
    desk = issued(BOARD, STAFF)
    desk.receives()
    follows(desk, *heard)
    assert [one.stage for one in delivery(desk).opinions] == [stage, TO_DO]
    assert delivery(desk).filed is None


def test_with_its_last_opinion_closed_a_document_is_filed() -> None:
    desk = issued(BOARD)
    desk.receives()
    follows(desk, *SEEN_DONE)
    assert (delivery(desk).left_open, delivery(desk).filed) == (0, None)
    follows(desk, RectificationClosed, at="2018-05-21")
    assert delivery(desk).filed == date(2018, 5, 21)
    assert [one.what for one in delivery(desk).steps][-1] == "filed"
    assert next(one for one in desk.desk.kept(Report) if one.id == ONE).withdrawn == ""


def test_an_opinion_is_no_problem_of_the_list_of_findings() -> None:
    desk = issued(BOARD)
    desk.receives()
    one = AnyDesk({**HANDLERS, **FOLLOWED}, roster(), *desk.desk.kept(Delivery))
    kinds: tuple[type[Fact], ...] = (RectificationSubmitted, RectificationSentBack)
    for n, kind in enumerate(kinds):
        said = fact(desk, kind)
        one.decides(asked(said, OFFICE, "2018-04-19", n=n))
        gone = {"rectification": delivery(desk).opinions[0].rectification, "fact": kind.type}
        body = {**gone, "data": said.model_dump(mode="json")}
        one.decides(asked(RectificationWithdrawn.model_validate(body), OFFICE, "2018-04-20", n=n))
    assert one.kept(Problem) == []
