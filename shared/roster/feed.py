"""How the roster travels: the roster service writes KV buckets, every other service reads it before each batch."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Protocol

from shared.bus.connection import Bus
from shared.bus.streams import PEOPLE, ROSTER
from shared.calendar import know
from shared.database.documents import Document
from shared.database.mongo import Database
from shared.roster.bucket import Followed, Written
from shared.roster.organisations import Organisation, Roster, county_of
from shared.roster.staff import Staff

SUBJECT = "$KV.roster."


class RosterAway(Exception):
    """The bucket is empty, or being filled again, and it was full: nobody is unknown because of that."""


class FollowedRoster:
    """The roster in the bucket, caught up with before each batch: then an unknown code is unknown."""

    in_turn = False

    def __init__(self, bus: Bus) -> None:
        self._bucket = Followed(bus, ROSTER)
        self._roster = Roster()
        self._county = ""
        self._one_at_a_time = asyncio.Lock()

    async def begin(self, county: str) -> None:
        """Whoever has ever accepted something had a roster of that county."""
        self._county = county

    async def current(self) -> Roster:
        """The roster with every change that the bucket holds now."""
        async with self._one_at_a_time:
            async for page in self._bucket.pages():
                changed = [Organisation.model_validate_json(message.body, extra="allow") for message in page]
                _learn(changed)
                self._roster = self._roster.having(*changed)
            if self._county and self._county not in self._roster:
                raise RosterAway("the roster's bucket is empty until the roster service has filled it again")
        return self._roster

    async def decided(self, projected: Sequence[Document]) -> None:
        """Only the roster service changes organisations."""


class OwnRoster:
    """The roster service's own: read from its database once, kept with each decision, written to its buckets.

    Only the holder of the lease decides, so what it keeps is what the database holds.
    """

    in_turn = True

    def __init__(self, db: Database, bus: Bus) -> None:
        self._db = db
        self._organisations, self._people = Written(bus, ROSTER), Written(bus, PEOPLE)
        self._roster: Roster | None = None
        self._under_way = False

    async def begin(self, county: str) -> None:
        """The buckets are brought up to what is committed, for the bus may have lost them."""
        self._roster = None
        await self.current()
        self._under_way = False

    async def current(self) -> Roster:
        """As committed; the first time, and after a batch that broke off, the buckets are brought up to it."""
        if self._under_way or self._roster is None:
            organisations = [Organisation.stored(one) async for one in self._db[Organisation.collection].find()]
            await self._put(sorted(organisations, key=_is_a_county))  # by which it is seen that all are there
            await self._put([Staff.stored(one) async for one in self._db[Staff.collection].find()])
            _learn(organisations)
            self._roster = Roster({organisation.id: organisation for organisation in organisations})
        self._under_way = True
        return self._roster

    async def decided(self, projected: Sequence[Document]) -> None:
        """Into the buckets first, then into what is kept; repeating does no harm."""
        written = [one.having(version=one.version + 1) for one in projected]
        await self._put(written)
        organisations = [one for one in written if isinstance(one, Organisation)]
        _learn(organisations)
        if organisations and self._roster is not None:
            self._roster = self._roster.having(*organisations)
        self._under_way = False

    async def _put(self, documents: Sequence[Document]) -> None:
        """Each into its own."""
        for one in documents:
            if isinstance(one, Organisation):
                await self._organisations.put(one.id, one.version, one.model_dump_json().encode())
            elif isinstance(one, Staff):
                await self._people.put(one.id, one.version, one.for_the_bus())


def _is_a_county(organisation: Document) -> bool:
    return organisation.id == county_of(organisation.id)


def _learn(organisations: Sequence[Organisation]) -> None:
    """The calendar comes with the roster: whoever has caught up with the one knows the other."""
    know(notice for organisation in organisations for notice in organisation.notices)


class RosterFeed(Protocol):
    """Where a service's roster comes from, and where the roster service's own decisions go."""

    async def begin(self, county: str) -> None:
        """The bus may be another one than before; `county` is whose roster there was, empty where nothing was yet."""

    async def current(self) -> Roster:
        """The roster with everything in it that was decided before now."""

    async def decided(self, projected: Sequence[Document]) -> None:
        """These documents were committed."""

    @property
    def in_turn(self) -> bool:
        """Whether what a batch decided must have arrived here before `current` may be asked again."""


__all__ = ["FollowedRoster", "OwnRoster", "RosterAway", "RosterFeed"]
