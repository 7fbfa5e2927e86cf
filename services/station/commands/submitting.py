"""`station submit`: one submission from a file, for programs and for those who like a terminal better."""

from __future__ import annotations

import asyncio
import time
from contextlib import closing
from datetime import datetime

from pydantic import ValidationError

from services.station.commands.running import put_together
from services.station.folder import AlreadyRunning, Folder, Hub
from services.station.line.troubles import SENTENCES
from services.station.outbox.drafts import draft
from services.station.outbox.failures import Damaged, NotSaved
from services.station.outbox.outbox import Outbox
from services.station.outbox.rows import Saved, State
from services.station.page.showing import word
from shared.calendar import CHINA
from shared.events import Submission
from shared.events.encodings import NoUtf8, in_utf8
from shared.events.misread import misread

LOOK = 0.1


def submit(folder: Folder, type_name: str, about: str | None, body: bytes, wait: float | None) -> int:
    """Prints the id once it is saved, with `wait` (seconds) also what the county decided; 1 unless it was accepted."""
    hub = folder.hub()
    if hub is None:
        raise NotSaved("".join(SENTENCES["not-enrolled"][0]))
    made = draft(_data(type_name, body), hub.station, about or hub.station, datetime.now(CHINA))
    try:
        outbox = Outbox(folder.outbox)
    except Damaged as error:
        raise NotSaved("报送库文件已损坏，本次内容没有保存。请运行 station doctor 修复。") from error
    with closing(outbox):
        outbox.save([made], datetime.now(CHINA))
        print(made.id, flush=True)
        if wait is None:
            return 0
        return _tell(asyncio.run(_decided(folder, hub, outbox, made.id, wait)))


def _data(type_name: str, body: bytes) -> Submission:
    kind = Submission.registry.get(type_name)
    if kind is None:
        raise NotSaved(f"没有名为“{type_name}”的报送类型。可用的类型：{'、'.join(sorted(Submission.registry))}。")
    try:
        return kind.model_validate_json(in_utf8(body))
    except NoUtf8 as no:
        raise NotSaved(f"{no}，本次内容没有保存。") from no
    except ValidationError as error:
        raise NotSaved(f"{misread(error).zh}，本次内容没有保存。") from error


async def _decided(folder: Folder, hub: Hub, outbox: Outbox, id: str, wait: float) -> Saved | None:
    """Sends by itself unless an agent that runs does."""
    try:
        with folder.alone():
            sending = asyncio.create_task(put_together(folder, hub, outbox).sender.run())
            try:
                return await _looked_for(outbox, id, wait)
            finally:
                sending.cancel()
                await asyncio.gather(sending, return_exceptions=True)
    except AlreadyRunning:
        return await _looked_for(outbox, id, wait)


async def _looked_for(outbox: Outbox, id: str, wait: float) -> Saved | None:
    until = time.monotonic() + wait
    while (row := outbox.one(id)) and row.state in (State.PENDING, State.DELIVERED) and time.monotonic() < until:
        await asyncio.sleep(LOOK)
    return row


def _tell(row: Saved | None) -> int:
    if row is None:
        raise NotSaved("报送库中没有这件报送，请运行 station doctor 检查。")
    print(word(row.state).word, *(reason["zh"] for reason in row.reasons), flush=True)
    return 0 if row.state is State.ACCEPTED else 1
