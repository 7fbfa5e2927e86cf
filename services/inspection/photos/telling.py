"""What inspection says of its photos by itself: to feedback's page of the system's condition, and to the audit."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from services.inspection.photos.clearing import Tell, over
from services.inspection.photos.rules.retention import came_before
from services.inspection.photos.store import PHOTOS
from services.inspection.photos.waiting import how_many
from services.inspection.settings import years_kept
from shared.asks.photos import PhotosAsked, PhotosWaiting
from shared.calendar import china_day
from shared.database.mongo import Database
from shared.identity.audit import AuditKind
from shared.process.running import Running

AHEAD = timedelta(days=31)
"""So long before it is said how many photos are about to be cleared."""


async def waiting_now(parts: Running, _: PhotosAsked) -> PhotosWaiting:
    """The answer to feedback's question."""
    waits, since = await how_many(parts.db)
    due, due_on = await coming(parts.db, years_kept(parts.settings), china_day(datetime.now(UTC)))
    return PhotosWaiting(waiting=waits, since=since, due=due, due_on=due_on)


async def coming(db: Database, years: int, today: date) -> tuple[int, date | None]:
    """How many photos are over their time with the year that ends within a month, and from when on."""
    soon = today + AHEAD
    if not years or soon.year == today.year:
        return 0, None
    due = await db[PHOTOS].count_documents(over(came_before(soon, years)))
    return due, date(soon.year, 1, 1)


def to_audit(parts: Running) -> Tell:
    """A line for each day on which photos were cleared."""

    def tell(day: date, photos: int, size: int) -> None:
        what = f"photos-cleared {day} {photos} {size}"
        parts.audit.tell(AuditKind.OPERATION, what, "done", code=parts.settings.county)

    return tell
