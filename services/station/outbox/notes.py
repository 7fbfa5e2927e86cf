"""What was last heard from the county, kept for the days without a line: reference data, clock, contact."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

from services.station.outbox.outbox import Outbox


class Note(NamedTuple):
    """A value, and when it was heard."""

    value: Any
    heard_at: datetime


class Notes:
    """By name, the newest of each."""

    def __init__(self, outbox: Outbox) -> None:
        self.outbox = outbox

    def keep(self, name: str, value: Any, at: datetime) -> None:
        """Takes the place of what was known by this name."""
        row = (name, json.dumps(value, ensure_ascii=False), at.astimezone(UTC).isoformat())
        with self.outbox.writing() as db:
            db.execute("INSERT OR REPLACE INTO notes (name, value, heard_at) VALUES (?, ?, ?)", row)

    def read(self, name: str) -> Note | None:
        """The newest, however old."""
        rows = self.outbox.asked("SELECT value, heard_at FROM notes WHERE name = ?", name)
        return next((Note(json.loads(value), datetime.fromisoformat(at)) for value, at in rows), None)

    def time_now(self, here: datetime) -> datetime:
        """By this PC's clock, or the county's where that was found to be ahead: nobody is held to a clock set back."""
        offset = self.read(CLOCK)
        return here + timedelta(seconds=max(0.0, offset.value)) if offset else here


CLOCK = "clock-offset"
"""Seconds by which the county's clock is ahead of this PC's."""
CONTACT = "contact"
"""Heard whenever the county answers a heartbeat."""
REPLACED = "replaced"
"""Since when another PC has this station's key, or None."""
PATROLS = "inspection-desk"
LESSONS = "roster-desk"
CASES = "greenchannel-desk"
BROUGHT_BACK = "brought-back"
"""When the county was brought back from a backup last, and to which moment, as far as this PC has acted on it."""
ONCE = "once-heard"
"""Names that were told before, by kind."""
