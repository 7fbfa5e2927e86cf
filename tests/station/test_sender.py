"""Sending on the real bus to the real rules: in order, once, each answered; no line loses anything."""

from __future__ import annotations

import asyncio
import json
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from uuid import uuid4

import pytest
from httpx import AsyncClient
from nats.aio.msg import Msg

from deploy.embedded.ports import any_free
from deploy.embedded.servers.running import bus, started
from deploy.setup.streams import declare
from services.station.cli import main
from services.station.folder import Folder
from services.station.line.delivery import BYTES, deliver, fitting
from services.station.line.line import line, to_county
from services.station.line.sender import FIRST, LONGEST, REFUSED, Patience
from services.station.line.troubles import Trouble
from services.station.line.verdicts import ASK_AGAIN, Verdicts
from services.station.outbox.drafts import draft
from services.station.outbox.notes import CLOCK, CONTACT
from services.station.outbox.rows import State
from shared.bus.connection import Bus, Outgoing
from shared.bus.publishing import publish_each
from shared.bus.round_trip import round_trip
from shared.bus.streams import SHARE, SUBMISSIONS
from shared.events.greenchannel import CompleteCase
from shared.events.verdict import verdict_headers, verdict_subject
from tests.county import County
from tests.station.agents import STATION, Agent, a_service, drafts, until
from tests.station.local_page import browser_of, entered, saved
from tests.submitters import A_MONDAY


async def test_what_is_saved_is_stored_in_order_and_each_is_answered(agent: Agent, county: County) -> None:
    ids = agent.saves(*drafts(30))
    async with county.working(), agent.sending():
        await agent.all_decided()
    rows = [agent.row(id) for id in ids]
    assert {row.state for row in rows} == {State.ACCEPTED}
    sequences = [row.sequence for row in rows if row.sequence]
    assert len(sequences) == 30
    assert sequences == sorted(sequences)
    assert set(ids) <= {key.split("/")[1] for key in (await county.ledger())["greenchannel/ledger"]}


async def test_a_refused_one_has_its_reason(agent: Agent, county: County) -> None:
    unknown = CompleteCase(case="00000000-0000-4000-8000-000000000000", visits=1, fee=0, posted=False)
    (id,) = agent.saves(draft(unknown, STATION, STATION, A_MONDAY))
    async with county.working(), agent.sending():
        await agent.all_decided()
    row = agent.row(id)
    assert row.state is State.REFUSED
    assert [reason["slug"] for reason in row.reasons] == ["unknown-case"]


async def test_a_verdict_said_while_nobody_listened_is_looked_up(agent: Agent, county: County) -> None:
    (id,) = agent.saves(*drafts(1))
    async with line(to_county(agent.parts.hub, agent.folder)) as one:
        assert await deliver(one.client, agent.outbox) == 1
    async with county.working():
        await county.settles()
    assert agent.row(id).state is State.DELIVERED
    async with agent.sending():
        await agent.all_decided()
    assert agent.row(id).state is State.ACCEPTED


async def test_one_that_stays_without_a_verdict_for_long_is_sent_again_and_answered_again(
    agent: Agent,
) -> None:
    (id,) = agent.saves(*drafts(1))
    async with line(to_county(agent.parts.hub, agent.folder)) as one:
        await deliver(one.client, agent.outbox)
        verdicts = Verdicts(one.client, agent.outbox, agent.parts.pictures)
        await verdicts.look_up(datetime.now(UTC))
        assert agent.row(id).state is State.DELIVERED
        agent.outbox.delivered([(1, 1)], datetime.now(UTC) - ASK_AGAIN - timedelta(days=1))
        await verdicts.look_up(datetime.now(UTC))
        assert agent.row(id).state is State.PENDING


async def test_a_bus_that_comes_late_and_goes_away_loses_nothing(agent: Agent, tmp_path: Path) -> None:
    """A bus of its own, killed and started again under the sender."""
    server = await started(lambda: bus(tmp_path, any_free))
    try:
        async with line(to_county(_on(agent, server.url).parts.hub, agent.folder)) as one:
            await declare(Bus(one.client))
        away = _on(agent, server.url)
        await server.kill()
        first = away.saves(*drafts(3))
        async with away.sending():
            await until(lambda: away.parts.sender.condition.trouble)
            assert away.parts.sender.condition.trouble
            assert away.parts.sender.condition.trouble.slug == "refused"
            await server.start()
            await until(lambda: away.outbox.counts()[State.DELIVERED] == 3)
            await server.kill()
            second = away.saves(*drafts(3))
            await server.start()
            await until(lambda: away.outbox.counts()[State.DELIVERED] == 6)
        rows = [away.row(id).sequence for id in (*first, *second)]
        assert rows == [1, 2, 3, 4, 5, 6]
        away.close()
    finally:
        await server.stop()


def _on(agent: Agent, url: str) -> Agent:
    return Agent.enrolled(agent.folder, [url])


async def test_what_the_bus_will_never_take_does_not_hold_up_those_behind_it(
    agent: Agent, empty_county: County
) -> None:
    small = {**SUBMISSIONS.config(), "max_msg_size": 700}
    await empty_county.bus.api("STREAM.UPDATE.SUBMISSIONS", small)
    first, large, last = drafts(3)
    body = large.message.body.replace(b"{", b"{" + b" " * 600)
    agent.saves(first, large._replace(message=large.message._replace(body=body)), last)
    try:
        async with line(to_county(agent.parts.hub, agent.folder)) as one:
            await deliver(one.client, agent.outbox)
    finally:
        await empty_county.bus.api("STREAM.UPDATE.SUBMISSIONS", SUBMISSIONS.config())
    assert [agent.row(one.id).state for one in (first, large, last)] == [
        State.DELIVERED,
        State.REFUSED,
        State.DELIVERED,
    ]
    assert agent.row(large.id).reasons[0]["slug"] == "too-large"


async def test_heartbeats_tell_what_waits_and_bring_the_clock(agent: Agent, empty_county: County) -> None:
    heard: list[dict[str, object]] = []
    ahead = timedelta(minutes=5)

    async def answer(message: Msg) -> None:
        heard.append(json.loads(message.data))
        await message.respond(json.dumps({"time": (datetime.now(UTC) + ahead).isoformat()}).encode())

    await empty_county.client.subscribe(f"heartbeat.{STATION}", cb=answer)
    await round_trip(empty_county.client)
    async with agent.sending():
        await until(lambda: agent.parts.notes.read(CONTACT))
    clock = agent.parts.notes.read(CLOCK)
    assert clock
    assert abs(clock.value - ahead.total_seconds()) < 2
    assert heard[0].keys() == {"waiting", "oldest", "version", "clock"}


async def test_the_command_line_and_the_page_may_save_at_the_same_time(
    agent: Agent, county: County, tmp_path: Path
) -> None:
    data = tmp_path / "service.json"
    data.write_text(a_service().model_dump_json())
    typed = ("--data", str(agent.folder.path), "submit", "record-green-service", "--data", str(data))

    async def types() -> None:
        assert [await asyncio.to_thread(main, typed) for _ in range(10)] == [0] * 10

    async def fills_in(page: AsyncClient) -> None:
        for n in range(10):
            saved(await entered(page, "green", ticket=str(uuid4()), persons=str(n + 1)))

    async with county.working(), agent.sending(), browser_of(agent) as page:
        await asyncio.gather(types(), fills_in(page))
        await until(lambda: agent.outbox.counts()[State.ACCEPTED] == 20)


async def test_a_line_of_another_station_brings_no_verdicts_here(agent: Agent, empty_county: County) -> None:
    """It comes before one of this station's own, which is heard."""
    made, own = drafts(2)
    agent.saves(made, own)
    async with agent.sending():
        await until(lambda: agent.outbox.counts()[State.DELIVERED] == 2)
        for submitter, one in (("150424100203", made), (STATION, own)):
            headers = verdict_headers("greenchannel", submitter, one.id, "accepted", None)
            verdict = Outgoing(verdict_subject(submitter, one.id), b'{"verdict":"accepted","reasons":[]}', headers)
            await publish_each(empty_county.client, [verdict], 10)
        await until(lambda: agent.row(own.id).state is State.ACCEPTED)
    assert agent.row(made.id).state is State.DELIVERED


def test_a_batch_stays_below_what_a_thin_line_carries_in_time(folder: Folder) -> None:
    agent = Agent.enrolled(folder, [])
    made = [draft(a_service(), STATION, STATION, A_MONDAY) for _ in range(40)]
    large = [one._replace(message=one.message._replace(body=b"x" * 60_000)) for one in made]
    agent.saves(*large)
    batch = fitting(agent.outbox.pending(500))
    assert BYTES - 60_000 < sum(len(row.body) for row in batch) <= BYTES
    agent.close()


def test_waiting_grows_is_spread_and_starts_again_after_a_line_that_held() -> None:
    patience, away = Patience(), Trouble("refused")
    waits = [patience.after(away, 0) for _ in range(12)]
    assert FIRST / 2 <= waits[0] <= FIRST * 1.5
    assert LONGEST / 2 <= waits[-1] <= LONGEST * 1.5
    assert patience.after(away, 60) <= FIRST * 1.5
    assert patience.after(Trouble("not-permitted"), 60) >= REFUSED / 2


async def test_a_county_that_takes_no_more_is_said_to_be_busy_and_sent_the_rest_when_it_has_room(
    agent: Agent, county: County, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("services.station.line.sender.deliver", partial(deliver, patience=0.1))
    ids = agent.saves(*drafts(SHARE + 30))
    async with agent.sending():
        await until(lambda: agent.parts.sender.condition.trouble)
        assert agent.parts.sender.condition.connected
        assert agent.parts.sender.condition.trouble
        assert agent.parts.sender.condition.trouble.slug == "county-busy"
        assert agent.outbox.counts()[State.DELIVERED] == SHARE
        async with county.working():
            await agent.all_decided()
            await until(lambda: agent.parts.sender.condition.trouble is None)
    rows = [agent.row(id) for id in ids]
    assert {row.state for row in rows} == {State.ACCEPTED}
    sequences = [row.sequence for row in rows if row.sequence]
    assert sequences == sorted(sequences)
