"""Takes chunks until a photo is whole, checks it, keeps it, and answers its sender.

Every step may be repeated, by this copy or another: chunks have ids, a photo is its digest, and chunks are dropped only
when their sender has been answered.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from services.inspection.photos import store
from services.inspection.photos.chunks import Chunk, NoChunk, read_chunk
from services.inspection.photos.pictures import TOO_LARGE, Picture, judge
from shared.bus.connection import Bus, Message
from shared.bus.photos import photo_verdict
from shared.database.lease import Lease
from shared.database.mongo import Database
from shared.events.outgoing import Outgoing
from shared.events.photos import MOST_CHUNKS
from shared.events.refusals import reason
from shared.pipeline.decisions import Refused
from shared.pipeline.inlets import dead_letter
from shared.pipeline.pipeline import Step, no_beat, no_step
from shared.process.metrics import DEAD_LETTERS, PHOTOS

POINTS = ("chunks-kept", "kept", "dead-told", "told", "dropped")


@dataclass(slots=True)
class Taken:
    """What came of one batch: answers by photo (None is yes), and messages that are no chunks."""

    answers: dict[str, Refused | None] = field(default_factory=dict)
    dead: list[tuple[Message, str]] = field(default_factory=list)


class Keeper:
    """The way from chunks to photos, driven batch by batch like a pipeline."""

    in_turn = True
    """Telling drops the chunks of what was answered: the next batch may bring the same photo again."""

    def __init__(self, db: Database, bus: Bus, lease: Lease) -> None:
        self._db, self._bus, self._lease = db, bus, lease
        self.step: Step = no_step
        self.beat: Callable[[], None] = no_beat

    async def decide(self, messages: Sequence[Message]) -> Taken:
        """Keeps chunks, and photos that became whole by them: one at a time, so that memory stays bounded."""
        await self._lease.hold()
        taken, chunks = Taken(), list[Chunk]()
        for message in messages:
            match read_chunk(message):
                case NoChunk(why):
                    taken.dead.append((message, why))
                case chunk:
                    chunks.append(chunk)
        await self._take(chunks, taken)
        await self.step("kept")
        return taken

    async def _take(self, chunks: Sequence[Chunk], taken: Taken) -> None:
        for chunk in chunks:
            if chunk.total > MOST_CHUNKS:
                taken.answers[chunk.photo] = await self._refuse(chunk, TOO_LARGE)
        taken.answers |= dict.fromkeys(await store.known(self._db, (chunk.photo for chunk in chunks)))
        new = [chunk for chunk in chunks if chunk.photo not in taken.answers]
        await store.keep_chunks(self._db, new)
        await self.step("chunks-kept")
        for last in {(chunk.photo, chunk.total): chunk for chunk in new}.values():
            if (data := await store.whole(self._db, last.photo, last.total)) is not None:
                taken.answers[last.photo] = await self._keep(last, data)

    async def _keep(self, last: Chunk, data: bytes) -> Refused | None:
        """Decoding is done beside the event loop: submissions do not wait for it."""
        self.beat()
        await self._lease.hold()
        judged = await asyncio.to_thread(judge, last.sha256, data)
        if isinstance(judged, Picture):
            await store.keep(self._db, last.photo, judged, data, last.received)
            return None
        return await self._refuse(last, judged)

    async def _refuse(self, of: Chunk, no: Refused) -> Refused:
        """Remembered before it is told: where the photo is named, the reason stands."""
        await store.refuse(self._db, of.photo, reason(no.slug, **no.details), of.received)
        return no

    async def tell(self, messages: Sequence[Message], taken: Taken) -> None:
        """Dead letters and answers; only then are the chunks not needed any more."""
        await self._bus.publish([_letter(message, "unreadable", why) for message, why in taken.dead])
        await self.step("dead-told")
        await self._bus.publish([_answer(photo, no) for photo, no in taken.answers.items()])
        await self.step("told")
        await store.drop_chunks(self._db, taken.answers)
        await self.step("dropped")
        _count(taken)

    async def bury(self, message: Message, why: str) -> None:
        """What fails alone every time goes to DEAD, to be driven again after a repair."""
        await self._bus.publish([_letter(message, "service-error", why)])
        DEAD_LETTERS.labels("inspection", "service-error").inc()


def _letter(message: Message, slug: str, why: str) -> Outgoing:
    station = message.subject.split(".")[1]
    return dead_letter("inspection", slug, why, message, station)


def _answer(photo: str, no: Refused | None) -> Outgoing:
    station, sha256 = photo.split("/")
    return photo_verdict(station, sha256, [reason(no.slug, **no.details)] if no else [])


def _count(taken: Taken) -> None:
    DEAD_LETTERS.labels("inspection", "unreadable").inc(len(taken.dead))
    for no in taken.answers.values():
        PHOTOS.labels("refused" if no else "accepted").inc()
