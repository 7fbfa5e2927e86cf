"""Heartbeats over the real bus: told without flapping, the same by any number of copies, over any restart."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import nats.errors
import pytest

from services.inspection.stations.ears import SHARE
from services.inspection.stations.heartbeats import DEAF, read_heartbeat
from services.inspection.stations.reads import read_contacts
from services.inspection.stations.reads import stations as listed
from services.inspection.stations.watch import SILENCE, TOGETHER, Contact
from shared.events.heartbeats import Heartbeat
from shared.events.vocabulary import OrganisationKind
from tests.asking import COUNTY, NEIGHBOUR, STATION
from tests.county import County
from tests.inspection.listening import EVERY, HOUR, MINUTE, Hands, hub
from tests.submitters import A_MONDAY, committee, station


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
            with pytest.raises((TimeoutError, nats.errors.NoRespondersError)):
                await county.client.request(f"heartbeat.{code}", json.dumps(body).encode(), timeout=0.1)
        await here.hears(NEIGHBOUR)
        await here.passes(EVERY)
        assert list(await read_contacts(county.db("inspection"))) == [NEIGHBOUR]


async def test_who_floods_its_heartbeat_is_heard_no_further_than_its_share_and_others_as_ever(
    county: County, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked_at: list[bytes] = []

    def looks(body: bytes) -> Heartbeat | None:
        looked_at.append(body)
        return read_heartbeat(body)

    monkeypatch.setattr("services.inspection.stations.heartbeats.read_heartbeat", looks)
    async with county.working(), hub(county) as here:
        for n in range(2_000):
            await county.client.publish(f"heartbeat.{STATION}", f"{n}".encode())
        await here.hears(NEIGHBOUR)
        assert len(looked_at) <= SHARE + 1
        with pytest.raises(nats.errors.NoRespondersError):
            await here.hears(STATION)
        await here.passes(EVERY)
        await here.beats(2 * SHARE, STATION)
        assert STATION in await read_contacts(county.db("inspection"))


async def test_who_is_registered_later_is_heard_from_the_next_round_on(county: County) -> None:
    later = "150424100299"
    async with county.working(), hub(county) as here:
        await county.hears(committee.registers(later, OrganisationKind.VILLAGE, "150424100"))
        await county.settles()
        await here.passes(EVERY)
        await here.hears(later)


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
