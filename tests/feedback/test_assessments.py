"""A year's list: drawn up when it is closed, anew while it is not approved, voted on, and borne by its documents."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.feedback.assessment.drawing import results
from services.feedback.assessment.model import Assessed, Assessment, AssessmentScheme, AssessmentState
from services.feedback.assessment.trial_pages import HEADS, compared
from services.feedback.assessment.voting import no_such_vote
from services.feedback.assessment.words import lost_text
from services.feedback.documents.model import Draft, DraftState
from services.feedback.handlers import HANDLERS
from services.feedback.reports.model import Report
from shared.database.documents import Document, Query
from shared.events import EventData, Fact
from shared.events.assessment import (
    AdoptAssessmentScheme,
    ApproveAssessment,
    AssessmentApproved,
    AssessmentDrawnUp,
    AssessmentNotCarried,
    AssessmentNotCarriedWithdrawn,
    Grade,
    RedrawAssessment,
    ScoringWay,
    VetoAssessment,
    VetoGround,
    VoteOutcome,
)
from shared.events.documents import SignReports
from shared.pipeline.decisions import About, Accepted, Consequence, Original, Refused, State, Verdict
from tests.asking import COUNTY, HALL, OFFICE, TOWNSHIP, asked, moment
from tests.feedback.assessing import (
    APPROVED_ON,
    ASSESSED_BY,
    KEPT,
    MANAGED,
    PUT_RIGHT,
    SIGNED_ON,
    UPHELD,
    AssessmentDesk,
    indicator,
    judged,
)
from tests.feedback.documenting import DIRECTOR, SECRETARY, YEAR, only

NEXT, NOT_CARRIED = date(2019, 1, 1), VoteOutcome.NOT_CARRIED
CONCEALED = VetoAssessment(
    member=HALL, period=YEAR, veto=VetoGround.CONCEALMENT, reason="一起投诉没有报送", proof="核查报告"
)


def adopts(**more: object) -> AdoptAssessmentScheme:
    return ASSESSED_BY.model_copy(update={"effective_from": NEXT, **more})


def test_a_closed_year_has_its_list_from_the_figures_that_its_drafts_print() -> None:
    desk = judged()
    hall, office = desk.unit(HALL).result, desk.unit(OFFICE).result
    assert (hall.score, hall.rank, hall.among, hall.grade) == (81_00, 1, 2, Grade.GOOD)
    assert (office.score, office.rank, office.grade) == (70_00, 2, Grade.PASSING)
    assert (desk.list_of_year().state, desk.list_of_year().members) == (AssessmentState.DRAWN_UP, 2)
    assert [one.organisation for one in desk.desk.kept(Assessed)] == [HALL, OFFICE], "townships have no indicators"
    assert desk.draft(YEAR, HALL).report.measures["score"]["value"] == 90


def test_months_are_never_assessed_and_quarters_only_where_the_scheme_says_so() -> None:
    desk = AssessmentDesk()
    desk.closes("2018-03", "2018-Q1")
    assert desk.desk.kept(Assessment) == []
    quarterly = AssessmentDesk(ASSESSED_BY.model_copy(update={"quarterly": True}))
    quarterly.closes("2018-03", "2018-Q1")
    assert [one.period for one in quarterly.desk.kept(Assessment)] == ["2018-Q1"]


def test_without_a_scheme_nobody_is_assessed_and_documents_are_signed_as_before() -> None:
    desk = AssessmentDesk(None)
    desk.year_is_over()
    desk.agrees(SignReports(drafts=desk.reviews()), SECRETARY, SIGNED_ON)
    assert desk.desk.kept(Assessment) == []
    assert {one.assessed for one in desk.desk.kept(Report)} == {None}


@pytest.mark.parametrize(
    ("scheme", "slug"),
    [
        (adopts(effective_from=date(2018, 1, 1)), "scheme-from-the-past"),
        (adopts(effective_from=date(2019, 2, 1)), "scheme-not-from-new-year"),
        (adopts(indicators=[MANAGED, indicator("问题整改", "rectified-on-time", 35)]), "weights-not-hundred"),
        (adopts(indicators=[MANAGED, PUT_RIGHT, MANAGED]), "indicator-listed-twice"),
        (adopts(indicators=[MANAGED, indicator("其他", "incidents", 40)]), "figure-unknown"),
        (adopts(indicators=[MANAGED, indicator("其他", "score", 40, divided_by="findings")]), "not-a-quotient"),
        (adopts(indicators=[MANAGED, indicator("其他", "visits", 40, target=0)]), "target-is-floor"),
        (adopts(good_from=95), "grades-out-of-order"),
        (
            adopts(indicators=[MANAGED, PUT_RIGHT, indicator("加分", "subplans", 11, way=ScoringWay.BONUS)]),
            "adjustments-beyond-most",
        ),
    ],
)
def test_a_scheme_holds_from_a_new_year_and_comes_to_a_hundred(scheme: AdoptAssessmentScheme, slug: str) -> None:
    assert AssessmentDesk().refuses(scheme, at="2018-06-01T09:00") == slug


def test_schemes_follow_one_another() -> None:
    desk = AssessmentDesk()
    desk.agrees(adopts(), at="2018-06-01T09:00")
    assert desk.refuses(adopts(quarterly=True), at="2018-07-01T09:00") == "assessment-scheme-exists"
    schemes = desk.desk.only(AssessmentScheme)
    assert [one and one.effective_from.year for one in (schemes.of("2018"), schemes.of("2019"))] == [2018, 2019]
    assert (schemes.of("2017"), schemes.of("2018-05")) == (None, None)


def test_a_list_is_approved_by_more_than_half_of_those_present() -> None:
    desk = judged()
    assert desk.refuses(desk.votes(in_favour=2), DIRECTOR) == "not-carried", "what says no outcome says that it carried"
    short = desk.votes().model_copy(update={"present": 6})
    assert desk.refuses(short, DIRECTOR) == "votes-not-all"
    half = short.model_copy(update={"present": 4, "in_favour": 2, "against": 2})
    assert desk.refuses(half, DIRECTOR) == "not-carried"
    assert desk.refuses(desk.votes(held_on=date(2019, 1, 9)), DIRECTOR) == "meeting-out-of-time"
    assert desk.refuses(desk.votes(held_on=date(2018, 12, 31)), DIRECTOR) == "meeting-out-of-time"
    assert desk.refuses(desk.votes(edition=2), DIRECTOR) == "assessment-replaced"
    (said,) = desk.agrees(desk.votes(), DIRECTOR)
    assert said == AssessmentApproved(period=YEAR, edition=1)
    assert (desk.unit(HALL).is_approved, desk.unit(HALL).result.approved_on) == (True, date(2019, 1, 8))


def test_an_approval_that_is_repeated_changes_nothing() -> None:
    desk = judged()
    desk.agrees(desk.votes(), DIRECTOR)
    before = (desk.list_of_year(), desk.unit())
    assert desk.refuses(desk.votes(), DIRECTOR, "2019-01-08T17:00") == "assessment-already-approved"
    assert desk.refuses(RedrawAssessment(period=YEAR), DIRECTOR) == "assessment-already-approved"
    assert (desk.list_of_year(), desk.unit()) == before


def test_a_vote_that_is_not_carried_is_kept_and_another_may_follow() -> None:
    desk = judged()
    lost = desk.votes(in_favour=2).model_copy(update={"outcome": NOT_CARRIED})
    assert desk.agrees(lost, DIRECTOR) == [AssessmentNotCarried(period=YEAR, edition=1)]
    waits = desk.list_of_year()
    assert (waits.state, waits.steps[-1].what, desk.unit().is_approved) == (
        AssessmentState.DRAWN_UP,
        "not-carried",
        False,
    )
    assert waits.voted_down is not None
    assert lost_text(waits.voted_down.vote) == "2019年1月8日书记办公会表决未通过（到会5人，赞成2票、反对3票、弃权0票）"
    assert desk.refuses(lost, DIRECTOR, "2019-01-08T17:00") == "vote-already-entered"
    before = desk.votes(held_on=date(2019, 1, 7))
    assert desk.refuses(before, DIRECTOR, "2019-01-09T10:00") == "meeting-before-the-last"
    desk.redraws("2019-01-09T09:00")
    assert desk.list_of_year().voted_down is None, "of the new edition nobody has voted"
    carried = desk.votes(2, held_on=date(2019, 1, 9)).model_copy(update={"outcome": VoteOutcome.CARRIED})
    desk.agrees(carried, DIRECTOR, "2019-01-09T10:00")
    approved = desk.list_of_year()
    assert (approved.state, len(approved.votes_lost)) == (AssessmentState.APPROVED, 1)


@given(st.integers(1, 40), st.data())
@settings(max_examples=40)
def test_an_outcome_is_borne_out_by_its_numbers(present: int, data: st.DataObject) -> None:
    in_favour = data.draw(st.integers(0, present))
    outcome = data.draw(st.sampled_from(VoteOutcome))
    voted = ApproveAssessment(
        period=YEAR, edition=1, held_on=NEXT, present=present, in_favour=in_favour, against=present - in_favour,
        abstained=0, outcome=outcome,
    )  # fmt: skip
    wrong = no_such_vote(None, voted, moment("2019-01-08T16:00"))
    is_borne_out = (in_favour > present - in_favour) is (outcome is VoteOutcome.CARRIED)
    assert (wrong and wrong.slug) == (None if is_borne_out else "outcome-mismatch")


def test_a_vote_that_was_mistyped_is_taken_back_and_all_is_as_before() -> None:
    desk = judged()
    before = desk.list_of_year()
    lost = desk.votes(in_favour=2).model_copy(update={"outcome": NOT_CARRIED})
    (fact,) = desk.agrees(lost, DIRECTOR)
    back = undone(desk, lost, fact)
    assert isinstance(back, Accepted)
    assert [one.fact for one in back.facts if isinstance(one, About)] == [
        AssessmentNotCarriedWithdrawn(period=YEAR, edition=1)
    ]
    desk.desk.keeps([one for one in back.changes if isinstance(one, Document)])
    now = desk.list_of_year()
    assert (now.voted_down, now.votes_lost, now.state, now.edition) == (None, (), before.state, before.edition)
    assert [one.what for one in now.steps[len(before.steps) :]] == ["not-carried", "not-carried-withdrawn"]
    desk.agrees(desk.votes(), DIRECTOR, "2019-01-08T18:00")


def test_late_facts_ask_for_another_edition_before_it_is_approved() -> None:
    desk = judged()
    desk.scores(OFFICE, 100, 10)
    desk.redrafts()
    assert desk.refuses(desk.votes(), DIRECTOR) == "assessment-outdated"
    desk.redraws()
    assert (desk.list_of_year().edition, desk.unit().result.score, desk.unit().result.rank) == (2, 100_00, 1)
    desk.agrees(desk.votes(edition=2), DIRECTOR)


def test_an_annual_document_is_signed_after_its_list_is_approved_and_bears_the_result() -> None:
    desk = judged()
    named = desk.reviews()
    assert desk.refuses(SignReports(drafts=named), SECRETARY, SIGNED_ON) == "assessment-not-approved"
    desk.agrees(desk.votes(), DIRECTOR)
    desk.agrees(SignReports(drafts=named), SECRETARY, SIGNED_ON)
    issued = {one.organisation: one.assessed for one in desk.desk.kept(Report)}
    assert issued[OFFICE] == desk.unit(OFFICE).result
    assert issued[TOWNSHIP] is None
    assert issued[HALL] == desk.unit(HALL).result
    assert desk.unit(HALL).result.approved_on == date(2019, 1, 8)


def test_figures_that_changed_after_the_approval_keep_a_document_from_being_signed() -> None:
    desk = judged()
    desk.agrees(desk.votes(), DIRECTOR)
    desk.scores(OFFICE, 100, 10)
    desk.redrafts()
    assert desk.refuses(SignReports(drafts=desk.reviews()), SECRETARY, SIGNED_ON) == "assessed-otherwise"


def test_a_veto_keeps_the_grade_down_once_the_list_is_drawn_up_anew() -> None:
    desk = AssessmentDesk()
    desk.scores(HALL, 100, 10)
    desk.scores(OFFICE, 80, 10)
    desk.year_is_over()
    assert desk.unit(HALL).result.grade is Grade.EXCELLENT
    desk.agrees(CONCEALED, DIRECTOR)
    assert desk.refuses(CONCEALED, DIRECTOR, "2019-01-08T16:30") == "already-vetoed"
    assert desk.refuses(desk.votes(), DIRECTOR) == "assessment-outdated"
    desk.redraws()
    assert (desk.unit(HALL).result.grade, desk.unit(HALL).result.score) == (Grade.PASSING, 100_00)
    desk.agrees(desk.votes(edition=2), DIRECTOR)
    other = CONCEALED.model_copy(update={"member": OFFICE})
    assert desk.refuses(other, DIRECTOR) == "assessment-already-approved"


def test_a_veto_is_of_a_unit_that_is_assessed_and_of_no_month() -> None:
    desk = judged()
    assert desk.refuses(CONCEALED.model_copy(update={"member": "150424100202"})) == "not-assessed"
    assert desk.refuses(CONCEALED.model_copy(update={"period": "2018-12"})) == "month-not-assessed"


def test_two_members_change_places_when_the_year_is_tried_with_other_weights() -> None:
    """The hall leads by how its window is kept, the office by what it put right: weights say who is first."""
    desk = judged()
    weights = [one.model_copy(update={"weight": weight}) for one, weight in ((MANAGED, 10), (PUT_RIGHT, 90))]
    desk.agrees(adopts(indicators=[*weights, UPHELD]), at="2018-06-01T09:00")
    in_force, tried = desk.desk.only(AssessmentScheme).history
    reports = [one.report for one in desk.desk.kept(Draft) if one.period == YEAR]
    before = {one.organisation: one.result for one in desk.desk.kept(Assessed)}
    assert results(in_force, reports, ()) == before, "what is in force is what the list says"
    lines = [dict(zip(HEADS, line, strict=True)) for line in compared(reports, before, results(tried, reports, ()))]
    heads = ("现行得分", "试算得分", "增减", "现行名次", "试算名次")
    office, hall = ([line[head].value for head in heads] for line in lines)
    assert office == [70.0, 95.0, 25.0, 2, 1], "the first in the trial"
    assert hall == [81.0, 88.5, 7.5, 1, 2]


def undone(desk: AssessmentDesk, data: EventData, fact: Fact) -> Verdict:
    """What takes back a submission that told this fact about the county."""
    at, handler = moment("2019-01-08T16:00"), HANDLERS[type(data)]
    of = Original(
        "id",
        asked(data, COUNTY, APPROVED_ON).key,
        data.type,
        COUNTY,
        COUNTY,
        at,
        True,
        (Consequence(fact, COUNTY, at, COUNTY),),
    )
    kept: list[Document] = [one for kind in (*KEPT, AssessmentScheme) for one in desk.desk.kept(kind)]
    state = State(desk.desk.roster)
    for need in handler.undo_needs(of):
        if isinstance(need, Query):
            state.copy.load_found(need, [one for one in kept if isinstance(one, need.kind)])
        else:
            state.copy.load([one for one in kept if isinstance(one, need.kind) and one.id == need.id])
    assert handler.undo is not None
    return handler.undo(state, of)


def test_an_approval_is_taken_back_until_a_document_is_signed() -> None:
    desk = judged()
    (fact,) = desk.agrees(desk.votes(), DIRECTOR)
    back = undone(desk, desk.votes(), fact)
    assert isinstance(back, Accepted)
    desk.desk.keeps([one for one in back.changes if isinstance(one, Document)])
    assert (desk.list_of_year().state, desk.unit().is_approved) == (AssessmentState.DRAWN_UP, False)
    assert desk.unit().result.approved_on is None
    (fact,) = desk.agrees(desk.votes(), DIRECTOR, "2019-01-08T18:00")
    desk.agrees(SignReports(drafts=desk.reviews()), SECRETARY, SIGNED_ON)
    assert {one.state for one in desk.desk.kept(Draft)} == {DraftState.SIGNED}
    refused = undone(desk, desk.votes(), fact)
    assert isinstance(refused, Refused)
    assert refused.slug == "assessment-signed"


def test_a_scheme_under_which_a_list_was_drawn_up_stays() -> None:
    desk = judged()
    (fact,) = [fact for _, fact in AssessmentDesk(None).desk.agrees(ASSESSED_BY, at="2018-01-01T08:30")]
    refused = undone(desk, ASSESSED_BY, fact)
    assert isinstance(refused, Refused)
    assert refused.slug == "assessed-under-it"


def test_what_is_told_carries_no_score() -> None:
    desk = judged()
    desk.redraws()
    said = desk.agrees(desk.votes(edition=2), DIRECTOR)
    assert only(said, AssessmentDrawnUp) == []
    assert {*AssessmentDrawnUp.model_fields, *AssessmentApproved.model_fields} == {"period", "edition", "members"}
