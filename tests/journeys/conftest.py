"""One county with its whole year, for all the journeys that only look at it or leave it as it was."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio

from tests.journeys.running import Supervised, supervised


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def county_2018(quick_folder: Path) -> AsyncIterator[Supervised]:
    """Loaded by its supervisor, as `make run` does."""
    async with supervised(quick_folder / "year") as county:
        await county.reaches("running")
        assert "submissions sent and decided" in county.said, county.said
        yield county
