"""A station or a window by itself: its year day by day, when it was last heard, who serves there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from services.feedback.county import marks
from services.feedback.county.glance import UNKNOWN
from shared.asks.bus import asked
from shared.asks.patrolled import PATROLLED, Ages, LastContact, Patrolled, PatrolledAsked
from shared.events.labels import POSTS
from shared.events.vocabulary import OrganisationKind
from shared.identity.reading import PEOPLE, PLACES
from shared.pages.chinese import grouped, since, time_text
from shared.pages.drawn import Drawing, DrawnPath
from shared.web.visit import Visit

RECTIFICATIONS = "/inspection/rectifications?source=finding&organisation="
UNHEARD = "从未联系"


@dataclass(frozen=True, slots=True)
class PlaceSeen:
    """`days` is None where the year's days are not known; `facts` are names with words and where they lead."""

    year: int
    days: Drawing | None
    said: str
    legend: tuple[tuple[DrawnPath, str], ...]
    facts: tuple[tuple[str, str, str], ...]
    may_know_people: bool
    people: tuple[tuple[str, str], ...]
    people_url: str


def is_place(here: Visit, code: str, day: date) -> bool:
    """A village's station or a ranch's: it has no place below it."""
    standing = here.roster.known(code, day)
    return standing is not None and standing.kind in (OrganisationKind.VILLAGE, OrganisationKind.RANCH)


async def place_seen(here: Visit, code: str, day: date) -> PlaceSeen | None:
    """As of a day, in its year; nothing of what has places below it."""
    if not is_place(here, code, day):
        return None
    known = await asked(here.parts, PATROLLED, PatrolledAsked(of=code, last=day, today=here.today, year=day.year))
    name, may = here.roster.called(code, day), here.reading.may(PEOPLE, code)
    return PlaceSeen(
        year=day.year,
        days=_days(name, day, known),
        said=_said(known),
        legend=marks.legend(marks.OF_ONE),
        facts=tuple(_facts(here, code, known)) if known else (),
        may_know_people=may,
        people=tuple(await _people(here, code)) if may else (),
        people_url=f"/roster/people/of/{code}",
    )


def _days(name: str, day: date, known: Patrolled | None) -> Drawing | None:
    if known is None:
        return None
    tallies = {at: one for at, one in zip(known.days, known.places[0].tallies, strict=True) if one}
    return marks.year_drawn(name, day.year, tallies, day)


def _said(known: Patrolled | None) -> str:
    return marks.said(known.days, known.places[0].tallies) if known else UNKNOWN


def _facts(here: Visit, code: str, known: Patrolled) -> Iterator[tuple[str, str, str]]:
    """The line to it is told to those who may read of it."""
    if known.contact is not None and here.reading.may(PLACES, code):
        yield from _contact(here, known.contact)
    yield "整改", _left(known.ages), f"{RECTIFICATIONS}{code}"


def _contact(here: Visit, contact: LastContact) -> Iterator[tuple[str, str, str]]:
    heard = contact.heard
    words = f"{since(heard, here.now)}（{time_text(heard)}）" if heard else UNHEARD
    yield "最近联系", words + ("，失联" if contact.is_silent and heard else ""), ""
    if contact.connected is not None:
        yield "连接", "在线" if contact.connected else "离线", ""
    if contact.waiting:
        yield "站点电脑上待发送", f"{grouped(contact.waiting)}件", ""


def _left(ages: Ages) -> str:
    overdue = ages.week + ages.month + ages.longer
    total = overdue + ages.not_due
    if not total and not ages.waiting:
        return "没有未整改到位的事项"
    waiting = f"，等待核验{grouped(ages.waiting)}项" if ages.waiting else ""
    return f"目前未整改到位{grouped(total)}项，其中逾期{grouped(overdue)}项{waiting}"


async def _people(here: Visit, code: str) -> list[tuple[str, str]]:
    """By name with their posts there today."""
    people = await here.parts.people.current()
    names = people.of(code).names
    return [
        (name, "、".join(POSTS[one.held.post] for one in people.posts(id, here.today, here.roster)))
        for id, name in sorted(names.items(), key=lambda one: one[1])
    ]
