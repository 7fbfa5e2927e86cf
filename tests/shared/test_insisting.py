"""What may be asked twice is asked again while no answer comes; the first answer counts."""

from __future__ import annotations

import asyncio
import gc
import json
from types import SimpleNamespace
from uuid import uuid4
from weakref import ref

import nats.errors
import pytest
from nats.aio.msg import Msg

from shared import patience
from shared.bus.answers import AGAIN
from shared.bus.publishing import INCOMPLETE, _part
from shared.bus.requests import insist
from shared.bus.streams import FACTS
from shared.events.outgoing import Outgoing
from tests.county import County

PATIENCE = 30.0


async def test_a_question_that_was_lost_is_asked_again_and_others_keep_their_answers(empty_county: County) -> None:
    heard: list[bytes] = []

    async def hears(question: Msg) -> None:
        heard.append(question.data)
        if question.data != b"lost" or heard.count(b"lost") > 1:
            await question.respond(question.data)

    async with empty_county.connection() as bus:
        subject = str(uuid4())
        await bus.client.subscribe(subject, cb=hears)
        asked = [b"lost", *(str(n).encode() for n in range(20))]
        answers = await asyncio.gather(*(insist(bus.client, subject, one, PATIENCE) for one in asked))
        assert [answer.data for answer in answers] == asked
        assert sorted(heard) == sorted([b"lost", *asked])


async def test_a_late_answer_to_the_first_question_counts(empty_county: County) -> None:
    """A server that has much to do is asked once more, and is not waited for twice."""
    questions: list[Msg] = []

    async def hears(question: Msg) -> None:
        questions.append(question)
        if len(questions) > 1:
            await questions[0].respond(b"to the first")

    async with empty_county.connection() as bus:
        subject = str(uuid4())
        await bus.client.subscribe(subject, cb=hears)
        assert (await insist(bus.client, subject, b"", PATIENCE)).data == b"to the first"


async def test_nobody_who_hears_is_said_at_once_and_silence_after_a_while(empty_county: County) -> None:
    async with empty_county.connection() as bus:
        with pytest.raises(nats.errors.NoRespondersError):
            await insist(bus.client, str(uuid4()), b"", PATIENCE)
        silent = str(uuid4())
        await bus.client.subscribe(silent)
        with pytest.raises(nats.errors.TimeoutError):
            await insist(bus.client, silent, b"", AGAIN / 10)


async def test_a_connection_that_was_closed_is_kept_by_nobody_who_asked_over_it(empty_county: County) -> None:
    async with empty_county.connection() as bus:
        with pytest.raises(nats.errors.NoRespondersError):
            await insist(bus.client, str(uuid4()), b"", PATIENCE)
        left = ref(bus.client)
    del bus
    async with asyncio.timeout(PATIENCE):
        while left():
            await asyncio.sleep(0.01)
            gc.collect()


async def test_what_cannot_be_asked_once_more_is_told_to_whoever_asks(empty_county: County) -> None:
    async with empty_county.connection() as bus:
        silent = str(uuid4())
        await bus.client.subscribe(silent)
        asking = asyncio.create_task(insist(bus.client, silent, b"", PATIENCE))
        await asyncio.sleep(0)
        await bus.client.close()
        with pytest.raises(nats.errors.ConnectionClosedError):
            await asking


async def test_the_end_of_a_batch_that_comes_twice_stores_nothing_more(empty_county: County) -> None:
    bus = empty_county.bus
    facts = [Outgoing("fact.inspection.a-test", str(n).encode(), {"Nats-Msg-Id": str(n)}) for n in range(3)]
    for n, fact in enumerate(facts[:-1], 1):
        await bus.client.publish(fact.subject, fact.body, headers=_part(fact, "a batch", n))
    end = {**_part(facts[-1], "a batch", len(facts)), "Nats-Batch-Commit": "1"}
    first, second = [await insist(bus.client, facts[-1].subject, facts[-1].body, PATIENCE, end) for _ in range(2)]
    assert json.loads(first.data)["count"] == len(facts)
    assert json.loads(second.data)["error"]["err_code"] == INCOMPLETE
    assert (await bus.api(f"STREAM.INFO.{FACTS.name}"))["state"]["messages"] == len(facts)


class Log:
    """A log of which only what it is told counts."""

    def __init__(self) -> None:
        self.said: list[str] = []

    def warning(self, event: str, **_: object) -> None:
        self.said.append(event)


async def test_a_fault_is_tried_again_each_second_and_told_less_often(monkeypatch: pytest.MonkeyPatch) -> None:
    clock, waits, log = 0.0, list[float](), Log()

    async def passes(seconds: float) -> None:
        nonlocal clock
        clock += seconds
        waits.append(seconds)

    async def fails() -> str:
        if clock < 60:
            raise TimeoutError
        return "done"

    monkeypatch.setattr("shared.patience.asyncio", SimpleNamespace(sleep=passes))
    monkeypatch.setattr("shared.patience.time", SimpleNamespace(monotonic=lambda: clock))
    monkeypatch.setattr(patience, "log", log)
    assert await patience.again(fails, lambda: None, "a test") == "done"
    assert max(waits) <= 1.5 * patience.LONGEST
    assert len(waits) > 38
    assert 60 / patience.QUIET - 3 < len(log.said) < 60 / patience.QUIET + 6
