"""When each place was last heard is read by its index: one submission of each, however many there are."""

from __future__ import annotations

from typing import Any

import pytest

from services.inspection.stations.reads import NEWEST_OF_EACH, newest
from shared.pipeline.ledger import SUBMISSIONS
from tests.county import County
from tests.submitters import COUNTY, moment, stations

pytestmark = pytest.mark.asyncio


def read(plan: Any) -> int:
    """Submissions that were read for an answer, as the database tells."""
    if isinstance(plan, list):
        return sum(map(read, plan))
    if not isinstance(plan, dict):
        return 0
    return max(int(plan.get("totalDocsExamined", 0)), sum(read(one) for one in plan.values()))


async def test_no_other_submission_than_the_newest_of_each_place_is_read(county: County) -> None:
    days = [moment(f"2018-03-{day:02}") for day in range(5, 25)]
    async with county.working():
        await county.hears(*(one.logs(at) for one in stations for at in days))
        await county.settles()
    db = county.db("inspection")
    found = await newest(db, COUNTY)
    assert {one.code for one in stations} <= {*found}
    asked = {"aggregate": SUBMISSIONS, "pipeline": NEWEST_OF_EACH, "cursor": {}}
    explained = await db.command("explain", asked, verbosity="executionStats")
    assert read(explained["executionStats"] if "executionStats" in explained else explained["stages"]) <= len(found) + 1
