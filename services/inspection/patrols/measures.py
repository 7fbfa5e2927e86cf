"""The five measures of patrols: expected, done, rate, on time, rate on time; by plan, patroller, place or day."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from services.inspection.patrols.model.patrols import PatrolRound, Tally
from services.inspection.patrols.model.plans import PatrolPlan, PatrolPlans
from shared.events.vocabulary import OrganisationKind
from shared.roster.organisations import Roster


@dataclass(frozen=True, slots=True)
class DueLine:
    """A place that is due by a plan on a day, who is to patrol it, and whether it was patrolled, and on time.

    `closed` says whether the day was closed for its plan.
    """

    plan: PatrolPlan
    day: date
    organisation: str
    township: str
    patroller: str
    done: bool
    on_time: bool
    closed: bool

    @property
    def is_self_check(self) -> bool:
        """Whether the place looks at itself."""
        return self.patroller == self.organisation


class Five(NamedTuple):
    """Places expected, done and on time; the rates follow, and are None where nothing is expected."""

    expected: int
    done: int
    on_time: int

    @property
    def rate(self) -> float | None:
        """Done of expected, 0 to 1."""
        return self.done / self.expected if self.expected else None

    @property
    def rate_on_time(self) -> float | None:
        """On time of expected, 0 to 1."""
        return self.on_time / self.expected if self.expected else None

    def answer(self) -> dict[str, Any]:
        """As the API says it; rates with four decimals."""
        rates = {"rate": self.rate, "rate_on_time": self.rate_on_time}
        rounded = {name: None if rate is None else round(rate, 4) for name, rate in rates.items()}
        return {
            "expected": self.expected,
            "done": self.done,
            "rate": rounded["rate"],
            "on_time": self.on_time,
            "rate_on_time": rounded["rate_on_time"],
        }


Due = tuple[PatrolPlan, date]
"""A plan and a day on which its places are due."""


def due_or_closed(plans: PatrolPlans, kept: PatrolRound | None, plan: PatrolPlan, day: date) -> Due:
    """The day for which a round was closed, with the plan as it was then; else the day on which it is due."""
    if kept is None or kept.tally(plan.plan).due is None:
        return plan, day
    return plans.on(kept.day).get(plan.plan, plan), kept.day


def due_lines(due: Iterable[Due], rounds: Mapping[str, PatrolRound], roster: Roster, county: str) -> Iterator[DueLine]:
    """Every place due, before anything is logged as well; a day that was closed keeps whom it was closed with."""
    for plan, day in due:
        kept = rounds.get(plan.round_id(county, day))
        tally = kept.tally(plan.plan) if kept else Tally()
        for code in plan.places(roster, day) if tally.due is None else tally.due:
            township = township_of(code, roster, day)
            patroller = tally.answerable.get(code) or plan.patroller(code, roster, day)
            done, on_time, closed = code in tally.patrolled, code in tally.on_time, tally.due is not None
            yield DueLine(plan, day, code, township, patroller, done, on_time, closed)


def township_of(code: str, roster: Roster, day: date) -> str:
    """The township on the way to a place; empty for what belongs to the county itself."""
    steps = roster.path(code, day).split("/")
    kinds = ((step, roster.standing(step, day)) for step in steps)
    return next((step for step, stood in kinds if stood and stood.kind is OrganisationKind.TOWNSHIP), "")


def five(lines: Iterable[DueLine]) -> Five:
    """The measures of some places."""
    due = list(lines)
    return Five(len(due), sum(line.done for line in due), sum(line.on_time for line in due))


def by(key: Callable[[DueLine], Any], lines: Iterable[DueLine]) -> dict[Any, Five]:
    """The measures of each group, in the order of first appearance."""
    groups: dict[Any, list[DueLine]] = {}
    for line in lines:
        groups.setdefault(key(line), []).append(line)
    return {group: five(members) for group, members in groups.items()}
