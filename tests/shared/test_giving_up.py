"""Whoever is told to give up while the bus is asked gives up, also when the answer comes at that very moment."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from nats.aio.client import Client
from nats.aio.msg import Msg

from shared.bus.answers import answers_to
from shared.bus.connection import Bus
from shared.bus.requests import heeding, request
from shared.bus.verdicts import Content, verdict_within
from tests.county import County

ROOT = Path(__file__).parents[2]
ON = Content("inspection", "150424100202", "an-id", "a-digest")


async def meets(answer: str, by: asyncio.Task[Any]) -> str:
    """Waits as nats-py does for an answer that comes together with a cancellation."""
    coming = asyncio.get_running_loop().create_future()

    def both() -> None:
        coming.set_result(answer)
        by.cancel()

    asyncio.get_running_loop().call_soon(both)
    return await asyncio.wait_for(coming, 60)


async def _asks(heeds: bool) -> str:
    task = asyncio.current_task()
    assert task
    return await heeding(meets("here", task)) if heeds else await meets("here", task)


async def test_a_cancellation_that_meets_the_answer_counts() -> None:
    with pytest.raises(asyncio.CancelledError):
        await asyncio.create_task(_asks(heeds=True))


async def test_nats_py_alone_drops_it() -> None:
    """The control; when Python 3.12 is the oldest that is used this fails, and the mend can go."""
    assert await asyncio.create_task(_asks(heeds=False)) == "here"


async def test_an_answer_that_nobody_disturbs_is_given() -> None:
    assert await heeding(asyncio.sleep(0, "here")) == "here"


async def test_a_time_out_within_is_the_answers_own() -> None:
    async def late() -> str:
        try:
            async with asyncio.timeout(0):
                await asyncio.sleep(60)
        except TimeoutError:
            return "too late"
        return "in time"

    assert await heeding(late()) == "too late"


class Meeting(Client):
    """A connection that answers that there is nothing, at the very moment at which whoever asks is told to give up."""

    asked = 0

    async def subscribe(self, *_: Any, cb: Any = None, **__: Any) -> Any:
        """Where the answer is heard."""
        self.heard = cb

    async def publish(self, *_: Any, reply: str = "", **__: Any) -> None:
        """After the time-out nothing is asked any more; were it, the test would end by the second time."""
        self.asked += 1
        assert self.asked == 1
        task = asyncio.current_task()
        assert task
        gives_up = task.cancel

        def cancelled(msg: Any | None = None) -> bool:
            with pytest.raises(StopIteration):
                self.heard(Msg(self, subject=reply, headers={"Status": "404"})).send(None)
            return gives_up(msg)

        task.cancel = cancelled  # type: ignore[method-assign]


async def test_a_verdict_is_waited_for_no_longer_when_the_last_look_meets_the_end() -> None:
    assert await verdict_within(Bus(Meeting()), ON, seconds=0.01) is None


async def test_whoever_is_told_to_give_up_does_though_an_answer_is_there(empty_county: County) -> None:
    """Of `request` itself, which waits in a way of its own."""

    async def hears(question: Msg) -> None:
        await question.respond(b"here")

    async with empty_county.connection() as bus:
        subject = str(uuid4())
        await bus.client.subscribe(subject, cb=hears)
        answers = await answers_to(bus.client)
        heard, asking = answers.hears, asyncio.create_task(request(bus.client, subject, b"", 60))

        async def and_gives_up(answer: Msg) -> None:
            await heard(answer)
            asking.cancel()

        subscription = next(one for one in bus.client._subs.values() if one.subject == f"{answers.inbox}.*")
        subscription._cb = and_gives_up
        with pytest.raises(asyncio.CancelledError):
            await asking
        assert not answers._awaited


OTHERWISE = re.compile(r"client\.request\(|(?<!heeding\(answers)\.next_msg\(|(?<!heeding\()\bclient\.flush\(")


def test_the_bus_is_asked_in_no_other_way() -> None:
    everything = (path for folder in ("shared", "services", "deploy") for path in (ROOT / folder).rglob("*.py"))
    found = {str(path.relative_to(ROOT)) for path in everything if OTHERWISE.search(path.read_text())}
    assert found == set()
