"""One run: ours and the ordinary way by turns on the same servers, then ceilings, latency, memory and the check."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from deploy.linxi.county import START
from tests.bench.adding import Added, adding
from tests.bench.ceilings import ceilings
from tests.bench.check import faults
from tests.bench.consumption import file_system, peak_mb
from tests.bench.copying import copied, facts
from tests.bench.documents import Documented, all_receive, documents
from tests.bench.first_pages import FirstPages, first_pages
from tests.bench.ground import Ground, ground
from tests.bench.handling import handling
from tests.bench.latency import Latency, latency
from tests.bench.rebuilding import MONTHS, Rebuilt, rebuilding
from tests.bench.scale import A_SECOND, GOING_IN, PEOPLE, Scale
from tests.bench.submitting import Round, submitting
from tests.bench.workload import Days

PARTS = {
    "pages": "how long people wait for their first pages",
    "documents": "a month's documents, adding and rebuilding, with a short ledger and a long one",
}
"""What may be measured by itself."""
CONCURRENT = 16
"""Messages of the second ordinary figure that are handled at a time: what concurrency alone would give, unordered."""


@dataclass
class Machine:
    """What it ran on; others working on it make every figure smaller."""

    cores: int
    load_before: tuple[float, float, float]
    disk: str
    nats: str
    mongod: str


@dataclass
class Results:
    """Everything measured; rounds of the same number ran beside each other, of ceilings the best is kept."""

    machine: Machine
    batched: list[Round] = field(default_factory=list)
    stations: list[Round] = field(default_factory=list)
    ordinary: list[float] = field(default_factory=list)
    ordinary_concurrent: float = 0.0
    ceilings: dict[str, float] = field(default_factory=dict)
    latency: Latency = field(default_factory=lambda: Latency(0, 0, 0, 0))
    pages: FirstPages = field(default_factory=FirstPages)
    peak_mb: dict[str, float] = field(default_factory=dict)
    rebuilt: Rebuilt = field(default_factory=Rebuilt)
    added: list[Added] = field(default_factory=list)
    documented: list[Documented] = field(default_factory=list)
    submitted: int = 0
    seconds: float = 0.0
    faults: list[str] = field(default_factory=list)

    @property
    def ratios(self) -> list[float]:
        """Ours, batched, by the ordinary way, of each round."""
        return [ours.rate / theirs for ours, theirs in zip(self.batched, self.ordinary, strict=True)]


async def run(scale: Scale, folder: Path, says: Callable[[str], None], part: str | None = None) -> Results:
    """Memory is read before the check, which recomputes every month at once and is no part of the work."""
    begun, load = time.monotonic(), os.getloadavg()
    says(f"load average {load[0]:.2f} {load[1]:.2f} {load[2]:.2f}; starting servers and services")
    async with ground(folder) as here:
        found = Results(await _machine(here, load))
        days = Days()
        match part:
            case "pages":
                await _filled_and_pages(here, scale, days, found, says)
            case "documents":
                await _adding(here, scale, days, found, says)
            case _:
                await _adding(here, scale, days, found, says)
                await _everything(here, scale, days, found, says)
        found.peak_mb = {name: peak_mb(pid) for name, pid in here.pids.items()}
        says("the check: everything accepted, every month equal to its recomputation")
        found.faults = await faults(here, found.submitted)
        if part != "pages":
            await _documents(here, scale, days, found, says)
    found.seconds = time.monotonic() - begun
    return found


async def _adding(here: Ground, scale: Scale, days: Days, found: Results, says: Callable[[str], None]) -> None:
    says(f"adding in a ledger of {await facts(here):,} facts")
    found.added.append(await adding(here, days, scale.rounds, scale.adding))
    found.submitted += found.added[-1].submitted


async def _documents(here: Ground, scale: Scale, days: Days, found: Results, says: Callable[[str], None]) -> None:
    """Of one month while the ledger is short, of another when it is long; then adding once more."""
    says(f"a rebuild of {scale.copied_facts:,} facts more")
    found.rebuilt = await rebuilding(here, scale.copied_facts)
    await all_receive(here)
    says(f"documents of {MONTHS[-2]}")
    found.documented.append(await documents(here, MONTHS[-2]))
    more = max(0, scale.long_ledger - await facts(here))
    says(f"{more:,} facts more, and the documents of {MONTHS[-1]}")
    await copied(here, more)
    found.documented.append(await documents(here, MONTHS[-1]))
    await _adding(here, scale, days, found, says)


async def _everything(here: Ground, scale: Scale, days: Days, found: Results, says: Callable[[str], None]) -> None:
    for number in range(1, scale.rounds + 1):
        says(f"round {number} of {scale.rounds}")
        await _round(here, scale, days, found, says)
    await _once(here, scale, days, found, says)


async def _filled_and_pages(
    here: Ground, scale: Scale, days: Days, found: Results, says: Callable[[str], None]
) -> None:
    """A county in which nothing has happened is looked at fast."""
    says(f"{scale.submissions:,} submissions, so that there is something to look at")
    await submitting(here, "batched", days.for_patrols(scale.submissions), scale.submissions)
    found.submitted += scale.submissions
    await _pages(here, scale, days, found, says)


async def _round(here: Ground, scale: Scale, days: Days, found: Results, says: Callable[[str], None]) -> None:
    for way, rounds in (("batched", found.batched), ("stations", found.stations)):
        rounds.append(await submitting(here, way, days.for_patrols(scale.submissions), scale.submissions))
        found.submitted += scale.submissions
        says(f"ours, {way}: {rounds[-1].rate:,.0f} submissions/s")
    found.ordinary.append(await handling(here, START, scale.ordinary))
    says(f"ordinary: {found.ordinary[-1]:,.0f} messages/s; ratio {found.ratios[-1]:.1f}")
    for name, rate in (await ceilings(here, START, scale.ceiling)).items():
        found.ceilings[name] = max(rate, found.ceilings.get(name, 0.0))
    says("ceilings measured")


async def _once(here: Ground, scale: Scale, days: Days, found: Results, says: Callable[[str], None]) -> None:
    says(f"ordinary, {CONCURRENT} at a time")
    found.ordinary_concurrent = await handling(here, START, scale.ordinary, CONCURRENT)
    count = scale.latency_seconds * A_SECOND
    says(f"latency at {A_SECOND} submissions/s for {scale.latency_seconds} s")
    found.latency = await latency(here, days.for_patrols(count), count)
    found.submitted += count
    await here.settles()
    await _pages(here, scale, days, found, says)


async def _pages(here: Ground, scale: Scale, days: Days, found: Results, says: Callable[[str], None]) -> None:
    says(f"first pages of {PEOPLE} people, {scale.looking_seconds} s in quiet and at {GOING_IN} submissions/s")
    found.pages = await first_pages(here, days, scale.looking_seconds)
    found.submitted += found.pages.submitted


async def _machine(here: Ground, load: tuple[float, float, float]) -> Machine:
    nats = here.bus.client.connected_server_version
    mongod = (await here.databases.server_info())["version"]
    cores = len(os.sched_getaffinity(0))
    return Machine(cores, load, file_system(here.folder), str(nats).strip("<>").split()[-1], str(mongod))


def progress(text: str, since: float = time.monotonic()) -> None:
    """A line on the terminal's error stream, so that the table alone is the output."""
    print(f"[{time.monotonic() - since:5.0f} s] {text}", file=sys.stderr, flush=True)
