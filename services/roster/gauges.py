"""What a monitoring team reads of the roster: when the turn of duty ends, and how much room its disk has."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path

from prometheus_client import Gauge

from services.roster.duty.model import Duty
from shared.calendar import CHINA
from shared.database.kept import document
from shared.database.mongo import Database
from shared.process.closed_days import over
from shared.process.gauges import UNKNOWN, Look, not_looked_at

TURN_ENDS = not_looked_at(
    "lianban_turn_ends_timestamp_seconds", "When the last day of today's turn of duty is over; none without a turn."
)

DISK_SIZE = Gauge("lianban_disk_size_bytes", "The disk of a folder that is watched.", ["mountpoint"])
DISK_AVAILABLE = Gauge("lianban_disk_available_bytes", "What of it can still be written.", ["mountpoint"])


def turn(db: Database, county: str) -> Look:
    """The turn in which today lies, by the county's plan."""

    async def look() -> None:
        duty = await document(db, Duty, county)
        today = datetime.now(CHINA).date()
        held = duty.on(today) if duty else None
        TURN_ENDS.set(over(held.ends).timestamp() if held else UNKNOWN)

    return look


def disk(at: Path) -> Look:
    """Of the machine on which the county lies; an exporter says more, where one is run."""

    async def look() -> None:
        found = os.statvfs(at)
        DISK_SIZE.labels(str(at)).set(found.f_blocks * found.f_frsize)
        DISK_AVAILABLE.labels(str(at)).set(found.f_bavail * found.f_frsize)

    return look
