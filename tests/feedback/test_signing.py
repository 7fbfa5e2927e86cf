"""Drafts are signed all or none, numbered without a gap, delivered, signed for, sent back and withdrawn."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from services.feedback.documents.model import Delivery, DeliveryState, Draft, DraftState, FormerReport, NumbersGiven
from services.feedback.documents.signing import content_hash
from services.feedback.measures.adding import added
from services.feedback.reports.model import Report
from shared.events.documents import (
    AdoptDocumentScheme,
    PassReports,
    ReceiptWithdrawn,
    ReceiveReport,
    RedeliverReport,
    RedraftReports,
    ReportReceived,
    ReportReturned,
    ReportSigned,
    ReportWithdrawn,
    ReturnGround,
    ReturnReport,
    SignReports,
    WithdrawReport,
)
from shared.events.feedback import AnnualReportIssued, MonthlyReportIssued, QuarterlyReportIssued
from tests.asking import COUNTY, HALL, OFFICE, TOWNSHIP, asked
from tests.feedback.documenting import (
    CLERK,
    DIRECTOR,
    MARCH,
    QUARTER,
    RECIPIENTS,
    SECRETARY,
    YEAR,
    DocumentDesk,
    monthly,
    only,
)

ONE = f"{MARCH}_{OFFICE}"


@pytest.fixture
def desk() -> DocumentDesk:
    """March and the first quarter are closed."""
    desk = DocumentDesk()
    desk.counts(findings=3)
    desk.closes(MARCH, QUARTER)
    return desk


def delivery(desk: DocumentDesk, report: str = ONE) -> Delivery:
    return next(one for one in desk.desk.kept(Delivery) if one.id == report)


def test_signed_reports_are_issued_on_the_day_of_signing_and_delivered(desk: DocumentDesk) -> None:
    said = desk.signed(MARCH)
    assert len(only(said, MonthlyReportIssued)) == len(only(said, ReportSigned)) == 3
    report = next(one for one in desk.desk.kept(Report) if one.id == ONE)
    assert (report.number, report.signed_by, report.edition) == ("2018年第3期", SECRETARY, 1)
    assert (report.issued.isoformat()[:10], report.drafted and report.drafted.isoformat()[:10]) == (
        "2018-04-03",
        "2018-04-01",
    )
    assert (delivery(desk).state, delivery(desk).due) == (DeliveryState.DELIVERED, date(2018, 4, 8))
    assert desk.draft().state is DraftState.SIGNED


def test_numbers_run_without_a_gap_in_each_series_and_year(desk: DocumentDesk) -> None:
    said = desk.signed(QUARTER)
    assert [one.number for one in only(said, ReportSigned)] == [f"某联党函〔2018〕{n}号" for n in (1, 2, 3)]
    desk.closes("2018-Q2", YEAR)
    later = desk.signed("2018-Q2", at="2018-07-03T09:00")
    assert [one.number for one in only(later, ReportSigned)] == [f"某联党函〔2018〕{n}号" for n in (4, 5, 6)]
    annual = desk.signed(YEAR, at="2019-01-04T09:00")
    assert [one.number for one in only(annual, ReportSigned)] == [f"某联党〔2019〕{n}号" for n in (1, 2, 3)]
    assert {one.id.split("/", 1)[1]: one.last for one in desk.desk.kept(NumbersGiven)} == {
        "2018/letter": 6,
        "2019/file": 3,
    }
    assert len(only(later, QuarterlyReportIssued)) == len(only(annual, AnnualReportIssued)) == 3


def test_a_refused_list_takes_no_number(desk: DocumentDesk) -> None:
    named = desk.named(QUARTER)
    desk.agrees(PassReports(drafts=named[:2]), CLERK)
    assert desk.refuses(SignReports(drafts=named), SECRETARY) == "draft-not-reviewed"
    assert desk.desk.kept(NumbersGiven) == [] == desk.desk.kept(Report)


def test_what_is_signed_is_not_signed_drafted_or_reviewed_again(desk: DocumentDesk) -> None:
    named = desk.named(MARCH)
    desk.signed(MARCH)
    for again in (SignReports(drafts=named), RedraftReports(drafts=named), PassReports(drafts=named)):
        assert desk.refuses(again, "p-deputy") == "already-signed"


def test_a_signature_is_a_persons(desk: DocumentDesk) -> None:
    desk.agrees(PassReports(drafts=desk.named(MARCH)), CLERK)
    assert desk.refuses(SignReports(drafts=desk.named(MARCH))) == "signature-without-person"


def test_by_authority_only_what_the_scheme_says_is_signed(desk: DocumentDesk) -> None:
    for one in (MARCH, QUARTER):
        desk.agrees(PassReports(drafts=desk.named(one)), CLERK)
    assert desk.refuses(monthly(desk.named(QUARTER)), DIRECTOR) == "not-by-authority"
    desk.agrees(monthly(desk.named(MARCH)), DIRECTOR)
    strict = DocumentDesk(
        AdoptDocumentScheme(effective_from=date(2018, 1, 1), prefix="某联党", director_signs_monthly=False)
    )
    strict.closes(MARCH)
    strict.agrees(PassReports(drafts=strict.named(MARCH)), CLERK)
    assert strict.refuses(monthly(strict.named(MARCH)), DIRECTOR) == "not-by-authority"


def test_the_content_is_sealed_and_the_seal_is_of_what_is_said(desk: DocumentDesk) -> None:
    (sealed, *_) = only(desk.signed(MARCH), ReportSigned)
    report = next(one for one in desk.desk.kept(Report) if one.id == sealed.report)
    assert content_hash(report) == report.content == sealed.content
    assert content_hash(report.having(version=7, withdrawn="写错")) == report.content
    assert content_hash(report.having(opinions=("另一条",))) != report.content


def test_the_recipient_signs_for_it_once_and_it_is_known_whether_in_time(desk: DocumentDesk) -> None:
    desk.signed(MARCH)
    assert only(desk.receives(at="2018-04-08T17:00"), ReportReceived)[0].on_time
    assert not only(desk.receives(of=TOWNSHIP, at="2018-04-09T08:00"), ReportReceived)[0].on_time
    assert desk.refuses(ReceiveReport(report=ONE), "p-liaison", "2018-04-09T09:00", OFFICE) == "already-received"
    assert (delivery(desk).received_by, delivery(desk).on_time) == ("p-liaison", True)


@pytest.mark.parametrize("other", [HALL, TOWNSHIP])
def test_nobody_signs_for_anothers(desk: DocumentDesk, other: str) -> None:
    desk.signed(MARCH)
    assert desk.refuses(ReceiveReport(report=ONE), "p", of=other) == "receipt-not-yours"
    assert desk.refuses(ReturnReport(report=ONE, ground=ReturnGround.UNREADABLE), "p", of=other) == "receipt-not-yours"


def test_the_county_signs_for_nobody(desk: DocumentDesk) -> None:
    desk.signed(MARCH)
    event = replace(asked(ReceiveReport(report=ONE), OFFICE, "2018-04-04T09:00", by=COUNTY), actor=CLERK)
    assert getattr(desk.desk.decides(event), "slug", "") == "receipt-not-yours"


def test_sent_back_it_is_delivered_again_with_a_day_of_its_own(desk: DocumentDesk) -> None:
    desk.signed(MARCH)
    assert desk.refuses(RedeliverReport(report=ONE), CLERK) == "not-returned"
    other = ReturnReport(report=ONE, ground=ReturnGround.OTHER)
    assert desk.refuses(other, "p", "2018-04-04T09:00", OFFICE) == "ground-without-words"
    desk.agrees(ReturnReport(report=ONE, ground=ReturnGround.WRONG_ADDRESSEE), "p", "2018-04-04T09:00", OFFICE)
    desk.agrees(RedeliverReport(report=ONE), CLERK, "2018-04-10T09:00")
    assert (delivery(desk).state, delivery(desk).due) == (DeliveryState.DELIVERED, date(2018, 4, 12))
    assert only(desk.receives(at="2018-04-12T09:00"), ReportReceived)[0].on_time


def test_a_receipt_by_mistake_is_sent_back_and_tells_what_it_takes_back(desk: DocumentDesk) -> None:
    desk.signed(MARCH)
    desk.receives()
    said, withdrawn = desk.agrees(
        ReturnReport(report=ONE, ground=ReturnGround.UNREADABLE), "p", "2018-04-05T09:00", OFFICE
    )
    assert withdrawn == ReceiptWithdrawn(report=ONE, period=MARCH, on_time=True)
    assert isinstance(said, ReportReturned)
    assert said.was_received
    assert said.was_on_time
    assert delivery(desk).received is None


def test_whoever_signed_withdraws_before_receipt_and_the_number_is_void(desk: DocumentDesk) -> None:
    desk.signed(QUARTER)
    one = f"{QUARTER}_{OFFICE}"
    before = delivery(desk, one).number
    assert desk.refuses(WithdrawReport(report=one, reason="写错"), DIRECTOR) == "not-the-signer"
    (said,) = desk.agrees(WithdrawReport(report=one, reason="写错"), SECRETARY, "2018-04-03T16:00")
    assert isinstance(said, ReportWithdrawn)
    assert added(said) == {"quarterly-reports": -1}
    assert desk.desk.only(FormerReport).report.withdrawn == "写错"
    assert desk.refuses(ReceiveReport(report=one), "p", of=OFFICE) == "report-void"
    assert (desk.draft(QUARTER).state, desk.draft(QUARTER).edition) == (DraftState.DRAFTED, 2)
    desk.agrees(PassReports(drafts=[desk.draft(QUARTER).named]), CLERK)
    desk.agrees(SignReports(drafts=[desk.draft(QUARTER).named]), SECRETARY, "2018-04-04T09:00")
    assert delivery(desk, one).number == "某联党函〔2018〕4号" != before
    assert len(desk.desk.kept(Report)) == len(RECIPIENTS)
    assert desk.receives(QUARTER, at="2018-04-04T10:00")


def test_what_was_signed_for_is_withdrawn_no_more(desk: DocumentDesk) -> None:
    desk.signed(MARCH)
    desk.receives()
    assert desk.refuses(WithdrawReport(report=ONE, reason="写错"), SECRETARY) == "already-received"


def test_there_is_one_draft_and_one_delivery_for_each_recipient(desk: DocumentDesk) -> None:
    desk.signed(MARCH)
    assert len(desk.desk.kept(Delivery)) == len(RECIPIENTS)
    assert len([one for one in desk.desk.kept(Draft) if one.period == MARCH]) == len(RECIPIENTS)
