"""Due days of cases when the calendar becomes known, is corrected, or comes with a new release."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.feedback.measures.adding import added
from services.greenchannel.model import Case
from services.greenchannel.settling import to_look_at
from shared.calendar import forget, know
from shared.events import Fact
from shared.events.greenchannel import CaseCompleted, CaseDueSettled, CaseTimingRevised, SettleDueDays
from shared.notices import Notice
from shared.pipeline.decisions import About, Accepted
from tests.asking import COUNTY, Desk, asked
from tests.county import County
from tests.greenchannel.test_services import completed, desk, opened

AUTUMN = date(2026, 11, 26)
NEW_YEAR = Notice(year=2027, off=tuple(date(2027, 1, n) for n in (1, 2, 3, 4)), worked=())
"""The fourth, a Monday, is off as well: nobody could know."""


def ticks(county: Desk, day: date) -> tuple[About, ...]:
    """What the clock's look at all cases tells."""
    event = asked(SettleDueDays(day=day), COUNTY, f"{day}T00:00")
    verdict = county.decides(event, county.kept(Case))
    assert isinstance(verdict, Accepted)
    assert county.decides(event, county.kept(Case)) == Accepted(), "a second look changes nothing"
    return tuple(fact for fact in verdict.facts if isinstance(fact, About))


def limited(days: int) -> Desk:
    return desk((date(2018, 1, 1), days))


def facts_of(about: tuple[About, ...]) -> list[Fact]:
    return [one.fact for one in about]


def test_a_provisional_due_day_is_settled_when_the_notice_is_known_and_told_as_a_change() -> None:
    county = limited(26)
    case = opened(county, f"{AUTUMN}")
    assert (case.due, case.provisional) == (date(2027, 1, 4), True)
    assert ticks(county, date(2026, 11, 27)) == ()
    know([NEW_YEAR])
    (fact,) = facts_of(ticks(county, date(2026, 11, 28)))
    assert fact == CaseDueSettled(
        case=case.case, process="property", before=date(2027, 1, 4), due=date(2027, 1, 5), provisional=False
    )
    assert (county.only(Case).due, county.only(Case).provisional) == (date(2027, 1, 5), False)


def test_a_due_day_that_stays_is_confirmed() -> None:
    county = limited(30)
    case = opened(county, f"{AUTUMN}")
    know([NEW_YEAR.model_copy(update={"off": NEW_YEAR.off[:3]})])
    (fact,) = facts_of(ticks(county, date(2026, 11, 28)))
    assert isinstance(fact, CaseDueSettled)
    assert (fact.before, fact.due, fact.provisional) == (case.due, case.due, False)


def test_a_certain_due_day_moves_when_a_notice_is_corrected() -> None:
    county = limited(26)
    know([NEW_YEAR])
    opened(county, f"{AUTUMN}")
    know([NEW_YEAR.model_copy(update={"edition": 2, "off": NEW_YEAR.off[:3]})])
    (fact,) = facts_of(ticks(county, date(2026, 12, 1)))
    assert isinstance(fact, CaseDueSettled)
    assert (fact.before, fact.due, fact.provisional) == (date(2027, 1, 5), date(2027, 1, 4), False)


def test_what_an_earlier_release_told_without_the_decree_is_put_right_though_it_stays_provisional() -> None:
    county = limited(26)
    opened(county, f"{AUTUMN}")
    county.keeps([county.only(Case).having(due=date(2027, 1, 1))])
    (fact,) = facts_of(ticks(county, date(2026, 12, 1)))
    assert isinstance(fact, CaseDueSettled)
    assert (fact.before, fact.due, fact.provisional) == (date(2027, 1, 1), date(2027, 1, 4), True)


@pytest.mark.parametrize(("day", "on_time"), [("2027-01-04", True), ("2027-01-05", False), ("2027-01-06", False)])
def test_a_case_completed_before_the_notice_was_known_is_judged_again_in_its_own_month(day: str, on_time: bool) -> None:
    county = limited(26)
    opened(county, f"{AUTUMN}")
    first = completed(county, day)
    assert first.on_time is on_time
    know([NEW_YEAR])
    about = ticks(county, date(2027, 2, 1))
    revised = [one for one in about if isinstance(one.fact, CaseTimingRevised)]
    assert [(one.time or AUTUMN).strftime("%Y-%m-%d") for one in revised] == [day]
    assert _figures([first, *facts_of(about)]) == _figures([_after_the_fact(day)])


def _after_the_fact(day: str) -> CaseCompleted:
    """What is told when the notice was known all along."""
    county = limited(26)
    opened(county, f"{AUTUMN}")
    return completed(county, day)


def _figures(facts: list[Fact]) -> dict[str, int]:
    total: dict[str, int] = {}
    for fact in facts:
        for name, amount in added(fact).items():
            total[name] = total.get(name, 0) + amount
    return {name: amount for name, amount in total.items() if amount}


def test_a_case_completed_under_a_certain_due_day_stays_as_it_was_decided() -> None:
    county = limited(26)
    know([NEW_YEAR])
    opened(county, f"{AUTUMN}")
    completed(county, "2027-01-05")
    know([NEW_YEAR.model_copy(update={"edition": 2, "off": NEW_YEAR.off[:3]})])
    assert ticks(county, date(2027, 2, 1)) == ()


def test_a_tick_that_comes_late_looks_at_no_case_that_was_opened_after_it() -> None:
    county = limited(26)
    opened(county, f"{AUTUMN}")
    know([NEW_YEAR])
    assert ticks(county, AUTUMN) == ()


@given(st.integers(0, 60), st.integers(0, 120), st.lists(st.integers(0, 40), max_size=6))
def test_whatever_the_notice_says_figures_are_those_of_a_calendar_known_all_along(
    days: int, after: int, off: list[int]
) -> None:
    forget()
    day = f"{AUTUMN + timedelta(days=after)}"
    county = limited(days)
    opened(county, f"{AUTUMN}")
    first = completed(county, day)
    know([Notice(year=2027, off=tuple(date(2027, 1, 1) + timedelta(days=n) for n in {0, *off}))])
    known_all_along = limited(days)
    opened(known_all_along, f"{AUTUMN}")
    assert _figures([first, *facts_of(ticks(county, date(2027, 6, 1)))]) == _figures([completed(known_all_along, day)])
    forget()


async def test_the_look_at_provisional_cases_goes_by_an_index(county: County) -> None:
    query = to_look_at(asked(SettleDueDays(day=AUTUMN), COUNTY, f"{AUTUMN}T00:00"))[0]  # type: ignore[arg-type]
    cases = county.db("greenchannel")[Case.collection]
    plan = await cases.find(dict(query.filter)).sort([("due", 1), ("_id", 1)]).limit(query.most).explain()
    assert "'indexName': 'provisional'" in str(plan["queryPlanner"]["winningPlan"])
