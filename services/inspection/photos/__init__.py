"""Photos of inspections: taken in, checked, kept, and shown to those who may see them."""

from __future__ import annotations

from services.inspection.photos.keeper import Keeper
from shared.bus.streams import PHOTO_CHUNKS
from shared.database.lease import Lease
from shared.pipeline.consumer import Consumer
from shared.process.running import Running


def photos_loop(parts: Running) -> Consumer:
    """The loop that takes photos in, beside those that decide."""
    lease = Lease(parts.db, PHOTO_CHUNKS.name, parts.settings.instance)
    return Consumer(Keeper(parts.db, parts.bus, lease), parts.bus, PHOTO_CHUNKS, lease)
