"""Rules of appraisal: who is appraised, each step in its turn, the pair, quota and deadlines."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.roster.appraisals.contents import CommitteePart, Grade, HomePart, PartMark
from services.roster.appraisals.model import AppraisalRules
from services.roster.appraisals.order import may_be_done
from services.roster.appraisals.result import (
    GRADES,
    beyond,
    committee_score,
    dual_score,
    home_score,
    most_excellent,
    must_settle,
    terms,
)
from services.roster.handlers import HANDLERS
from services.roster.party.model import JointBranch
from shared.events.roster import (
    AdoptAppraisalScheme,
    AppraisalSchemeAdopted,
    AppraisalStep,
    AppraisalStepDone,
    AppraisalStepOverdue,
    EndPost,
    ErasePerson,
    MarkAppraisalsOverdue,
    Post,
    ReopenAppraisal,
    WithdrawAppraisal,
)
from shared.pipeline.decisions import Accepted, Consequence, Original, Refused
from tests.asking import COUNTY, HALL, OFFICE, Desk, asked, roster, slugs_in
from tests.roster.appraising import (
    FIRST,
    HOME_SECRETARY,
    MEMBERS,
    SECRETARY,
    AppraisalDesk,
    answers,
    appeals,
    archives,
    by_committee,
    by_home,
    by_peers,
    by_self,
    enclosed,
    opens,
    settles,
    signs,
)
from tests.sealed import registers

ME = MEMBERS[0]


@pytest.fixture
def desk() -> AppraisalDesk:
    opened = AppraisalDesk()
    opened.opened()
    return opened


def test_each_has_a_sheet_that_names_nobody_and_is_due_by_the_calendar(desk: AppraisalDesk) -> None:
    sheet = desk.sheet()
    assert (sheet.person, sheet.home, sheet.awaits, sheet.due) == (ME, OFFICE, AppraisalStep.SELF, date(2018, 12, 10))
    facts = AppraisalDesk().agrees(opens(MEMBERS), SECRETARY, "2018-12-03")
    assert facts == [AppraisalStepDone(sheet=f"2018.hall.0{n}", step=AppraisalStep.OPENED) for n in (1, 2, 3, 4)]


def test_who_is_no_party_member_of_the_branch_at_a_window_is_not_appraised() -> None:
    desk = AppraisalDesk()
    desk.agrees(registers("p-5", OFFICE), at="2018-01-01", of=OFFICE)
    desk.agrees(registers(ME, OFFICE, party_member=False), at="2018-11-01", of=OFFICE)
    ends = EndPost(person=MEMBERS[1], post=Post.WINDOW_CLERK, last_day=date(2018, 11, 30))
    desk.agrees(ends, at="2018-11-30", of=HALL)
    for person in ("p-5", "p-unknown", ME, MEMBERS[1]):
        assert desk.refuses(opens([MEMBERS[2], person]), SECRETARY) == "not-to-be-appraised"
    assert desk.refuses(opens(MEMBERS[2:], branch="other"), SECRETARY) == "no-window-branch"
    assert desk.refuses(opens(MEMBERS[2:], year=2019), SECRETARY) == "begins-in-another-year"


def test_nobody_is_appraised_twice_in_a_year_and_numbers_go_on(desk: AppraisalDesk) -> None:
    assert desk.refuses(opens([ME]), SECRETARY) == "appraised-already"
    gone = WithdrawAppraisal(sheet=FIRST, enclosed=enclosed(FIRST, "withdrawn", text="误开"))
    desk.agrees(gone, SECRETARY)
    desk.agrees(opens([ME]), SECRETARY)
    assert desk.sheet("2018.hall.05").person == ME
    assert desk.refuses(opens(["p-2", "p-2"]), SECRETARY) == "appraised-already"


def test_a_sheet_goes_through_its_steps_to_the_end(desk: AppraisalDesk) -> None:
    desk.goes_to_reading()
    assert desk.sheet().due == date(2018, 12, 29), "the last Saturday of the year was a working day"
    desk.agrees(signs, ME, "2018-12-27", OFFICE)
    facts = desk.agrees(archives, SECRETARY, "2018-12-29")
    assert facts == [AppraisalStepDone(sheet=FIRST, step=AppraisalStep.ARCHIVED)]
    assert [one.step for one in desk.sheet().steps] == [
        "opened", "self", "peers", "committee", "home", "signed", "archived",
    ]  # fmt: skip
    assert all(one.on_time for one in desk.sheet().steps)
    assert desk.refuses(signs, ME, "2018-12-29", OFFICE) == "sheet-closed"


def test_no_step_is_done_before_its_turn(desk: AppraisalDesk) -> None:
    for data, by, of in (
        (by_peers(), SECRETARY, COUNTY),
        (by_committee(), SECRETARY, COUNTY),
        (by_home(), HOME_SECRETARY, OFFICE),
        (settles("home"), HOME_SECRETARY, OFFICE),
        (signs, ME, OFFICE),
        (appeals(), ME, OFFICE),
        (answers(True), SECRETARY, COUNTY),
        (archives, SECRETARY, COUNTY),
    ):
        assert desk.refuses(data, by, of=of) == "not-the-step-now", data


def test_each_step_is_done_by_whose_it_is(desk: AppraisalDesk) -> None:
    assert desk.refuses(by_self(), MEMBERS[1], of=OFFICE) == "sheet-not-yours"
    assert desk.refuses(by_self(), "", of=OFFICE) == "sheet-not-yours"
    assert desk.refuses(by_self("2018.hall.99"), ME, of=OFFICE) == "sheet-not-yours"
    desk.goes_to_home()
    assert desk.refuses(by_home(), HOME_SECRETARY, of=HALL) == "sheet-not-yours"
    assert desk.refuses(by_home(), ME, of=OFFICE) == "own-sheet"
    assert desk.refuses(by_committee(), ME) == "own-sheet"


def test_what_was_said_is_said_better_until_the_next_step(desk: AppraisalDesk) -> None:
    desk.agrees(by_self(), ME, "2018-12-05", OFFICE)
    first = desk.sheet().parts["self"]
    desk.agrees(by_self(duty="全年无差错"), ME, "2018-12-11", OFFICE)
    assert desk.sheet().parts["self"] != first
    assert desk.sheet().steps[-1].on_time, "said again it is as much in time as it was"
    desk.agrees(by_peers(), SECRETARY, "2018-12-12")
    assert desk.refuses(by_self(), ME, "2018-12-12", OFFICE) == "not-the-step-now"


def test_nobody_stops_an_appraisal_by_keeping_silent(desk: AppraisalDesk) -> None:
    assert desk.refuses(by_peers(), SECRETARY, "2018-12-10") == "not-the-step-now"
    desk.agrees(by_peers(), SECRETARY, "2018-12-11")
    desk.agrees(by_committee(), SECRETARY, "2018-12-20")
    desk.agrees(by_home(), HOME_SECRETARY, "2018-12-26", OFFICE)
    assert desk.refuses(archives, SECRETARY, "2018-12-29") == "not-the-step-now"
    desk.agrees(archives, SECRETARY, "2019-01-02")


@pytest.mark.parametrize(
    ("present", "excellent", "qualified", "slug"),
    [(2, 1, 1, "too-few-present"), (5, 5, 0, "too-few-present"), (3, 1, 1, "ballot-mismatch"), (3, 2, 1, "")],
)
def test_two_thirds_are_present_and_each_gives_one_grade(
    desk: AppraisalDesk, present: int, excellent: int, qualified: int, slug: str
) -> None:
    desk.agrees(by_self(), ME, "2018-12-05", OFFICE)
    ballot = by_peers(present=present, excellent=excellent, qualified=qualified)
    if slug:
        assert desk.refuses(ballot, SECRETARY, "2018-12-12") == slug
    else:
        desk.agrees(ballot, SECRETARY, "2018-12-12")


def test_only_so_many_of_a_branch_are_excellent(desk: AppraisalDesk) -> None:
    desk.goes_to_home("excellent")
    second = "2018.hall.02"
    desk.agrees(by_peers(second), SECRETARY, "2018-12-12")
    assert desk.refuses(by_committee(second, "excellent"), SECRETARY, "2018-12-20") == "excellent-beyond-quota"
    desk.agrees(by_committee(grade="qualified"), SECRETARY, "2018-12-20")
    desk.agrees(by_committee(second, "excellent"), SECRETARY, "2018-12-20")
    desk.agrees(by_committee(second, "excellent"), SECRETARY, "2018-12-20", n=1)


def test_who_has_an_upheld_incident_is_not_excellent_on_either_side(desk: AppraisalDesk) -> None:
    desk.agrees(by_self(), ME, "2018-12-05", OFFICE)
    desk.agrees(by_peers(), SECRETARY, "2018-12-12")
    hurt = by_committee(grade="excellent", incidents=["2018-0312"])
    assert desk.refuses(hurt, SECRETARY, "2018-12-20") == "excellent-with-incident"
    desk.agrees(by_committee(incidents=["2018-0312"]), SECRETARY, "2018-12-20")
    assert desk.refuses(by_home(grade="excellent"), HOME_SECRETARY, "2018-12-26", OFFICE) == "excellent-with-incident"


def test_a_part_beyond_its_points_is_refused(desk: AppraisalDesk) -> None:
    desk.agrees(by_self(), ME, "2018-12-05", OFFICE)
    desk.agrees(by_peers(), SECRETARY, "2018-12-12")
    too_much = by_committee(role={"points": 2001, "why": "突出"})
    assert desk.refuses(too_much, SECRETARY, "2018-12-20") == "part-beyond-points"


def test_a_pair_two_grades_apart_is_settled_by_both_and_both_grades_stay(desk: AppraisalDesk) -> None:
    desk.goes_to_home("excellent")
    desk.agrees(by_home(grade="basic"), HOME_SECRETARY, "2018-12-26", OFFICE)
    assert desk.sheet().awaits is AppraisalStep.SETTLED
    assert desk.refuses(signs, ME, "2018-12-26", OFFICE) == "not-the-step-now"
    desk.agrees(settles("committee"), SECRETARY, "2018-12-27")
    assert desk.sheet().awaits is AppraisalStep.SETTLED
    desk.agrees(settles("home"), HOME_SECRETARY, "2018-12-28", OFFICE)
    assert desk.sheet().awaits is AppraisalStep.SIGNED
    assert desk.sheet().parts.keys() >= {"committee", "home", "settled-committee", "settled-home"}


def test_an_appeal_is_made_once_taken_back_by_signing_and_upheld_begins_anew(desk: AppraisalDesk) -> None:
    desk.goes_to_reading()
    desk.agrees(appeals(), ME, "2018-12-27", OFFICE)
    desk.agrees(signs, ME, "2018-12-27T10:00", OFFICE)
    assert "appealed" not in desk.sheet().parts
    desk.agrees(appeals(), ME, "2018-12-28", OFFICE)
    desk.agrees(answers(True), SECRETARY, "2018-12-28")
    assert (desk.sheet().awaits, "home" in desk.sheet().parts) == (AppraisalStep.COMMITTEE, True)
    desk.agrees(by_committee(), SECRETARY, "2018-12-29")
    assert desk.sheet().parts.keys() >= {"appealed", "answered"}
    assert "home" not in desk.sheet().parts
    desk.agrees(by_home(), HOME_SECRETARY, "2019-01-03", OFFICE)
    assert desk.refuses(appeals(), ME, "2019-01-04", OFFICE) == "appealed-already"
    assert desk.refuses(appeals(), MEMBERS[1], "2019-01-04", OFFICE) == "sheet-not-yours"


def test_an_appeal_after_its_days_is_too_late(desk: AppraisalDesk) -> None:
    desk.goes_to_reading()
    assert desk.refuses(appeals(), ME, "2019-01-02", OFFICE) == "appeal-too-late"


def test_what_was_filed_by_mistake_is_taken_out_again(desk: AppraisalDesk) -> None:
    desk.goes_to_reading()
    desk.agrees(signs, ME, "2018-12-27", OFFICE)
    desk.agrees(archives, SECRETARY, "2018-12-28")
    desk.agrees(
        ReopenAppraisal(sheet=FIRST, enclosed=enclosed(FIRST, "reopened", text="有误")), SECRETARY, "2018-12-29"
    )
    assert desk.sheet().awaits is AppraisalStep.ARCHIVED
    desk.agrees(archives, SECRETARY, "2018-12-29T10:00")


def test_a_seal_for_another_sheet_or_step_is_not_opened(desk: AppraisalDesk) -> None:
    other = by_self("2018.hall.02").enclosed
    assert desk.refuses(by_self().model_copy(update={"enclosed": other}), ME, of=OFFICE) == "unreadable-enclosure"
    lacks = enclosed(FIRST, "self", duty="只有一项")
    assert desk.refuses(by_self().model_copy(update={"enclosed": lacks}), ME, of=OFFICE) == "unfit-enclosure"


def test_the_home_of_the_last_day_decides(desk: AppraisalDesk) -> None:
    desk.moves(ME, OFFICE, HALL, "2018-12-20")
    assert desk.sheet().home == HALL
    later = AppraisalDesk()
    later.opened()
    later.moves(ME, OFFICE, HALL, "2019-01-02")
    assert later.sheet().home == OFFICE


def test_with_a_persons_particulars_goes_all_that_was_said_of_it(desk: AppraisalDesk) -> None:
    desk.goes_to_reading()
    ends = EndPost(person=ME, post=Post.WINDOW_CLERK, last_day=date(2018, 12, 27))
    desk.agrees(ends, at="2018-12-27", of=OFFICE)
    desk.agrees(ErasePerson(person=ME, reason="退休"), at="2018-12-28", of=OFFICE)
    assert (desk.sheet().parts, desk.sheet().erased, desk.sheet().awaits) == ({}, True, None)


def test_what_is_overdue_is_told_once_and_again_above(desk: AppraisalDesk) -> None:
    def looks(day: str) -> list[AppraisalStepOverdue]:
        found = desk.agrees(MarkAppraisalsOverdue(day=date.fromisoformat(day)), at=f"{day}T00:00")
        return [one for one in found if isinstance(one, AppraisalStepOverdue)]

    desk.agrees(by_self(), ME, "2018-12-05", OFFICE)
    assert looks("2018-12-10") == []
    first = looks("2018-12-11")
    assert [(one.sheet, one.escalated) for one in first] == [(f"2018.hall.0{n}", False) for n in (2, 3, 4)]
    assert looks("2018-12-13") == []
    assert [one.escalated for one in looks("2018-12-14")] == [True] * 3
    assert looks("2018-12-15") == []


def test_a_scheme_of_parts_that_are_not_a_hundred_is_refused_and_the_old_one_holds() -> None:
    desk = AppraisalDesk()
    adopts = AdoptAppraisalScheme(effective_from=date(2018, 12, 1), daily_points=40)
    assert desk.refuses(adopts) == "parts-not-a-hundred"
    fair = adopts.model_copy(update={"role_points": 10, "self_days": 2})
    desk.agrees(fair, at="2018-11-20")
    assert desk.refuses(fair, at="2018-11-21") == "appraisal-scheme-exists"
    desk.opened()
    assert (desk.sheet().due, desk.sheet().rules.daily_points) == (date(2018, 12, 5), 40)


def test_a_scheme_by_which_somebody_is_appraised_is_not_taken_back() -> None:
    adopts = AdoptAppraisalScheme(effective_from=date(2018, 12, 1))
    desk, handler = AppraisalDesk(), HANDLERS[AdoptAppraisalScheme]
    event = asked(adopts, COUNTY, "2018-11-20")
    adopted = AppraisalSchemeAdopted(effective_from=date(2018, 12, 1))
    consequence = Consequence(adopted, COUNTY, event.time, COUNTY, f"{event.key}/0")
    original = Original(event.id, event.key, adopts.type, COUNTY, COUNTY, event.time, True, (consequence,))
    desk.agrees(adopts, at="2018-11-20")
    assert handler.undo
    assert isinstance(handler.undo(desk.looks_at(handler.undo_needs(original)), original), Accepted)
    desk.opened()
    no = handler.undo(desk.looks_at(handler.undo_needs(original)), original)
    assert isinstance(no, Refused)
    assert no.slug == "appraised-under-it"


def test_where_there_are_no_keys_nothing_is_said() -> None:
    desk = AppraisalDesk()
    desk.desk = Desk(HANDLERS, roster(), *desk.desk.kept(JointBranch))
    assert desk.refuses(opens(MEMBERS), SECRETARY) == "no-people-keys"


def test_every_reason_that_a_rule_of_appraisals_names_is_given_here() -> None:
    of_pages = {"not-your-posts"}
    assert slugs_in("services/roster/appraisals") - of_pages <= slugs_in("tests/roster/test_appraising.py")


points = st.integers(0, 10_000)
rules = st.builds(
    lambda cut, weight, off: AppraisalRules(
        daily_points=cut[0],
        service_points=cut[1] - cut[0],
        party_life_points=cut[2] - cut[1],
        role_points=100 - cut[2],
        committee_weight=weight,
        incident_points=off,
    ),
    st.tuples(*[st.integers(0, 100)] * 3).map(sorted),
    st.integers(0, 100),
    st.integers(0, 100),
)
parts = st.builds(
    lambda marks, incidents, grade: CommitteePart(
        daily=marks[0], service=marks[1], party_life=marks[2], role=marks[3], incidents=incidents, grade=grade
    ),
    st.tuples(*[points.map(lambda n: PartMark(points=n, why="因"))] * 4),
    st.lists(st.just("2018-1"), max_size=10),
    st.sampled_from(Grade),
)


@given(parts, rules, st.sampled_from(Grade))
def test_scores_lie_between_nothing_and_a_hundred_and_the_dual_one_between_both(
    part: CommitteePart, by: AppraisalRules, grade: Grade
) -> None:
    if beyond(part, by):
        return
    own, home = committee_score(part, by), home_score(HomePart(grade=grade, sentence="好"), by)
    dual = dual_score(part, HomePart(grade=grade, sentence="好"), by)
    assert 0 <= own <= 10_000
    assert min(own, home) <= dual <= max(own, home)
    assert own == max(0, sum(one.points for one in terms(part, by)))


@given(st.sampled_from(Grade), st.sampled_from(Grade))
def test_whether_both_talk_does_not_depend_on_who_gave_which(one: Grade, other: Grade) -> None:
    assert must_settle(one, other) is must_settle(other, one)
    assert must_settle(one, other) is (abs(GRADES.index(one) - GRADES.index(other)) > 1)


@given(st.integers(0, 1000), st.integers(0, 100))
def test_the_quota_is_never_more_than_its_part(appraised: int, percent: int) -> None:
    most = most_excellent(appraised, AppraisalRules(excellent_percent=percent))
    assert 100 * most <= percent * appraised < 100 * (most + 1)


@given(st.sampled_from(AppraisalStep), st.sampled_from([*AppraisalStep, None]))
def test_what_is_closed_takes_no_step_but_to_be_opened_again(step: AppraisalStep, awaits: AppraisalStep | None) -> None:
    desk = AppraisalDesk()
    desk.opened()
    gone = desk.sheet().having(awaits=awaits, withdrawn=True)
    assert not may_be_done(gone, step, date(2019, 1, 1))
