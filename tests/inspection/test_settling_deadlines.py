"""Deadlines of rectifications when the calendar becomes known, is corrected, or comes with a new release."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from services.inspection.rectifications.board import line
from services.inspection.rectifications.model import TO_DO, Rectification
from services.inspection.rectifications.reads import Wanted
from services.inspection.rectifications.rules.settling import to_look_at
from shared.calendar import forget, know
from shared.events.inspection import Finding, RectificationDeadlineSettled, SettleDeadlines
from shared.events.vocabulary import Severity
from shared.notices import Notice
from tests.asking import COUNTY, STATION, asked, roster
from tests.county import County
from tests.inspection.rectifying import Case, Facts, kinds

FOUND = date(2026, 12, 28)
"""A Monday: five working days later is Tuesday 5 January 2027, by the decree alone."""
LONGER = Notice(year=2027, off=tuple(date(2027, 1, n) for n in range(1, 6)))
MOVED = Notice(year=2027, off=(date(2027, 1, 1),), worked=(date(2027, 1, 2),))
FINDING = Finding(item="设备故障", severity=Severity.MINOR, note="", rectify_within=5)


def found(finding: Finding = FINDING) -> Case:
    return Case(finding, f"{FOUND}")


def settles(case: Case, day: date) -> Facts:
    """What the clock's look at the deadlines tells; a second look tells nothing."""
    event = asked(SettleDeadlines(day=day), COUNTY, f"{day}T00:00")
    following = case.decides_on(event, case.kept(Rectification))
    assert not isinstance(following, str)
    assert case.decides_on(event, case.kept(Rectification)) == ()
    return following


def test_a_provisional_deadline_is_settled_told_as_a_change_and_shown_without_the_word() -> None:
    case = found()
    assert (case.it.deadline, case.it.provisional) == (date(2027, 1, 5), True)
    assert "（暂定）" in line(case.it, Wanted(COUNTY), roster(), FOUND)[6].text
    assert settles(case, date(2026, 12, 29)) == ()
    know([MOVED])
    fact = RectificationDeadlineSettled(
        rectification=case.id, before=date(2027, 1, 5), deadline=date(2027, 1, 4), provisional=False
    )
    assert settles(case, date(2026, 12, 30)) == ((STATION, fact),)
    assert (case.it.due, case.it.steps[-1].what.value) == (date(2027, 1, 4), "settled")
    assert line(case.it, Wanted(COUNTY), roster(), FOUND)[6].text == "2027年1月4日"


def test_an_extended_deadline_moves_as_a_whole() -> None:
    case = found()
    case.extends("2026-12-29", days=3)
    assert case.it.deadline == date(2027, 1, 8)
    know([LONGER])
    settles(case, date(2026, 12, 30))
    assert (case.it.deadline, case.it.due, case.it.provisional) == (date(2027, 1, 12), date(2027, 1, 12), False)


def test_a_mark_under_a_deadline_that_moved_is_taken_back_and_made_again_when_it_is_due() -> None:
    case = found()
    case.days("2026-12-29", "2027-01-06")
    assert case.it.marked is not None
    know([LONGER])
    assert kinds(settles(case, date(2027, 1, 7))) == [
        "rectification-deadline-settled",
        "overdue-withdrawn",
        "fell-due-withdrawn",
    ]
    assert case.it.marked is None
    assert case.it.deadline == date(2027, 1, 7)
    assert case.sum("rectifications-open-overdue") == 0
    case.days("2027-01-08", "2027-01-08")
    assert case.sum("rectifications-open-overdue") == 1


def test_what_was_verified_under_a_provisional_deadline_is_judged_again_as_of_its_verification() -> None:
    case = found()
    case.days("2026-12-29", "2027-01-06")
    case.submits("2027-01-06")
    case.verifies("2027-01-07")
    assert (case.sum("rectified-late"), case.sum("rectified-on-time.n")) == (1, 0)
    know([LONGER])
    settles(case, date(2027, 1, 9))
    case.looks("2027-01-09")
    assert (case.sum("rectified-late"), case.sum("rectified-on-time.n")) == (0, 1)


def test_work_that_was_in_time_after_all_was_never_overdue_and_is_taken_back_as_such() -> None:
    case = found()
    case.days("2026-12-29", "2027-01-06")
    case.submits("2027-01-06")
    assert (case.sum("rectifications-overdue"), case.sum("rectifications-open-overdue")) == (1, 0)
    know([LONGER])
    settles(case, date(2027, 1, 7))
    days = [date(2027, 1, n) for n in (5, 6, 7)]
    assert [case.sum("rectifications-open-overdue", until=day) for day in days] == [0, 0, 0]
    assert (case.sum("rectifications-overdue"), case.it.marked) == (0, None)
    case.takes_back_last()
    assert case.sum("rectifications-open-overdue") == 0
    case.days("2027-01-08", "2027-01-08")
    assert (case.sum("rectifications-overdue"), case.sum("rectifications-open-overdue")) == (1, 1)


def test_work_that_was_late_after_all_was_overdue_until_it_came() -> None:
    know([LONGER])
    case = found()
    case.days("2026-12-29", "2027-01-06")
    case.submits("2027-01-06")
    know([MOVED.model_copy(update={"edition": 2})])
    settles(case, date(2027, 1, 7))
    assert (case.sum("rectifications-overdue"), case.it.deadline) == (1, date(2027, 1, 4))
    days = [date(2027, 1, n) for n in (4, 5, 6)]
    assert [case.sum("rectifications-open-overdue", until=day) for day in days] == [0, 1, 0]


def test_an_earlier_releases_deadline_on_a_holiday_is_put_right() -> None:
    """It counted Monday to Friday, and kept neither from when nor how many."""
    case = found(FINDING.model_copy(update={"rectify_within": 4}))
    old = {"deadline": date(2027, 1, 1), "due": date(2027, 1, 1), "counted_from": None, "counted": 0}
    case.keeps([case.it.having(**old)])
    settles(case, date(2026, 12, 30))
    assert (case.it.deadline, case.it.due, case.it.provisional) == (date(2027, 1, 4), date(2027, 1, 4), True)


def test_a_certain_deadline_moves_when_a_notice_is_corrected() -> None:
    know([LONGER])
    case = found()
    assert (case.it.deadline, case.it.provisional) == (date(2027, 1, 7), False)
    know([MOVED.model_copy(update={"edition": 2})])
    assert kinds(settles(case, date(2026, 12, 29))) == ["rectification-deadline-settled"]
    assert case.it.deadline == date(2027, 1, 4)


ACTS = st.sampled_from(["submit", "verify", "send-back", "reopen", "extend", "look"])


@given(
    st.lists(st.tuples(st.integers(1, 30), ACTS), max_size=6),
    st.sampled_from([LONGER, MOVED]),
    st.integers(1, 35),
)
def test_whenever_the_notice_is_known_the_rate_is_that_of_a_calendar_known_all_along(
    acts: list[tuple[int, str]], notice: Notice, known: int
) -> None:
    """And so are deadline, due day, and what is left open and overdue."""
    later, all_along = _lived(acts, notice, known), _lived(acts, notice, 0)
    for measure in ("rectified-on-time.n", "rectified-on-time.d", "rectified-late"):
        assert later.sum(measure) == all_along.sum(measure), measure
    for case in (later, all_along):
        is_overdue = case.it.marked is not None and case.it.stage in TO_DO
        assert case.sum("rectifications-open-overdue") == int(is_overdue)
    assert (later.it.deadline, later.it.due, later.it.provisional) == (
        all_along.it.deadline,
        all_along.it.due,
        all_along.it.provisional,
    )


def _lived(acts: list[tuple[int, str]], notice: Notice, known: int) -> Case:
    """From the day after it was found to forty days later, the clock first on each."""
    forget()
    case = found()
    by_day = dict(acts)
    for n in range(1, 41):
        day = FOUND + timedelta(days=n)
        if n >= known:
            know([notice])
        settles(case, day)
        case.looks(f"{day}")
        _acts(case, by_day.get(n, "look"), f"{day}")
    forget()
    return case


def _acts(case: Case, act: str, day: str) -> None:
    match act:
        case "submit":
            case.submits(day)
        case "verify":
            case.verifies(day)
        case "send-back":
            case.sends_back(day)
        case "reopen":
            case.reopens(day)
        case "extend":
            case.extends(day)


async def test_the_look_at_provisional_deadlines_goes_by_an_index(county: County) -> None:
    query = to_look_at(asked(SettleDeadlines(day=FOUND), COUNTY, f"{FOUND}T00:00"))[0]  # type: ignore[arg-type]
    kept = county.db("inspection")[Rectification.collection]
    plan = await kept.find(dict(query.filter)).sort([("deadline", 1), ("_id", 1)]).limit(query.most).explain()
    assert "'indexName': 'provisional'" in str(plan["queryPlanner"]["winningPlan"])
