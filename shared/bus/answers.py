"""Where answers to one connection's questions come: one subscription for all, an address of its own for each question.

nats-py has the same for questions that are asked once, with a clock for each; an address that outlives a question takes
late answers too, and one clock for all costs a third less of asking.
"""

from __future__ import annotations

import asyncio
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import count
from weakref import WeakKeyDictionary

from nats.aio.client import Client
from nats.aio.msg import Msg

AGAIN = 1.0
"""Seconds without an answer after which the same is asked once more: many times what one needs; then twice that."""
LOOK = 0.25
"""Seconds between two looks at what is not answered: so much later may a question be asked again, or given up."""


@dataclass(slots=True)
class Unanswered:
    """`patience` in seconds; asked again after so many without an answer, then after twice as many."""

    subject: str
    body: bytes
    headers: Mapping[str, str] | None
    patience: float
    again: float = math.inf
    since: float = field(init=False)
    answer: asyncio.Future[Msg] = field(init=False)

    async def put(self, client: Client, reply: str) -> None:
        await client.publish(self.subject, self.body, reply, dict(self.headers) if self.headers else None)


class Answers:
    """Of one connection, which it does not keep alive; its subscription comes back with it."""

    def __init__(self, inbox: str) -> None:
        self.inbox = inbox
        self._loop = asyncio.get_running_loop()
        self._numbers = count()
        self._awaited: dict[str, tuple[Client, Unanswered]] = {}
        self._looks = False
        self._asking = set[asyncio.Task[None]]()

    async def to(self, client: Client, question: Unanswered) -> Msg:
        """The first one to this question, however often it is asked; `TimeoutError` when its patience is over."""
        reply = f"{self.inbox}.{next(self._numbers)}"
        question.since, question.answer = self._loop.time(), self._loop.create_future()
        self._awaited[reply] = client, question
        self._look_soon()
        try:
            await question.put(client, reply)
            return await question.answer
        finally:
            del self._awaited[reply]

    async def hears(self, message: Msg) -> None:
        """As the subscription's callback."""
        awaited = self._awaited.get(message.subject)
        if awaited and not awaited[1].answer.done():
            awaited[1].answer.set_result(message)

    def _look_soon(self) -> None:
        if self._awaited and not self._looks:
            self._looks = True
            self._loop.call_later(LOOK, self._look)

    def _look(self) -> None:
        now, self._looks = self._loop.time(), False
        for reply, (client, question) in self._awaited.items():
            waited = now - question.since
            if question.answer.done():
                continue
            if waited >= question.patience:
                question.answer.set_exception(TimeoutError())
            elif waited >= question.again:
                question.again = question.again * 2 + AGAIN
                self._asks_again(client, question, reply)
        self._look_soon()

    def _asks_again(self, client: Client, question: Unanswered, reply: str) -> None:
        task = self._loop.create_task(question.put(client, reply))
        self._asking.add(task)
        task.add_done_callback(lambda done: self._was_asked(done, question))

    def _was_asked(self, task: asyncio.Task[None], question: Unanswered) -> None:
        self._asking.discard(task)
        if not task.cancelled() and (error := task.exception()) and not question.answer.done():
            question.answer.set_exception(error)


_OF: WeakKeyDictionary[Client, asyncio.Task[Answers]] = WeakKeyDictionary()


async def answers_to(client: Client) -> Answers:
    """Those of this connection, subscribed to once; where that failed it is tried again."""
    listening = _OF.get(client)
    if listening is None or (listening.done() and (listening.cancelled() or listening.exception())):
        listening = _OF[client] = asyncio.create_task(_listens(client))
    return listening.result() if listening.done() else await asyncio.shield(listening)


async def _listens(client: Client) -> Answers:
    answers = Answers(client.new_inbox())
    await client.subscribe(f"{answers.inbox}.*", cb=answers.hears)
    return answers
