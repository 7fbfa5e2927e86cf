"""Photographs as phones take them, for tests: real JPEGs and PNGs with pixels, a place, and a turn.

photo = photograph(seed=3)
await county.hears_photos(station, photo)
"""

from __future__ import annotations

import asyncio
import json
import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from io import BytesIO
from typing import Any

from PIL import Image

from services.inspection.photos import store, waiting
from services.inspection.photos.album import COLLECTIONS, Album, beside
from services.inspection.photos.judge import Judge
from services.inspection.photos.keeper import Keeper
from services.inspection.photos.loops import photo_loops
from shared.bus.draining import is_drained
from shared.bus.photos import cut, digest_of
from shared.bus.publishing import publish_each
from shared.bus.streams import DEAD, PHOTO_CHUNKS, PHOTOS, VERDICTS
from shared.events.outgoing import Outgoing
from shared.pipeline.pipeline import Step, no_step
from tests.county import County, ended
from tests.submitters import Submitter

GPS_INFO, ORIENTATION, MAKE, DESCRIPTION = 0x8825, 0x0112, 0x010F, 0x010E
SECRET = "GPS-43.6-118.0-Liu"
"""Stands in every text that a phone writes beside the pixels."""
PATIENCE = 30.0


def photograph(
    width: int = 320, height: int = 240, seed: int = 1, kind: str = "JPEG", turn: int = 1, mode: str = "RGB"
) -> bytes:
    """Noise does not compress: some 50 kB at 320x240, so that it needs several chunks; it knows where it was taken."""
    noise = random.Random(seed).randbytes(width * height * 3)
    image = Image.frombytes("RGB", (width, height), noise).convert(mode)
    exif = Image.Exif()
    exif[MAKE], exif[DESCRIPTION], exif[ORIENTATION] = SECRET, SECRET, turn
    exif.get_ifd(GPS_INFO).update({1: "N", 2: (43.0, 36.0, 0.0), 3: "E", 4: (118.0, 2.0, 0.0), 29: SECRET})
    to = BytesIO()
    more: dict[str, Any] = {"comment": SECRET.encode()} if kind == "JPEG" else {}
    image.save(to, kind, exif=exif, icc_profile=SECRET.encode() * 8, quality=80, **more)
    return to.getvalue()


@asynccontextmanager
async def keeping(
    county: County,
    step: Step = no_step,
    batch: int = PHOTO_CHUNKS.batch,
    takes: type[Keeper] = Keeper,
    judges: type[Judge] = Judge,
    is_beside: bool = False,
) -> AsyncIterator[asyncio.Task[None]]:
    """The loops that take photos in and judge them, until the block is left; then others may take over at once."""
    async with county.connection() as bus:
        of = replace(PHOTO_CHUNKS, batch=batch)
        how: dict[str, Any] = {"of": of, "step": step, "takes": takes, "judges": judges, "is_beside": is_beside}
        loops = photo_loops(county.db("inspection"), bus, "test-1", **how)
        task = asyncio.create_task(_until_one_ends([asyncio.create_task(one.run()) for one in loops]))
        try:
            yield task
        finally:
            with suppress(BaseException):
                await ended([task])


async def _until_one_ends(loops: list[asyncio.Task[None]]) -> None:
    """As in a process: with one of them the other ends."""
    try:
        done, _ = await asyncio.wait(loops, return_when=asyncio.FIRST_COMPLETED)
    finally:
        await ended(loops)
    for one in done:
        one.result()


async def sent(county: County, who: Submitter, *photos: bytes) -> list[str]:
    """The photos' digests, once the bus has stored all their chunks."""
    for photo in photos:
        await hears(county, *cut(who.code, photo))
    return [digest_of(photo) for photo in photos]


async def hears(county: County, *chunks: Outgoing) -> None:
    """In their order."""
    await publish_each(county.client, chunks, 10)


async def drained(county: County) -> None:
    """Every chunk is acknowledged, and every photo that became whole is answered."""
    async with asyncio.timeout(PATIENCE):
        while not await is_drained(county.bus, PHOTO_CHUNKS):
            await asyncio.sleep(0.01)
        while await unjudged(county):
            await asyncio.sleep(0.01)


async def unjudged(county: County) -> int:
    """Photos that are whole and not answered."""
    return await county.db("inspection")[waiting.WAITING].count_documents({})


async def answer(county: County, who: Submitter, sha256: str) -> str:
    """accepted, or the reason for a no; empty while there is no answer."""
    message = await county.bus.last(VERDICTS.name, f"verdict.{who.code}.{sha256}")
    verdict: dict[str, Any] = json.loads(message.body) if message else {"verdict": "", "reasons": []}
    return verdict["reasons"][0]["slug"] if verdict["reasons"] else str(verdict["verdict"])


async def without_photos(county: County) -> None:
    """No photo, no answer and no dead letter is there any more."""
    for stream in (PHOTOS, VERDICTS, DEAD):
        await county.bus.api(f"STREAM.PURGE.{stream.name}")
    for collection in store.INDEXES:
        await county.db("inspection")[collection].delete_many({})
    for collection in COLLECTIONS.values():
        await album(county).db[collection].delete_many({})


def album(county: County) -> Album:
    """Where its pictures lie unless it is told otherwise."""
    return beside(county.databases)
