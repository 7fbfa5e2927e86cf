"""kill -9 of the process that signs, at every moment: no number twice, none missing, each document issued once."""

from __future__ import annotations

import asyncio
import json
import signal
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path

from deploy.embedded.servers.running import Servers
from services.feedback.documents.model import Delivery, DeliveryState, NumbersGiven
from services.feedback.documents.signing import content_hash
from services.feedback.reports.model import Report
from shared.bus.draining import is_drained
from shared.bus.streams import submissions_to
from shared.events.documents import AdoptDocumentScheme, PassReports, ReceiveReport, SignReports
from shared.events.vocabulary import OrganisationKind
from tests.county import LOOPS, County
from tests.faults.processes import Processes, processes
from tests.submitters import (
    COUNTY,
    START,
    Said,
    Submitter,
    closes_period,
    committee,
    founding,
    hall,
    moment,
    office,
    township,
)

QUARTER, TOGETHER = "2018-Q1", 3
SIGNED, ISSUED = "report-signed", "quarterly-report-issued"
UNITS = [Submitter(f"{COUNTY}-D{n}") for n in range(11, 20)]
RECIPIENTS = sorted(one.code for one in (hall, office, township, *UNITS))
ALL = [f"某联党函〔2018〕{n}号" for n in range(1, len(RECIPIENTS) + 1)]
PATIENCE = 60.0
Seen = Callable[[County, Said], Awaitable[bool]]


async def is_stored(county: County, said: Said) -> bool:
    """The bus has it; nobody need have looked at it."""
    return True


async def is_being_decided(county: County, said: Said) -> bool:
    """A transaction is open, or was."""
    status = await county.databases.admin.command("serverStatus")
    return status["transactions"]["currentOpen"] > 0 or await is_committed(county, said)


async def is_committed(county: County, said: Said) -> bool:
    """The database holds its numbers, and nobody need have heard of them."""
    return await county.db("feedback")["ledger"].find_one({"_id": f"{COUNTY}/{said.id}"}) is not None


async def is_answered(county: County, said: Said) -> bool:
    """Its verdict is there, and the bus need not know that it is done."""
    return await county.verdict(said) is not None


MOMENTS: Sequence[Seen] = (is_stored, is_being_decided, is_committed, is_answered)


async def is_done(county: County, said: Said) -> bool:
    """The bus will not hand it out again."""
    return await is_drained(county.bus, submissions_to("feedback"))


def id_of(code: str) -> str:
    return f"{QUARTER}_{code}"


def drafts(codes: Sequence[str]) -> list[str]:
    return [f"{id_of(code)}@1" for code in codes]


def reviewed() -> list[Sequence[Said]]:
    """A quarter whose drafts, one for each unit, are found in order by a clerk."""
    units = [committee.registers(one.code, OrganisationKind.DEPARTMENT, COUNTY) for one in UNITS]
    scheme = committee.says(AdoptDocumentScheme(effective_from=START, prefix="某联党"), moment("2018-01-02"))
    passed = committee.says(PassReports(drafts=drafts(RECIPIENTS)), moment("2018-04-03")).heading(actor="p-clerk")
    return [[*founding(), *units], [scheme], [closes_period(QUARTER, "2018-04-01")], [passed]]


def signatures() -> list[Said]:
    """Three at a time, a minute after one another."""
    parts = [RECIPIENTS[n : n + TOGETHER] for n in range(0, len(RECIPIENTS), TOGETHER)]
    return [
        committee.says(SignReports(drafts=drafts(part)), moment("2018-04-04", f"15:0{n}")).heading(actor="p-secretary")
        for n, part in enumerate(parts)
    ]


def receipts() -> list[Said]:
    """Each recipient signs for its copy."""
    return [Submitter(code).says(ReceiveReport(report=id_of(code)), moment("2018-04-05")) for code in RECIPIENTS]


async def until(seen: Seen, county: County, said: Said) -> None:
    """Returns when it is so."""
    end = time.monotonic() + PATIENCE
    while not await seen(county, said):
        assert time.monotonic() < end, f"{seen.__name__}: never; the verdict is {await county.verdict(said)}"
        await asyncio.sleep(0.002)


async def agreed(county: County, said: Sequence[Said]) -> None:
    """All of them accepted."""
    await county.hears(*said)
    await county.settles()
    verdicts = [await county.verdict(one) for one in said]
    assert [one for one in verdicts if not one or one["verdict"] != "accepted"] == []


async def each_killed_at(moments: Sequence[Seen], county: County, running: Processes) -> None:
    """One signature for each moment: killed when that is seen, started again at once, and waited for."""
    (feedback,) = running.services
    for seen, said in zip(moments, signatures(), strict=True):
        await county.hears(said)
        await until(seen, county, said)
        await feedback.child.kill()
        await until(is_done, county, said)


async def test_killed_at_every_moment_of_signing_a_process_leaves_no_gap_and_issues_each_once(
    empty_county: County, bus_and_database: Servers, tmp_path: Path
) -> None:
    county, others = empty_county, [loop for loop in LOOPS if loop.service != "feedback"]
    async with county.working(others), processes(bus_and_database, tmp_path, ["feedback"]) as running:
        for phase in reviewed():
            await agreed(county, phase)
        await each_killed_at(MOMENTS, county, running)
        await agreed(county, receipts())
        assert running.services[0].ends == [-signal.SIGKILL] * len(MOMENTS)
    await is_issued_once(county)


async def is_issued_once(county: County) -> None:
    """Numbers from 1 on, a copy for each recipient, which has signed for it, and one fact of each: all of one hash."""
    db, outcome = county.db("feedback"), await county.outcome()
    issued = [Report.stored(one) async for one in db[Report.collection].find().sort("organisation", 1)]
    copies = [Delivery.stored(one) async for one in db[Delivery.collection].find().sort("organisation", 1)]
    facts = [(subject.split(".")[1], json.loads(body)) for subject, _, body in outcome.facts.values()]
    published = sorted((fact["report"], fact["number"], fact["content"]) for kind, fact in facts if kind == SIGNED)
    assert [(one.organisation, one.number) for one in issued] == list(zip(RECIPIENTS, ALL, strict=True))
    assert [(one.id, one.number) for one in copies] == [(one.id, one.number) for one in issued]
    assert {one.state for one in copies} == {DeliveryState.RECEIVED}
    assert published == [(one.id, one.number, content_hash(one)) for one in issued]
    assert [one.content for one in issued] == [content for *_, content in published]
    assert Counter(kind for kind, _ in facts)[ISSUED] == len(issued)
    assert [one["last"] async for one in db[NumbersGiven.collection].find()] == [len(issued)]
    assert (outcome.dead, outcome.differences) == ([], [])
