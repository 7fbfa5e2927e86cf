"""How many photos wait to be looked at, and for how long, is there to be watched."""

from __future__ import annotations

import asyncio
from math import isnan

import pytest
from prometheus_client import REGISTRY

from services.inspection import gauges
from services.inspection.photos.judging import Judging
from shared.bus.draining import is_drained
from shared.bus.streams import PHOTO_CHUNKS
from tests.county import County
from tests.photographs import album, drained, keeping, photograph, sent
from tests.submitters import office, station


async def looked(county: County) -> tuple[float | None, float]:
    await gauges.photos(county.db("inspection"), album(county))()
    waits, oldest = "lianban_photos_waiting", "lianban_photos_oldest_waiting_seconds"
    return REGISTRY.get_sample_value(waits), REGISTRY.get_sample_value(oldest) or 0.0


async def test_photos_that_nobody_looks_at_are_counted_until_they_are_answered(
    county: County, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def stands_still(_: object) -> None:
        await asyncio.sleep(0.05)

    await county.databases.drop_database("lianban_photos")
    await looked(county)
    assert isnan(REGISTRY.get_sample_value("lianban_photos_disk_available_bytes") or 0)
    monkeypatch.setattr(Judging, "_turn", stands_still)
    async with keeping(county), asyncio.timeout(60):
        await sent(county, station, photograph(seed=1), photograph(seed=2))
        await sent(county, office, photograph(seed=1))
        while not await is_drained(county.bus, PHOTO_CHUNKS):
            await asyncio.sleep(0.01)
        count, oldest = await looked(county)
    assert count == 3
    assert oldest > 0
    monkeypatch.undo()
    async with keeping(county):
        await drained(county)
    assert await looked(county) == (0, 0)
    kept = await county.db("inspection")["photos"].find().to_list(None)
    stored = REGISTRY.get_sample_value("lianban_photos_stored_bytes")
    assert stored
    assert stored > sum(one["bytes"] for one in kept)
    free, whole = (REGISTRY.get_sample_value(f"lianban_photos_disk_{name}_bytes") for name in ("available", "size"))
    assert free
    assert 0 < free < (whole or 0)
