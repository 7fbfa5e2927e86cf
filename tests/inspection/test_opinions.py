"""An opinion of a document is put right like a finding: by its own day, seen done by somebody above, counted apart."""

from __future__ import annotations

from datetime import date

import pytest

from services.inspection.rectifications.model import Rectification, Source, Stage
from shared.events.documents import OpinionDropped, OpinionRequired
from shared.events.inspection import (
    RectificationEscalated,
    RectificationOpened,
    RectificationWithdrawn,
    SettleDeadlines,
)
from shared.roster.organisations import Ending, Roster
from tests.asking import COUNTY, HALL, OFFICE, TOWNSHIP, asked, organisation, roster
from tests.inspection.rectifying import Case, kinds

REPORT, UNDER = f"2018-02_{OFFICE}", "0161f3b7-1f00-7ea0-b0ab-582a07e3d956/51"
SATURDAY = date(2018, 3, 17)


def required(finish_by: date = SATURDAY) -> OpinionRequired:
    return OpinionRequired(
        report=REPORT,
        period="2018-02",
        document="2018年2月反馈",
        number="2018年第2期",
        opinion=1,
        rectification=UNDER,
        problem="窗口公示栏未更新",
        requirement="核对并更新",
        finish_by=finish_by,
    )


def dropped(reason: str = "主送单位有误") -> OpinionDropped:
    return OpinionDropped(report=REPORT, period="2018-02", rectification=UNDER, reason=reason)


def opinion(finish_by: date = SATURDAY, known: Roster | None = None) -> Case:
    """Signed for on Monday the 5th of March 2018, to be done by Saturday the 17th."""
    return Case(of=OFFICE, begins=required(finish_by), known=known)


def counted(case: Case) -> dict[str, int]:
    """What everything heard of it comes to at its organisation."""
    names = {name for name, whom, _ in case.sums if whom == OFFICE}
    return {name: n for name in sorted(names) if (n := case.sum(name, OFFICE))}


def test_it_opens_by_its_own_day_and_is_counted_among_no_findings() -> None:
    case = opinion()
    (heard,) = [fact for _, fact, _ in case.heard]
    assert isinstance(heard, RectificationOpened)
    assert (heard.report, heard.rectification, heard.deadline) == (REPORT, UNDER, SATURDAY)
    assert (case.it.source, case.it.found, case.it.above) == (Source.DOCUMENT, date(2018, 3, 5), COUNTY)
    assert case.it.item == "2018年2月反馈第1条整改意见"
    assert counted(case) == {"opinions": 1, "opinions-open": 1}


def test_told_again_it_opens_nothing_twice_and_leaves_what_was_done() -> None:
    case = opinion()
    case.submits("2018-03-07", OFFICE)
    before = case.it
    assert case.decides_on(asked(required(), OFFICE, "2018-03-08")) == ()
    assert (case.it, case.kept(Rectification)) == (before, [before])


@pytest.mark.parametrize(
    ("by", "slug"),
    [(OFFICE, "own-work"), (HALL, "not-the-documents-verifier"), (TOWNSHIP, "not-the-documents-verifier")],
)
def test_neither_the_recipient_nor_the_halls_patrol_verifies_it(by: str, slug: str) -> None:
    case = opinion()
    case.submits("2018-03-07", OFFICE)
    assert case.verifies("2018-03-08", by) == case.sends_back("2018-03-08", by) == slug
    assert case.it.stage is Stage.SUBMITTED


def test_the_committee_verifies_it_and_it_is_closed_thirty_days_later() -> None:
    case = opinion()
    case.accepts("2018-03-06", OFFICE)
    case.submits("2018-03-16", OFFICE)
    assert kinds(case.verifies("2018-03-16T15:00", COUNTY)) == ["rectification-verified"]
    case.days("2018-03-17", "2018-04-20")
    assert case.it.stage is Stage.CLOSED
    assert counted(case) == {"opinions": 1, "opinions-closed": 1, "opinions-on-time.n": 1, "opinions-on-time.d": 1}


def test_what_is_late_is_overdue_and_referred_to_the_committee_in_figures_apart() -> None:
    case = opinion()
    heard = [fact for facts in case.days("2018-03-06", "2018-03-26") for about, fact in facts if about == COUNTY]
    assert [type(one) for one in heard] == [RectificationEscalated]
    assert counted(case) == {"opinions": 1, "opinions-open": 1, "opinions-open-overdue": 1, "opinions-on-time.d": 1}
    assert case.sum("escalations-received", COUNTY) == 0
    case.submits("2018-03-27", OFFICE)
    case.verifies("2018-03-28", COUNTY)
    assert counted(case) == {"opinions": 1, "opinions-closed": 1, "opinions-on-time.d": 1}


def test_no_calendar_moves_its_day_but_an_extension_does() -> None:
    """Two working days after Saturday the 17th are Tuesday the 20th; then it is counted like any other."""
    case = opinion()
    settle = asked(SettleDeadlines(day=date(2018, 3, 12)), COUNTY, "2018-03-12T00:00")
    assert case.decides_on(settle, case.kept(Rectification)) == ()
    case.extends("2018-03-13", 2, COUNTY)
    assert (case.it.deadline, case.it.due) == (date(2018, 3, 20), date(2018, 3, 20))
    later = asked(SettleDeadlines(day=date(2018, 3, 14)), COUNTY, "2018-03-14T00:00")
    assert case.decides_on(later, case.kept(Rectification)) == ()
    assert case.it.due == date(2018, 3, 20)


def test_what_is_sent_back_has_as_many_working_days_again() -> None:
    """From Monday the 5th to Saturday the 17th they are nine."""
    case = opinion()
    case.submits("2018-03-12", OFFICE)
    case.sends_back("2018-03-13", COUNTY)
    assert (case.it.within, case.it.deadline, case.it.due) == (9, date(2018, 3, 26), SATURDAY)


def test_signed_for_after_its_day_it_is_overdue_since_then() -> None:
    case = opinion(date(2018, 3, 2))
    case.looks("2018-03-06")
    assert case.sum("opinions-open-overdue", OFFICE, date(2018, 3, 4)) == 0
    assert case.sum("opinions-open-overdue", OFFICE, date(2018, 3, 5)) == 1


def test_dropped_it_counts_as_if_it_had_never_been() -> None:
    case = opinion()
    case.days("2018-03-06", "2018-03-26")
    heard = case.decides_on(asked(dropped(), OFFICE, "2018-03-27"))
    assert not isinstance(heard, str)
    assert {type(fact) for _, fact in heard} == {RectificationWithdrawn}
    assert (case.it.stage, case.it.steps[-1].note) == (Stage.WITHDRAWN, "主送单位有误")
    assert case.sums == {}
    assert case.submits("2018-03-28", OFFICE) == "opinion-withdrawn"
    assert case.decides_on(asked(dropped(), OFFICE, "2018-03-29")) == ()


def test_what_was_seen_done_stays_done_when_it_is_dropped() -> None:
    case = opinion()
    case.submits("2018-03-12", OFFICE)
    case.verifies("2018-03-13", COUNTY)
    assert case.decides_on(asked(dropped(), OFFICE, "2018-03-14")) == ()
    assert counted(case) == {"opinions": 1, "opinions-closed": 1}


def test_it_passes_to_whoever_follows_a_department_that_has_ended() -> None:
    ended = Ending(followed_by=(HALL,))
    (department,) = [one for one in roster() if one.id == OFFICE]
    last = department.history[-1].model_copy(update={"since": date(2018, 3, 10), "ended": ended})
    case = opinion(known=roster(organisation(OFFICE, *department.history, last)))
    assert case.submits("2018-03-12", HALL) != "own-work"
    assert case.verifies("2018-03-13", HALL) == "own-work"
    assert kinds(case.verifies("2018-03-13", COUNTY)) == ["rectification-verified"]
