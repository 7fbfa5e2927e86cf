"""One station floods each thing that it may send, or strangers read and connect: another station's verdict comes.

The bound is ten times what is aimed at (`make floods` measures), and more where others keep the machine busier than
four to a core.
"""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from shared.bus.streams import PHOTOS, SUBMISSIONS
from tests.abuse.floods.kinds import OVER_THE_BUS
from tests.abuse.floods.measured import Flooded, flooded_county
from tests.abuse.floods.over_http import OVER_HTTP

pytestmark = pytest.mark.asyncio(loop_scope="module")
BOUND, SECONDS = 10.0, 3.0
TO_A_CORE = 4


def bound() -> float:
    """Seconds, as the machine is now."""
    return BOUND * max(1.0, os.getloadavg()[0] / len(os.sched_getaffinity(0)) / TO_A_CORE)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def county(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Flooded]:
    folder: Path = tmp_path_factory.mktemp("floods")
    async with flooded_county(folder) as one:
        yield one


@pytest.mark.parametrize("kind", [*OVER_THE_BUS, *OVER_HTTP])
async def test_another_station_and_a_reader_are_answered_beside_a_flood(county: Flooded, kind: str) -> None:
    found = await county.beside(kind, SECONDS)
    assert found.sent > 0
    assert found.flooded.verdict.p99 < bound(), found
    assert found.flooded.page.p99 < bound(), found
    assert found.flooded.photo.p99 < bound(), found
    assert found.room_mb > 0, found


async def test_without_shares_another_waits_for_all_that_was_sent(county: Flooded) -> None:
    """The control."""
    config = SUBMISSIONS.config()
    shares = {"max_msgs_per_subject": -1, "discard_new_per_subject": False}
    await county.ground.bus.api(f"STREAM.UPDATE.{SUBMISSIONS.name}", config | shares)
    try:
        without = await county.beside("submissions", SECONDS)
    finally:
        await county.ground.bus.api(f"STREAM.UPDATE.{SUBMISSIONS.name}", config)
    with_shares = await county.beside("submissions", SECONDS)
    assert without.flooded.verdict.p50 > 3 * with_shares.flooded.verdict.p50, (without, with_shares)


async def test_without_a_bound_on_what_the_bus_holds_of_photos_another_photo_waits_for_all(county: Flooded) -> None:
    """The control: each part is on the disk before the next is looked at or any is handed out."""
    config = PHOTOS.config()
    await county.ground.bus.api(f"STREAM.UPDATE.{PHOTOS.name}", config | {"max_msgs": -1})
    try:
        without = await county.beside("photos", SECONDS)
    finally:
        await county.ground.bus.api(f"STREAM.UPDATE.{PHOTOS.name}", config)
    bounded = await county.beside("photos", SECONDS)
    assert without.flooded.photo.p50 > 3 * bounded.flooded.photo.p50, (without, bounded)
