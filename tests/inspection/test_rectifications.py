"""A finding on its way: taken on, submitted, judged by somebody else, sent back, given more time, reopened."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from services.inspection.rectifications.model import Rectification, Stage
from services.inspection.rectifications.rules.recording import withdrawn
from services.inspection.rectifications.rules.rounds import STEPS_KEPT
from shared.events.inspection import (
    LogInspection,
    RectificationExtended,
    RectificationSentBack,
    RectificationVerified,
    ReopenRectification,
    SubmitRectification,
    VerifyRectification,
)
from shared.events.refusals.rectifications import RECTIFICATIONS
from shared.events.vocabulary import PatrolKind
from shared.pipeline.decisions import About, Accepted
from tests.asking import COUNTY, HALL, NEIGHBOUR, OFFICE, OTHER_TOWNSHIP, STATION, TOWNSHIP, asked, slugs_in
from tests.inspection.rectifying import FINDING, Case, closed, kinds, only, patrol, submitted, verified


def test_work_goes_from_finding_to_verification_and_its_history_tells_it() -> None:
    case = Case()
    case.accepts("2018-03-06")
    case.submits("2018-03-07")
    assert only(case.verifies("2018-03-09")) == RectificationVerified(
        rectification=case.id, on_time=True, was_overdue=False, in_time=True
    )
    assert [(step.what, step.by) for step in case.it.steps] == [
        ("opened", STATION),
        ("accepted", STATION),
        ("submitted", STATION),
        ("verified", TOWNSHIP),
    ]
    assert (case.it.stage, case.it.above) == (Stage.VERIFIED, TOWNSHIP)


def test_the_deadline_itself_is_in_time_and_the_day_after_is_not_whenever_it_is_verified() -> None:
    for at, in_time in (("2018-03-08T23:59", True), ("2018-03-09T00:00", False)):
        case = submitted(at)
        fact = only(case.verifies("2018-03-20"))
        assert isinstance(fact, RectificationVerified)
        assert fact.on_time is in_time


def test_work_sent_back_has_as_many_working_days_again_and_is_judged_by_the_new_deadline() -> None:
    case = submitted("2018-03-12")
    back = only(case.sends_back("2018-03-13"))
    assert back == RectificationSentBack(rectification=case.id, deadline=date(2018, 3, 16), provisional=False)
    assert (case.it.stage, case.it.sent_back) == (Stage.SENT_BACK, 1)
    case.submits("2018-03-16")
    fact = only(case.verifies("2018-03-19"))
    assert isinstance(fact, RectificationVerified)
    assert fact.on_time


def test_an_extension_adds_working_days_to_the_deadline_and_not_to_the_day_it_is_given() -> None:
    case = Case()
    longer = only(case.extends("2018-03-06", days=2))
    assert longer == RectificationExtended(rectification=case.id, deadline=date(2018, 3, 12), provisional=False)


def test_what_is_reopened_no_longer_counts_as_done_and_has_a_new_deadline() -> None:
    case = verified()
    assert (case.sum("rectifications-completed"), case.sum("rectifications-open")) == (1, 0)
    assert kinds(case.reopens("2018-04-07")) == ["rectification-reopened", "verification-withdrawn"]
    assert (case.sum("rectifications-completed"), case.sum("rectifications-open")) == (0, 1)
    # Sunday the 8th is worked, for Qingming
    assert (case.it.stage, case.it.deadline, case.it.reopened) == (Stage.SENT_BACK, date(2018, 4, 10), 1)


def test_a_withdrawn_verification_counts_in_the_month_in_which_it_was_made() -> None:
    case = verified("2018-03-30")
    made = case.it.verified
    asking = ReopenRectification(rectification=case.id, reason="反弹")
    verdict = case.answers(asking, STATION, "2018-04-10", TOWNSHIP)
    assert isinstance(verdict, Accepted)
    _, withdrawn = verdict.facts
    assert isinstance(withdrawn, About)
    assert withdrawn.time == made


JUDGES = [
    (STATION, "own-work"),
    (NEIGHBOUR, "not-its-verifier"),
    (OTHER_TOWNSHIP, "not-its-verifier"),
    (HALL, "not-its-verifier"),
    (TOWNSHIP, ""),
    (COUNTY, ""),
]


@pytest.mark.parametrize(("by", "no"), JUDGES)
def test_a_stations_work_is_judged_from_above_only(by: str, no: str) -> None:
    outcome = submitted().verifies("2018-03-08", by)
    assert outcome == no if no else kinds(outcome) == ["rectification-verified"]


def test_whoever_submitted_in_its_place_does_not_judge_it_either() -> None:
    case = Case()
    case.submits("2018-03-07", by=TOWNSHIP)
    assert case.verifies("2018-03-08", TOWNSHIP) == "own-work"
    assert kinds(case.verifies("2018-03-08", COUNTY)) == ["rectification-verified"]


def test_a_windows_work_is_judged_by_the_office_that_patrols_it() -> None:
    case = Case()
    window = LogInspection(patrol=PatrolKind.WINDOW, score=9000, findings=[FINDING])
    case.agrees(window, OFFICE, "2018-03-05", by=HALL)
    it = next(one for one in case.kept(Rectification) if one.organisation == OFFICE)
    case.agrees(SubmitRectification(rectification=it.rectification), OFFICE, "2018-03-06")
    judgement = VerifyRectification(rectification=it.rectification)
    assert case.refuses(judgement, OFFICE, "2018-03-07") == "own-work"
    assert case.refuses(judgement, OFFICE, "2018-03-07", TOWNSHIP) == "not-its-verifier"
    assert case.agrees(judgement, OFFICE, "2018-03-07", HALL)


def _accepted() -> Case:
    case = Case()
    case.accepts("2018-03-06")
    return case


def _unknown_at_the_neighbours() -> str:
    case = Case()
    return case.refuses(SubmitRectification(rectification=case.id), NEIGHBOUR)


def _withdrawn() -> Case:
    case = Case()
    case.keeps(one for one in withdrawn(case.it, case.it.since, STATION).changes if isinstance(one, Rectification))
    return case


REFUSALS = [
    ("before-last-step", lambda: Case().submits("2018-03-04T23:59")),
    ("before-last-step", lambda: submitted().verifies("2018-03-06")),
    ("before-last-step", lambda: verified().reopens("2018-03-07")),
    ("not-its-verifier", lambda: submitted().sends_back("2018-03-08", OTHER_TOWNSHIP)),
    ("own-work", lambda: submitted().sends_back("2018-03-08", STATION)),
    ("own-work", lambda: verified().reopens("2018-03-09", STATION)),
    ("own-work", lambda: Case().extends("2018-03-06", by=STATION)),
    ("rectification-already-accepted", lambda: _accepted().accepts("2018-03-07")),
    ("rectification-already-submitted", lambda: submitted().submits("2018-03-08")),
    ("rectification-already-submitted", lambda: submitted().accepts("2018-03-08")),
    ("rectification-already-submitted", lambda: submitted().extends("2018-03-08")),
    ("rectification-already-verified", lambda: verified().verifies("2018-03-09")),
    ("rectification-already-verified", lambda: verified().submits("2018-03-09")),
    ("rectification-already-verified", lambda: closed().sends_back("2018-04-10")),
    ("rectification-not-submitted", lambda: Case().verifies("2018-03-06")),
    ("rectification-not-submitted", lambda: _accepted().sends_back("2018-03-07")),
    ("rectification-not-verified", lambda: submitted().reopens("2018-03-08")),
    ("rectification-withdrawn", lambda: _withdrawn().submits("2018-03-06")),
    ("rectification-withdrawn", lambda: _withdrawn().verifies("2018-03-06")),
    ("rectification-withdrawn", lambda: _withdrawn().reopens("2018-03-06")),
    ("reopen-too-late", lambda: verified().reopens("2018-04-08")),
    ("reopen-too-late", lambda: closed().reopens("2018-04-01")),
    ("unfit-reinspection", lambda: submitted().verifies("2018-03-08", reinspection=Case().id.split("/")[0])),
    ("unknown-rectification", _unknown_at_the_neighbours),
]


@pytest.mark.parametrize(("slug", "asked_for"), REFUSALS)
def test_what_may_not_be_is_refused_with_its_reason(slug: str, asked_for: object) -> None:
    assert callable(asked_for)
    assert asked_for() == slug


def test_every_reason_is_given_here() -> None:
    taking_back = slugs_in("tests/inspection/test_undoing_inspections.py", "tests/inspection/test_undoing_steps.py")
    elsewhere = slugs_in("tests/inspection/test_same_hand.py", "tests/inspection/test_opinions.py")
    assert {slug for slug, _ in REFUSALS} | taking_back | elsewhere == set(RECTIFICATIONS)


def test_one_id_at_two_stations_is_two_rectifications() -> None:
    case = Case()
    first, other = asked(patrol(FINDING), STATION), asked(patrol(FINDING), NEIGHBOUR)
    case.decides(replace(other, id=first.id))
    assert {one.organisation for one in case.kept(Rectification)} == {STATION, NEIGHBOUR}
    assert len({one.rectification for one in case.kept(Rectification)}) == 1


def test_a_long_history_keeps_its_beginning_and_its_end() -> None:
    case = Case()
    for n in range(STEPS_KEPT):
        case.submits(f"2018-03-06T10:{n:02}")
        case.sends_back(f"2018-03-06T11:{n:02}")
    steps = case.it.steps
    assert (len(steps), steps[0].what, steps[-1].what) == (STEPS_KEPT, "opened", "sent-back")
    assert case.it.sent_back == STEPS_KEPT
