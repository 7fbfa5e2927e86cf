"""Who holds which post on a day, and what persons are called: as every service knows it from the bucket `people`."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import NamedTuple

from shared.bus.connection import Bus
from shared.bus.streams import PEOPLE
from shared.events.roster.people import Post
from shared.patience import is_fault
from shared.roster.bucket import Followed
from shared.roster.organisations import Roster
from shared.roster.staff import HeldPost, Staff

WAIT = 3.0
"""Seconds after which a page goes on with what is known."""


class PostIn(NamedTuple):
    """A post, and in which organisation."""

    organisation: str
    held: HeldPost


class People:
    """All persons and posts of the county at one moment; never changed, only followed by others."""

    def __init__(self, staff: Mapping[str, Staff] | None = None) -> None:
        self._staff = dict(staff or {})
        self._homes = {person: one for one in self._staff.values() for person in one.names}

    def having(self, changed: Iterable[Staff]) -> People:
        """As they are after some organisations changed."""
        return People({**self._staff, **{one.id: one for one in changed}})

    def __iter__(self) -> Iterator[Staff]:
        """Organisations with persons or posts, by code."""
        return (self._staff[code] for code in sorted(self._staff))

    def of(self, organisation: str) -> Staff:
        """Of one organisation, also of one of which nothing was said."""
        return self._staff.get(organisation) or Staff(id=organisation)

    def name_of(self, person: str) -> str | None:
        """What somebody is called; None of one who is not known, or was erased."""
        staff = self._homes.get(person)
        return staff.names[person] if staff else None

    def home_of(self, person: str) -> str | None:
        """Where somebody is at home; None as for a name."""
        staff = self._homes.get(person)
        return staff.id if staff else None

    def ever(self, person: str) -> list[PostIn]:
        """Every post that somebody held, holds or will, the latest first."""
        found = (PostIn(one.id, held) for one in self for held in one.posts if held.person == person)
        return sorted(found, key=lambda post: post.held.since, reverse=True)

    def posts(self, person: str, day: date, roster: Roster) -> list[PostIn]:
        """The posts of a day: with an organisation end those in it."""
        return [post for post in self.ever(person) if post.held.holds(day) and roster.standing(post.organisation, day)]

    def belongs(self, person: str, organisation: str, day: date, roster: Roster) -> bool:
        """Whether somebody is at home or in a post there on a day on which it stands."""
        return organisation in self.places_of(person, day, roster)

    def places_of(self, person: str, day: date, roster: Roster) -> list[str]:
        """Where somebody is at home or in a post on a day, by code."""
        held = {one.organisation for one in self.posts(person, day, roster)}
        home = self.home_of(person)
        return sorted(held | ({home} if home and roster.standing(home, day) else set()))

    def holders(self, organisation: str, post: Post, day: date, roster: Roster) -> list[str]:
        """Who holds a post in an organisation on a day; nobody where it does not stand."""
        if roster.standing(organisation, day) is None:
            return []
        return [one.person for one in self.of(organisation).posts if one.post is post and one.holds(day)]


class KnownPeople:
    """For pages, read only when one asks: as the bus has them now or, while it is away, as they were last known."""

    def __init__(self, bus: Bus) -> None:
        self._bus = bus
        self._bucket = Followed(bus, PEOPLE)
        self._people = People()
        self._one_at_a_time = asyncio.Lock()

    async def current(self) -> People:
        """The newest that can be had within seconds; never fails."""
        if self._bus.connected:
            try:
                async with asyncio.timeout(WAIT), self._one_at_a_time:
                    async for page in self._bucket.pages():
                        self._people = self._people.having(
                            Staff.model_validate_json(message.body, extra="allow") for message in page
                        )
            except Exception as error:
                if not is_fault(error):
                    raise
        return self._people
