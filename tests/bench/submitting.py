"""Our own way: from the first publish until the last figure stands in feedback's monthly documents."""

from __future__ import annotations

import asyncio
import os
import time
from dataclasses import dataclass
from datetime import date
from typing import Any

from tests.bench.companions import companion
from tests.bench.consumption import busy_seconds, cpu_of, own_cpu_seconds
from tests.bench.ground import LOOK, Ground
from tests.bench.scale import PATIENCE
from tests.bench.steps import Steps, steps
from tests.bench.workload import Expected, expected

FIGURES = {
    "inspections": {"$sum": "$add.inspections"},
    "findings": {"$sum": "$add.severity.minor"},
}
"""A finding is counted by the fact that follows the patrol's, so both are awaited."""


@dataclass(frozen=True)
class Round:
    """What one round measured; CPU seconds by process, and what others on the machine worked meanwhile."""

    submissions: int
    seconds: float
    publishing: float
    cpu: dict[str, float]
    steps: Steps

    @property
    def rate(self) -> float:
        """Submissions a second."""
        return self.submissions / self.seconds


async def submitting(here: Ground, way: str, first: date, count: int) -> Round:
    """One round of `batched` or `stations`; what is left to acknowledge afterwards counts as CPU, not as time."""
    sums = expected(first, count)
    async with companion("generator", here.env, way, first, count) as generator:
        await generator.ready()
        before, cpu, busy = await steps(here), _cpu(here), busy_seconds()
        begun = time.perf_counter()
        generator.go()
        await stands(here, sums)
        seconds = time.perf_counter() - begun
        figures = await generator.figures()
    await here.settles()
    used = {name: now - cpu[name] for name, now in _cpu(here).items()} | {"generator": figures["cpu"]}
    used["others on this machine"] = max(busy_seconds() - busy - sum(used.values()), 0.0)
    after = await steps(here)
    after.subtract(before)
    return Round(count, seconds, figures["seconds"], used, after)


def _cpu(here: Ground) -> dict[str, float]:
    return {**cpu_of(here.pids), "the bench, looking": own_cpu_seconds(os.getpid())}


async def stands(here: Ground, sums: Expected) -> None:
    """Looks at the last month until it is complete, then at those before it, which by then are."""
    until = time.monotonic() + PATIENCE
    for month in sorted(sums, reverse=True):
        while await _figures(here, month) != dict(sums[month]):
            if time.monotonic() > until:
                raise TimeoutError(f"{month}: {await _figures(here, month)}, not {dict(sums[month])}")
            await asyncio.sleep(LOOK)


async def _figures(here: Ground, month: str) -> dict[str, int]:
    wanted: list[dict[str, Any]] = [
        {"$match": {"county": "150424", "month": month}},
        {"$group": {"_id": None, **FIGURES}},
    ]
    async for found in here.db("feedback")["monthly"].aggregate(wanted):
        return {name: found[name] for name in FIGURES}
    return {}
