"""A batch is decided while the one before it is told: nothing overtakes, whatever happens to the telling."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Sequence

import pytest

from shared.bus.connection import Bus
from shared.bus.draining import is_drained
from shared.bus.streams import SHARE, Subscription
from shared.pipeline.pipeline import Step
from tests.county import LOOPS, County, ended
from tests.submitters import Said, just_now, station

GREEN = [loop for loop in LOOPS if loop.of.name == "greenchannel-submissions"]
REST = [loop for loop in LOOPS if loop not in GREEN]
PATIENCE = 60.0


class HeldUp:
    """Stands still where the first batch begins to be told until the second is committed, then fails or goes on."""

    def __init__(self, fault: Exception | None = None) -> None:
        self._fault = fault
        self._second = asyncio.Event()
        self.met: Counter[str] = Counter()
        self.waited = False

    async def __call__(self, point: str) -> None:
        self.met[point] += 1
        if point == "committed" and self.met[point] == 2:
            self._second.set()
        if point == "telling" and self.met[point] == 1:
            async with asyncio.timeout(PATIENCE):
                await self._second.wait()
            self.waited = True
            if self._fault:
                raise self._fault


async def _by_their_facts(county: County, said: Sequence[Said], step: Step) -> list[str]:
    """The submissions by their facts, in the order in which these were stored, after batches of two."""
    county.batch = 2
    await county.hears(*said)
    async with county.working(GREEN, step), asyncio.timeout(PATIENCE * 2):
        while not await is_drained(county.bus, GREEN[0].of):
            await asyncio.sleep(0.02)
    async with county.working(REST):
        await county.settles()
    causes = [headers["ce-cause"] for subject, headers, _ in (await county.facts()).values() if "green" in subject]
    return [cause.split("/")[1] for cause in causes]


async def test_the_next_batch_is_decided_while_a_full_one_is_told(county: County) -> None:
    said, held_up = [station.serves(n) for n in range(1, 8)], HeldUp()
    assert await _by_their_facts(county, said, held_up) == [one.id for one in said]
    assert held_up.waited
    assert held_up.met["committed"] == 4
    assert await county.differences() == []


async def test_a_batch_that_cannot_be_told_is_gone_through_before_the_next_is_told(county: County) -> None:
    said, held_up = [station.serves(n) for n in range(1, 8)], HeldUp(ValueError("no such header"))
    assert await _by_their_facts(county, said, held_up) == [one.id for one in said]
    assert held_up.met["committed"] == 6, "the two of the first batch came once more, each by itself"
    assert await county.differences() == []


@pytest.mark.parametrize("fault", [None, ValueError("no such header")])
async def test_a_correction_of_what_is_decided_and_not_yet_told_follows_it(
    county: County, fault: Exception | None
) -> None:
    """Its original lies in the batch before, which stands still or fails while the correction is decided."""
    wrong, other = station.serves(20, just_now()), station.serves(1, just_now(), n=1)
    right = station.instead_of(wrong, station.serves(5, wrong.time))
    better = station.instead_of(right, station.serves(6, wrong.time))
    said, held_up = [other, wrong, right, better, station.takes_back(other), wrong.repeated(3)], HeldUp(fault)
    causes = await _by_their_facts(county, said, held_up)
    assert causes == [other.id, wrong.id, *[right.id] * 2, *[better.id] * 2, said[4].id]
    assert held_up.waited
    assert await county.differences() == []
    sums = [one["add"]["vulnerable-agency-person-times"] for one in (await county.monthly()).values() if "add" in one]
    assert sums == [6]


class SlowToTrim(Bus):
    """The server does not answer the first request to trim."""

    refused = 0

    async def trim(self, subscription: Subscription, done: int) -> None:
        """As the bus does, from the second time on."""
        if not self.refused:
            self.refused += 1
            raise TimeoutError
        await super().trim(subscription, done)


async def test_a_stream_that_is_not_trimmed_in_time_costs_no_batch(county: County) -> None:
    county.batch = 2
    said = [station.serves(n) for n in range(1, SHARE)]
    await county.hears(*said)
    async with county.connection() as connection:
        bus = SlowToTrim(connection.client)
        deciding = asyncio.create_task(county.consumer(GREEN[0], bus).run())
        async with asyncio.timeout(PATIENCE * 2):
            while not await is_drained(county.bus, GREEN[0].of):
                await asyncio.sleep(0.02)
        await ended([deciding])
    assert bus.refused
    assert len((await county.ledger())["greenchannel/ledger"]) == len(said)
