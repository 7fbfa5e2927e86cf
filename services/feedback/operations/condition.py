"""How the system is: bus, database, each consumer's backlog, the streams' room, the standing check.

`condition_parts` has the words for what is read here.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from services.feedback.measures.checking import EVERY, LATEST, Checking
from services.feedback.operations.backups import newest_backup, reach
from services.feedback.operations.books import newest
from services.feedback.operations.condition_parts import (
    BAD,
    GOOD,
    Part,
    check,
    consumer,
    fitting,
    followed_on,
    ledgers,
    photos,
    saved,
    servers,
    stream,
)
from shared.asks.bus import asked
from shared.asks.moments import MOMENTS, MomentsApart, MomentsAsked
from shared.asks.photos import PHOTOS_WAITING, PhotosAsked
from shared.bus.connection import Bus
from shared.bus.streams import CONSUMERS, STREAMS
from shared.database.lease import standing_apart
from shared.pages.words import ShownState
from shared.patience import is_fault
from shared.pipeline.dead_letters import undriven
from shared.process.running import Running

A = TypeVar("A")


@dataclass(frozen=True, slots=True)
class Condition:
    """The whole page."""

    overall: ShownState
    sentence: str
    servers: tuple[Part, ...]
    consumers: tuple[Part, ...]
    streams: tuple[Part, ...]
    check: tuple[Part, ...]
    check_note: str


async def read(parts: Running, checking: Checking, now: datetime, every_month: bool) -> Condition:
    """How everything is now; a part that does not answer says so and does not hold up the others."""
    bus, ready = parts.bus, await parts.reaches()
    consumers = await asyncio.gather(*(_asked(bus, f"CONSUMER.INFO.{of.stream}.{of.name}") for of in CONSUMERS))
    streams = await asyncio.gather(*(_asked(bus, f"STREAM.INFO.{stream.name}") for stream in STREAMS))
    waiting = await _answer(undriven(bus), 3) if bus.connected else None
    unjudged = await asked(parts, PHOTOS_WAITING, PhotosAsked()) if bus.connected else None
    checked = await _checked(checking, every_month) if ready["database"] else None
    apart = await _apart(parts) if bus.connected else {}
    backup = (saved(await _answer(newest_backup(parts.db), 3), now),) if ready["database"] else ()
    reached = followed_on(await _answer(reach(parts.db), 3), now) if ready["database"] else ()
    compared = await _answer(newest(parts.db), 3) if ready["database"] else None
    return condition(
        (*servers(ready), *backup, *reached, *fitting(apart), *ledgers(compared)),
        (*map(consumer, CONSUMERS, consumers), photos(unjudged, now)),
        tuple(stream(of, info, waiting or 0) for of, info in zip(STREAMS, streams, strict=True)),
        check(checked),
        "已核对全部月份。" if every_month else "只核对了最近一个月。",
    )


def condition(
    around: tuple[Part, ...],
    consumers: tuple[Part, ...],
    streams: tuple[Part, ...],
    checked: tuple[Part, ...],
    note: str,
) -> Condition:
    """Bad when any part is; a server that is away explains what cannot be asked, and is named alone."""
    wrong = at(around, "bad") or at((*consumers, *streams, *checked), "bad")
    sentence = f"以下部分需要处理：{'、'.join(wrong)}。" if wrong else in_order(at((*around, *streams), "warn"))
    return Condition(BAD if wrong else GOOD, sentence, around, consumers, streams, checked, note)


def in_order(waiting: Sequence[str]) -> str:
    """All runs; what waits for a person is not said to need nobody."""
    return f"各部分运行正常；{'、'.join(waiting)}等待办理。" if waiting else "各部分运行正常，无须处理。"


def at(parts: Sequence[Part], level: str) -> list[str]:
    """The names of the parts that are as bad as that."""
    return [part.name for part in parts if part.state.level == level]


async def _asked(bus: Bus, subject: str) -> dict[str, Any] | None:
    """What the bus tells, or None when it does not answer within seconds."""
    return await _answer(bus.api(subject), 3) if bus.connected else None


async def _answer(asked: Awaitable[A], seconds: float) -> A | None:
    try:
        async with asyncio.timeout(seconds):
            return await asked
    except Exception as error:
        if not is_fault(error):
            raise
        return None


async def _checked(checking: Checking, every_month: bool) -> dict[str, Any] | None:
    found = await _answer(checking.check(EVERY if every_month else LATEST), 60)
    return None if found is None else {month: len(differing) for month, differing in found.items()}


async def _apart(parts: Running) -> dict[str, str]:
    """Of every service that answers."""
    parts_apart = await asyncio.gather(*(_of(parts, service) for service in MOMENTS))
    return {name: why for one in parts_apart if one is not None for name, why in one.apart.items()}


async def _of(parts: Running, service: str) -> MomentsApart | None:
    if service != parts.service:
        return await asked(parts, MOMENTS[service], MomentsAsked())
    found = await _answer(standing_apart(parts.db), 3)
    return None if found is None else MomentsApart(apart=found)
