"""A round (逐窗登记): several places of one plan on one form, each a submission of its own if it was ticked.

Nobody's looking is taken for granted: what is not ticked is not logged. What was found somewhere, or looked otherwise
than in order, is logged on that place's own form.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid5

from pydantic import TypeAdapter

from services.inspection.patrols.form import PATROL, PlaceDue, is_scored
from services.inspection.patrols.measures import DueLine
from services.inspection.patrols.model.checklists import ChecklistVersion
from services.inspection.patrols.model.plans import PatrolPlan
from shared.calendar import CHINA
from shared.events import Submission
from shared.forms import Entered, Ticket, UnfitForm, read_all
from shared.forms.layout import name_of
from shared.forms.tickets import submission_id

ROUNDS = "/inspection/rounds"
CARRIED, LOOKED, SCORE, SEEN_AT = "round", "looked-", "score-", "seen-"
"""Names of fields; the last three with a place's code behind."""
IN_FULL, FULL_SCORE = "100", "100"
MOST = 100
"""Places of one form: two shares of what one submitter may let wait."""


def round_url(plan: str) -> str:
    """Where the round of a plan is."""
    return f"{ROUNDS}/{plan}"


@dataclass(frozen=True, slots=True)
class CarriedRound:
    """By what its places are patrolled, for the form to bring back: sent, it needs no look-up."""

    plan: PatrolPlan
    day: date
    patroller: str
    version: ChecklistVersion | None

    def place(self, organisation: str) -> PlaceDue:
        """One of them, as its own form would have it."""
        line = DueLine(self.plan, self.day, organisation, "", self.patroller, False, False, False)
        return PlaceDue(line, self.version)


_ROUNDS = TypeAdapter(CarriedRound)


def as_carried(one: CarriedRound) -> str:
    """For a hidden field."""
    return _ROUNDS.dump_json(one).decode()


def carried(values: Mapping[str, str], plan: str) -> CarriedRound | None:
    """As it was shown; nothing when it is another plan's or cannot be read. What is decided does not rely on it."""
    try:
        found = _ROUNDS.validate_json(values.get(CARRIED, ""))
    except ValueError:
        return None
    return found if found.plan.plan == plan else None


@dataclass(frozen=True, slots=True)
class TickedPlace:
    """A place that was ticked, and what is submitted of it."""

    organisation: str
    id: str
    data: Submission
    happened: datetime


def ticked(values: Mapping[str, str]) -> Sequence[str]:
    """The places that somebody says to have looked at, by code."""
    return sorted(name.removeprefix(LOOKED) for name in values if name.startswith(LOOKED))[:MOST]


def looked_at(
    one: CarriedRound, organisation: str, values: Mapping[str, str], ticket: Ticket, now: datetime
) -> TickedPlace | UnfitForm:
    """A place in order: every mark in full or, where there is no checklist, the score that was entered.

    Its ticket follows from the form's: however often that is sent, each place is one submission.
    """
    place, own = one.place(organisation), Ticket(str(uuid5(UUID(ticket.id), organisation)), "")
    entered = Entered(
        _entered(place, values.get(SCORE + organisation, "")), _at(own, ticket, values, organisation, now)
    )
    read = read_all(PATROL, entered, place, now=now)
    if isinstance(read, UnfitForm):
        return read
    id = submission_id(entered.ticket, read.data, organisation, read.happened)
    return TickedPlace(organisation, id, read.data, read.happened)


def _entered(place: PlaceDue, score: str) -> dict[str, str]:
    if is_scored(place):
        return {"score": score.strip()}
    items = place.version.items if place.version else ()
    return {name_of(("checked", "marks", each.item)): IN_FULL for each in items}


def _at(own: Ticket, opened: Ticket, values: Mapping[str, str], organisation: str, now: datetime) -> Ticket:
    """When it was ticked, as far as the browser said so and that can be; else when the form was opened."""
    try:
        said = datetime.fromisoformat(values.get(SEEN_AT + organisation, ""))
        began = datetime.fromisoformat(opened.time)
        is_then = began <= said <= now
    except (ValueError, TypeError):
        return Ticket(own.id, opened.time)
    return (
        Ticket.of(own.id, said.astimezone(CHINA).isoformat(timespec="seconds"))
        if is_then
        else Ticket(own.id, opened.time)
    )
