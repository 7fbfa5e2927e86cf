"""What a monitoring team reads of the roster: when the turn of duty ends."""

from __future__ import annotations

from datetime import datetime

from services.roster.duty.model import Duty
from shared.calendar import CHINA
from shared.database.kept import document
from shared.database.mongo import Database
from shared.process.closed_days import over
from shared.process.gauges import UNKNOWN, Look, not_looked_at

TURN_ENDS = not_looked_at(
    "lianban_turn_ends_timestamp_seconds", "When the last day of today's turn of duty is over; none without a turn."
)


def turn(db: Database, county: str) -> Look:
    """The turn in which today lies, by the county's plan."""

    async def look() -> None:
        duty = await document(db, Duty, county)
        today = datetime.now(CHINA).date()
        held = duty.on(today) if duty else None
        TURN_ENDS.set(over(held.ends).timestamp() if held else UNKNOWN)

    return look
