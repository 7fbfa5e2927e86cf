"""What it costs to add a fact up: processor seconds of feedback and the database, in a short ledger and a long one."""

from __future__ import annotations

from dataclasses import dataclass

from tests.bench.copying import facts
from tests.bench.ground import Ground
from tests.bench.submitting import submitting
from tests.bench.workload import Days

PAID_BY = ("feedback", "mongod")


@dataclass(frozen=True)
class Added:
    """Facts in the ledger before, and processor seconds per 1,000 submissions, the least of some rounds:
    whoever else works on the machine only adds to them.
    """

    ledger: int = 0
    cpu: float = 0.0
    submitted: int = 0


async def adding(here: Ground, days: Days, rounds: int, count: int) -> Added:
    """A round is so many submissions in atomic batches; the first is not measured, for it warms what is cold."""
    before, costs = await facts(here), list[float]()
    for _ in range(rounds + 1):
        one = await submitting(here, "batched", days.for_patrols(count), count)
        costs.append(sum(one.cpu[name] for name in PAID_BY) * 1_000 / count)
    return Added(before, min(costs[1:]), (rounds + 1) * count)
