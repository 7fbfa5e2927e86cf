"""Sending on a real bus: nothing leaves before what it depends on is decided, and a standstill is told."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, closing
from dataclasses import replace
from datetime import date, timedelta
from itertools import chain, islice
from pathlib import Path

import pytest
from nats.aio.client import Client

from deploy.linxi.loading.progress import Tally
from deploy.linxi.loading.replay import is_decided, remaining
from deploy.linxi.loading.sender import GaveUp, Sender
from deploy.linxi.year.days import FIRST, LAST, MESSAGES, Step, founding, year
from services.station.outbox.outbox import Outbox
from services.station.outbox.rows import State
from shared.bus.connection import Bus, Message
from shared.bus.puller import Puller
from shared.bus.streams import SHARE, SUBSCRIPTIONS, Subscription
from shared.calendar import is_working_day
from shared.events.outgoing import Outgoing
from shared.events.verdict import verdict_headers, verdict_subject
from tests.linxi.conftest import SEAL


@pytest.fixture
def outbox(tmp_path: Path) -> Iterator[Outbox]:
    """Through which it is sent."""
    with closing(Outbox(tmp_path / "outbox.db")) as one:
        yield one


class Deciders:
    """Stand where the services do: they take what comes, note it, answer and acknowledge it; cases are refused."""

    def __init__(self, client: Client) -> None:
        self._bus = Bus(client)
        self.seen: list[Message] = []

    async def decide(self, subscription: Subscription) -> None:
        """One service's loop."""
        puller = Puller(self._bus, subscription)
        await puller.rewind()
        while True:
            batch = await puller.pull(500, 1.0)
            self.seen += batch
            if batch:
                await self._answer(batch)
                await self._bus.acknowledge(batch[-1])
                if subscription.trims:
                    await self._bus.trim(subscription, batch[-1].sequence)

    async def _answer(self, batch: Sequence[Message]) -> None:
        """Before it is acknowledged, as the pipeline does."""
        said = []
        for one in batch:
            verdict = "refused" if REFUSED in one.subject else "accepted"
            body = json.dumps({"verdict": verdict, "reasons": []}).encode()
            submitter, id, _ = one.headers["Nats-Msg-Id"].split("/")
            headers = verdict_headers("roster", submitter, id, verdict, None)
            said.append(Outgoing(verdict_subject(submitter, id), body, headers))
        await self._bus.publish(said)

    @asynccontextmanager
    async def at_work(self) -> AsyncIterator[None]:
        """While the block lasts."""
        loops = [asyncio.create_task(self.decide(subscription)) for subscription in SUBSCRIPTIONS]
        try:
            yield
        finally:
            for loop in loops:
                loop.cancel()
            await asyncio.gather(*loops, return_exceptions=True)


def until(day: date) -> list[Step]:
    """The roster and the year's first days."""
    return [founding(), *(step for step in islice(year(), 40) if step.day <= day)]


REFUSED = ".open-case."


@pytest.mark.parametrize("listens", [True, False])
async def test_every_verdict_is_known_in_the_end_whether_it_was_heard_or_looked_up(
    client: Client, outbox: Outbox, listens: bool
) -> None:
    deciders, steps = Deciders(client), [*until(date(2018, 1, 3))]
    sent = [message for step in steps for message in step.messages]
    async with deciders.at_work():
        sender = Sender(client, outbox, Tally(0).sent)
        if listens:
            await sender.listen()
        for step in steps:
            await sender.send(step)
        counts = await sender.finish()
    refused = sum(REFUSED in message.subject for message in sent)
    assert counts == {State.PENDING: 0, State.DELIVERED: 0, State.ACCEPTED: len(sent) - refused, State.REFUSED: refused}
    assert refused


async def test_everything_arrives_once_and_ticks_come_after_their_day(client: Client, outbox: Outbox) -> None:
    deciders, tally, steps = Deciders(client), Tally(0), until(date(2018, 1, 5))
    async with deciders.at_work():
        sender = Sender(client, outbox, tally.sent)
        for step in steps:
            await sender.send(step)
        await sender.finish()
    keys = [message.headers["Nats-Msg-Id"] for message in deciders.seen]
    assert sorted(keys) == sorted(m.headers["Nats-Msg-Id"] for step in steps for m in step.messages)
    assert tally.own == sum(len(step.messages) + len(step.repeats) for step in steps)
    place = {key: n for n, key in enumerate(keys)}
    for step in steps:
        if step.settles:
            this = [place[m.headers["Nats-Msg-Id"]] for m in step.messages]
            later = [place[m.headers["Nats-Msg-Id"]] for other in after(steps, step) for m in other.messages]
            assert max(this, default=-1) < min(later, default=len(keys))


def after(steps: list[Step], step: Step) -> list[Step]:
    return steps[steps.index(step) + 1 :]


async def test_sending_it_all_again_stores_nothing_twice(client: Client, outbox: Outbox) -> None:
    deciders, steps = Deciders(client), until(date(2018, 1, 3))
    async with deciders.at_work():
        sender = Sender(client, outbox, Tally(0).sent)
        for step in chain(steps, steps):
            await sender.send(step)
        await sender.finish()
    keys = [message.headers["Nats-Msg-Id"] for message in deciders.seen]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize("many", [False, True])
async def test_when_nobody_decides_the_sender_gives_up_with_a_sentence(
    client: Client, outbox: Outbox, many: bool
) -> None:
    """Be it that all could be sent, or that there is no room for more of a type."""
    sender, roster = Sender(client, outbox, Tally(0).sent, patience=0.5), founding()

    async def sends() -> None:
        await sender.send(roster if many else replace(roster, messages=roster.messages[:SHARE]))
        await sender.finish()

    with pytest.raises(GaveUp, match="roster-submissions on SUBMISSIONS is not done"):
        await sends()


async def test_when_the_bus_stores_nothing_the_sender_gives_up_with_a_sentence(client: Client, outbox: Outbox) -> None:
    await Bus(client).api("STREAM.DELETE.SUBMISSIONS")
    sender = Sender(client, outbox, Tally(0).sent, patience=0.5)
    with pytest.raises(GaveUp, match="stored nothing"):
        await sender.send(founding())


def test_going_on_sends_the_roster_the_last_closed_days_ticks_and_all_that_follows(steps: list[Step]) -> None:
    closed, tally = date(2018, 3, 30), Tally(MESSAGES)
    rest = list(remaining(closed, tally, SEAL))
    assert rest[:2] == steps[:2]
    assert {(step.day, step.ticks) for step in rest[2:] if step.day <= closed} == {(closed, True)}
    assert rest[2:] == [step for step in steps[2:] if not is_decided(step, closed)]
    assert tally.done + sum(len(step.messages) + len(step.repeats) for step in rest) == MESSAGES


def test_a_period_that_ends_after_the_last_closed_day_is_closed_when_going_on() -> None:
    rest = remaining(date(2018, 3, 30), Tally(MESSAGES), SEAL)
    periods = [m.body for step in islice(rest, 7) for m in step.messages if ".close-period." in m.subject]
    assert periods == [b'{"period":"2018-03"}', b'{"period":"2018-Q1"}']


def test_with_nothing_closed_everything_is_sent(steps: list[Step]) -> None:
    assert list(remaining(None, Tally(MESSAGES), SEAL)) == steps


def test_no_working_day_is_without_a_tick_that_a_resumption_repeats(steps: list[Step]) -> None:
    ticked = {step.day for step in steps if step.ticks}
    days = [FIRST + timedelta(days=n) for n in range((LAST - FIRST).days + 1)]
    assert {day for day in days if is_working_day(day)} <= ticked
    assert {day for day in days if (day + timedelta(days=1)).day == 1} <= ticked
