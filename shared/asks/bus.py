"""A question of one service's answering process to another's, and its answer; neither is kept anywhere.

Only services may ask (deploy/identity/rights.py), and whoever shows the answer has asked its own rules who may read it.
An answer that does not come in time is not waited for: the page says which service did not answer.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Generic, NamedTuple, TypeVar

import structlog
from nats.aio.msg import Msg
from pydantic import BaseModel, ValidationError

from shared.asks.sealed import opened_question, sealed_question
from shared.bus.requests import request
from shared.patience import is_fault
from shared.process.running import Running

AT_ONCE = 4
"""Questions that a service answers at a time; those that have waited too long it leaves, for nobody waits for them."""
log = structlog.get_logger()
Q = TypeVar("Q", bound=BaseModel)
A = TypeVar("A", bound=BaseModel)


class Asking(NamedTuple, Generic[Q, A]):
    """What may be asked of a service, how both read, and for how many seconds an answer is waited for."""

    service: str
    name: str
    question: type[Q]
    answer: type[A]
    wait: float = 1.5

    @property
    def subject(self) -> str:
        """Under which it is asked."""
        return f"ask.{self.service}.{self.name}"


async def asked(parts: Running, what: Asking[Q, A], question: Q) -> A | None:
    """The answer; None when there is none in time, or none that can be read."""
    return await within(what.wait, _requested(parts, what, question))


async def _requested(parts: Running, what: Asking[Q, A], question: Q) -> A:
    sealed = sealed_question(question, what.subject, parts.settings.token_secret or "")
    message = await request(parts.bus.client, what.subject, sealed, what.wait)
    return what.answer.model_validate_json(message.data)


async def within(seconds: float, answer: Awaitable[A]) -> A | None:
    """An answer, of this service or another; None when a fault keeps it away or it is none that can be read."""
    try:
        async with asyncio.timeout(seconds):
            return await answer
    except ValidationError:
        return None
    except Exception as error:
        if not is_fault(error):
            raise
        return None


async def answers(parts: Running, what: Asking[Q, A], answer: Callable[[Running, Q], Awaitable[A]]) -> None:
    """Answers the others until it is cancelled; copies share the questions.

    The client asks anew for its subject after each connection. Where nobody can seal a question none is heard.
    """
    turns, secret, at_work = asyncio.Semaphore(AT_ONCE), parts.settings.token_secret, set[asyncio.Task[None]]()

    async def answered(message: Msg) -> None:
        question = opened_question(message.data, what.subject, secret or "", what.question)
        if question is None:
            return
        try:
            async with asyncio.timeout(what.wait), turns:
                found = await answer(parts, question)
                await message.respond(found.model_dump_json().encode())
        except Exception as error:
            if not is_fault(error):
                log.error("not answered", what=what.subject, exc_info=error)

    async def heard(message: Msg) -> None:
        """Each at once: one that takes long keeps nobody else waiting."""
        task = asyncio.create_task(answered(message))
        at_work.add(task)
        task.add_done_callback(at_work.discard)

    if secret is None:
        await asyncio.Event().wait()
    hearing = await parts.bus.client.subscribe(what.subject, queue=what.service, cb=heard)
    try:
        await asyncio.Event().wait()
    finally:
        await hearing.unsubscribe()
