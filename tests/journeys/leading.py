"""An address that outlives where a county runs, as a name does: whoever connects is led to where it is now."""

from __future__ import annotations

import asyncio
from asyncio import StreamReader, StreamWriter
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager, suppress
from typing import Any

HOST = "127.0.0.1"


class Leading:
    """One port of the county; `to` is where it is now, None while there is none."""

    def __init__(self) -> None:
        self.to: int | None = None
        self.port = 0
        self._open = set[asyncio.Task[None]]()

    async def _leads(self, reader: StreamReader, writer: StreamWriter) -> None:
        there: StreamWriter | None = None
        try:
            if self.to is not None:
                answers, there = await asyncio.open_connection(HOST, self.to)
                await _first_to_end(_passes(reader, there), _passes(answers, writer))
        except OSError:  # either end may go at any time
            pass
        finally:
            for one in (writer, there):
                if one:
                    one.close()


async def _passes(reader: StreamReader, writer: StreamWriter) -> None:
    while some := await reader.read(65_536):
        writer.write(some)
        await writer.drain()


async def _first_to_end(*passing: Coroutine[Any, Any, None]) -> None:
    tasks = [asyncio.ensure_future(one) for one in passing]
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for one in tasks:
            one.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


@asynccontextmanager
async def leading() -> AsyncIterator[Leading]:
    """Until the block is left."""
    one = Leading()
    server = await asyncio.start_server(one._leads, HOST, 0)
    one.port = server.sockets[0].getsockname()[1]
    try:
        yield one
    finally:
        server.close()
        with suppress(TimeoutError):
            await asyncio.wait_for(server.wait_closed(), 10)
