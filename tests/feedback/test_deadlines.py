"""What the clock tells of documents: once each, to whom it concerns, and never of what is done, void or sent back."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from services.feedback.measures.adding import added
from shared.calendar import CHINA
from shared.events import Fact
from shared.events.documents import (
    AnswerObjection,
    DocumentEscalated,
    DocumentOverdue,
    DocumentOverdueWithdrawn,
    DocumentReminded,
    DocumentStep,
    JudgeReply,
    MarkDocumentsOverdue,
    ObjectReport,
    OrderRevision,
    PassReports,
    ReceiptWithdrawn,
    ReceiveReport,
    RedeliverReport,
    ReportReceived,
    ReturnGround,
    ReturnReport,
    WithdrawReport,
)
from shared.pipeline.decisions import About, Accepted
from tests.asking import COUNTY, HALL, OFFICE, TOWNSHIP, asked, facts, moment
from tests.feedback.clocked import ONE, RECEIPT_DUE, REPLIES, Clocked, Said
from tests.feedback.documenting import CLERK, DIRECTOR, MARCH, OTHER_CLERK, monthly, only


@pytest.fixture
def desk() -> Clocked:
    desk = Clocked()
    desk.signs()
    return desk


def of(said: Said, step: DocumentStep, about: str) -> list[tuple[str, str]]:
    """Day and kind of what was said of a step about somebody."""
    return [
        (f"{day:%m-%d}", one.type) for day, whose, one in said if whose == about and getattr(one, "step", 0) is step
    ]


def rate(said: list[Fact], name: str = "receipts-on-time") -> tuple[int, int]:
    """Numerator and denominator of what facts add."""
    counted: Counter[str] = Counter()
    for one in said:
        counted.update(added(one))
    return counted[f"{name}.n"], counted[f"{name}.d"]


def test_a_receipt_is_reminded_of_marked_asked_for_again_and_told_above_once_each(desk: Clocked) -> None:
    said = desk.ticks("2018-04-04", "2018-04-30")
    assert of(said, DocumentStep.RECEIPT, TOWNSHIP) == [
        ("04-05", "document-reminded"),
        ("04-09", "document-overdue"),
        ("04-11", "document-reminded"),
    ]
    assert of(said, DocumentStep.RECEIPT, COUNTY) == [("04-12", "document-escalated")] * 3
    (again,) = [one for day, whose, one in said if (whose, day) == (TOWNSHIP, date(2018, 4, 11))]
    assert isinstance(again, DocumentReminded)
    assert (again.is_late, again.due) == (True, RECEIPT_DUE)
    above = {one.organisation for _, _, one in said if isinstance(one, DocumentEscalated) and one.step == "receipt"}
    assert above == {HALL, OFFICE, TOWNSHIP}


def test_the_numbers_of_days_are_the_schemes() -> None:
    desk = Clocked(remind_days=0, urge_days=0, escalation_days=1)
    desk.signs()
    said = desk.ticks("2018-04-04", "2018-04-30")
    assert of(said, DocumentStep.RECEIPT, TOWNSHIP) == [("04-09", "document-overdue")]
    assert of(said, DocumentStep.RECEIPT, COUNTY)[0] == ("04-10", "document-escalated")


def test_the_clock_does_not_look_ahead_of_its_own_time(desk: Clocked) -> None:
    tick = asked(MarkDocumentsOverdue(day=date(2018, 6, 1)), COUNTY, "2018-04-05T00:00")
    verdict = desk.desk.decides(tick, desk.waiting())
    assert isinstance(verdict, Accepted)
    assert {type(one) for _, one in facts(verdict, COUNTY)} == {DocumentReminded}


def test_what_is_signed_for_in_time_is_late_no_more_and_counts_once(desk: Clocked) -> None:
    desk.receives(of=TOWNSHIP, at="2018-04-08T17:00")
    said = desk.ticks("2018-04-04", "2018-04-30")
    assert of(said, DocumentStep.RECEIPT, TOWNSHIP) == []


def test_a_late_receipt_is_in_the_rate_once_whether_the_clock_or_the_recipient_came_first(desk: Clocked) -> None:
    (early,) = desk.receives(of=HALL, at="2018-04-10T09:00")
    assert rate([early]) == (0, 1)
    marks = [one for _, whose, one in desk.ticks("2018-04-09", "2018-04-09") if whose == TOWNSHIP]
    (late,) = desk.receives(of=TOWNSHIP, at="2018-04-10T09:00")
    assert late == ReportReceived(report=f"{MARCH}_{TOWNSHIP}", period=MARCH, on_time=False, was_overdue=True)
    assert rate([*marks, late]) == (0, 1)


def test_a_receipt_in_time_that_reaches_us_after_the_mark_takes_the_mark_back(desk: Clocked) -> None:
    marks = [one for _, whose, one in desk.ticks("2018-04-09", "2018-04-12") if whose == TOWNSHIP]
    unmarked, received = desk.receives(of=TOWNSHIP, at="2018-04-08T16:00")
    assert isinstance(unmarked, DocumentOverdueWithdrawn)
    assert rate([*marks, unmarked, received]) == (1, 1)
    assert desk.kept(f"{MARCH}_{TOWNSHIP}").reminders == ()


def test_what_is_taken_back_counts_as_of_when_it_was_marked(desk: Clocked) -> None:
    desk.ticks("2018-04-09", "2018-04-09")
    verdict = desk.says(ReceiveReport(report=ONE), "p-liaison", "2018-04-08T16:00", OFFICE)
    assert isinstance(verdict, Accepted)
    times = {type(one.fact): one.time for one in verdict.facts if isinstance(one, About)}
    assert times[DocumentOverdueWithdrawn] == moment("2018-04-09T00:00").astimezone(CHINA)


@pytest.mark.parametrize("received", ["", "2018-04-04T10:00", "2018-04-10T10:00"])
def test_what_is_sent_back_counts_no_more_and_is_due_only_when_it_is_delivered_again(
    desk: Clocked, received: str
) -> None:
    in_time = "" < received < "2018-04-09"
    said = desk.receives(at=received) if in_time else []
    said += [one for _, whose, one in desk.ticks("2018-04-09", "2018-04-10") if whose == OFFICE]
    said += desk.receives(at=received) if received and not in_time else []
    back = ReturnReport(report=ONE, ground=ReturnGround.WRONG_ADDRESSEE)
    said += desk.agrees(back, "p", "2018-04-10T11:00", OFFICE)
    assert rate(said) == (0, 0)
    assert bool(only(said, ReceiptWithdrawn)) == bool(received)
    assert of(desk.ticks("2018-04-11", "2018-04-20"), DocumentStep.RECEIPT, OFFICE) == []
    desk.agrees(RedeliverReport(report=ONE), CLERK, "2018-04-20T09:00")
    later = desk.ticks("2018-04-21", "2018-05-03")
    assert of(later, DocumentStep.RECEIPT, OFFICE)[:2] == [
        ("04-24", "document-reminded"),
        ("04-25", "document-overdue"),
    ]
    assert desk.kept().reply_due == date(2018, 4, 27)


def test_what_is_withdrawn_falls_due_no_more_and_its_mark_counts_no_more(desk: Clocked) -> None:
    marks = [one for _, whose, one in desk.ticks("2018-04-09", "2018-04-10") if whose == OFFICE]
    said = desk.agrees(WithdrawReport(report=ONE, reason="写错"), DIRECTOR, "2018-04-10T09:00")
    assert rate([*marks, *said]) == (0, 0)
    later = desk.ticks("2018-04-11", "2018-04-30")
    assert {getattr(one, "step", "") for _, _, one in later if getattr(one, "report", "") == ONE} == {
        DocumentStep.REVIEW
    }


def test_a_reply_that_does_not_come_is_late_also_where_the_document_is_not_signed_for(desk: Clocked) -> None:
    said = desk.ticks("2018-04-04", "2018-04-30")
    assert of(said, DocumentStep.REPLY, OFFICE) == [("04-11", "document-reminded"), ("04-12", "document-overdue")]
    assert rate([one for _, _, one in said], "replies-on-time") == (0, 1)


def test_a_reply_counts_once_however_often_it_is_returned(desk: Clocked) -> None:
    said = [*desk.receives(), *desk.agrees(REPLIES, "p", "2018-04-10T09:00", OFFICE)]
    said += desk.agrees(JudgeReply(report=ONE, accepted=False, reason="补充"), CLERK, "2018-04-11T09:00")
    marks = desk.ticks("2018-04-12", "2018-04-30")
    assert of(marks, DocumentStep.REPLY, OFFICE)[:2] == [("04-18", "document-reminded"), ("04-19", "document-overdue")]
    assert [one.again for _, _, one in marks if isinstance(one, DocumentOverdue) and one.step == "reply"] == [True]
    said += [one for _, _, one in marks if getattr(one, "step", "") == "reply"]
    said += desk.agrees(REPLIES, "p", "2018-04-30T09:00", OFFICE)
    assert rate(said, "replies-on-time") == (1, 1)


def test_a_correction_that_asks_for_nothing_else_is_not_found_of_the_same_day_again(desk: Clocked) -> None:
    desk.receives()
    found = of(desk.ticks("2018-04-04", "2018-04-12"), DocumentStep.REPLY, OFFICE)
    assert found == [("04-11", "document-reminded"), ("04-12", "document-overdue")]
    desk.counts(findings=4)
    desk.agrees(OrderRevision(reports=[ONE], reason="补报"), CLERK, "2018-04-12T09:00")
    desk.agrees(PassReports(drafts=[desk.draft().named]), OTHER_CLERK, "2018-04-12T10:00")
    desk.agrees(monthly([desk.draft().named]), DIRECTOR, "2018-04-12T15:00")
    later = desk.ticks("2018-04-13", "2018-04-30")
    assert of(later, DocumentStep.REPLY, OFFICE) == []
    assert of(later, DocumentStep.RECEIPT, OFFICE)[:2] == [
        ("04-14", "document-reminded"),
        ("04-17", "document-overdue"),
    ]


def test_the_office_is_marked_for_what_it_leaves_and_that_is_in_no_recipients_rate(desk: Clocked) -> None:
    desk.receives()
    desk.agrees(REPLIES, "p", "2018-04-10T09:00", OFFICE)
    desk.agrees(ObjectReport(report=ONE, item="得分", reason="有误"), "p", "2018-04-09T09:00", OFFICE)
    said = desk.ticks("2018-04-10", "2018-04-27")
    of_one = [(day, whose, one) for day, whose, one in said if getattr(one, "report", "") == ONE]
    assert of(of_one, DocumentStep.JUDGING, COUNTY) == [
        ("04-13", "document-reminded"),
        ("04-14", "document-overdue"),
        ("04-19", "document-escalated"),
    ]
    assert of(of_one, DocumentStep.ANSWER, COUNTY)[1] == ("04-17", "document-overdue")
    assert [added(one) for _, _, one in of_one] == [{}] * len(of_one)
    desk.agrees(AnswerObjection(report=ONE, objection=1, upheld=False, answer="维持"), CLERK, "2018-04-27T09:00")
    desk.agrees(JudgeReply(report=ONE, accepted=True), CLERK, "2018-04-27T09:00")
    assert not [one for *_, one in desk.ticks("2018-04-28", "2018-05-31") if getattr(one, "report", "") == ONE]


def test_review_and_signature_are_watched_and_what_is_signed_no_more() -> None:
    desk = Clocked()
    said = desk.ticks("2018-04-02", "2018-04-12")
    days = dict.fromkeys(of(said, DocumentStep.REVIEW, COUNTY))
    assert [*days] == [
        ("04-04", "document-reminded"),
        ("04-05", "document-overdue"),
        ("04-11", "document-escalated"),
    ]
    desk.agrees(PassReports(drafts=desk.named(MARCH)), CLERK, "2018-04-12T09:00")
    signature = of(desk.ticks("2018-04-13", "2018-04-17"), DocumentStep.SIGNATURE, COUNTY)
    assert [*dict.fromkeys(signature)] == [("04-14", "document-reminded"), ("04-17", "document-overdue")]
    desk.agrees(monthly(desk.named(MARCH)), DIRECTOR, "2018-04-17T15:00")
    later = desk.ticks("2018-04-18", "2018-05-31")
    assert {one.step for *_, one in later if isinstance(one, DocumentOverdue)} == {DocumentStep.RECEIPT}


def test_what_is_stored_says_what_waits_until_all_is_told(desk: Clocked) -> None:
    def waits() -> list[tuple[str, bool]]:
        return [(one["step"], one["escalated"]) for one in desk.kept().to_store()["waits"]]

    assert waits() == [("receipt", False), ("reply", False)]
    desk.ticks("2018-04-04", "2018-04-12")
    assert waits() == [("receipt", True), ("reply", False)]
    desk.receives(at="2018-04-13T09:00")
    assert waits() == [("reply", False)]
    desk.agrees(REPLIES, "p", "2018-04-13T10:00", OFFICE)
    desk.agrees(JudgeReply(report=ONE, accepted=True), CLERK, "2018-04-16T09:00")
    assert waits() == []
