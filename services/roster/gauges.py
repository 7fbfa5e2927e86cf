"""What a monitoring team reads of the roster: how long the turn of duty still lasts."""

from __future__ import annotations

from datetime import datetime

from services.roster.duty.model import Duty
from shared.calendar import CHINA
from shared.database.kept import document
from shared.database.mongo import Database
from shared.process.gauges import UNKNOWN, Look, not_looked_at

DAYS_LEFT = not_looked_at(
    "lianban_turn_days_left", "Days until the turn of duty of today ends, its last day included; none without."
)


def turn(db: Database, county: str) -> Look:
    """The turn in which today lies, by the county's plan."""

    async def look() -> None:
        duty = await document(db, Duty, county)
        today = datetime.now(CHINA).date()
        held = duty.on(today) if duty else None
        DAYS_LEFT.set((held.ends - today).days + 1 if held else UNKNOWN)

    return look
