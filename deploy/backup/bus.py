"""The bus's streams with all their messages and consumers, as the server itself copies and takes them back.

What it hands out is a compressed tar (S2) in chunks: each is answered before the server goes on, which bounds memory.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator, Mapping
from typing import Any

import nats.errors
from nats.aio.msg import Msg

from deploy.backup.archive import LARGEST
from deploy.backup.manifest import StreamNoted
from deploy.embedded.trouble import Trouble
from shared.bus.connection import Bus
from shared.bus.requests import heeding, request
from shared.bus.streams import STREAMS

CHUNK = 512 * 1024
PIECE = 16 * 1024
"""Of what the server takes back: it writes each message in it to the disk before it answers, and gives up where none
came for five seconds, on the slowest disk too."""
PATIENCE = 30.0
"""Seconds for the next chunk, or for one to be taken."""
TAKEN_BACK = 3600.0
"""Seconds for the last answer: the server reads all it was given."""
BROKEN = "数据流{}没有复制完整（{}），没有备份；请重试。 A stream could not be copied."
NOT_TAKEN = "总线没有接受数据流{}（{}），没有恢复。 The bus did not take a stream back."


async def noted(bus: Bus) -> dict[str, StreamNoted]:
    """How each stream is now."""
    found = {stream.name: await bus.api(f"STREAM.INFO.{stream.name}") for stream in STREAMS}
    return {name: _noted(info) for name, info in found.items()}


def _noted(info: Mapping[str, Any]) -> StreamNoted:
    state = info["state"]
    return StreamNoted(
        created=info["created"], first=state["first_seq"], last=state["last_seq"], messages=state["messages"]
    )


async def snapshot(bus: Bus, stream: str) -> AsyncIterator[bytes]:
    """First what the server wants to be told when it takes it back, then what it hands out, in parts."""
    inbox = bus.client.new_inbox()
    chunks: asyncio.Queue[Msg] = asyncio.Queue()
    answers = await bus.client.subscribe(inbox, cb=chunks.put)
    try:
        asked = {"deliver_subject": inbox, "no_consumers": False, "chunk_size": CHUNK}
        reply = await bus.api(f"STREAM.SNAPSHOT.{stream}", asked, once=True)
        yield json.dumps({"config": reply["config"], "state": reply["state"]}).encode()
        part = bytearray()
        while content := await _chunk(bus, stream, chunks):
            part += content
            if len(part) + CHUNK > LARGEST:
                yield bytes(part)
                part.clear()
        if part:
            yield bytes(part)
    finally:
        await answers.unsubscribe()


async def _chunk(bus: Bus, stream: str, chunks: asyncio.Queue[Msg]) -> bytes:
    """Empty at the end."""
    try:
        async with asyncio.timeout(PATIENCE):
            msg = await chunks.get()
    except TimeoutError as error:
        raise Trouble(BROKEN.format(stream, "总线没有应答")) from error
    headers = msg.headers or {}
    if not msg.data and headers.get("Status", END) != END:
        raise Trouble(BROKEN.format(stream, headers.get("Description", "")))
    if msg.reply:
        await bus.client.publish(msg.reply)
    return msg.data


END = "204"
UNHEARD = 0.1
"""Seconds after which a part that nobody has heard is given again."""


class TakingBack:
    """One stream that is given to the bus again, part by part."""

    def __init__(self, bus: Bus, stream: str, to: str) -> None:
        self._bus, self._stream, self._to = bus, stream, to

    async def give(self, part: bytes) -> None:
        """The next part, in its order."""
        for at in range(0, len(part), PIECE):
            await self._answered(part[at : at + PIECE], PATIENCE)

    async def end(self) -> None:
        """It is there again."""
        await self._answered(b"", TAKEN_BACK)

    async def _answered(self, content: bytes, patience: float) -> None:
        answer = await self._heard(content, patience)
        said = json.loads(answer.data) if answer.data else {}
        if "error" in said:
            raise Trouble(NOT_TAKEN.format(self._stream, said["error"].get("description")))

    async def _heard(self, content: bytes, patience: float) -> Msg:
        """Of several servers the one that takes it is known to the others a moment after it has said so."""
        until = time.monotonic() + PATIENCE
        while True:
            try:
                return await heeding(request(self._bus.client, self._to, content, patience))
            except nats.errors.NoRespondersError:
                if time.monotonic() > until:
                    raise
            await asyncio.sleep(UNHEARD)


async def taken_back(bus: Bus, stream: str, beginning: bytes) -> TakingBack:
    """One that is not there yet; `beginning` is what its snapshot began with.

    It comes back on one server, wherever it was kept: set-up, which comes next, keeps it on as many as are asked.
    """
    asked = json.loads(beginning)
    asked["config"]["num_replicas"] = 1
    reply = await bus.api(f"STREAM.RESTORE.{stream}", asked, once=True)
    return TakingBack(bus, stream, reply["deliver_subject"])
