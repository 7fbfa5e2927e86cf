"""What one process of the county may not do in another's place; that its rights suffice, the journeys show."""

from __future__ import annotations

from collections.abc import Iterator
from random import randbytes

import pytest
from nats.aio.msg import Msg

from deploy.backup import bus as copying
from deploy.identity.rights import COUNTY, DRIVES_AGAIN
from deploy.setup.calendar import NOT_YET, over_the_bus
from shared.bus.connection import Bus
from shared.bus.streams import CONSUMERS, STREAMS
from shared.events import Fact
from shared.process import gauges
from shared.services import SERVICES
from shared.todo.asking import TODO
from tests.identity.conftest import Gate
from tests.identity.test_forgeries import stored
from tests.keys import denied, everything, guest, of, station
from tests.roster.test_notices import NOTICE

in_session = pytest.mark.asyncio(loop_scope="session")
WHERE = "150424100202"


def anothers(user: str) -> Iterator[str]:
    """Facts, consumers, submissions and dead letters of the other services; the bucket; what nobody does."""
    if user not in ("feedback",):
        yield from (f"fact.{kind.type}.{WHERE}" for kind in Fact.registry.values() if kind.service != user)
    for other in set(SERVICES) - {user}:
        yield f"dead.{other}.unreadable.{WHERE}"
        yield from (
            f"$JS.API.CONSUMER.{verb}.{one.stream}.{one.name}"
            for one in CONSUMERS
            for verb in ("CREATE", "RESET", "MSG.NEXT", "DELETE")
            if one.name.startswith(f"{other}-")
        )
        if user not in ("feedback", "import"):
            yield f"submit.{other}.anything.{WHERE}"
    if user != "roster":
        yield f"$KV.roster.{WHERE}"
    yield from (f"$JS.API.STREAM.{verb}.{one.name}" for one in STREAMS for verb in ("DELETE", "MSG.DELETE"))
    if user not in ("feedback", "backup"):
        own = {one.stream for one in CONSUMERS if one.name.startswith(f"{user}-")}
        yield from (f"$JS.API.STREAM.INFO.{one.name}" for one in STREAMS if one.name not in own)
    yield "$SYS.REQ.CLAIMS.UPDATE"


@in_session
async def test_a_backup_copies_each_stream_to_its_end(gate: Gate, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every chunk is answered, under a name that the server makes up; unanswered it ends after some megabytes."""
    monkeypatch.setattr(copying, "CHUNK", 1024)
    async with guest(gate.url, everything(gate.secrets)) as county, guest(gate.url, of(gate.secrets, "backup")) as one:
        await county.client.request(f"fact.anything.{WHERE}", randbytes(60_000))
        try:
            bus = Bus(one.client)
            assert (await copying.noted(bus)).keys() == {stream.name for stream in STREAMS}
            for stream in STREAMS:
                assert [part async for part in copying.snapshot(bus, stream.name)]
            assert await one.complaints() == []
        finally:
            await Bus(county.client).api("STREAM.PURGE.FACTS")


@in_session
@pytest.mark.parametrize("user", [*SERVICES, "import", "backup"])
async def test_a_process_does_nothing_in_anothers_place(gate: Gate, user: str) -> None:
    subjects = list(anothers(user))
    async with guest(gate.url, everything(gate.secrets)) as county, guest(gate.url, of(gate.secrets, user)) as one:
        before = await stored(Bus(county.client))
        for subject in subjects:
            await one.client.publish(subject, b"{}", reply=one.client.new_inbox())
        refusals = await one.complaints()
        assert len(refusals) == len(subjects), refusals
        assert await stored(Bus(county.client)) == before
    assert gate.server.child.log is not None
    assert len(denied(gate.server.child.log, "COUNTY")) >= len(subjects)


@in_session
@pytest.mark.parametrize("user", SERVICES)
async def test_a_process_may_look_up_how_far_behind_it_is(gate: Gate, user: str) -> None:
    async with guest(gate.url, of(gate.secrets, user)) as one:
        await gauges.consumers(Bus(one.client), user)()
        assert await one.complaints() == []


@in_session
@pytest.mark.parametrize("user", COUNTY)
async def test_nobody_hears_what_another_is_answered(gate: Gate, user: str) -> None:
    async with guest(gate.url, of(gate.secrets, user)) as one:
        for subject in (">", "_INBOX.>", "_INBOX_somebody.>", "submit.>", "fact.>", "verdict.>", "$JS.>"):
            await one.client.subscribe(subject)
            assert len(await one.complaints()) == 1


@in_session
async def test_setup_submits_a_years_notice_and_nothing_else_and_reads_what_was_said_to_it(gate: Gate) -> None:
    async with guest(gate.url, of(gate.secrets, "setup")) as setup:
        log = gate.server.child.log
        assert log is not None
        before = len(denied(log, "COUNTY"))
        assert await over_the_bus(gate.url, of(gate.secrets, "setup"), "150424", NOTICE, patience=0.5) == [NOT_YET]
        assert len(denied(log, "COUNTY")) == before
        for subject in ("submit.roster.plan-turn.150424", "$JS.API.DIRECT.GET.VERDICTS", "$JS.API.STREAM.DELETE.FACTS"):
            await setup.client.publish(subject, b"{}")
            assert len(await setup.complaints()) == 1


def test_only_feedback_drives_dead_letters_again() -> None:
    for user, rights in COUNTY.items():
        assert (set(DRIVES_AGAIN) <= set(rights.publish)) == (user == "feedback")


@in_session
async def test_services_ask_one_another_what_waits_and_each_answers_for_itself_alone(gate: Gate) -> None:
    async def answer(message: Msg) -> None:
        await message.respond(b"{}")

    roster, inspection = of(gate.secrets, "roster"), of(gate.secrets, "inspection")
    async with guest(gate.url, roster) as asks, guest(gate.url, inspection) as answers:
        hearing = await answers.client.subscribe(TODO["inspection"].subject, queue="inspection", cb=answer)
        assert await answers.complaints() == []
        assert (await asks.client.request(TODO["inspection"].subject, b"", timeout=10)).data == b"{}"
        await hearing.unsubscribe()
        await answers.client.subscribe(TODO["feedback"].subject, queue="todo")
        assert len(await answers.complaints()) == 1


@in_session
@pytest.mark.parametrize("code", [WHERE, "150424"])
async def test_no_station_asks_or_answers_what_waits(gate: Gate, code: str) -> None:
    async with guest(gate.url, station(gate.secrets, code)) as one:
        for service in SERVICES:
            await one.client.publish(TODO[service].subject, b"", reply=one.client.new_inbox())
            await one.client.subscribe(TODO[service].subject)
        assert len(await one.complaints()) == 2 * len(SERVICES)


def test_only_the_roster_ends_all_sessions_of_a_person() -> None:
    """Whoever signs out does so wherever they are."""
    theirs = {user: rights.publish for user, rights in COUNTY.items()}
    assert [user for user, publish in theirs.items() if "$KV.sessions.of.*" in publish] == ["roster"]
    assert {user for user, publish in theirs.items() if "$KV.sessions.*" in publish} == {*SERVICES}
