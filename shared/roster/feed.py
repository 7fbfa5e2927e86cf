"""How the roster travels: the roster service writes a KV bucket, every other service reads it before each batch."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Protocol

from shared.bus.connection import Bus, Message
from shared.bus.publishing import PublishRefused, publish_all
from shared.bus.streams import ROSTER
from shared.calendar import know
from shared.database.mongo import Database
from shared.events.outgoing import Outgoing
from shared.roster.organisations import Organisation, Roster

SUBJECT = "$KV.roster."
WRONG_LAST_SEQUENCE = 10071
PAGE = 1000


class FollowedRoster:
    """The roster in the bucket, caught up with before each batch: then an unknown code is unknown."""

    in_turn = False

    def __init__(self, bus: Bus) -> None:
        self._bus = bus
        self._roster = Roster()
        self._sequence = 0
        self._one_at_a_time = asyncio.Lock()

    async def current(self) -> Roster:
        """The roster with every change that the bucket holds now."""
        async with self._one_at_a_time:
            newest = await self._bus.last(ROSTER.name, f"{SUBJECT}>")
            if newest is not None and newest.sequence > self._sequence:
                await self._follow()
        return self._roster

    async def decided(self, organisations: Sequence[Organisation]) -> None:
        """Only the roster service changes organisations."""

    async def _follow(self) -> None:
        """To the bucket's end: an organisation that changes meanwhile lies there alone, its old place is empty.

        A page is taken in before the next is asked for, so that a fault repeats only one.
        """
        while page := await self._bus.following(ROSTER.name, f"{SUBJECT}>", self._sequence, PAGE):
            changed = [Organisation.model_validate_json(message.body) for message in page]
            _learn(changed)
            self._roster, self._sequence = self._roster.having(*changed), page[-1].sequence


class OwnRoster:
    """The roster service's own: read from its database once, kept with each decision, written to the bucket.

    Only the holder of the lease decides, so what it keeps is what the database holds.
    """

    in_turn = True

    def __init__(self, db: Database, bus: Bus) -> None:
        self._db = db
        self._bus = bus
        self._roster: Roster | None = None
        self._under_way = False

    async def current(self) -> Roster:
        """The roster as committed; the first time and after a batch that broke off, the bucket is brought up to it."""
        if self._under_way or self._roster is None:
            raw = await self._db[Organisation.collection].find().to_list(None)
            organisations = [Organisation.stored(one) for one in raw]
            for organisation in organisations:
                await self._put(organisation)
            _learn(organisations)
            self._roster = Roster({organisation.id: organisation for organisation in organisations})
        self._under_way = True
        return self._roster

    async def decided(self, organisations: Sequence[Organisation]) -> None:
        """Into the bucket first, then into what is kept; repeating does no harm."""
        written = [organisation.having(version=organisation.version + 1) for organisation in organisations]
        for organisation in written:
            await self._put(organisation)
        _learn(written)
        if written and self._roster is not None:
            self._roster = self._roster.having(*written)
        self._under_way = False

    async def _put(self, organisation: Organisation) -> None:
        """Compare-and-set: a repeated step cannot put an old version over a newer one."""
        subject = SUBJECT + organisation.id
        while True:
            held = await self._bus.last(ROSTER.name, subject)
            if held is not None and _version(held) >= organisation.version:
                return
            headers = {"Nats-Expected-Last-Subject-Sequence": str(held.sequence if held else 0)}
            try:
                await publish_all(
                    self._bus.client, [Outgoing(subject, organisation.model_dump_json().encode(), headers)], timeout=5
                )
                return
            except PublishRefused as no:
                if no.err_code != WRONG_LAST_SEQUENCE:
                    raise


def _learn(organisations: Sequence[Organisation]) -> None:
    """The calendar comes with the roster: whoever has caught up with the one knows the other."""
    know(notice for organisation in organisations for notice in organisation.notices)


def _version(held: Message) -> int:
    return Organisation.model_validate_json(held.body).version


__all__ = ["FollowedRoster", "OwnRoster"]


class RosterFeed(Protocol):
    """Where a service's roster comes from, and where the roster service's own decisions go."""

    async def current(self) -> Roster:
        """The roster with everything in it that was decided before now."""

    async def decided(self, organisations: Sequence[Organisation]) -> None:
        """These organisations were committed."""

    @property
    def in_turn(self) -> bool:
        """Whether what a batch decided must have arrived here before `current` may be asked again."""
