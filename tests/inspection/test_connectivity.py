"""Connections from real heartbeats: told without flapping, the same by any number of copies, over any restart."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from nats.aio.msg import Msg

from services.inspection.handlers import HANDLERS
from services.inspection.stations.heartbeats import DEAF, Listener, read_heartbeat
from services.inspection.stations.model import Connection
from services.inspection.stations.reads import read_contacts
from services.inspection.stations.reads import stations as listed
from services.inspection.stations.watch import SILENCE, TOGETHER, Contact, Noted, noted
from shared.bus.round_trip import round_trip
from shared.events.inspection import NoteConnected, NoteDisconnected, StationConnected, StationDisconnected
from shared.identity.access import Access, Hearing
from shared.process.config import Settings
from shared.process.running import Running, connect_broker
from shared.roster.feed import FollowedRoster
from tests.asking import COUNTY, NEIGHBOUR, STATION, Desk, moment, roster
from tests.county import County
from tests.submitters import A_MONDAY, station

NOON = moment("2018-03-05T12:00")
EVERY, MINUTE, SECOND = timedelta(seconds=30), timedelta(minutes=1), timedelta(seconds=1)
HOUR = timedelta(hours=1)


# The rules: forward in time, once


def test_a_station_is_connected_disconnected_and_connected_again_each_with_how_long() -> None:
    desk = Desk(HANDLERS, roster())
    first, lost, back = NOON, NOON + HOUR, NOON + 3 * HOUR
    facts = [
        *desk.agrees(NoteConnected(), STATION, first, by=COUNTY),
        *desk.agrees(NoteDisconnected(), STATION, lost, by=COUNTY),
        *desk.agrees(NoteConnected(), STATION, back, by=COUNTY),
    ]
    assert facts == [
        (STATION, StationConnected(since=first, away_since=None, seconds=0)),
        (STATION, StationDisconnected(since=lost, connected_since=first, seconds=3600)),
        (STATION, StationConnected(since=back, away_since=lost, seconds=7200)),
    ]


def test_what_is_known_and_what_is_older_change_nothing() -> None:
    desk = Desk(HANDLERS, roster())
    assert desk.agrees(NoteDisconnected(), STATION, NOON, by=COUNTY) == ()
    desk.agrees(NoteConnected(), STATION, NOON, by=COUNTY)
    assert desk.agrees(NoteConnected(), STATION, NOON + MINUTE, by=COUNTY) == ()
    assert desk.agrees(NoteDisconnected(), STATION, NOON - MINUTE, by=COUNTY) == ()
    desk.agrees(NoteDisconnected(), STATION, NOON + HOUR, by=COUNTY)
    assert desk.agrees(NoteConnected(), STATION, NOON + MINUTE, by=COUNTY) == ()
    assert desk.only(Connection) == Connection(
        id=STATION, county=COUNTY, connected=False, since=NOON + HOUR, version=desk.only(Connection).version
    )


# What follows from contacts: pure


def connection(connected: bool, since: datetime) -> dict[str, Connection]:
    return {STATION: Connection(id=STATION, county=COUNTY, connected=connected, since=since)}


HEARD = Contact(STATION, since=NOON, heard=NOON + HOUR)
ONCE = Contact(STATION, since=NOON + HOUR, heard=NOON + HOUR)
LAST = NOON + HOUR
LONG_LISTENING = NOON - HOUR


@pytest.mark.parametrize(
    ("contact", "connections", "now", "listening", "expected"),
    [
        (HEARD, {}, LAST, LONG_LISTENING, Noted(STATION, NoteConnected(), NOON)),
        (ONCE, {}, LAST, LONG_LISTENING, None),
        (HEARD, connection(True, NOON), LAST + SILENCE, LONG_LISTENING, None),
        (
            HEARD,
            connection(True, NOON),
            LAST + SILENCE + SECOND,
            LONG_LISTENING,
            Noted(STATION, NoteDisconnected(), LAST),
        ),
        (HEARD, connection(True, NOON), LAST + HOUR, LAST + HOUR - SILENCE, None),
        (
            HEARD,
            connection(True, NOON),
            LAST + HOUR,
            LAST + HOUR - SILENCE - SECOND,
            Noted(STATION, NoteDisconnected(), LAST),
        ),
        (HEARD, connection(False, NOON - HOUR), LAST, LONG_LISTENING, Noted(STATION, NoteConnected(), NOON)),
        (HEARD, connection(False, NOON + MINUTE), LAST, LONG_LISTENING, Noted(STATION, NoteConnected(), LAST)),
        (HEARD, connection(False, LAST), LAST + SILENCE + SECOND, LONG_LISTENING, None),
    ],
    ids=[
        "two heartbeats connect, as of the first",
        "one heartbeat does not",
        "five minutes of silence are borne",
        "more are not, as of the last heartbeat",
        "silence counts from when we listen",
        "and not for ever",
        "it is back",
        "it is back, though another copy wrote late",
        "what was told of an outage is not told again",
    ],
)
def test_what_is_said_of_a_station(
    contact: Contact, connections: dict[str, Connection], now: datetime, listening: datetime, expected: Noted | None
) -> None:
    assert next(noted([contact], connections, now, listening), None) == expected


def test_a_note_is_the_countys_submission_about_the_station_the_same_from_every_copy() -> None:
    one, other = (Noted(STATION, NoteConnected(), at) for at in (NOON, NOON.astimezone(UTC)))
    assert one.message == other.message
    assert one.message.subject == f"submit.inspection.note-connected.{COUNTY}"
    assert (one.message.headers["ce-source"], one.message.headers["ce-subject"]) == (COUNTY, STATION)


# Real heartbeats over the real bus


@dataclass
class Hands:
    """A clock that is set by hand."""

    now: datetime = field(default_factory=lambda: datetime(2018, 3, 5, 4, tzinfo=UTC))

    def __call__(self) -> datetime:
        return self.now

    def goes_on(self, by: timedelta) -> None:
        self.now += by


@dataclass
class Hub:
    """Some copies of inspection that listen, their common clock, and the stations' side of the bus."""

    county: County
    clock: Hands
    copies: list[Listener]
    feed: FollowedRoster

    async def hears(self, station: str = STATION, waiting: int = 0, body: bytes | None = None) -> Msg:
        """The answer to one heartbeat."""
        said = {"waiting": waiting, "oldest": None, "version": "0.1.0", "clock": self.clock.now.isoformat()}
        return await self.county.client.request(f"heartbeat.{station}", body or json.dumps(said).encode(), timeout=2)

    async def beats(self, times: int, *stations: str) -> None:
        """Every half minute, with a round of every copy after each."""
        for _ in range(times):
            for one in stations or (STATION,):
                await self.hears(one)
            await self.passes(EVERY)

    async def passes(self, by: timedelta) -> None:
        """Time in half minutes, with rounds; what they submit is decided."""
        for _ in range(by // EVERY):
            self.clock.goes_on(EVERY)
            for copy in self.copies:
                await copy.round()
        await self.county.settles()

    async def connections(self) -> list[str]:
        """The facts about connections so far, in their order, each station with C or D."""
        kinds = {"station-connected": "C", "station-disconnected": "D"}
        kept = [headers for _, headers, _ in (await self.county.facts()).values() if headers["ce-type"] in kinds]
        return [f"{one['ce-subject']} {kinds[one['ce-type']]}" for one in kept]


@asynccontextmanager
async def hub(county: County, copies: int = 1, clock: Hands | None = None) -> AsyncIterator[Hub]:
    """So many copies of inspection, each with a connection of its own, begin to listen."""
    clock = clock or Hands()
    async with county.connection() as first, county.connection() as second:
        listening = [Listener(running(county, bus), FollowedRoster(bus), clock) for bus in (first, second)[:copies]]
        for copy in listening:
            await copy.listen()
            await copy.round()
        await round_trip(first.client)
        await round_trip(second.client)
        yield Hub(county, clock, listening, FollowedRoster(first))


def running(county: County, bus: Any) -> Running:
    settings = Settings(nats_url=county.nats_url, mongo_url="mongodb://unused", http_port=1, instance="test-1")
    broker = connect_broker(county.nats_url, "-", Access(), Hearing())
    return Running(settings, "inspection", broker, county.databases, county.db("inspection"), bus)


async def test_a_heartbeat_is_answered_with_the_hubs_time_and_kept(county: County) -> None:
    async with county.working(), hub(county) as here:
        answer = json.loads((await here.hears(waiting=7)).data)
        assert datetime.fromisoformat(answer["time"]) == here.clock.now
        heard = here.clock.now
        here.clock.goes_on(EVERY)
        await here.copies[0].round()
        assert await read_contacts(county.db("inspection")) == {
            STATION: Contact(STATION, since=heard, heard=heard, waiting=7, version="0.1.0")
        }


async def test_what_is_no_heartbeat_of_a_registered_station_is_passed_over(county: County) -> None:
    async with county.working(), hub(county) as here:
        sound = {"waiting": 0, "oldest": None, "version": "0.1.0", "clock": here.clock.now.isoformat()}
        for code, body in (("150424100999", sound), (STATION, "?"), (STATION, {**sound, "waiting": -1})):
            with pytest.raises(TimeoutError):
                await county.client.request(f"heartbeat.{code}", json.dumps(body).encode(), timeout=0.1)
        await here.hears(NEIGHBOUR)
        await here.passes(EVERY)
        assert list(await read_contacts(county.db("inspection"))) == [NEIGHBOUR]


@pytest.mark.parametrize(
    "wrong",
    [
        {"waiting": True},
        {"clock": "2018-03-05"},
        {"clock": "2018-03-05T12:00:00"},
        {"version": "1" * 41},
        {"oldest": 0},
    ],
)
def test_a_heartbeat_is_bounded_and_may_say_more_one_day(wrong: dict[str, object]) -> None:
    sound = {"waiting": 0, "oldest": None, "version": "0.1.0", "clock": "2018-03-05T12:00:00+08:00", "disk": 3}
    assert read_heartbeat(json.dumps(sound).encode())
    assert read_heartbeat(json.dumps({**sound, **wrong}).encode()) is None


async def test_a_day_of_a_station_is_told_without_flapping(county: County) -> None:
    async with county.working(), hub(county) as here:
        await here.hears()
        await here.passes(TOGETHER + MINUTE)
        assert await here.connections() == []  # an echo is no connection
        await here.beats(3)
        assert await here.connections() == [f"{STATION} C"]
        await here.passes(SILENCE - MINUTE)
        await here.beats(2)  # it wavered
        assert await here.connections() == [f"{STATION} C"]
        await here.passes(SILENCE + MINUTE)
        await here.passes(SILENCE)
        assert await here.connections() == [f"{STATION} C", f"{STATION} D"]
        await here.beats(3)
        assert await here.connections() == [f"{STATION} C", f"{STATION} D", f"{STATION} C"]


async def test_two_copies_share_the_heartbeats_and_say_everything_once(county: County) -> None:
    async with county.working(), hub(county, copies=2) as here:
        await here.beats(6, STATION, NEIGHBOUR)
        await here.passes(SILENCE + MINUTE)
        assert sorted(await here.connections()) == [f"{STATION} C", f"{STATION} D", f"{NEIGHBOUR} C", f"{NEIGHBOUR} D"]


async def test_a_restarted_service_waits_for_its_stations_and_then_misses_the_one_that_is_gone(county: County) -> None:
    clock = Hands()
    async with county.working():
        async with hub(county, clock=clock) as here:
            await here.beats(3, STATION, NEIGHBOUR)
        clock.goes_on(8 * HOUR)
        async with hub(county, clock=clock) as here:
            await here.passes(SILENCE - MINUTE)
            assert not any(one.endswith("D") for one in await here.connections())
            await here.beats(6, STATION)
            assert [one for one in await here.connections() if one.endswith("D")] == [f"{NEIGHBOUR} D"]


async def test_a_process_that_stood_still_blames_nobody(county: County) -> None:
    async with county.working(), hub(county) as here:
        await here.beats(3)
        here.clock.goes_on(DEAF + HOUR)
        await here.copies[0].round()
        await here.passes(SILENCE)
        assert await here.connections() == [f"{STATION} C"]
        await here.passes(MINUTE)
        assert await here.connections() == [f"{STATION} C", f"{STATION} D"]


async def test_what_the_watch_says_of_a_station_is_no_word_of_the_stations_own(county: County) -> None:
    patrol, db = station.logs(), county.db("inspection")
    today = A_MONDAY.date()
    async with county.working(), hub(county) as here:
        await county.hears(patrol)
        await here.beats(3)
        await here.passes(SILENCE + MINUTE)
        assert [one[-1] for one in await here.connections()] == ["C", "D"]
        first, *_ = [one for one in await listed(db, await here.feed.current(), COUNTY, today) if one["id"] == STATION]
        assert (first["last_happened"], first["last_verdict"]) == (A_MONDAY.astimezone(UTC).isoformat(), "accepted")
        assert (first["connected"], first["waiting"], first["silent"]) == (False, 0, False)
