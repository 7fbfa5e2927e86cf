"""Brings the roster and the year into a running system; killed anywhere and run again it ends the same."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

from nats.aio.client import Client

from deploy.linxi.asking import SystemAsked
from deploy.linxi.county import organisations
from deploy.linxi.loading.progress import Tally, metered
from deploy.linxi.loading.sender import Bearing, Sender
from deploy.linxi.year.days import LAST, MESSAGES, Step, founding, peopling, year
from services.station.outbox.outbox import Outbox
from services.station.outbox.rows import State
from shared.identity.access import Access, enter
from shared.identity.loading import LoadingPass
from shared.identity.sealing import PublicSealKey

RECONNECTS = 60
NO_PERSONS = " No persons: this county has no key to seal their particulars to."


def is_there(system: SystemAsked) -> bool:
    """Whether every recipient has its annual report, the last thing that the year brings forth."""
    recipients = sum(one.feedback_recipient for one in organisations())
    return sum(1 for _ in system.items("/feedback/api/reports?period=2018")) >= recipients


def newest_closed(system: SystemAsked) -> date | None:
    """The newest day of 2018 that is closed; days that the county's own clock closed later do not count."""
    days = system.items("/inspection/api/days?closed=true")
    closed = (date.fromisoformat(one["day"]) for one in days)
    return next((day for day in closed if day <= LAST), None)


def is_decided(step: Step, closed: date | None) -> bool:
    """A closed day's arrivals were all decided before its ticks were sent; not all its ticks may have been."""
    return closed is not None and (step.day < closed or (step.day == closed and not step.ticks))


def remaining(closed: date | None, tally: Tally, seal: PublicSealKey | None) -> Iterator[Step]:
    """The roster and its people always, then what may be missing; repeating is harmless, leaving out is not."""
    yield founding()
    yield peopling(seal)
    for step in year(seal=seal):
        if is_decided(step, closed):
            tally.skipped(len(step.messages) + len(step.repeats))
        else:
            yield step


async def replay(nats_url: str, system: SystemAsked | None, access: Access, data: Path, secret: str) -> str:
    """Sends what the system lacks of the year and says what was done; its outbox is in the folder `data`.

    The county's `secret` makes the pass without which a station tells of no day so long ago.
    """
    since = time.monotonic()
    if system and is_there(system):
        return "The year 2018 is there already: 2018年度数据已全部载入。"
    closed, seal = (newest_closed(system), system.seal_key()) if system else (None, None)
    client = await enter(nats_url, access, name="linxi-2018", max_reconnect_attempts=RECONNECTS, reconnect_time_wait=1)
    try:
        with metered(MESSAGES) as tally:
            counts = await _send(client, remaining(closed, tally, seal), tally, data, LoadingPass(secret).bearing)
    finally:
        await client.close()
    seconds = time.monotonic() - since
    return (
        f"2018: {tally.own} submissions sent and decided in {seconds:.1f} s, {tally.own / seconds:.0f}/s: "
        f"{counts[State.ACCEPTED]} accepted, {counts[State.REFUSED]} refused, "
        f"{tally.own - sum(counts.values())} sent a second time and recognised.{'' if seal else NO_PERSONS}"
    )


async def _send(client: Client, steps: Iterator[Step], tally: Tally, data: Path, passes: Bearing) -> dict[State, int]:
    with closing(_new_outbox(data)) as outbox:
        sender = Sender(client, outbox, tally.sent, passes=passes)
        await sender.listen()
        for step in steps:
            await sender.send(step)
        return await sender.finish()


def _new_outbox(data: Path) -> Outbox:
    """Of this run alone: what the servers lack is said by the system, for they may have lost what was sent before."""
    folder = data / "import"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return Outbox(folder / "outbox.db")
