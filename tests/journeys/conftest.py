"""One county with its whole year, for all the journeys that only look at it or leave it as it was.

It is the one that was killed all through its year, where that test ran before: what holds of a calm year holds of it.
"""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio

from tests.journeys.running import Supervised, supervised, year_of_kills

collect_ignore = [] if os.environ.get("LIANBAN_LONG") == "1" else ["test_backup_of_a_year.py"]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def county_2018(quick_folder: Path) -> AsyncIterator[Supervised]:
    """Loaded by its supervisor, as `make run` does."""
    async with supervised(year_of_kills(quick_folder)) as county:
        await county.reaches("running")
        yield county
