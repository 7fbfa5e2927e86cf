"""`station bring`: what waits in another PC's folder, a copy of it is enough, goes on from this one."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from services.station.folder import Folder
from services.station.outbox.drafts import Draft
from services.station.outbox.failures import Damaged, NotSaved
from services.station.outbox.outbox import Outbox
from services.station.outbox.pictures import Pictures

EVERY = 1_000_000
"""More than an outbox ever holds."""


class Brought(NamedTuple):
    """How many submissions and photos wait here now that waited there, and how many are another station's."""

    rows: int
    photos: int
    others: int


def bring(folder: Folder, station: str, other: Path) -> Brought:
    """They keep their ids: brought twice, or sent from there after all, each is still one submission."""
    with _their(other) as theirs, closing(Outbox(folder.outbox)) as ours:
        pictures, their_pictures = Pictures(ours, folder.photos), Pictures(theirs, other / "photos")
        waiting = theirs.waiting_by_submitter()
        photos = their_pictures.pending(station)
        for sha256, saved_at in photos:
            if (file := their_pictures.file(sha256)).exists():
                pictures.save(station, file.read_bytes(), datetime.fromisoformat(saved_at))
        rows = theirs.pending(EVERY, station)
        for row in rows:
            made = Draft(row.id, row.submitter, row.message, row.corrects)
            ours.save([made], datetime.fromisoformat(row.saved_at))
    return Brought(len(rows), len(photos), sum(waiting.values()) - waiting.get(station, 0))


@contextmanager
def _their(other: Path) -> Iterator[Outbox]:
    """A copy of their outbox: the medium may be one that cannot be written to."""
    if not (other / "outbox.db").exists():
        raise NotSaved(f"{other}不是报送程序的数据文件夹（没有outbox.db），请核对文件夹。")
    with TemporaryDirectory(prefix="station-") as place:
        for file in other.glob("outbox.db*"):
            shutil.copy(file, place)
        try:
            theirs = Outbox(Path(place) / "outbox.db")
        except Damaged as error:
            raise NotSaved("该文件夹中的报送库已损坏，请先在原电脑上运行 station doctor 修复后再复制。") from error
        with closing(theirs):
            yield theirs


def in_words(brought: Brought) -> str:
    """What is said when it is done."""
    others = f"另有{brought.others}件属于其他单位编号，没有转入。" if brought.others else ""
    return f"已转入待发送{brought.rows}件、照片{brought.photos}张，由本机继续报送。{others}"
