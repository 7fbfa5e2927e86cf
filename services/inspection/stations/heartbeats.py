"""Listens to stations' heartbeats, answers them, and submits what changed of their connections.

Copies share the heartbeats (`ears`) and meet in the collection `contacts`: each writes what it heard there every few
seconds in one bulk and judges by what all have written.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from nats.aio.msg import Msg
from pydantic import ValidationError
from pymongo import UpdateOne

from services.inspection.stations.ears import Ears
from services.inspection.stations.model import Connection
from services.inspection.stations.reads import CONTACTS, read_contacts
from services.inspection.stations.watch import TOGETHER, noted
from shared.events.heartbeats import Heartbeat, HeartbeatAnswer
from shared.events.outgoing import Outgoing
from shared.patience import again
from shared.process.clock import no_beat
from shared.process.running import Running
from shared.roster.feed import RosterFeed
from shared.roster.organisations import Roster

ROUND = 10.0
"""Seconds between two rounds, each one bulk write."""
DEAF = timedelta(seconds=60)
"""A round this late means that this process stood still or could not look: nobody was silent meanwhile."""
LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
NEVER = -1

Now = Callable[[], datetime]


def read_heartbeat(body: bytes) -> Heartbeat | None:
    """The heartbeat, or None for what is none."""
    try:
        return Heartbeat.model_validate_json(body)
    except ValidationError:
        return None


def utc_now() -> datetime:
    """To the millisecond, as the database keeps it: all copies then derive the same ids."""
    now = datetime.now(UTC)
    return now.replace(microsecond=now.microsecond // 1000 * 1000)


@dataclass(frozen=True, slots=True)
class Heard:
    """The heartbeats of one station since the last round; the row without a gap began at `first`."""

    first: datetime
    last: datetime
    said: Heartbeat

    def then(self, at: datetime, said: Heartbeat) -> Heard:
        """With one more."""
        return Heard(at if at - self.last > TOGETHER else self.first, at, said)

    def write(self, station: str) -> UpdateOne:
        """Into the station's contact, whatever other copies have written there meanwhile."""
        before = {"$ifNull": ["$heard", LONG_AGO]}
        anew = {"$gt": [{"$subtract": [self.first, before]}, TOGETHER // timedelta(milliseconds=1)]}
        newest = {"$gte": [self.last, before]}
        condition = {
            name: {"$cond": [newest, {"$literal": value}, f"${name}"]} for name, value in self._condition().items()
        }
        row = {"since": {"$cond": [anew, self.first, "$since"]}, "heard": {"$max": ["$heard", self.last]}}
        return UpdateOne({"_id": station}, [{"$set": {**row, **condition}}], upsert=True)

    def _condition(self) -> dict[str, object]:
        off = round((self.said.clock - self.last).total_seconds())
        return {
            "waiting": self.said.waiting,
            "oldest": self.said.oldest,
            "version": self.said.version,
            "clock_off_seconds": off,
        }


class Listener:
    """One copy's ear. `now` is asked for every heartbeat and every round."""

    def __init__(self, parts: Running, feed: RosterFeed, now: Now = utc_now) -> None:
        self._bus, self._db, self._feed, self._now = parts.bus, parts.db, feed, now
        self._roster = Roster()
        self._heard: dict[str, Heard] = {}
        self._submitted: dict[str, str] = {}
        self._listening = self._looked = LONG_AGO
        self._reconnects = NEVER
        self._ears = Ears(parts.bus.client, self._hear)

    async def run(self) -> None:
        """Round after round; faults of bus and database are waited out."""
        await again(self.listen, no_beat, "heartbeats")
        while True:
            await asyncio.sleep(ROUND)
            await again(self.round, no_beat, "heartbeats")

    async def listen(self) -> None:
        """From now on heartbeats are heard and answered."""
        await self._turn_to_all()

    async def _turn_to_all(self) -> None:
        self._roster = await self._feed.current()
        await self._ears.turn_to(one.id for one in self._roster)

    async def _hear(self, message: Msg) -> None:
        """A heartbeat of a registered organisation; anything else is passed over in silence.

        One that has ended is answered, for what happened before may still come from there; but nobody waits for it.
        """
        now, station = self._now(), message.subject.split(".")[1]
        said = read_heartbeat(message.data)
        if said is None or not self._roster.known(station, now):
            return
        if self._roster.standing(station, now):
            before = self._heard.get(station)
            self._heard[station] = before.then(now, said) if before else Heard(now, now, said)
        if message.reply:
            await message.respond(HeartbeatAnswer(time=now).model_dump_json().encode())

    async def round(self) -> None:
        """Writes what was heard, reads what all copies heard, submits what has changed."""
        await self._turn_to_all()
        await self._write()
        now = self._now()
        self._count_silence_from(now)
        contacts = await read_contacts(self._db)
        raw = await self._db[Connection.collection].find({"_id": {"$in": list(contacts)}}).to_list(None)
        connections = {one["_id"]: Connection.stored(one) for one in raw}
        for one in noted(contacts.values(), connections, now, self._listening):
            await self._submit(one.station, one.message)

    async def _write(self) -> None:
        """What is heard while it is written waits for the next round; a write that failed is repeated."""
        heard = dict(self._heard)
        if heard:
            await self._db[CONTACTS].bulk_write([one.write(code) for code, one in heard.items()], ordered=False)
        self._heard = {code: one for code, one in self._heard.items() if heard.get(code) is not one}

    def _count_silence_from(self, now: datetime) -> None:
        """Now, when nothing could be heard or seen since the last round, be it for us or for the bus."""
        reconnects = self._bus.reconnects
        if now - self._looked > DEAF or reconnects != self._reconnects or not self._bus.connected:
            self._listening = now
        self._looked, self._reconnects = now, reconnects

    async def _submit(self, station: str, message: Outgoing) -> None:
        """Once: what is stored on the bus is decided sooner or later."""
        id = message.headers["ce-id"]
        if self._submitted.get(station) != id:
            await self._bus.publish([message])
            self._submitted[station] = id
