"""Unanswered over the bus, and giving up when told to.

nats-py waits by `asyncio.wait_for`, and before Python 3.12 that drops a cancellation which meets the answer: whoever
asks again and again within a time-out would go on for ever.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Mapping
from typing import TypeVar

import nats.errors
from nats.aio.client import Client
from nats.aio.msg import Msg

from shared.bus.answers import AGAIN, Unanswered, answers_to

T = TypeVar("T")
NO_RESPONDERS = "503"


async def request(
    client: Client, subject: str, body: bytes, timeout: float, headers: Mapping[str, str] | None = None
) -> Msg:
    """The answer; `TimeoutError` after so many seconds, `NoRespondersError` where nobody listens. Asked once."""
    return await _answer(client, Unanswered(subject, body, headers, timeout))


async def insist(
    client: Client, subject: str, body: bytes, timeout: float, headers: Mapping[str, str] | None = None
) -> Msg:
    """As `request`, for what may be heard twice: without an answer the same is asked after `AGAIN` seconds, and later.

    An answer is lost with the connection, and with the server that led a stream; the next one that leads it knows of
    nothing. The first answer counts, whichever of the questions it is to.
    """
    return await _answer(client, Unanswered(subject, body, headers, timeout, AGAIN))


async def _answer(client: Client, question: Unanswered) -> Msg:
    try:
        found = await (await answers_to(client)).to(client, question)
    except TimeoutError:
        raise nats.errors.TimeoutError from None
    if found.headers and found.headers.get("Status") == NO_RESPONDERS:
        raise nats.errors.NoRespondersError
    return found


async def heeding(answer: Awaitable[T]) -> T:
    """The answer, or `CancelledError` when this task was told to give up meanwhile, also when the answer came."""
    task = asyncio.current_task()
    asked = task.cancelling() if task else 0
    found = await answer
    if task and task.cancelling() > asked:
        raise asyncio.CancelledError
    return found
