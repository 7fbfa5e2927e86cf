"""What the process that decides tells the one that answers: that it lives, what it reaches, and what it has counted.

Over a socket whose name nobody else knows beforehand; another user of the machine who finds it is told nothing.
"""

from __future__ import annotations

import asyncio
import json
import os
import socket
import struct
from collections.abc import Awaitable, Callable
from typing import Any

from shared.process.counted import Families, counted

ALIVE, REACHES, COUNTED = b"a", b"r", b"c"
DECIDING = "deciding"
"""The part of a service that it is itself, beside bus and database."""
PATIENCE = {ALIVE: 1.5, REACHES: 4.0, COUNTED: 2.0}
"""Seconds for its answer: what takes longer does not decide; it gives the database two of them."""
PEER = struct.Struct("3i")
"""Process, user and group of whoever has connected."""


class NotDeciding(Exception):
    """It does not answer: it stands still, or is just ending."""


def door() -> socket.socket:
    """A socket without a file, whose name the system makes up."""
    one = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    one.bind(b"")
    one.listen()
    one.setblocking(False)
    return one


async def tell(at: socket.socket, reaches: Callable[[], Awaitable[dict[str, bool]]]) -> None:
    """Answers for as long as the process decides."""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            if _user(writer) == os.getuid():
                asked = await reader.read(1)
                said = counted() if asked == COUNTED else await reaches() if asked == REACHES else True
                writer.write(json.dumps(said).encode())
                await writer.drain()
        except OSError:
            pass  # whoever asked has not waited
        finally:
            writer.close()

    async with await asyncio.start_unix_server(answer, sock=at) as server:
        await server.serve_forever()


def _user(writer: asyncio.StreamWriter) -> int:
    peer = writer.get_extra_info("socket").getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, PEER.size)
    return int(PEER.unpack(peer)[1])


class OtherProcess:
    """The process that decides, as the one that answers has it; asked in vain it is `NotDeciding`."""

    def __init__(self, name: str | bytes) -> None:
        self._name = name

    async def alive(self) -> None:
        """Returns when it has answered."""
        await self._asked(ALIVE)

    async def reaches(self) -> dict[str, bool]:
        """Whether bus and database answer it."""
        reached: dict[str, bool] = await self._asked(REACHES)
        return reached

    async def counted(self) -> Families:
        """What it has counted."""
        families: Families = await self._asked(COUNTED)
        return families

    async def _asked(self, what: bytes) -> Any:
        try:
            async with asyncio.timeout(PATIENCE[what]):
                reader, writer = await asyncio.open_unix_connection(sock=await self._connected())
                try:
                    writer.write(what)
                    return json.loads(await reader.read())
                finally:
                    writer.close()
        except (OSError, ValueError) as error:  # a TimeoutError is an OSError
            raise NotDeciding from error

    async def _connected(self) -> socket.socket:
        one = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        one.setblocking(False)
        try:
            await asyncio.get_running_loop().sock_connect(one, self._name)
        except BaseException:
            one.close()
            raise
        return one
