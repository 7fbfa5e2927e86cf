"""Nobody but the county moves its clocks: what others submit is decided as it deserves, and every day is closed."""

from __future__ import annotations

import asyncio
from datetime import date, timedelta

import pytest

from shared.events import Submission
from shared.events.inspection import CloseDay, MarkOverdue
from shared.events.ticks import tick
from shared.process.closed_days import over
from tests.county import County
from tests.shared.test_clock import TODAY, clock
from tests.shared.test_closed_days import is_closed
from tests.submitters import COUNTY, Said, moment, station

FAR = date(2098, 1, 1)
LEFT = TODAY - timedelta(days=3)
PATIENCE = 60.0
CONTROL = "nobody is at it"
FORGED = {
    CONTROL: None,
    "a refused close-day": station.says(CloseDay(day=FAR), moment("2098-01-01"), about=COUNTY),
    "a refused mark-overdue": station.says(MarkOverdue(day=FAR), moment("2098-01-01"), about=COUNTY),
}


async def decided(county: County, key: str) -> str:
    """The verdict in inspection's ledger; empty while there is none."""
    entry = await county.db("inspection")["ledger"].find_one({"_id": key})
    return str(entry["verdict"]) if entry else ""


async def closes(county: County, day: date) -> None:
    """Returns when the day is closed."""
    data: Submission = CloseDay(day=day)
    key = f"{COUNTY}/{tick(data, COUNTY, over(day)).headers['ce-id']}"
    async with asyncio.timeout(PATIENCE):
        while not await decided(county, key):
            await asyncio.sleep(0.05)


@pytest.mark.parametrize("forged", FORGED.values(), ids=FORGED)
async def test_a_tick_of_a_strangers_dated_far_ahead_does_not_stop_the_closing_of_days(
    county: County, forged: Said | None
) -> None:
    """Seen to stop it for ever: a restart went on from the newest entry of a tick's type, whoever sent it."""
    await is_closed(county, LEFT - timedelta(days=1))
    async with county.working():
        if forged:
            await county.hears(forged)
            await county.settles()
            assert await decided(county, f"{station.code}/{forged.id}") == "refused"
        async with clock(county, LEFT - timedelta(days=1)):
            await closes(county, LEFT)
