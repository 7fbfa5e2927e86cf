"""A month's documents of all members, from its closing until each lies there as JSON and PDF; and their pages."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from dataclasses import dataclass
from statistics import quantiles

from deploy.linxi.county import COUNTY, Organisation, organisations
from deploy.linxi.year.roster.founding import OFFICES
from deploy.linxi.year.submitting import Asked, chance, moment, submitted
from services.feedback.papers.formats import Format
from services.feedback.papers.making import Workshop
from services.feedback.papers.sheet import Sheet
from services.feedback.reports.model import Report
from services.feedback.reports.periods import over_at
from shared.bus.publishing import publish_by_shares
from shared.events.feedback import ClosePeriod
from shared.events.roster import Office, RegisterOrganisation
from shared.events.ticks import tick
from shared.events.vocabulary import OrganisationKind
from shared.pipeline.ledger import FACTS
from tests.bench.consumption import family, forget_peaks, own_cpu_seconds, peak_mb
from tests.bench.copying import facts
from tests.bench.ground import LOOK, Ground
from tests.bench.scale import PATIENCE
from tests.bench.workload import UNTIL

LOOKS = 2
"""At each document's page."""


@dataclass(frozen=True)
class Documented:
    """Of a month: its facts, those of the whole ledger, documents; seconds until they stood, until all was printed, and
    of processors; memory of feedback and of who prints, MB; the page of a document at p95, ms.
    """

    facts: int = 0
    ledger: int = 0
    documents: int = 0
    drawn: float = 0.0
    seconds: float = 0.0
    cpu: float = 0.0
    peak_mb: float = 0.0
    page_ms: float = 0.0


async def all_receive(here: Ground) -> None:
    """From the first day on that nobody patrols any more, also the members that did not yet."""
    luck = chance(2018, "bench", "receiving")
    said = [Asked(moment(UNTIL, "00:00"), COUNTY, one.code, _receives(one)) for one in _others()]
    await publish_by_shares(here.bus.client, [submitted(one, luck) for one in said], timeout=30)
    await here.settles()


def _others() -> Iterator[Organisation]:
    return (one for one in organisations() if one.committee_member and not one.feedback_recipient)


def _receives(one: Organisation) -> RegisterOrganisation:
    return RegisterOrganisation(
        code=one.code,
        name=one.name,
        kind=OrganisationKind(one.kind),
        parent=COUNTY,
        committee_member=True,
        due_in_hall=one.due_in_hall,
        feedback_recipient=True,
        offices=[Office(office=office, scope=COUNTY) for office in OFFICES.get(one.code, ())],
        valid_from=UNTIL,
    )


async def documents(here: Ground, month: str) -> Documented:
    """A report is asked as JSON, as any program may, and printed from that as the service prints it."""
    counted = await here.db("feedback")[FACTS].count_documents({"month": month})
    pid = here.pids["feedback"]
    forget_peaks(pid)
    begun, cpu = time.perf_counter(), {one: own_cpu_seconds(one) for one in family(pid)}
    await publish_by_shares(here.bus.client, [tick(ClosePeriod(period=month), COUNTY, over_at(month))], timeout=30)
    ids = await _stand(here, month)
    drawn = time.perf_counter() - begun
    async with Workshop(None) as workshop:
        for id in ids:
            answer = await here.http.get(f"{here.urls['feedback']}/reports/{id}.json")
            sheet = Sheet.model_validate_json(answer.raise_for_status().content)
            await workshop.made(sheet, [Format.PDF])
        seconds = time.perf_counter() - begun
        assert workshop.process is not None
        used = sum(own_cpu_seconds(one) - cpu.get(one, 0.0) for one in family(pid)) + own_cpu_seconds(workshop.process)
        peak = peak_mb(pid) + peak_mb(workshop.process)
    return Documented(counted, await facts(here), len(ids), drawn, seconds, used, peak, await _pages(here, ids))


async def _stand(here: Ground, month: str) -> list[str]:
    """All are written in one transaction."""
    reports, until = here.db("feedback")[Report.collection], time.monotonic() + PATIENCE
    while not (found := await reports.find({"period": month}, {"_id": 1}).to_list(None)):
        if time.monotonic() > until:
            raise TimeoutError(f"{month} has no documents")
        await asyncio.sleep(LOOK)
    return sorted(one["_id"] for one in found)


async def _pages(here: Ground, ids: list[str]) -> float:
    took = []
    for id in ids * LOOKS:
        at = time.perf_counter()
        (await here.http.get(f"{here.urls['feedback']}/reports/{id}")).raise_for_status()
        took.append((time.perf_counter() - at) * 1000)
    return quantiles(took, n=20, method="inclusive")[-1]
