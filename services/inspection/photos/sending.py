"""Photos from a form: what is plainly wrong is said at once, the rest goes the way of every station's photos."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from starlette.datastructures import UploadFile

from services.inspection.photos import store, waiting
from services.inspection.photos.album import album_of
from shared.bus.connection import TIMEOUT
from shared.bus.photos import cut, digest_of
from shared.bus.publishing import SlowDown, publish_by_shares
from shared.events.photos import MOST_BYTES, MOST_WHOLE
from shared.events.vocabulary import MOST_PHOTOS
from shared.pages.photo_words import unfit_photo
from shared.patience import is_fault
from shared.process.running import Running

UPLOAD = "/inspection/photos"
"""Where a photo is sent ahead of its form."""
TOO_MANY = "最多上传{most}张照片，“{name}”未上传，请删减后重新选择。"
SLOWER = "此前上传的照片正在依次处理，“{name}”尚未收到，请稍后重新上传。"
PATIENCE = 10.0
"""Seconds for which room on the bus is waited for."""
LOOK = 1.0
"""Seconds for which the database is asked how many wait."""
AWAY = "系统暂时无法连接，“{name}”尚未收到，请稍后重新上传。"


async def send_photos(
    parts: Running, code: str, files: Sequence[UploadFile], before: Sequence[str] = ()
) -> tuple[list[str], list[str]]:
    """Publishes the photos of a form in the organisation's name: their digests, and why others were not sent.

    `before` are those that the form sent when it was filled in before. A form without photos comes with one file that
    has no name.
    """
    digests = list(before)
    refusals: list[str] = []
    for file in (file for file in files if file.filename):
        sent, no = await _send(parts, code, file, full=len(digests) >= MOST_PHOTOS)
        refusals += [no] if no else []
        digests += [sent] if sent and sent not in digests else []
    return digests, refusals


async def hand_over(parts: Running, code: str, to: str, photos: Sequence[str]) -> None:
    """Photos that one organisation sent, published in the name of another whose record it corrects.

    What has not arrived yet, or cannot be looked up, is said to be missing where it belongs, and is sent again there.
    """
    if code == to:
        return
    try:
        there = await store.known(parts.db, [f"{to}/{sha256}" for sha256 in photos])
        for sha256 in (one for one in photos if f"{to}/{one}" not in there):
            if data := await store.rendition(parts.db, album_of(parts), f"{code}/{sha256}", "data"):
                await publish_by_shares(parts.bus.client, list(cut(to, data)), TIMEOUT, patience=PATIENCE)
    except Exception as error:
        if not is_fault(error):
            raise


async def _send(parts: Running, code: str, file: UploadFile, full: bool) -> tuple[str, str]:
    """The photo's digest, or a sentence; no more of a file is read than may be sent."""
    data = b"" if full else await file.read(MOST_BYTES + 1)
    if no := TOO_MANY.format(most=MOST_PHOTOS, name=file.filename) if full else unfit_photo(data, file.filename or ""):
        return "", no
    try:
        if await _too_many_wait(parts, code):
            return "", SLOWER.format(name=file.filename)
        await publish_by_shares(parts.bus.client, list(cut(code, data)), TIMEOUT, patience=PATIENCE)
    except SlowDown:
        return "", SLOWER.format(name=file.filename)
    except Exception as error:
        if not is_fault(error):
            raise
        return "", AWAY.format(name=file.filename)
    return digest_of(data), ""


async def _too_many_wait(parts: Running, code: str) -> bool:
    """Not said while the database is away, which keeps nobody from sending."""
    try:
        async with asyncio.timeout(LOOK):
            return bool(await waiting.full(parts.db, [code], MOST_WHOLE))
    except Exception as error:
        if not is_fault(error):
            raise
        return False
