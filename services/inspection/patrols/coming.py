"""Plans and checklists that were adopted and are not in force yet, each with the ways to change and cancel it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from services.inspection.patrols.board import PlanLine, plan_line
from services.inspection.patrols.model.checklists import Checklist
from services.inspection.patrols.model.plans import PatrolPlans
from services.inspection.patrols.plan_form import plan_key, version_key
from shared.pages.chinese import day_text
from shared.roster.organisations import Roster
from shared.web.records.planned import ChangeLinks


@dataclass(frozen=True, slots=True)
class ComingPlan:
    """A plan as it will be."""

    line: PlanLine
    ways: ChangeLinks | None


@dataclass(frozen=True, slots=True)
class ComingVersion:
    """A checklist's version as it will be."""

    name: str
    since: str
    ways: ChangeLinks | None


@dataclass(frozen=True, slots=True)
class Coming:
    """What a page shows below the plans in force; nothing when nothing is to come."""

    plans: tuple[ComingPlan, ...] = ()
    checklists: tuple[ComingVersion, ...] = ()


def is_coming(plans: PatrolPlans, lists: Sequence[Checklist], today: date) -> bool:
    """Whether there is anything to look up."""
    begins = [version.effective_from for one in lists for version in one.versions]
    return any(day > today for day in (*(one.effective_from for one in plans.history), *begins))


def coming(
    plans: PatrolPlans, lists: Sequence[Checklist], roster: Roster, today: date, ways: Mapping[str, ChangeLinks]
) -> Coming:
    """As of today, those that begin first in front."""
    ahead = sorted((one for one in plans.history if one.effective_from > today), key=lambda one: one.effective_from)
    lines = ((one, plan_line(one, lists, roster, one.effective_from)) for one in ahead)
    return Coming(
        tuple(ComingPlan(line, ways.get(plan_key(one.plan, one.effective_from))) for one, line in lines),
        tuple(_versions(lists, today, ways)),
    )


def _versions(lists: Sequence[Checklist], today: date, ways: Mapping[str, ChangeLinks]) -> Iterator[ComingVersion]:
    for listed in lists:
        for one in listed.versions:
            if one.effective_from > today:
                name, key = f"{one.name}（第{one.version}版）", version_key(listed.checklist, one.version)
                yield ComingVersion(name, day_text(one.effective_from), ways.get(key))
