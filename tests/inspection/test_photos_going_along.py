"""A correction takes the record's photos along, and of those that were refused what was sent in their place."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from deploy.embedded.servers.running import Servers
from services.inspection.photos.model import AddedPhoto
from services.inspection.photos.seeing import Named, going_along
from services.inspection.photos.store import refuse
from shared.events.refusals import reason
from tests.asking import STATION, TOWNSHIP, moment
from tests.conftest import county_on
from tests.county import County

pytestmark = pytest.mark.asyncio(loop_scope="module")
GOOD, BAD, WORSE, BETTER = "1" * 64, "2" * 64, "3" * 64, "4" * 64
AT = moment("2018-03-05")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def county(bus_and_database: Servers) -> AsyncIterator[County]:
    """It has refused two of a station's photos."""
    async with county_on(bus_and_database) as county:
        await county.begins_anew()
        for photo in (BAD, WORSE):
            await refuse(county.db("inspection"), f"{STATION}/{photo}", reason("not-a-picture"), AT)
        yield county


@pytest.mark.parametrize(
    ("added", "along"),
    [
        ((), [GOOD]),
        (((BAD, BETTER, STATION),), [GOOD, BETTER]),
        (((BAD, BETTER, STATION), (BAD, WORSE, STATION)), [GOOD, BETTER]),
        (((BAD, WORSE, STATION),), [GOOD]),
        (((GOOD, BETTER, STATION),), [GOOD]),
        (((BAD, BETTER, TOWNSHIP),), [GOOD]),
    ],
)
async def test_what_goes_along(county: County, added: tuple[tuple[str, str, str], ...], along: list[str]) -> None:
    later = [AddedPhoto(missing=missing, photo=photo, by=by, at=AT) for missing, photo, by in added]
    assert await going_along(county.db("inspection"), Named(STATION, [GOOD, BAD], AT, later)) == along
