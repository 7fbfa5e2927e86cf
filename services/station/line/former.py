"""What waits under a code that this PC had before: sent under that code's own key for as long as that is let in."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Iterator

from services.station.folder import Folder
from services.station.line.line import to_county
from services.station.line.replaced import is_shut_out
from services.station.line.sender import Sender, first_to_end
from services.station.line.troubles import FORMER_TO_DO
from services.station.outbox.notes import Notes
from services.station.outbox.outbox import Outbox
from services.station.outbox.pictures import Pictures
from services.station.outbox.rows import State

LOOK = 1.0
"""Seconds after which is looked again whether anything waits."""


def former_senders(folder: Folder, outbox: Outbox, pictures: Pictures, notes: Notes) -> tuple[Sender, ...]:
    """One for each code whose key is still here."""
    return tuple(
        Sender(hub.station, outbox, pictures, notes, to_county(hub, folder, key), is_former=True)
        for hub, key in folder.former()
    )


async def until_nothing_waits(sender: Sender, outbox: Outbox, folder: Folder) -> None:
    """Sends, then lets the key go and rests: whoever runs it beside others runs until those end."""
    if _waits(outbox, sender.station):
        await first_to_end(sender.run(), _sent(outbox, sender.station))
    folder.drop_former(sender.station)
    await asyncio.Event().wait()


async def _sent(outbox: Outbox, station: str) -> None:
    while _waits(outbox, station):
        await asyncio.sleep(LOOK)


def _waits(outbox: Outbox, station: str) -> bool:
    """Anything that is not sent, or whose verdict is not known."""
    return bool(outbox.counts(station)[State.DELIVERED] or outbox.waiting_by_submitter().get(station))


def waiting_lines(station: str, outbox: Outbox, senders: tuple[Sender, ...]) -> Iterator[tuple[str, str]]:
    """What waits under other codes than this station's: a sentence and its level for each, with what to do."""
    known = {one.station: one for one in senders}
    for code, count in sorted(outbox.waiting_by_submitter().items()):
        if code == station:
            continue
        sender = known.get(code)
        if sender is not None and not is_shut_out(sender.condition):
            yield f"原单位编号{code}名下还有{count}件，线路畅通时以原编号自动报送，请保持本机运行。", "warn"
        else:
            yield f"原单位编号{code}名下还有{count}件没有送出，{GONE[sender is not None]}{FORMER_TO_DO}", "bad"


GONE = ("原编号的密钥已不在本机。", "原编号的密钥已停用。")


def waiting_at_rest(station: str, outbox: Outbox, keys: Collection[str]) -> Iterator[str]:
    """The same for whoever asks from outside of what sends: with a key here, whether that is let in is not known."""
    for code, count in sorted(outbox.waiting_by_submitter().items()):
        if code in keys and code != station:
            how = "由 station run 以原编号报送；没有送出的，运行 station doctor 查看原因。"
            yield f"原单位编号{code}名下还有{count}件，{how}"
        elif code != station:
            yield f"原单位编号{code}名下还有{count}件没有送出，{GONE[False]}{FORMER_TO_DO}"
