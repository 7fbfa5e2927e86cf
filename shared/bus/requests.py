"""Asking over the bus, and giving up when told to.

nats-py waits by `asyncio.wait_for`, and before Python 3.12 that drops a cancellation which meets the answer: whoever
asks again and again within a time-out would go on for ever.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Mapping
from typing import TypeVar

from nats.aio.client import Client
from nats.aio.msg import Msg

T = TypeVar("T")


async def request(
    client: Client, subject: str, body: bytes, timeout: float, headers: Mapping[str, str] | None = None
) -> Msg:
    """The answer; `TimeoutError` after so many seconds, `NoRespondersError` where nobody listens."""
    return await heeding(client.request(subject, body, timeout, headers=dict(headers) if headers else None))


async def heeding(answer: Awaitable[T]) -> T:
    """The answer, or `CancelledError` when this task was told to give up meanwhile, also when the answer came."""
    task = asyncio.current_task()
    asked = task.cancelling() if task else 0
    found = await answer
    if task and task.cancelling() > asked:
        raise asyncio.CancelledError
    return found
