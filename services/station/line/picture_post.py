"""Photos leave chunk by chunk behind the submissions, not faster than a thin line can bear."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

from nats.aio.client import Client

from services.station.line.delivery import ANSWER
from services.station.outbox.outbox import Outbox
from services.station.outbox.pictures import Picture, Pictures
from shared.bus.publishing import publish_each

RATE = 128 * 1024
"""Bytes a second: a photo of 5 MB takes 40 s and leaves most of a 2 Mbit/s line to others."""
FILE_GONE = "照片文件已不在本机，无法报送。请重新拍摄后随更正一并报送。"


async def send_pictures(
    client: Client, outbox: Outbox, pictures: Pictures, rate: int = RATE, submitter: str = ""
) -> None:
    """Until all have left, of a submitter alone if named, or a submission waits: that goes first.

    A photo goes on where it stopped.
    """
    while (picture := pictures.next(submitter)) and not outbox.pending(1, submitter):
        await asyncio.sleep(await _send_chunk(client, pictures, picture) / rate)


async def _send_chunk(client: Client, pictures: Pictures, picture: Picture) -> int:
    """How many bytes left."""
    try:
        message = pictures.chunk(picture)
    except OSError:
        pictures.given_up(picture, FILE_GONE)
        return 0
    await publish_each(client, [message], ANSWER)
    pictures.sent(picture, datetime.now(UTC))
    return len(message.body)
