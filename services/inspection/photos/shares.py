"""No organisation's photos keep everybody else's waiting: where thousands of parts wait and most are of one, those go.

A photo that was not answered is sent again by whoever keeps it.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Sequence

import structlog

from shared.bus.connection import Bus, Message
from shared.bus.streams import PHOTO_CHUNKS
from shared.events.envelope import IS_CODE
from shared.events.photos import MOST_WAITING

LOOKS = 16
"""At parts evenly among those that wait, to know whose most of them are."""

log = structlog.get_logger()


class Shares:
    """Of those whose photos wait."""

    def __init__(self, bus: Bus) -> None:
        self._bus = bus

    async def without_a_flood(self, messages: Sequence[Message]) -> Sequence[Message]:
        """Of a batch what is not of whoever floods; all that waits of that one is dropped from the stream."""
        last = messages[-1]
        if last.waiting < MOST_WAITING or (floods := await self._most_are_of(last)) is None:
            return messages
        await self._bus.api(f"STREAM.PURGE.{PHOTO_CHUNKS.stream}", {"filter": f"photo.{floods}.>"})
        left = [one for one in messages if _sender(one) != floods]
        log.warning("photos passed over", station=floods, waiting=last.waiting)
        return left

    async def _most_are_of(self, last: Message) -> str | None:
        places = [last.sequence + n * last.waiting // LOOKS for n in range(LOOKS)]
        found = await asyncio.gather(*(self._bus.next(last.stream, "photo.>", place) for place in places))
        (sender, times), *_ = Counter(_sender(one) for one in found if one).most_common(1) or [("", 0)]
        return sender if times > LOOKS // 2 and IS_CODE(sender) else None


def _sender(message: Message) -> str:
    return message.subject.split(".")[1]
