"""A photo that is made to keep a processor busy, or to end whoever looks at it, is answered; no other waits for it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from typing import Any

import pytest
import pytest_asyncio

from deploy.embedded.servers.running import Servers
from services.inspection.photos import store
from services.inspection.photos.judge import TRIES, Judge
from services.inspection.photos.looking import LIMITS, WORK
from services.inspection.photos.turns import Turns
from shared.bus.photos import digest_of
from shared.bus.streams import VERDICTS
from shared.foreign.apart import Apart, Limits
from shared.pipeline.dead_letters import dead_letters
from tests.abuse.works import DIES, MIB, SPINS
from tests.conftest import county_on
from tests.county import County
from tests.photographs import answer, drained, keeping, photograph, sent, without_photos
from tests.submitters import office, station

pytestmark = pytest.mark.asyncio(loop_scope="module")


class Watched(Judge):
    """Looks at photos as the service does; two kinds of them do harm."""

    def __init__(self, *parts: Any) -> None:
        super().__init__(*parts)
        self._apart = Apart("tests.abuse.works", Limits(processor=1, time=60, memory=128 * MIB))


class Crashed(BaseException):
    """The service's process ends here, while a photo is looked at."""


class Ending(Apart):
    """The process that asks ends by it."""

    asked = 0

    async def ask(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """Never answers."""
        Ending.asked += 1
        raise Crashed


class Fragile(Judge):
    """The service whose own process ends by looking at a photo, as it did when that was done in it."""

    def __init__(self, *parts: Any) -> None:
        super().__init__(*parts)
        self._apart = Ending(WORK, LIMITS)


@pytest_asyncio.fixture(loop_scope="module")
async def county(bus_and_database: Servers) -> AsyncIterator[County]:
    async with county_on(bus_and_database) as county:
        await county.begins_anew()
        await without_photos(county)
        yield county


@pytest.mark.parametrize("word", [SPINS, DIES])
async def test_it_is_refused_buried_with_its_reason_and_its_neighbour_taken(county: County, word: str) -> None:
    harmful, neighbour = photograph(seed=7) + word.encode(), photograph(seed=8)
    async with keeping(county, judges=Watched):
        await sent(county, station, harmful)
        await sent(county, office, neighbour)
        await drained(county)
    assert await answer(county, station, digest_of(harmful)) == "photo-too-much-work"
    assert await answer(county, office, digest_of(neighbour)) == "accepted"
    (letter,) = (await dead_letters(county.bus, 10))["items"]
    assert (letter["reason"], letter["submitter"]) == ("photo-too-much-work", station.code)
    assert await county.db("inspection")[store.CHUNKS].count_documents({}) == 0


class Unweighed(Turns):
    """As it was: a turn is a turn, whatever it took."""

    def took(self, code: str, seconds: float) -> None:
        """Not counted."""


class Forgetting(Watched):
    """Whose turns are such."""

    def __init__(self, *parts: Any) -> None:
        super().__init__(*parts)
        self._turns = Unweighed()


@pytest.mark.parametrize(("judges", "passed"), [(Watched, 1), (Forgetting, 2)], ids=["weighed", "control"])
async def test_a_form_of_photos_waits_for_one_that_spins_and_not_for_one_with_each_of_its_own(
    county: County, judges: type[Judge], passed: int
) -> None:
    await sent(county, station, *(photograph(seed=n) + SPINS.encode() for n in range(2)))
    form = await sent(county, office, *(photograph(seed=100 + n) for n in range(3)))
    async with keeping(county, judges=judges):
        await drained(county)
    said = [one.subject for one in await county.everything(VERDICTS.name)]
    last = max(said.index(f"verdict.{office.code}.{photo}") for photo in form)
    assert sum(f".{station.code}." in one for one in said[:last]) == passed


async def test_control_the_same_photos_are_taken_by_the_service_itself(county: County) -> None:
    async with keeping(county):
        photos = [photograph(seed=7) + SPINS.encode(), photograph(seed=8) + DIES.encode()]
        for photo in await sent(county, station, *photos):
            await drained(county)
            assert await answer(county, station, photo) == "accepted"


async def test_what_ends_the_service_itself_is_looked_at_so_often_and_no_more(county: County) -> None:
    (photo,) = await sent(county, station, photograph(seed=9))
    for _ in range(TRIES):
        async with keeping(county, judges=Fragile) as task:
            with pytest.raises(Crashed):
                await task
    async with keeping(county, judges=Fragile):
        await drained(county)
    assert Ending.asked == TRIES
    assert await answer(county, station, photo) == "photo-too-much-work"
