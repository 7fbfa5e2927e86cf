"""Where answers to one connection's questions come: one subscription for all, an address of its own for each question.

nats-py has the same for questions that are asked once; an address that outlives a question takes late answers too.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from weakref import WeakKeyDictionary

from nats.aio.client import Client
from nats.aio.msg import Msg


class Answers:
    """Of one connection; its subscription comes back with it."""

    def __init__(self, inbox: str) -> None:
        self.inbox = inbox
        self._numbers = count()
        self._awaited: dict[str, asyncio.Future[Msg]] = {}

    @contextmanager
    def one(self) -> Iterator[tuple[str, asyncio.Future[Msg]]]:
        """An address, and what comes there first until the block is left."""
        reply = f"{self.inbox}.{next(self._numbers)}"
        self._awaited[reply] = answer = asyncio.get_running_loop().create_future()
        try:
            yield reply, answer
        finally:
            del self._awaited[reply]

    async def hears(self, message: Msg) -> None:
        """As the subscription's callback."""
        answer = self._awaited.get(message.subject)
        if answer is not None and not answer.done():
            answer.set_result(message)


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
