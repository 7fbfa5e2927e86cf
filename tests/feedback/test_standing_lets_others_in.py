"""The standing check of a large county leaves the process to whoever else is served by it."""

from __future__ import annotations

import asyncio
import gc
import time
from collections.abc import Coroutine, Iterator
from typing import Any

import pytest

from services.feedback.measures.recompute import differences
from services.feedback.measures.standing import prints
from shared.process.service import leave_alone_what_stays
from tests.county import County

MONTH = "2018-01"
MONTHS = [f"{year}-{month:02}" for year in (2016, 2017, 2018) for month in range(1, 13)]
HOLDS = 0.05
"""Seconds of this thread's own work, which load on the machine does not add to, between two turns of the loop."""


@pytest.fixture
def as_in_a_service() -> Iterator[None]:
    """What is loaded is not gone through for garbage, as in every service: that took 0.2 s of a turn now and then."""
    before = gc.get_threshold()
    leave_alone_what_stays()
    yield
    gc.unfreeze()
    gc.set_threshold(*before)


@pytest.mark.usefixtures("as_in_a_service")
async def test_no_turn_of_the_loop_is_held_by_many_documents(empty_county: County) -> None:
    db = empty_county.db("feedback")
    held = {name: dict.fromkeys(MONTHS, 1) for name in "abcdef"}
    balances = [{"_id": f"123456{n:06}", "county": "123456", "add": held} for n in range(3_000)]
    counts = {f"flow{n}": 1 for n in range(25)}
    paths = [f"123456/123456{n:06}" for n in range(20_000)]
    await db["balances"].insert_many(balances)
    await db["monthly"].insert_many(
        [{"_id": f"{MONTH}/{path}", "month": MONTH, "path": path, "version": 1, "add": counts} for path in paths]
    )
    assert await _longest_turn(prints(db)) < HOLDS
    assert await _longest_turn(differences(db, MONTH)) < HOLDS


async def _longest_turn(work: Coroutine[Any, Any, object]) -> float:
    """Seconds of work between two turns while something is done that runs to its end."""
    doing, turns, last = asyncio.create_task(work), list[float](), time.thread_time()
    while not doing.done():
        await asyncio.sleep(0)
        now = time.thread_time()
        turns.append(now - last)
        last = now
    await doing
    return max(turns)
