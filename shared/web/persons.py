"""Persons on pages: by name to whoever may read it, by unit and post to others, by their id to nobody.

A form lets one choose among those of a unit by name; whoever is not registered there cannot be chosen.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from shared.calendar import china_day
from shared.events.labels import POSTS
from shared.events.roster.people import Post
from shared.events.vocabulary import PERSON_PATTERN
from shared.identity.reading import PEOPLE, SERVING
from shared.pages.words import acting_name
from shared.pipeline.ledger import ledger
from shared.process.running import Running
from shared.roster.organisations import Roster
from shared.roster.people import People
from shared.roster.staff import HeldPost
from shared.web.reading import Reading
from shared.web.visit import Visit

NOT_KNOWN = "未登记人员"
SOMEBODY = "工作人员"
FACING = frozenset({Post.WINDOW_CHIEF, Post.WINDOW_CLERK, Post.STATION_CLERK})
"""Those who face whoever comes: their names stand on their desks."""
IS_ID = re.compile(PERSON_PATTERN).fullmatch


@dataclass(frozen=True, slots=True)
class Persons:
    """Everybody of the county, as whoever looks may know them."""

    people: People
    roster: Roster
    reading: Reading

    def called(self, person: str, unit: str, day: date) -> str:
        """Who did something for a unit on a day: its name with the post, else unit and post.

        What a program wrote instead of an id is said as it wrote it.
        """
        if not IS_ID(person):
            return person
        if not self.people.home_of(person) and not self.people.ever(person):
            return NOT_KNOWN
        post = self._post(person, unit, day)
        if name := self.name_of(person, unit, day):
            return f"{name}（{post}）" if post else name
        return said_once(acting_name(unit, self.roster, day), post or SOMEBODY)

    def within(self, person: str, unit: str, day: date) -> str:
        """The same where the unit is said already."""
        known = self.people.home_of(person) or self.people.ever(person)
        if not IS_ID(person) or not known:
            return self.called(person, unit, day)
        return self.name_of(person, unit, day) or self._post(person, unit, day) or SOMEBODY

    def name_of(self, person: str, unit: str, day: date) -> str | None:
        """Of those who may be read by name; None of others."""
        home = self.people.home_of(person)
        faces = any(one.post in FACING for one in self._held(person, unit, day))
        may = home is not None and (self.reading.may(PEOPLE, home) or (faces and self.reading.may(SERVING, unit)))
        return self.people.name_of(person) if may else None

    def of(self, unit: str, day: date, whoever: bool = False) -> Mapping[str, str]:
        """Who may be chosen of a unit: at home there, or in a post; `whoever` asks may name everybody of it."""
        staff = self.people.of(unit)
        ids = dict.fromkeys([*staff.names, *(one.person for one in staff.posts if one.holds(day))])
        named = ((id, self.people.name_of(id) if whoever else self.name_of(id, unit, day)) for id in ids)
        found = {id: f"{name}（{post}）" if (post := self._post(id, unit, day)) else name for id, name in named if name}
        return dict(sorted(found.items(), key=lambda one: one[1]))

    def among(self, unit: str, day: date, person: str | None) -> Mapping[str, str]:
        """Those who may be chosen, and whoever was chosen before."""
        found = self.of(unit, day)
        return found if not person or person in found else {**found, person: self.within(person, unit, day)}

    def _held(self, person: str, unit: str, day: date) -> Iterable[HeldPost]:
        return (one for one in self.people.of(unit).posts if one.person == person and one.holds(day))

    def _post(self, person: str, unit: str, day: date) -> str:
        return "、".join(POSTS[one.post] for one in self._held(person, unit, day))


def said_once(unit: str, post: str) -> str:
    """县政务服务联合党委 and 联合党委书记 are 县政务服务联合党委书记: what one ends with and the other begins with."""
    most = min(len(unit), len(post))
    same = next((n for n in range(most, 1, -1) if unit.endswith(post[:n])), 0)
    return unit + post[same:]


def page_of_people(unit: str) -> str:
    """Where persons of a unit are registered."""
    return f"/roster/people/of/{unit}"


async def persons(here: Visit) -> Persons:
    """As a visit may know them."""
    return await persons_known(here.parts, here.roster, here.reading)


async def persons_known(parts: Running, roster: Roster, reading: Reading) -> Persons:
    """As a reader may know them."""
    return Persons(await parts.people.current(), roster, reading)


async def actors(here: Visit, keys: Iterable[str]) -> Mapping[str, str]:
    """Who acted in each of these submissions of the service, by key; nothing of those that name nobody."""
    wanted = {"_id": {"$in": [key for key in keys if key]}, "actor": {"$exists": True}}
    found = await ledger(here.parts.db).find(wanted, {"actor": 1, "submitter": 1, "time": 1}).to_list(None)
    known = await persons(here) if found else None
    return {
        one["_id"]: known.called(one["actor"], one["submitter"], china_day(datetime.fromisoformat(one["time"])))
        for one in found
        if known
    }
