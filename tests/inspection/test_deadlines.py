"""What the clock tells of findings: nearly due, overdue, escalated, waiting for a verifier, closed; once each."""

from __future__ import annotations

from datetime import date

import pytest

from services.inspection.rectifications.model import Stage
from shared.events.inspection import (
    LogInspection,
    RectificationEscalated,
    RectificationFellDue,
    RectificationNearDeadline,
    RectificationOpened,
    RectificationOverdue,
    RectificationReferred,
    SubmitRectification,
    VerificationDue,
)
from shared.events.vocabulary import PatrolKind
from tests.asking import COUNTY, HALL, OFFICE, STATION, TOWNSHIP
from tests.inspection.rectifying import FINDING, Case, kinds

DEADLINE = date(2018, 3, 8)
"""A Thursday: three working days after a Monday."""
ESCALATED = ["rectification-referred", "rectification-escalated"]


def test_one_working_day_before_the_deadline_it_is_told_and_the_day_after_it_is_overdue() -> None:
    case = Case()
    days = case.days("2018-03-06", "2018-03-09")
    assert days == [
        ((STATION, RectificationNearDeadline(rectification=case.id, deadline=DEADLINE)),),
        (
            (STATION, RectificationFellDue(rectification=case.id, due=DEADLINE, in_time=False)),
            (STATION, RectificationOverdue(rectification=case.id, deadline=DEADLINE)),
        ),
    ]
    assert case.it.marked is not None


def test_the_working_day_that_is_left_may_lie_behind_a_holiday() -> None:
    case = Case(FINDING.model_copy(update={"rectify_within": 2}), "2018-02-13")
    assert case.it.deadline == date(2018, 2, 22)
    assert [kinds(facts) for facts in case.days("2018-02-14", "2018-02-16")] == [["rectification-near-deadline"]]


def test_three_working_days_overdue_it_is_told_to_the_organisation_above_and_stands_in_its_own_report() -> None:
    case = Case()
    case.days("2018-03-06", "2018-03-13")
    facts = case.looks("2018-03-14")
    own = RectificationReferred(rectification=case.id, above=TOWNSHIP, deadline=DEADLINE)
    above = RectificationEscalated(rectification=case.id, organisation=STATION, deadline=DEADLINE)
    assert facts == ((STATION, own), (TOWNSHIP, above))
    assert (case.sum("rectifications-overdue"), case.sum("rectifications-escalated")) == (1, 1)
    assert (case.sum("rectifications-escalated", TOWNSHIP), case.sum("escalations-received", TOWNSHIP)) == (0, 1)
    assert case.days("2018-03-15", "2018-06-30") == []


def test_a_clock_that_was_away_tells_everything_at_once() -> None:
    case = Case()
    assert kinds(case.looks("2018-05-02")) == ["rectification-fell-due", "rectification-overdue", *ESCALATED]
    assert case.looks("2018-05-02") == ()


def test_submitted_work_is_never_overdue_but_its_verifier_is_told_after_three_working_days() -> None:
    case = Case()
    case.submits("2018-03-07")
    due = VerificationDue(rectification=case.id, organisation=STATION, submitted=date(2018, 3, 7))
    assert [kinds(facts) for facts in case.days("2018-03-08", "2018-03-12")] == [["rectification-fell-due"]]
    assert case.looks("2018-03-13") == ((TOWNSHIP, due),)
    assert case.days("2018-03-14", "2018-06-30") == []


@pytest.mark.parametrize(("by", "verifier"), [(STATION, TOWNSHIP), (TOWNSHIP, COUNTY)])
def test_the_reminder_goes_to_the_nearest_above_that_did_not_submit_it(by: str, verifier: str) -> None:
    case = Case()
    case.submits("2018-03-07", by)
    assert [about for about, fact in case.looks("2018-03-13") if isinstance(fact, VerificationDue)] == [verifier]


def test_verified_work_is_closed_when_it_can_no_longer_be_reopened() -> None:
    case = Case()
    case.submits("2018-03-07")
    case.verifies("2018-03-08")
    assert [kinds(facts) for facts in case.days("2018-03-09", "2018-04-07")] == [["rectification-fell-due"]]
    assert kinds(case.looks("2018-04-08")) == ["rectification-closed"]
    assert (case.it.stage, case.it.look) == (Stage.CLOSED, None)


def test_a_submission_learnt_late_takes_mark_and_escalation_back_as_of_when_they_were_made() -> None:
    case = Case()
    case.days("2018-03-06", "2018-03-20")
    marked, escalated = case.it.marked, case.it.escalated
    facts = case.submits("2018-03-08T20:00")
    taken_back = ["overdue-withdrawn", "referral-withdrawn", "escalation-withdrawn"]
    assert kinds(facts) == ["rectification-submitted", *taken_back, "fell-due-withdrawn", "rectification-fell-due"]
    assert (marked, escalated) != (None, None)
    assert (case.it.marked, case.it.escalated, case.it.escalations) == (None, None, 0)
    assert (case.sum("rectifications-overdue"), case.sum("rectifications-escalated")) == (0, 0)
    assert case.sum("escalations-received", TOWNSHIP) == 0
    case.verifies("2018-03-21")
    assert (case.sum("rectified-on-time.n"), case.sum("rectified-on-time.d")) == (1, 1)


def test_late_work_learnt_after_the_escalation_takes_only_that_back() -> None:
    case = Case()
    case.days("2018-03-06", "2018-03-20")
    facts = case.submits("2018-03-12")
    assert kinds(facts) == ["rectification-submitted", "referral-withdrawn", "escalation-withdrawn"]
    assert (case.sum("rectifications-overdue"), case.sum("rectifications-escalated")) == (1, 0)


def test_an_extension_given_in_time_and_learnt_late_takes_the_mark_back() -> None:
    case = Case()
    case.days("2018-03-06", "2018-03-09")
    taken_back = ["overdue-withdrawn", "fell-due-withdrawn"]
    assert kinds(case.extends("2018-03-08", days=5)) == ["rectification-extended", *taken_back]
    assert (case.it.marked, case.sum("rectifications-overdue")) == (None, 0)


def test_an_extension_given_too_late_leaves_the_mark_and_a_second_one_counts_no_more() -> None:
    case = Case()
    case.days("2018-03-06", "2018-03-09")
    assert kinds(case.extends("2018-03-09", days=2)) == ["rectification-extended"]
    assert [kinds(facts) for facts in case.days("2018-03-10", "2018-03-13")] == [
        ["rectification-near-deadline"],
        ["rectification-overdue"],
    ]
    assert (case.it.ever_overdue, case.sum("rectifications-overdue")) == (True, 1)


def test_each_round_is_watched_anew() -> None:
    case = Case()
    case.submits("2018-03-07")
    case.sends_back("2018-03-08")
    types = [kinds(one) for one in case.days("2018-03-09", "2018-03-20")]
    assert types == [["rectification-fell-due"], ["rectification-near-deadline"], ["rectification-overdue"], ESCALATED]


def test_a_windows_work_waits_for_the_office_that_patrols_it() -> None:
    case = Case()
    window = LogInspection(patrol=PatrolKind.WINDOW, score=9000, findings=[FINDING])
    ((_, _), _, (_, opened)) = case.agrees(window, OFFICE, "2018-03-12", by=HALL)
    assert isinstance(opened, RectificationOpened)
    case.agrees(SubmitRectification(rectification=opened.rectification), OFFICE, "2018-03-13")
    case.submits("2018-03-13")
    facts = case.looks("2018-03-19")
    assert [(about, fact.organisation) for about, fact in facts if isinstance(fact, VerificationDue)] == [
        (HALL, OFFICE),
        (TOWNSHIP, STATION),
    ]
