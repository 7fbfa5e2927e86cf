"""The places that are due for an inspector with a phone: which are open, which are done, which comes next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from services.inspection.patrols.measures import DueLine
from services.inspection.patrols.round import round_url
from shared.pages.chinese import PATROLS, day_text
from shared.pages.words import name_of
from shared.roster.organisations import Roster

LIST = "/inspection/patrol"


@dataclass(frozen=True, slots=True)
class DueCard:
    """A place in the list."""

    name: str
    url: str
    plan: str
    until: str
    done: bool


def due_card(line: DueLine, roster: Roster) -> DueCard:
    """A place that is due."""
    until = f"{day_text(line.day)} {line.plan.until}前"
    name = name_of(line.organisation, roster, line.day)
    return DueCard(name, form_url(line.plan.plan, line.organisation), line.plan.name, until, line.done)


def due_lead(line: DueLine) -> str:
    """What stands above the form of a place."""
    return f"{PATROLS[line.plan.patrol]}；{line.plan.name}；{day_text(line.day)} {line.plan.until}前为按时"


def form_url(plan: str, organisation: str) -> str:
    """Where the form of a place is."""
    return f"{LIST}/{plan}/{organisation}"


def next_place(places: Sequence[DueCard], sent: str) -> DueCard | None:
    """The first that is open; not the one whose form was sent last, which may still be under way."""
    return next((one for one in places if not one.done and one.url != sent), None)


@dataclass(frozen=True, slots=True)
class RoundLink:
    """Where several places of a plan are logged at one go."""

    name: str
    url: str


def rounds_of(lines: Sequence[DueLine]) -> list[RoundLink]:
    """Of the plans by which more than one place is still open."""
    left = Counter((line.plan.plan, line.plan.name) for line in lines if not line.done)
    return [RoundLink(name, round_url(plan)) for (plan, name), count in left.items() if count > 1]
