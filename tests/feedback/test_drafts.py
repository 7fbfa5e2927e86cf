"""Reports are drafted when their period closes, made anew while facts come, and reviewed by another hand."""

from __future__ import annotations

from datetime import date

import pytest

from services.feedback.documents.model import DocumentScheme, Draft, DraftState, FormerDraft
from services.feedback.reports import periods
from services.feedback.reports.model import PeriodRecord, Report
from shared.events.documents import (
    AdoptDocumentScheme,
    GivenOpinion,
    PassReports,
    RedraftReports,
    ReportDrafted,
    ReportReviewed,
    ReviewReport,
    SendBackReports,
)
from shared.events.feedback import ClosePeriod, MonthlyReportIssued, PeriodClosed
from tests.asking import OFFICE
from tests.feedback.documenting import (
    CLERK,
    DIRECTOR,
    MARCH,
    OTHER_CLERK,
    RECIPIENTS,
    SCHEME,
    SECRETARY,
    YEAR,
    DocumentDesk,
    monthly,
    only,
)

OPINION = GivenOpinion(
    problem="公示栏未更新", requirement="核对并更新", finish_by=date(2018, 4, 13), responsible="首席代表"
)


@pytest.fixture
def desk() -> DocumentDesk:
    """March is closed under a scheme."""
    desk = DocumentDesk()
    desk.counts(findings=3)
    desk.closes(MARCH)
    return desk


def reviewed(desk: DocumentDesk, *opinions: GivenOpinion, advice: tuple[str, ...] = (), by: str = CLERK) -> None:
    asked = ReviewReport(draft=desk.draft().named, opinions=list(opinions), advice=list(advice))
    desk.agrees(asked, by)


def test_a_closed_period_is_drafted_for_each_recipient_and_nothing_is_issued(desk: DocumentDesk) -> None:
    drafts = desk.desk.kept(Draft)
    assert [one.organisation for one in drafts] == sorted(RECIPIENTS)
    assert {(one.state, one.edition, one.due) for one in drafts} == {(DraftState.DRAFTED, 1, date(2018, 4, 4))}
    assert desk.desk.kept(Report) == []
    assert (desk.desk.only(PeriodRecord).reports, desk.desk.only(PeriodRecord).drafts) == (0, 3)
    assert desk.draft().report.measures["findings"] == 3


def test_without_a_scheme_or_before_it_reports_are_issued_as_soon_as_the_period_is_closed() -> None:
    later = AdoptDocumentScheme(effective_from=date(2018, 4, 1), prefix="某联党")
    for scheme in (None, later):
        desk = DocumentDesk(scheme)
        desk.closes(MARCH)
        assert len(desk.desk.kept(Report)) == len(RECIPIENTS)
        assert desk.desk.kept(Draft) == []


def test_closing_says_how_many_were_drafted() -> None:
    desk = DocumentDesk()
    said = desk.agrees(ClosePeriod(period=MARCH), at=periods.over_at(MARCH).isoformat()[:16])
    assert only(said, PeriodClosed) == [PeriodClosed(period=MARCH, reports=0, replaced_by=None, drafts=3)]
    assert len(only(said, ReportDrafted)) == 3
    assert not only(said, MonthlyReportIssued)


def test_opinions_take_the_place_of_those_before_and_the_edition_that_was_is_kept(desk: DocumentDesk) -> None:
    reviewed(desk, OPINION, advice=("请认真整改。",))
    one = desk.draft()
    assert (one.state, one.edition, one.reviewed_by) == (DraftState.REVIEWED, 2, CLERK)
    assert [(each.problem, each.finish_by) for each in one.required] == [("公示栏未更新", date(2018, 4, 13))]
    assert one.advice == ("请认真整改。",)
    assert one.due == date(2018, 4, 4)
    assert desk.desk.only(FormerDraft).draft.required == ()


def test_a_review_that_changes_nothing_leaves_the_edition(desk: DocumentDesk) -> None:
    reviewed(desk)
    assert (desk.draft().edition, desk.draft().state) == (1, DraftState.REVIEWED)
    assert desk.desk.kept(FormerDraft) == []


def test_a_figure_is_never_changed_by_a_review(desk: DocumentDesk) -> None:
    before = desk.draft().report
    reviewed(desk, OPINION)
    assert desk.draft().report == before


@pytest.mark.parametrize(
    ("opinion", "slug"),
    [
        (OPINION.model_copy(update={"finish_by": None}), "opinion-without-due"),
        (OPINION.model_copy(update={"finish_by": date(2018, 4, 2)}), "opinion-due-past"),
    ],
)
def test_what_is_required_has_a_day_to_come(desk: DocumentDesk, opinion: GivenOpinion, slug: str) -> None:
    asked = ReviewReport(draft=desk.draft().named, opinions=[OPINION, opinion])
    assert desk.refuses(asked, CLERK) == slug


def test_many_are_passed_in_one_list_all_or_none(desk: DocumentDesk) -> None:
    named = desk.named()
    assert desk.refuses(PassReports(drafts=[*named[:2], f"{named[2]}9"]), CLERK) == "draft-replaced"
    said = desk.agrees(PassReports(drafts=named), CLERK)
    assert len(only(said, ReportReviewed)) == 3
    assert {one.state for one in desk.desk.kept(Draft)} == {DraftState.REVIEWED}


def test_who_drafted_does_not_review_and_who_reviewed_does_not_sign(desk: DocumentDesk) -> None:
    desk.agrees(RedraftReports(drafts=desk.named()), CLERK)
    assert desk.refuses(PassReports(drafts=desk.named()), CLERK) == "same-hand-in-document"
    desk.agrees(PassReports(drafts=desk.named()), DIRECTOR)
    assert desk.refuses(monthly(desk.named()), DIRECTOR, "2018-04-03T09:00") == "same-hand-in-document"
    assert desk.refuses(monthly(desk.named()), CLERK, "2018-04-03T09:00") == "same-hand-in-document"
    desk.agrees(monthly(desk.named()), SECRETARY, "2018-04-03T09:00")


def test_late_facts_that_change_what_is_printed_have_it_drafted_anew(desk: DocumentDesk) -> None:
    desk.counts(findings=4)
    assert desk.refuses(PassReports(drafts=desk.named()), CLERK) == "figures-changed-since-draft"
    desk.agrees(RedraftReports(drafts=[desk.draft().named]), CLERK)
    assert (desk.draft().edition, desk.draft().report.measures["findings"]) == (2, 4)
    assert desk.desk.only(FormerDraft).draft.report.measures["findings"] == 3
    desk.agrees(PassReports(drafts=desk.named()), OTHER_CLERK)


def test_facts_between_review_and_signature_hold_the_signature(desk: DocumentDesk) -> None:
    desk.agrees(PassReports(drafts=desk.named()), CLERK)
    desk.counts(findings=4)
    assert desk.refuses(monthly(desk.named()), DIRECTOR) == "figures-changed-since-draft"


def test_what_was_given_as_opinion_stays_when_a_draft_is_made_anew(desk: DocumentDesk) -> None:
    reviewed(desk, OPINION)
    desk.agrees(RedraftReports(drafts=[desk.draft().named]), OTHER_CLERK)
    assert (desk.draft().edition, desk.draft().state, desk.draft().reviewed_by) == (3, DraftState.DRAFTED, "")
    assert [one.problem for one in desk.draft().required] == ["公示栏未更新"]


def test_standard_advice_of_a_year_follows_its_figures_until_the_office_words_it() -> None:
    desk = DocumentDesk()
    desk.counts(month="2018-05", rectifications_overdue=2)
    desk.closes(YEAR)
    asked = ReviewReport(draft=desk.draft(YEAR).named, advice=["请查明原因。"])
    assert desk.draft(YEAR).advice
    assert desk.draft(YEAR).advice == desk.draft(YEAR).report.opinions
    desk.agrees(asked, CLERK, "2019-01-02T09:00")
    desk.agrees(RedraftReports(drafts=[desk.draft(YEAR).named]), CLERK, "2019-01-02T10:00")
    assert desk.draft(YEAR).advice == ("请查明原因。",)


def test_sent_back_it_is_reviewed_again_for_a_reason(desk: DocumentDesk) -> None:
    named = desk.named()
    assert desk.refuses(SendBackReports(drafts=named, reason="写明责任人"), DIRECTOR) == "draft-not-reviewed"
    desk.agrees(PassReports(drafts=named), CLERK)
    desk.agrees(SendBackReports(drafts=[desk.draft().named], reason="写明责任人"), DIRECTOR)
    assert (desk.draft().state, desk.draft().sent_back) == (DraftState.DRAFTED, "写明责任人")
    assert [one.what for one in desk.draft().steps] == ["drafted", "reviewed", "sent-back"]


def test_what_is_not_there_is_said(desk: DocumentDesk) -> None:
    assert desk.refuses(PassReports(drafts=[f"2018-02_{OFFICE}@1"]), CLERK) == "draft-unknown"


def test_schemes_follow_one_another_by_day(desk: DocumentDesk) -> None:
    assert desk.refuses(SCHEME, at="2018-04-02T09:00") == "document-scheme-exists"
    desk.agrees(AdoptDocumentScheme(effective_from=date(2019, 1, 1), prefix="某政联"), at="2018-12-20T09:00")
    assert [one.prefix for one in desk.desk.only(DocumentScheme).history] == ["某联党", "某政联"]
