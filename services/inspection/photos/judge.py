"""Looks at one photo after the other, keeps or refuses it, and answers its sender.

    waiting -> counted -> looked at -> laid (its pictures, in the album)
        -> decided (kept or refused, its parts gone, the answer noted) -> said -> forgotten

Each arrow may be cut by an end of the process and is then gone through again; what is decided is one transaction, and
what is sent after the answer is a new photo. Pictures lie in the album before anything says so: that may be another
server, which no transaction reaches, and what lies there unsaid is only swept (`clearing.py`).
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

import structlog

from services.inspection.photos import store, waiting
from services.inspection.photos.album import Album
from services.inspection.photos.letters import SERVICE, letter, message_of, reasons
from services.inspection.photos.looking import LIMITS, WORK, judged_apart
from services.inspection.photos.picture import Picture
from services.inspection.photos.turns import Turns
from services.inspection.photos.waiting import Reasons, Whole
from shared.bus.connection import Bus
from shared.bus.photos import photo_verdict
from shared.database.lease import TERM_MS, Lease, LeaseLost
from shared.database.mongo import Database, Session, in_transaction
from shared.events.masked import subject_known
from shared.failures import in_one_line
from shared.foreign.apart import Apart, Exhausted
from shared.patience import again
from shared.pipeline.decisions import Refused
from shared.pipeline.pipeline import Step, no_beat, no_step
from shared.process.metrics import DEAD_LETTERS, EXHAUSTED, PHOTOS

TRIES = 3
"""Times a photo is looked at that ends whoever looks at it, also when that was this service."""
TOO_MUCH = Refused("photo-too-much-work")
HELD = TERM_MS / 1000 / 3
"""Seconds after which the lease is prolonged while a photo is looked at."""
POINTS = ("counted", "looked-at", "buried", "laid", "decided", "said", "forgotten")

R = TypeVar("R")
log = structlog.get_logger()


class Judge:
    """The way from photos that wait to answers, one at a time, so that memory stays bounded."""

    def __init__(self, db: Database, bus: Bus, lease: Lease, album: Album, is_beside: bool = False) -> None:
        self._db, self._bus, self._lease = db, bus, lease
        self._album, self._is_beside = album, is_beside
        self._apart, self._turns = Apart(WORK, LIMITS), Turns()
        self.step: Step = no_step
        self.beat: Callable[[], None] = no_beat

    async def next(self) -> Whole | None:
        """The photo that is looked at next; None when none waits."""
        code = self._turns.next(await waiting.first_of_each(self._db))
        return await waiting.of(self._db, code) if code else None

    async def answer(self, whole: Whole) -> None:
        """Decided and said; or another turn behind the others for what may have ended for another's reasons."""
        answer = whole.answer
        if answer is None:
            tried = await self._again(lambda: waiting.tried(self._db, whole))
            await self.step("counted")
            try:
                answer = await self._decided(whole, tried)
            except LeaseLost:
                raise
            except Exception as error:
                await self._failed(whole, tried, error)
        if answer is not None:
            await self._say(whole, answer)

    async def close(self) -> None:
        """Ends the process that looks at photos."""
        await self._apart.close()

    async def _again(self, work: Callable[[], Awaitable[R]]) -> R:
        return await again(work, self.beat, "judge photos")

    async def _decided(self, whole: Whole, tried: int) -> Reasons | None:
        """None where nothing is decided yet, and where parts are gone: answered before, or swept after a week."""
        data = await self._again(lambda: store.assembled(self._db, whole.photo, whole.total))
        if data is None:
            return await self._known(whole)
        if (judged := await self._judged(whole, data, tried)) is None:
            return None
        await self.step("looked-at")
        if judged is TOO_MUCH:
            await self._bury(whole, TOO_MUCH.slug, f"looking at photo {whole.photo} takes more than is allowed")
        if isinstance(judged, Picture) and not self._is_beside:
            pictures = store.pictures_of(judged, data)
            await self._again(lambda: self._album.put(whole.photo, pictures))
        await self.step("laid")
        await self._again(lambda: in_transaction(self._db, lambda session: self._decide(whole, data, judged, session)))
        await self.step("decided")
        return reasons(judged if isinstance(judged, Refused) else None)

    async def _known(self, whole: Whole) -> Reasons | None:
        if await self._again(lambda: store.known(self._db, [whole.photo])):
            return []
        await self._again(lambda: waiting.forget(self._db, whole))
        return None

    async def _judged(self, whole: Whole, data: bytes, tried: int) -> Picture | Refused | None:
        """Looked at in a process of its own; what went beyond its limits, or ended this one, is refused."""
        if tried > TRIES:
            return TOO_MUCH
        try:
            return await self._again(lambda: self._looked_at(whole, data))
        except Exhausted as ended:
            EXHAUSTED.labels(SERVICE, ended.beyond).inc()
            return TOO_MUCH if ended.is_certain or tried == TRIES else None

    async def _looked_at(self, whole: Whole, data: bytes) -> Picture | Refused:
        """The lease is kept however long it takes."""
        before, looking = self._apart.spent, asyncio.create_task(judged_apart(self._apart, whole.sha256, data))
        try:
            while not (await asyncio.wait([looking], timeout=HELD))[0]:
                self.beat()
                await self._lease.hold()
            return looking.result()
        finally:
            looking.cancel()
            self._turns.took(whole.station, self._apart.spent - before)

    async def _decide(self, whole: Whole, data: bytes, judged: Picture | Refused, session: Session) -> None:
        """Remembered before it is told: where the photo is named, the reason stands."""
        self.beat()
        await self._lease.hold(session)
        no = judged if isinstance(judged, Refused) else None
        if isinstance(judged, Picture):
            await store.keep(self._db, whole.photo, judged, data, whole.received, session, self._is_beside)
        for why in reasons(no):
            await store.refuse(self._db, whole.photo, why, whole.received, session)
        await store.drop_chunks(self._db, [whole.photo], session)
        await waiting.answer(self._db, whole, reasons(no), session)

    async def _say(self, whole: Whole, answer: Reasons) -> None:
        verdict = photo_verdict(whole.station, whole.sha256, answer)
        await self._again(lambda: self._bus.publish([verdict]))
        await self.step("said")
        await self._again(lambda: waiting.forget(self._db, whole))
        await self.step("forgotten")
        PHOTOS.labels("refused" if answer else "accepted").inc()

    async def _failed(self, whole: Whole, tried: int, error: Exception) -> None:
        """A mistake of this service's: its parts stay, so that it is whole again when it is driven again."""
        log.error("service error", subject=subject_known(whole.subject), attempt=tried, exc_info=True)
        if tried >= TRIES:
            await self._bury(whole, "service-error", in_one_line(error))
            await self._again(lambda: waiting.forget(self._db, whole))

    async def _bury(self, whole: Whole, slug: str, why: str) -> None:
        message = await self._again(lambda: message_of(self._db, whole))
        await self._again(lambda: self._bus.publish([letter(message, slug, why)]))
        await self.step("buried")
        DEAD_LETTERS.labels(SERVICE, slug).inc()
