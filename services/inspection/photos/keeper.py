"""Takes chunks until a photo is whole, checks it, keeps it, and answers its sender.

Every step may be repeated, by this copy or another: chunks have ids, a photo is its digest, and chunks are dropped only
when their sender has been answered.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from services.inspection.photos import store
from services.inspection.photos.chunks import Chunk, NoChunk, read_chunk
from services.inspection.photos.pictures import TOO_LARGE, Picture
from services.inspection.photos.shares import Shares
from services.inspection.photos.work import LIMITS, WORK, judged_apart
from shared.bus.connection import Bus, Message
from shared.bus.photos import photo_verdict
from shared.database.lease import Lease
from shared.database.mongo import Database
from shared.events.outgoing import Outgoing
from shared.events.photos import MOST_CHUNKS
from shared.events.refusals import reason
from shared.foreign.apart import Apart, Exhausted
from shared.pipeline.decisions import Refused
from shared.pipeline.inlets import dead_letter
from shared.pipeline.pipeline import Step, no_beat, no_step
from shared.process.metrics import DEAD_LETTERS, EXHAUSTED, PHOTOS

TRIES = 3
"""Times a photo is looked at that ends whoever looks at it, also when that was this service."""
TOO_MUCH = Refused("photo-too-much-work")
POINTS = ("chunks-kept", "kept", "dead-told", "told", "dropped")


@dataclass(slots=True)
class Taken:
    """What came of one batch: answers by photo (None is yes), and dead letters: a message, its slug, why."""

    answers: dict[str, Refused | None] = field(default_factory=dict)
    dead: list[tuple[Message, str, str]] = field(default_factory=list)


class Keeper:
    """The way from chunks to photos, driven batch by batch like a pipeline."""

    in_turn = True
    """Telling drops the chunks of what was answered: the next batch may bring the same photo again."""

    def __init__(self, db: Database, bus: Bus, lease: Lease) -> None:
        self._db, self._bus, self._lease = db, bus, lease
        self._apart, self._shares = Apart(WORK, LIMITS), Shares(bus)
        self.step: Step = no_step
        self.beat: Callable[[], None] = no_beat

    async def decide(self, messages: Sequence[Message]) -> Taken:
        """Keeps chunks, and photos that became whole by them: one at a time, so that memory stays bounded."""
        await self._lease.hold()
        taken, chunks = Taken(), list[Chunk]()
        for message in await self._shares.without_a_flood(messages):
            match read_chunk(message):
                case NoChunk(why):
                    taken.dead.append((message, "unreadable", why))
                case chunk:
                    chunks.append(chunk)
        if chunks:
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
                taken.answers[last.photo] = await self._answered(last, data, taken)

    async def _answered(self, last: Chunk, data: bytes, taken: Taken) -> Refused | None:
        """Looked at in a process of its own; what went beyond its limits, or ended this one, is dead and refused."""
        while await store.tried(self._db, last.photo, last.total) <= TRIES:
            self.beat()
            await self._lease.hold()
            try:
                return await self._kept(last, data, await judged_apart(self._apart, last.sha256, data))
            except Exhausted as ended:
                EXHAUSTED.labels("inspection", ended.beyond).inc()
                if ended.is_certain:
                    break
        taken.dead.append((last.message, TOO_MUCH.slug, f"looking at photo {last.photo} takes more than is allowed"))
        return await self._refuse(last, TOO_MUCH)

    async def _kept(self, last: Chunk, data: bytes, judged: Picture | Refused) -> Refused | None:
        if isinstance(judged, Refused):
            return await self._refuse(last, judged)
        await store.keep(self._db, last.photo, judged, data, last.received)
        return None

    async def _refuse(self, of: Chunk, no: Refused) -> Refused:
        """Remembered before it is told: where the photo is named, the reason stands."""
        await store.refuse(self._db, of.photo, reason(no.slug, **no.details), of.received)
        return no

    async def tell(self, messages: Sequence[Message], taken: Taken) -> None:
        """Dead letters and answers; only then are the chunks not needed any more."""
        await self._bus.publish([_letter(*dead) for dead in taken.dead])
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

    async def close(self) -> None:
        """Ends the process that looks at photos."""
        await self._apart.close()


def _letter(message: Message, slug: str, why: str) -> Outgoing:
    station = message.subject.split(".")[1]
    return dead_letter("inspection", slug, why, message, station)


def _answer(photo: str, no: Refused | None) -> Outgoing:
    station, sha256 = photo.split("/")
    return photo_verdict(station, sha256, [reason(no.slug, **no.details)] if no else [])


def _count(taken: Taken) -> None:
    for _, slug, _ in taken.dead:
        DEAD_LETTERS.labels("inspection", slug).inc()
    for no in taken.answers.values():
        PHOTOS.labels("refused" if no else "accepted").inc()
