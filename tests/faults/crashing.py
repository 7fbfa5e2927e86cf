"""Pipelines that are abandoned between any two of their steps, and followed by others under the same name."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from random import Random

from shared.pipeline.pipeline import POINTS, Pipeline
from tests.county import LOOPS, County, Loop, Outcome, ended
from tests.submitters import Said

CRASH_POINTS = (*POINTS, "acknowledged")
MOST_LIVES = 6
"""After so many crashes in a run a loop is left alone, so that every run ends."""
Kinds = Mapping[str, type[Pipeline]]
"""The pipelines that take the place of the real one, by the name of their subscription."""


class Crashed(BaseException):
    """The process ends at this point: nothing that would tidy up catches it."""


@dataclass
class Life:
    """From taking over until a point of some later batch, drawn when it begins."""

    point: str
    batches: int

    @classmethod
    def drawn(cls, luck: Random) -> Life:
        """A third of all lives last."""
        return cls(luck.choice(CRASH_POINTS) if luck.random() < 0.67 else "", luck.randrange(2))

    async def __call__(self, point: str) -> None:
        """The pipeline has reached a point."""
        if point == self.point:
            if self.batches == 0:
                raise Crashed(point)
            self.batches -= 1


@dataclass
class Crashes:
    """All services in this process under one seed; `at` counts the crashes by point."""

    county: County
    seed: int
    kinds: Kinds = field(default_factory=dict)
    at: Counter[str] = field(default_factory=Counter)

    @asynccontextmanager
    async def befall(self) -> AsyncIterator[None]:
        """Every loop lives, crashes and is followed by another, until the block is left."""
        tasks = [asyncio.create_task(self._lives(loop)) for loop in LOOPS]
        self.county.minds(tasks)
        try:
            yield
        finally:
            await ended(tasks)

    async def _lives(self, loop: Loop) -> None:
        luck = Random(f"{self.seed}/{loop.of.name}")
        for _ in range(MOST_LIVES):
            try:
                await self._live(loop, Life.drawn(luck))
            except Crashed as crash:
                self.at[str(crash)] += 1
        await self._live(loop, Life("", 0))

    async def _live(self, loop: Loop, life: Life) -> None:
        async with self.county.connection() as bus:
            await self.county.consumer(loop, bus, life, self.kinds.get(loop.of.name, Pipeline)).run()


@dataclass
class Once(Crashes):
    """One loop ends once, at one point, and is followed by another; with no point nothing happens."""

    loop: str = ""
    point: str = ""

    async def _lives(self, loop: Loop) -> None:
        if loop.of.name == self.loop:
            try:
                await self._live(loop, Life(self.point, 0))
            except Crashed as crash:
                self.at[str(crash)] += 1
        await self._live(loop, Life("", 0))


async def calm(county: County, phases: Iterable[Sequence[Said]]) -> Outcome:
    """What these submissions come to when nothing happens on the way."""
    await county.begins_anew()
    async with county.working():
        await _submit(county, phases)
    return await county.outcome()


async def stormy(crashes: Crashes, phases: Iterable[Sequence[Said]]) -> Outcome:
    """What they come to under crashes, in batches whose size the seed says."""
    crashes.county.batch = Random(crashes.seed).randint(3, 16)
    await crashes.county.begins_anew()
    async with crashes.befall():
        await _submit(crashes.county, phases)
    return await crashes.county.outcome()


async def _submit(county: County, phases: Iterable[Sequence[Said]]) -> None:
    for phase in phases:
        await county.hears(*phase)
        await county.settles()
