"""Takes chunks in, and notes of which photos all are there: what is looked at, and when, is the judge's (`judge.py`).

Every step may be repeated, by this copy or another: chunks have ids, a photo is its digest, and whoever sends what is
known already is answered again.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Iterable, Sequence, Set
from dataclasses import dataclass, field

from services.inspection.photos import store, waiting
from services.inspection.photos.chunks import Chunk, NoChunk, read_chunk
from services.inspection.photos.letters import SERVICE, answer, letter
from services.inspection.photos.picture import TOO_LARGE
from shared.bus.connection import Bus, Message
from shared.database.lease import Lease
from shared.database.mongo import Database, Session, in_transaction
from shared.events.photos import MOST_CHUNKS, MOST_KEPT, MOST_WHOLE
from shared.events.refusals import reason
from shared.pipeline.decisions import Refused
from shared.pipeline.pipeline import Step, no_beat, no_step
from shared.process.metrics import DEAD_LETTERS, PHOTOS

SLOWER = Refused("slow-down")
MOST_ANSWERED = 8
"""Photos of one organisation that are answered `slow-down` in a batch: whoever sends more at once does not wait for it,
and each answer takes room from others'."""
ANSWERED = ("accepted", "refused", "slow-down")
POINTS = ("kept", "dead-told", "told", "dropped")


@dataclass(slots=True)
class Taken:
    """What came of one batch: answers by photo (None is yes), photos to be sent again later, and what is no chunk."""

    answers: dict[str, Refused | None] = field(default_factory=dict)
    slower: Set[str] = frozenset()
    dead: list[tuple[Message, str]] = field(default_factory=list)


class Keeper:
    """The way from chunks to photos that wait to be judged, driven batch by batch like a pipeline."""

    in_turn = True
    """Telling drops the chunks of what was answered: the next batch may bring the same photo again."""

    def __init__(self, db: Database, bus: Bus, lease: Lease, whole: asyncio.Event) -> None:
        self._db, self._bus, self._lease = db, bus, lease
        self._whole = whole
        for verdict in ANSWERED:
            PHOTOS.labels(verdict)
        self.step: Step = no_step
        self.beat: Callable[[], None] = no_beat

    async def begin(self) -> None:
        """It asks nothing of the bus but its chunks."""

    async def beyond_ledger(self) -> int:
        """No fact comes of it."""
        return 0

    async def decide(self, messages: Sequence[Message]) -> Taken:
        """Keeps chunks, and notes the photos that became whole by them, in one transaction."""
        await self._lease.hold()
        taken, chunks = Taken(), list[Chunk]()
        for message in messages:
            match read_chunk(message):
                case NoChunk(why):
                    taken.dead.append((message, why))
                case chunk:
                    chunks.append(chunk)
        if chunks:
            await self._take(chunks, taken)
        await self._lease.hold(sequence=messages[-1].sequence)
        await self.step("kept")
        return taken

    async def _take(self, chunks: Sequence[Chunk], taken: Taken) -> None:
        for chunk in chunks:
            if chunk.total > MOST_CHUNKS:
                taken.answers[chunk.photo] = await self._refuse(chunk, TOO_LARGE)
        taken.answers |= dict.fromkeys(await store.known(self._db, (chunk.photo for chunk in chunks)))
        new = [chunk for chunk in chunks if chunk.photo not in taken.answers]
        full = await self._full({chunk.station for chunk in new})
        taken.slower = _some(chunk.photo for chunk in new if chunk.station in full and chunk.may_be_put_off)
        if new := [chunk for chunk in new if chunk.station not in full]:
            await in_transaction(self._db, lambda session: self._keep(new, session))

    async def _full(self, stations: Set[str]) -> Set[str]:
        """Those that have used up their share; of whoever has by photos that never become whole, those begin anew."""
        used_up = {code for code in stations if await store.parts_of(self._db, code, MOST_KEPT) >= MOST_KEPT}
        for code in used_up:
            await store.drop_half_sent(self._db, code, await waiting.of_all(self._db, code))
        return used_up | await waiting.full(self._db, stations, MOST_WHOLE)

    async def _keep(self, chunks: Sequence[Chunk], session: Session) -> None:
        self.beat()
        await self._lease.hold(session)
        await store.keep_chunks(self._db, chunks, session)
        await waiting.note(self._db, await store.whole_by(self._db, chunks, session), session)

    async def _refuse(self, of: Chunk, no: Refused) -> Refused:
        """Remembered before it is told: where the photo is named, the reason stands."""
        await store.refuse(self._db, of.photo, reason(no.slug, **no.details), of.received)
        return no

    async def tell(self, messages: Sequence[Message], taken: Taken) -> None:
        """Dead letters and answers; what is left of the chunks of what was answered is not needed any more."""
        self._whole.set()
        await self._bus.publish([letter(message, "unreadable", why) for message, why in taken.dead])
        await self.step("dead-told")
        said = taken.answers | dict.fromkeys(taken.slower, SLOWER)
        await self._bus.publish([answer(photo, no) for photo, no in said.items()])
        await self.step("told")
        await store.drop_chunks(self._db, taken.answers)
        await self.step("dropped")
        _count(taken)

    async def bury(self, message: Message, why: str) -> None:
        """What fails alone every time goes to DEAD, to be driven again after a repair."""
        await self._bus.publish([letter(message, "service-error", why)])
        DEAD_LETTERS.labels(SERVICE, "service-error").inc()

    async def close(self) -> None:
        """It holds nothing of its own."""


def _some(photos: Iterable[str]) -> Set[str]:
    of: Counter[str] = Counter()
    some = set[str]()
    for photo in dict.fromkeys(photos):
        of[photo.split("/")[0]] += 1
        some |= {photo} if of[photo.split("/")[0]] <= MOST_ANSWERED else set()
    return some


def _count(taken: Taken) -> None:
    DEAD_LETTERS.labels(SERVICE, "unreadable").inc(len(taken.dead))
    for no in taken.answers.values():
        PHOTOS.labels("refused" if no else "accepted").inc()
    PHOTOS.labels("slow-down").inc(len(taken.slower))
