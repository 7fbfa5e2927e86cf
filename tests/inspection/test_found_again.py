"""What is found again: repeats within ninety days, and re-inspections of work that is in hand, submitted or done."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from services.inspection.rectifications.model import FoundItem, FoundItems, Rectification, Stage
from shared.events.inspection import Finding, RectificationOpened, RectificationVerified
from shared.events.vocabulary import Severity
from shared.pipeline.decisions import Accepted, Refused
from tests.asking import STATION, TOWNSHIP, asked
from tests.inspection.rectifying import FINDING, Case, Facts, closed, kinds, only, patrol, submitted, verified

ELSE = Finding(item="公示栏未更新", severity=Severity.MINOR, rectify_within=5)


def found_again(case: Case, at: str, finding: Finding = FINDING) -> RectificationOpened:
    *_, (_, fact) = case.agrees(patrol(finding), STATION, at)
    assert isinstance(fact, RectificationOpened)
    return fact


def test_the_same_item_within_ninety_days_is_a_repeat_of_the_one_found_last() -> None:
    case = Case()
    second = found_again(case, "2018-06-03")
    assert second.repeats == case.id
    assert found_again(case, "2018-06-04").repeats == second.rectification
    assert found_again(case, "2018-06-04T10:00", ELSE).repeats is None
    assert found_again(Case(), "2018-06-04").repeats is None


@pytest.mark.parametrize("item", ["灭火器１号过期", "灭火器1号过期。", "灭火器 1号过期", "灭火器1号过期！"])
def test_the_same_item_in_other_letters_is_a_repeat_and_stays_as_it_was_written(item: str) -> None:
    case = Case(FINDING.model_copy(update={"item": "灭火器1号过期"}))
    again = found_again(case, "2018-06-03", FINDING.model_copy(update={"item": item}))
    assert (again.repeats, again.item) == (case.id, item)
    assert found_again(case, "2018-06-04", FINDING.model_copy(update={"item": "灭火器2号过期"})).repeats is None
    (one, other) = case.only(FoundItems).items
    assert (one.item, other.item) == (item, "灭火器2号过期")


def test_what_was_remembered_twice_in_other_letters_is_found_as_the_later_of_them() -> None:
    days = [(item, day) for day, item in enumerate(("灯不亮", "灯不亮。", "门坏"), 1)]
    known = tuple(FoundItem(item=item, rectification=str(day), found=date(2018, 3, day)) for item, day in days)
    last = FoundItems(id=STATION, items=known).last("灯 不亮")
    assert last is not None
    assert last.rectification == "2"


def test_a_reinspection_finds_the_same_in_other_letters_still_there() -> None:
    case = submitted()
    reinspects(case, "2018-03-08", FINDING.model_copy(update={"item": f"{FINDING.item}。"}))
    assert case.it.stage is Stage.SENT_BACK


def test_a_finding_learnt_late_is_no_repeat_of_what_was_found_after_it() -> None:
    case = Case()
    assert found_again(case, "2018-03-01").repeats is None
    assert found_again(case, "2018-03-12").repeats == case.id


def test_what_is_remembered_of_an_organisation_is_bounded() -> None:
    case = Case()
    for n in range(30):
        case.agrees(
            patrol(*(ELSE.model_copy(update={"item": f"{n}/{i}"}) for i in range(5))), STATION, "2018-03-06", n=n
        )
    assert len(case.only(FoundItems).items) == FoundItems.KEPT
    found_again(case, "2018-06-05", ELSE)
    assert [one.item for one in case.only(FoundItems).items] == [ELSE.item]


def test_two_submitters_with_one_id_for_an_organisation_do_not_share_a_rectification() -> None:
    case, first = Case(), asked(patrol(ELSE), STATION, "2018-03-07", TOWNSHIP)
    assert isinstance(case.decides(first), Accepted)
    second = replace(first, submitter=STATION, key=f"{STATION}/{first.id}")
    assert case.decides(second) == Refused("id-of-another", organisation=STATION)


def reinspects(case: Case, at: str, *findings: Finding, by: str = TOWNSHIP) -> Facts | str:
    return case.says(patrol(*findings, reinspects=case.id), at, by)


def test_a_reinspection_that_finds_it_gone_may_be_named_by_the_verifier() -> None:
    case = submitted()
    again = patrol(reinspects=case.id)
    case.says(again, "2018-03-08", TOWNSHIP)
    seen = asked(again, STATION, "2018-03-08", TOWNSHIP).id
    fact = only(case.verifies("2018-03-09", reinspection=seen))
    assert isinstance(fact, RectificationVerified)
    assert fact.reinspection == seen


def test_a_reinspection_that_finds_it_again_sends_the_work_back_and_opens_only_what_is_new() -> None:
    case = submitted()
    facts = reinspects(case, "2018-03-08", FINDING, ELSE)
    assert kinds(facts) == ["inspection-logged", "rectification-sent-back", "rectification-opened"]
    assert (case.it.stage, len(case.kept(Rectification))) == (Stage.SENT_BACK, 2)
    assert case.verifies("2018-03-09") == "rectification-not-submitted"


def test_a_reinspection_reopens_what_was_verified_and_leaves_alone_what_is_in_hand() -> None:
    case = verified()
    assert kinds(reinspects(case, "2018-03-20", FINDING))[1:] == ["rectification-reopened", "verification-withdrawn"]
    assert kinds(reinspects(case, "2018-03-21", FINDING)) == ["inspection-logged"]
    assert len(case.kept(Rectification)) == 1


def test_a_reinspection_learnt_after_the_verification_it_came_before_says_nothing_new() -> None:
    case = verified("2018-03-08")
    before = case.it
    assert kinds(reinspects(case, "2018-03-07", FINDING)) == ["inspection-logged"]
    assert case.kept(Rectification) == [before]


def test_a_reinspection_of_what_is_closed_opens_it_anew_as_a_repeat() -> None:
    case = closed()
    facts = reinspects(case, "2018-04-10", FINDING)
    assert not isinstance(facts, str)
    *_, (_, opened) = facts
    assert isinstance(opened, RectificationOpened)
    assert opened.repeats == case.id


def test_nobody_reinspects_their_own_work_and_not_what_is_unknown() -> None:
    case = submitted()
    assert reinspects(case, "2018-03-08", by=STATION) == "own-work"
    unknown = patrol(reinspects=f"{case.id.split('/')[0]}/9")
    assert case.refuses(unknown, STATION, "2018-03-08", TOWNSHIP) == "unknown-rectification"
