"""The two loops that photos go through: one takes them in, one looks at them and answers."""

from __future__ import annotations

import asyncio

from services.inspection.photos.album import Album, beside
from services.inspection.photos.judge import Judge
from services.inspection.photos.judging import LEASE, Judging
from services.inspection.photos.keeper import Keeper
from shared.bus.connection import Bus
from shared.bus.streams import PHOTO_CHUNKS, Subscription
from shared.database.lease import TERM_MS, Lease
from shared.database.mongo import Database
from shared.pipeline.consumer import Consumer
from shared.pipeline.pipeline import Step, no_step


def photo_loops(
    db: Database,
    bus: Bus,
    instance: str,
    lasts_ms: int = TERM_MS,
    of: Subscription = PHOTO_CHUNKS,
    step: Step = no_step,
    takes: type[Keeper] = Keeper,
    judges: type[Judge] = Judge,
    album: Album | None = None,
    is_beside: bool = False,
) -> tuple[Consumer, Judging]:
    """Beside those that decide; copies may share them, one each. The album is beside the ledgers unless it is told."""
    whole = asyncio.Event()
    taking, looking = Lease(db, of.name, instance, lasts_ms), Lease(db, LEASE, instance, lasts_ms)
    keeper = takes(db, bus, taking, whole)
    judge = judges(db, bus, looking, album or beside(db.client), is_beside)
    keeper.step = judge.step = step
    return Consumer(keeper, bus, of, taking), Judging(judge, looking, whole)
