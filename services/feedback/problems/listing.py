"""Which problems are open when a day is over, and which were put right late within a period."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, NamedTuple

from services.feedback.problems.model import OPEN, OVERDUE, STILL, Problem
from services.feedback.reports import periods
from services.feedback.reports.model import ListedProblem
from shared.calendar import working_days_between
from shared.pages.words import name_of
from shared.roster.organisations import Roster

MOST_LISTED = 100
"""Problems of a document; how many more there are is said."""


class Listing(NamedTuple):
    """The problems that a document names, and how many more there are."""

    shown: tuple[ListedProblem, ...]
    left: int = 0


def of_period(county: str, period: str) -> dict[str, Any]:
    """The filter of problems that are open when a period is over, or were put right since it began."""
    return {"county": county, "until": {"$gte": periods.months_of(period)[0], "$lte": STILL}}


def listing(problems: Iterable[Problem], roster: Roster, organisation: str, period: str) -> Listing:
    """What is left to be put right when a period is over, then what was put right in it after its deadline."""
    last, theirs = periods.last_day(period), list(problems)
    left = [
        _named(one, roster, last, late=days_late(one, last))
        for one in open_problems(theirs, roster, organisation, last)
    ]
    every = (*left, *put_right_late(theirs, roster, organisation, period))
    return Listing(every[:MOST_LISTED], max(0, len(every) - MOST_LISTED))


def _named(one: Problem, roster: Roster, last: date, **more: Any) -> ListedProblem:
    where = name_of(one.organisation, roster, last)
    return ListedProblem(problem=one.id, what=one.item, where=where, found=one.found or last, due=one.due(last), **more)


def is_under(one: Problem, roster: Roster, organisation: str, day: date) -> bool:
    """Whether an organisation answers for it on a day, by itself or for what stands below it."""
    return organisation in _answering(one, roster, day)


def by_answering(problems: Iterable[Problem], roster: Roster, day: date) -> dict[str, list[Problem]]:
    """Each problem under everybody who answers for it on a day: looked at once, however many documents there are."""
    found: dict[str, list[Problem]] = {}
    for one in problems:
        for code in _answering(one, roster, day):
            found.setdefault(code, []).append(one)
    return found


def _answering(one: Problem, roster: Roster, day: date) -> list[str]:
    return (roster.place(one.organisation, day) or f"{one.county}/{one.organisation}").split("/")


def open_problems(
    problems: Iterable[Problem], roster: Roster, organisation: str, last: date, balance: str = OPEN
) -> list[Problem]:
    """Those of an organisation that are not put right when a month's last day is over, the earliest found first."""
    month = last.isoformat()[:7]
    found = (one for one in problems if one.holds(balance, month) and is_under(one, roster, organisation, last))
    return sorted(found, key=lambda one: (one.found or last, one.id))


def days_late(one: Problem, last: date) -> int:
    """Working days by which it is past its deadline when a day is over; 0 of what is in time."""
    due = one.due(last)
    is_late = due is not None and due < last and one.holds(OVERDUE, last.isoformat()[:7])
    return working_days_between(due, last) if is_late and due else 0


def put_right_late(
    problems: Iterable[Problem], roster: Roster, organisation: str, period: str
) -> Iterator[ListedProblem]:
    """Those that ceased to be open within a period, by work that came after the deadline; the earliest found first."""
    last, months = periods.last_day(period), periods.months_of(period)
    for one in sorted(problems, key=lambda one: (one.found or last, one.id)):
        due, done = one.due(last), one.submitted
        if due is None or done is None or not due < done <= last:
            continue
        if one.until in months and is_under(one, roster, organisation, last):
            yield _named(one, roster, last, done=done, late=working_days_between(due, done))
