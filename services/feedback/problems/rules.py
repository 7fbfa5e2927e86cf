"""What a fact of rectification changes of the finding that it is about."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from services.feedback.measures.opinions import is_of_opinion
from services.feedback.measures.rectifying import HELD
from services.feedback.problems.model import OPEN, OVERDUE, STILL, Problem, SaidDeadline
from shared.calendar import china_day
from shared.database.documents import Key
from shared.events import Event, EventData, Fact, inspection
from shared.pipeline.decisions import Accepted, State
from shared.roster.organisations import county_of

Changed = Mapping[str, object]


def opened(_: Problem, fact: inspection.RectificationOpened, day: date) -> Changed:
    """What was found, and by when it is to be put right."""
    return {"item": fact.item, "found": day, "deadlines": (SaidDeadline(said=day, day=fact.deadline),)}


def given(one: Problem, fact: Any, day: date) -> Changed:
    """Another deadline."""
    return {"deadlines": (*one.deadlines, SaidDeadline(said=day, day=fact.deadline))}


def done_again(one: Problem, fact: Any, day: date) -> Changed:
    """Another deadline, for what was reported as done is not."""
    return {**given(one, fact, day), "submitted": None}


def taken_back(one: Problem, fact: Any, _: date) -> Changed:
    """The deadline before holds again."""
    last = next((n for n in reversed(range(len(one.deadlines))) if one.deadlines[n].day == fact.deadline), None)
    return {"deadlines": tuple(each for n, each in enumerate(one.deadlines) if n != last)}


def settled(one: Problem, fact: inspection.RectificationDeadlineSettled, _: date) -> Changed:
    """The deadline that was told last lies on another day."""
    moved = (
        each.model_copy(update={"day": fact.deadline}) if each.day == fact.before else each for each in one.deadlines
    )
    return {"deadlines": tuple(moved)}


FOLLOWED: Mapping[type[EventData], Callable[[Problem, Any, date], Changed]] = {
    inspection.RectificationOpened: opened,
    inspection.RectificationExtended: given,
    inspection.RectificationSentBack: done_again,
    inspection.RectificationReopened: done_again,
    inspection.ExtensionWithdrawn: taken_back,
    inspection.SendingBackWithdrawn: taken_back,
    inspection.ReopeningWithdrawn: taken_back,
    inspection.RectificationDeadlineSettled: settled,
    inspection.RectificationSubmitted: lambda _, fact, day: {"submitted": day},
    inspection.SubmittedWorkWithdrawn: lambda _, fact, day: {"submitted": None},
}
CHANGES_IT = frozenset({*FOLLOWED, *HELD})
"""The facts that change a problem."""


def needs(event: Event[Fact]) -> Iterable[Key]:
    """The problem as the facts before left it; an opinion of a document is none."""
    return [] if is_of_opinion(event.data) else [Key(Problem, problem_id(event))]


def problem_id(event: Event[Any]) -> str:
    """The finding's own, among those of whom it was found at."""
    return f"{event.organisation}/{event.data.rectification}"


def follow(state: State, event: Event[Any]) -> Accepted:
    """A problem after one fact more."""
    if is_of_opinion(event.data):
        return Accepted()
    id = problem_id(event)
    one = state.get(Problem, id)
    one = one or Problem(id=id, county=county_of(event.organisation), organisation=event.organisation)
    changed = FOLLOWED.get(type(event.data))
    day = china_day(event.time)
    one = one.having(**changed(one, event.data, day)) if changed else one
    return Accepted((_held(one, HELD[type(event.data)](event.data), day) if type(event.data) in HELD else one,))


def _held(one: Problem, adds: Mapping[str, int], day: date) -> Problem:
    month, held = day.isoformat()[:7], {name: dict(by_month) for name, by_month in one.held.items()}
    for name in (OPEN, OVERDUE):
        if amount := adds.get(name, 0):
            by_month = held.setdefault(name, {})
            by_month[month] = by_month.get(month, 0) + amount
    return one.having(held=held, until=_until(held.get(OPEN, {})))


def _until(opened: Mapping[str, int]) -> str:
    return STILL if sum(opened.values()) > 0 else max(opened, default="")
