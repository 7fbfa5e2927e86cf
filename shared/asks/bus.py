"""A question of one service's answering process to another's, and its answer; neither is kept anywhere.

Only services may ask (deploy/identity/rights.py), and whoever shows the answer has asked its own rules who may read it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Generic, NamedTuple, TypeVar

import structlog
from nats.aio.msg import Msg
from pydantic import BaseModel, ValidationError

from shared.patience import is_fault
from shared.process.running import Running

WAIT = 1.5
"""Seconds for which an answer is waited for; a page says that there was none."""
AT_ONCE = 4
"""Questions that a service answers at a time."""
log = structlog.get_logger()
Q = TypeVar("Q", bound=BaseModel)
A = TypeVar("A", bound=BaseModel)


class Asking(NamedTuple, Generic[Q, A]):
    """What may be asked of a service, and how both read."""

    service: str
    name: str
    question: type[Q]
    answer: type[A]

    @property
    def subject(self) -> str:
        """Under which it is asked."""
        return f"ask.{self.service}.{self.name}"


async def asked(parts: Running, what: Asking[Q, A], question: Q) -> A | None:
    """The answer; None when there is none in time, or none that can be read."""
    try:
        message = await parts.bus.client.request(what.subject, question.model_dump_json().encode(), timeout=WAIT)
        return what.answer.model_validate_json(message.data)
    except ValidationError:
        return None
    except Exception as error:
        if not is_fault(error):
            raise
        return None


async def answers(parts: Running, what: Asking[Q, A], answer: Callable[[Running, Q], Awaitable[A]]) -> None:
    """Answers the others until it is cancelled; copies share the questions."""
    turns, at_work = asyncio.Semaphore(AT_ONCE), set[asyncio.Task[None]]()

    async def answered(message: Msg) -> None:
        try:
            async with asyncio.timeout(WAIT), turns:
                found = await answer(parts, what.question.model_validate_json(message.data))
                await message.respond(found.model_dump_json().encode())
        except Exception as error:
            if not is_fault(error):
                log.error("not answered", what=what.subject, error=type(error).__name__)

    async def heard(message: Msg) -> None:
        task = asyncio.create_task(answered(message))
        at_work.add(task)
        task.add_done_callback(at_work.discard)

    hearing = await parts.bus.client.subscribe(what.subject, queue=what.service, cb=heard)
    try:
        await asyncio.Event().wait()
    finally:
        await hearing.unsubscribe()
