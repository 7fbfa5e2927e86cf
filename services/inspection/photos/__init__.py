"""Photos of inspections: taken in, checked, kept, and shown to those who may see them."""

from __future__ import annotations

from services.inspection.photos.keeper import Keeper
from shared.bus.connection import Bus
from shared.bus.streams import PHOTO_CHUNKS, Subscription
from shared.database.lease import TERM_MS, Lease
from shared.database.mongo import Database
from shared.pipeline.consumer import Consumer
from shared.pipeline.pipeline import Step, no_step


def photos_loop(
    db: Database,
    bus: Bus,
    instance: str,
    lasts_ms: int = TERM_MS,
    of: Subscription = PHOTO_CHUNKS,
    step: Step = no_step,
    kind: type[Keeper] = Keeper,
) -> Consumer:
    """The loop that takes photos in, beside those that decide."""
    lease = Lease(db, of.name, instance, lasts_ms)
    keeper = kind(db, bus, lease)
    keeper.step = step
    return Consumer(keeper, bus, of, lease)
