"""`station status`: how much is where, since when it waits, when the county was last heard of."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime

from services.station.folder import Folder
from services.station.line.former import waiting_at_rest
from services.station.outbox.failures import Damaged, NotSaved
from services.station.outbox.notes import CONTACT, Notes
from services.station.outbox.outbox import Outbox
from services.station.outbox.pictures import Pictures
from services.station.outbox.rows import State
from services.station.page.showing import word
from shared.pages.chinese import since, time_text


def status(folder: Folder) -> str:
    """Lines for a terminal."""
    hub = folder.hub()
    who = f"{hub.name}（{hub.station}），县服务器{hub.url}" if hub else "本机尚未登记"
    try:
        outbox = Outbox(folder.outbox)
    except Damaged as error:
        raise NotSaved("报送库文件已损坏，请运行 station doctor 修复。") from error
    with closing(outbox):
        keys = [one.hub.station for one in folder.former()]
        others = waiting_at_rest(hub.station, outbox, keys) if hub else ()
        return "".join(f"{line}\n" for line in (who, *_lines(outbox, folder), *others))


def _lines(outbox: Outbox, folder: Folder) -> Iterator[str]:
    now, counts = datetime.now(UTC), outbox.counts()
    yield "，".join(f"{word(state).word}{counts[state]}件" for state in State)
    oldest = outbox.oldest_pending()
    if oldest:
        yield f"最早待发送：{time_text(oldest)}（{since(oldest, now)}）"
    if photos := Pictures(outbox, folder.photos).waiting():
        yield f"待发送照片：{photos}张"
    contact = Notes(outbox).read(CONTACT)
    yield f"最近联系：{since(contact.heard_at if contact else None, now)}"
