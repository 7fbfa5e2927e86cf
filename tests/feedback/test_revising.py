"""What late facts have changed in an issued report is corrected: drafted, reviewed, signed and delivered once more."""

from __future__ import annotations

from datetime import date

import pytest

from services.feedback.documents.model import (
    Delivery,
    DeliveryState,
    Draft,
    DraftState,
    FormerDraft,
    FormerReport,
    ReplyState,
)
from services.feedback.measures.adding import added
from services.feedback.reports.model import Report
from shared.events.documents import (
    CancelLockedRevision,
    CancelRevision,
    GivenOpinion,
    OrderLockedRevision,
    OrderRevision,
    PassReports,
    ReceiveReport,
    RedraftReports,
    ReportRevised,
    ReportSigned,
    ReviewReport,
    RevisionCancelled,
    RevisionOrdered,
    SignReports,
    WithdrawReport,
)
from shared.events.feedback import MonthlyReportIssued, QuarterlyReportIssued
from tests.asking import HALL, OFFICE, TOWNSHIP
from tests.feedback.documenting import (
    CLERK,
    DIRECTOR,
    MARCH,
    QUARTER,
    SCHEME,
    SECRETARY,
    YEAR,
    DocumentDesk,
    monthly,
    only,
)

ONE, OF_QUARTER = f"{MARCH}_{OFFICE}", f"{QUARTER}_{OFFICE}"
LATER = "2018-05-08T09:00"


def order(*reports: str) -> OrderRevision:
    return OrderRevision(reports=list(reports or (ONE,)), reason="补报3月28日的巡查")


@pytest.fixture
def desk() -> DocumentDesk:
    """March and the first quarter are issued; then a fact of March comes that was not known."""
    desk = DocumentDesk()
    desk.counts(findings=3)
    desk.closes(MARCH, QUARTER)
    desk.signed(MARCH)
    desk.signed(QUARTER)
    desk.receives()
    desk.counts(findings=4)
    return desk


def issued(desk: DocumentDesk, report: str = ONE) -> Report:
    return next(one for one in desk.desk.kept(Report) if one.id == report)


def delivery(desk: DocumentDesk, report: str = ONE) -> Delivery:
    return next(one for one in desk.desk.kept(Delivery) if one.id == report)


def revised(desk: DocumentDesk, report: str = ONE, at: str = "2018-05-09T15:00") -> list[ReportSigned]:
    """Reviewed and signed."""
    draft = desk.draft(*report.split("_"))
    desk.agrees(PassReports(drafts=[draft.named]), "p-other-clerk", LATER)
    return only(desk.agrees(SignReports(drafts=[draft.named]), SECRETARY, at), ReportSigned)


def test_only_what_has_changed_is_corrected_all_that_is_named_or_none(desk: DocumentDesk) -> None:
    assert desk.refuses(order(ONE, f"{MARCH}_{TOWNSHIP}"), CLERK, LATER) == "nothing-to-revise"
    said = desk.agrees(order(), CLERK, LATER)
    assert only(said, RevisionOrdered) == [RevisionOrdered(report=ONE, period=MARCH, edition=2, changed=1)]
    assert (desk.draft().state, desk.draft().edition) == (DraftState.DRAFTED, 2)
    assert issued(desk).measures["findings"] == 3, "what was issued stands until the correction is"


def test_a_correction_is_numbered_delivered_and_says_what_it_corrects(desk: DocumentDesk) -> None:
    desk.agrees(order(), CLERK, LATER)
    (signed,) = revised(desk)
    one = issued(desk)
    assert signed.number == one.number == "2018年第3期（更正第1次）"
    assert (one.corrects, one.because, one.revision) == ("2018年第3期", "补报3月28日的巡查", 1)
    assert [(each.measure, each.old, each.new) for each in one.revised] == [("findings", 3, 4)]
    assert one.measures["findings"] == 4
    assert (delivery(desk).state, delivery(desk).due) == (DeliveryState.DELIVERED, date(2018, 5, 11))
    (former,) = desk.desk.kept(FormerReport)
    assert (former.id, former.report.measures["findings"], former.report.number) == (f"{ONE}@1", 3, "2018年第3期")


def test_an_original_counts_once_however_often_it_is_corrected(desk: DocumentDesk) -> None:
    desk.agrees(order(), CLERK, LATER)
    named = [desk.draft().named]
    desk.agrees(PassReports(drafts=named), "p-other-clerk", LATER)
    said = desk.agrees(SignReports(drafts=named), SECRETARY, "2018-05-09T15:00")
    assert not only(said, MonthlyReportIssued)
    assert {tuple(added(one).items()) for one in said} == {()}
    (revision,) = only(said, ReportRevised)
    assert (revision.revision, revision.corrects) == (1, "2018年第3期")


def test_a_quarters_correction_is_a_letter_with_the_next_number(desk: DocumentDesk) -> None:
    desk.agrees(order(OF_QUARTER), CLERK, LATER)
    (signed,) = revised(desk, OF_QUARTER)
    assert signed.number == "某联党函〔2018〕4号"
    assert issued(desk, OF_QUARTER).corrects.startswith("某联党函〔2018〕")


def test_it_is_corrected_a_second_time(desk: DocumentDesk) -> None:
    desk.agrees(order(), CLERK, LATER)
    assert desk.refuses(order(), CLERK, LATER) == "revision-under-way"
    revised(desk)
    assert desk.refuses(order(), CLERK, "2018-05-10T09:00") == "nothing-to-revise"
    desk.counts(findings=5)
    desk.agrees(order(), CLERK, "2018-05-10T09:00")
    revised(desk, at="2018-05-10T15:00")
    assert (issued(desk).number, issued(desk).corrects) == ("2018年第3期（更正第2次）", "2018年第3期（更正第1次）")
    assert [one.id for one in desk.desk.kept(FormerReport)] == [f"{ONE}@1", f"{ONE}@2"]


def test_facts_that_come_while_it_is_under_way_are_corrected_as_well(desk: DocumentDesk) -> None:
    desk.agrees(order(), CLERK, LATER)
    desk.counts(findings=7)
    assert desk.refuses(PassReports(drafts=[desk.draft().named]), DIRECTOR, LATER) == "figures-changed-since-draft"
    desk.agrees(RedraftReports(drafts=[desk.draft().named]), CLERK, LATER)
    assert [(each.old, each.new) for each in desk.draft().report.revised] == [(3, 7)]
    revised(desk)
    assert issued(desk).revision == 1


def test_whoever_ordered_it_does_not_review_it(desk: DocumentDesk) -> None:
    desk.agrees(order(), CLERK, LATER)
    assert desk.refuses(PassReports(drafts=[desk.draft().named]), CLERK, LATER) == "same-hand-in-document"


def test_a_correction_stays(desk: DocumentDesk) -> None:
    desk.agrees(order(), CLERK, LATER)
    revised(desk)
    assert desk.refuses(WithdrawReport(report=ONE, reason="写错"), SECRETARY, "2018-05-09T16:00") == "revision-stays"


def test_a_year_whose_assessment_is_issued_is_corrected_by_order_of_whoever_signs_that() -> None:
    desk = DocumentDesk()
    desk.counts(findings=3)
    desk.closes(MARCH, YEAR)
    desk.signed(MARCH)
    desk.signed(YEAR, at="2019-01-04T09:00")
    desk.counts(findings=4)
    late = "2019-01-10T09:00"
    assert desk.refuses(order(), CLERK, late) == "year-locked"
    locked = OrderLockedRevision(reports=[ONE, f"{YEAR}_{OFFICE}"], reason="补报")
    assert len(only(desk.agrees(locked, SECRETARY, late), RevisionOrdered)) == 2


def test_what_was_replied_goes_on_with_a_correction_that_asks_for_nothing_else() -> None:
    desk = DocumentDesk()
    desk.counts(findings=3)
    desk.closes(MARCH)
    opinion = GivenOpinion(problem="公示栏未更新", requirement="更新", finish_by=date(2018, 4, 20))
    desk.agrees(ReviewReport(draft=desk.draft().named, opinions=[opinion]), CLERK)
    desk.agrees(monthly([desk.draft().named]), DIRECTOR, "2018-04-03T15:00")
    desk.receives()
    before = delivery(desk)
    desk.counts(findings=4)
    desk.agrees(order(), CLERK, "2018-04-08T09:00")
    revised(desk, at="2018-04-08T15:00")
    assert (delivery(desk).reply, delivery(desk).reply_due) == (ReplyState.AWAITED, before.reply_due)


def test_an_opinion_whose_day_has_passed_stays_in_a_correction_as_it_was_issued() -> None:
    desk = DocumentDesk()
    desk.counts(findings=3)
    desk.closes(MARCH)
    opinion = GivenOpinion(problem="公示栏未更新", requirement="更新", finish_by=date(2018, 4, 20))
    desk.agrees(ReviewReport(draft=desk.draft().named, opinions=[opinion]), CLERK)
    desk.agrees(monthly([desk.draft().named]), DIRECTOR, "2018-04-03T15:00")
    desk.counts(findings=4)
    desk.agrees(order(), CLERK, LATER)
    reworded = opinion.model_copy(update={"problem": "公示栏没有更新"})
    again = ReviewReport(draft=desk.draft().named, opinions=[reworded])
    assert desk.refuses(again, DIRECTOR, LATER) == "opinion-due-past"
    desk.agrees(ReviewReport(draft=desk.draft().named, opinions=[opinion]), DIRECTOR, LATER)


def test_reports_of_before_documents_were_signed_are_corrected_by_documents() -> None:
    desk = DocumentDesk(None)
    desk.counts(findings=3)
    desk.closes(MARCH)
    desk.counts(findings=4)
    assert desk.refuses(order(), CLERK, LATER) == "no-document-scheme"

    desk.agrees(SCHEME.model_copy(update={"effective_from": date(2018, 5, 1)}), at="2018-04-20T09:00")
    desk.agrees(order(), CLERK, LATER)
    (signed,) = revised(desk)
    assert (signed.number, issued(desk).corrects) == ("2018年第3期（更正第1次）", "2018年3月反馈")
    assert len(desk.desk.kept(Draft)) == 1


CANCEL = CancelRevision(report=ONE, reason="补报有误，已经撤回")


def test_a_correction_that_is_not_signed_is_cancelled_and_can_be_ordered_again(desk: DocumentDesk) -> None:
    before, of_delivery = issued(desk), delivery(desk)
    assert desk.refuses(CANCEL, CLERK, LATER) == "no-revision-under-way"
    desk.agrees(order(), CLERK, LATER)
    desk.agrees(PassReports(drafts=[desk.draft().named]), DIRECTOR, LATER)
    (said,) = desk.agrees(CANCEL, CLERK, "2018-05-08T10:00")
    assert said == RevisionCancelled(report=ONE, period=MARCH, edition=3)
    assert (issued(desk), delivery(desk)) == (before, of_delivery)
    assert (desk.draft().state, desk.draft().report, desk.draft().steps[-1].note) == (
        DraftState.SIGNED,
        before,
        "补报有误，已经撤回",
    )
    assert [one.draft.report.measures["findings"] for one in desk.desk.kept(FormerDraft)] == [4]
    assert desk.refuses(CANCEL, CLERK, "2018-05-08T10:01") == "no-revision-under-way"
    desk.agrees(order(), CLERK, "2018-05-08T11:00")
    (signed,) = revised(desk)
    assert (signed.edition, signed.number) == (4, "2018年第3期（更正第1次）")


def test_what_is_signed_or_was_never_a_correction_is_not_cancelled(desk: DocumentDesk) -> None:
    desk.agrees(order(), CLERK, LATER)
    revised(desk)
    assert desk.refuses(CANCEL, CLERK, "2018-05-10T09:00") == "no-revision-under-way"
    assert desk.refuses(CANCEL.model_copy(update={"report": f"{MARCH}_{HALL}"}), CLERK) == "no-revision-under-way"
    assert desk.refuses(CANCEL.model_copy(update={"report": "2018-02_150424-D02"}), CLERK) == "report-unknown"


def test_of_a_year_that_was_assessed_whoever_signs_that_cancels_too() -> None:
    desk = DocumentDesk()
    desk.counts(findings=3)
    desk.closes(MARCH, YEAR)
    desk.signed(MARCH)
    desk.signed(YEAR, at="2019-01-04T09:00")
    desk.counts(findings=4)
    late, of_year = "2019-01-10T09:00", f"{YEAR}_{OFFICE}"
    desk.agrees(OrderLockedRevision(reports=[of_year], reason="补报"), SECRETARY, late)
    assert desk.refuses(order(), CLERK, late) == "year-locked", "also while the assessment is corrected itself"
    desk.agrees(OrderLockedRevision(reports=[ONE], reason="补报"), SECRETARY, late)
    for one in (ONE, of_year):
        assert desk.refuses(CANCEL.model_copy(update={"report": one}), CLERK, late) == "year-locked"
        desk.agrees(CancelLockedRevision(report=one, reason="不必更正"), SECRETARY, late)
    assert {one.state for one in desk.desk.kept(Draft)} == {DraftState.SIGNED}


def test_a_correction_is_signed_for_like_every_document(desk: DocumentDesk) -> None:
    desk.agrees(order(), CLERK, LATER)
    revised(desk)
    desk.agrees(ReceiveReport(report=ONE), "p-liaison", "2018-05-10T09:00", OFFICE)
    assert delivery(desk).on_time
    assert not only([*desk.agrees(order(OF_QUARTER), CLERK, "2018-05-10T10:00")], QuarterlyReportIssued)
