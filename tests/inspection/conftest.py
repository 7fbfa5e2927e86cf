"""Who looks at inspection's pages; each module says in which county."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from tests.county import County
from tests.inspection.browsing import Sets, browsing
from tests.processes_here import Browser
from tests.submitters import committee, moment


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def client(county: County) -> AsyncIterator[Browser]:
    """A browser, or a program whose password says for whom it asks: for the county unless somebody else is named."""
    async with browsing(county, by=committee.code) as client:
        yield client


@pytest.fixture
async def today(client: Browser) -> AsyncIterator[Sets]:
    """Says which day it is."""
    yield lambda *instant: client.looks_at(moment(*instant))
    client.looks_now()
