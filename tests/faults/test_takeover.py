"""Two copies of one service: one decides, the other takes over, and the one that lost its lease can decide no more."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from pymongo.errors import OperationFailure

from deploy.embedded.servers.running import Servers
from shared.database.alive import SILENCE_MS, gives_signs
from shared.database.lease import LONG_AGO, TERM_MS, Lease, LeaseLost
from shared.database.mongo import connect, database
from shared.patience import again
from tests.county import LOOPS, County
from tests.faults.processes import Service, service, stopped
from tests.submitters import Said, office, station

TAKEOVER = 20.0
"""Seconds in which the database must have ended by itself what a dead copy of an older release left open."""
PATIENCE = 60.0
A_QUIET_MACHINES = 5.0
"""Seconds from the death of a holder to the first decision of the other; a busy one may need ten times as many."""
LIFETIME = "transactionLifetimeLimitSeconds"
GREEN = next(loop for loop in LOOPS if loop.of.name == "greenchannel-submissions")


async def test_a_copy_takes_over_from_one_that_was_killed(
    county: County, bus_and_database: Servers, tmp_path: Path
) -> None:
    holder, other = await _two(county, bus_and_database, tmp_path)
    try:
        cases = await _half_done(county)
        await holder.child.kill()
        since = time.monotonic()
        await _completed(county, cases, within=10 * A_QUIET_MACHINES)
        print(f"taken over after {time.monotonic() - since:.1f} s")
    finally:
        await asyncio.gather(holder.child.kill(), other.child.kill())


async def test_a_copy_that_was_stopped_longer_than_its_lease_ends(
    county: County, bus_and_database: Servers, tmp_path: Path
) -> None:
    holder, other = await _two(county, bus_and_database, tmp_path)
    try:
        cases = await _half_done(county)
        async with stopped(holder.child.pid):
            await _completed(county, cases, within=PATIENCE)
        async with asyncio.timeout(PATIENCE):
            assert await holder.child.ended() == 1
        assert "LeaseLost" in holder.log()
        assert await other.healthz()
    finally:
        await asyncio.gather(holder.child.kill(), other.child.kill())


async def test_a_batch_begun_under_a_lost_lease_is_not_committed(county: County) -> None:
    """Stopped between reading and its transaction, while another copy decides the same batch and one that follows."""
    reached, go = asyncio.Event(), asyncio.Event()

    async def waits(point: str) -> None:
        if point == "read":
            reached.set()
            await go.wait()

    case = office.opens()
    async with county.connection() as bus:
        first = asyncio.create_task(county.consumer(GREEN, bus, waits, instance="first").run())
        await county.hears(case)
        await reached.wait()
        await county.db("greenchannel")["leases"].update_one({"_id": GREEN.of.name}, {"$set": {"until": LONG_AGO}})
        async with county.working(instance="second"):
            await county.hears(office.completes(case))
            await county.settles()
            before = await county.outcome()
            go.set()
            with pytest.raises(LeaseLost):
                await first
            assert (await county.outcome()).unlike(before) == []


async def test_a_transaction_that_a_killed_copy_left_open_does_not_lock_its_lease_for_long(county: County) -> None:
    db = county.db("greenchannel")
    killed, follower = Lease(db, GREEN.of.name, "copy-1"), Lease(db, GREEN.of.name, "copy-1")
    assert await killed.acquire()
    async with a_transaction_may_last(county, 1), await db.client.start_session() as session:
        session.start_transaction()
        await killed.hold(session)
        async with asyncio.timeout(PATIENCE):
            assert await again(follower.acquire, lambda: None, "lease")


async def test_whoever_takes_over_ends_what_a_dead_copy_left_open(county: County, bus_and_database: Servers) -> None:
    """It gives no sign for as long as that counts as death; the database itself would wait for ten minutes."""
    dead = connect(bus_and_database.mongo_url, "lianban copy-1 00000000")
    try:
        killed = Lease(database(dead, "greenchannel"), GREEN.of.name, "copy-1")
        assert await killed.acquire()
        async with a_transaction_may_last(county, 600), await dead.start_session() as session:
            session.start_transaction()
            await killed.hold(session)
            assert await _acquired(Lease(county.db("greenchannel"), GREEN.of.name, "copy-2"))
            with pytest.raises(OperationFailure, match="has been aborted"):
                await killed.hold(session)
    finally:
        dead.close()


async def test_a_copy_that_gives_signs_keeps_a_lease_that_its_transaction_locks(county: County) -> None:
    """However long that takes within the term; of an older release, which gives none, the term alone counts."""
    db = county.db("greenchannel")
    holder, others = (
        Lease(db, GREEN.of.name, "copy-1"),
        [Lease(db, name, "copy-2") for name in (GREEN.of.name, "older")],
    )
    assert await holder.acquire()
    assert await Lease(db, "older", "copy-0").acquire()
    await db["leases"].update_one({"_id": "older"}, {"$inc": {"term": 1}})  # as an older release takes it
    signs = asyncio.create_task(gives_signs(db, "copy-1"))
    try:
        async with await db.client.start_session() as session:
            session.start_transaction()
            await holder.hold(session)
            until = time.monotonic() + 1.5 * SILENCE_MS / 1000
            while time.monotonic() < until:
                assert [await other.acquire() for other in others] == [False, False]
                await asyncio.sleep(0.2)
    finally:
        signs.cancel()


async def _acquired(lease: Lease) -> bool:
    """Whether one who stands by has it in the end."""
    until = time.monotonic() + PATIENCE
    while not (taken := await lease.acquire()) and time.monotonic() < until:
        await asyncio.sleep(0.2)
    return taken


async def test_the_database_ends_what_a_killed_copy_left_open_before_the_lease_runs_out(county: County) -> None:
    assert 1000 * (await _lifetime(county)) < TERM_MS < 1000 * TAKEOVER


@asynccontextmanager
async def a_transaction_may_last(county: County, seconds: int) -> AsyncIterator[None]:
    """For all that use this database, until the block is left."""
    before = await _lifetime(county)
    await county.databases.admin.command({"setParameter": 1, LIFETIME: seconds})
    try:
        yield
    finally:
        await county.databases.admin.command({"setParameter": 1, LIFETIME: before})


async def _lifetime(county: County) -> int:
    return int((await county.databases.admin.command({"getParameter": 1, LIFETIME: 1}))[LIFETIME])


async def test_what_a_killed_copy_still_asks_for_does_not_take_the_lease_from_its_follower(county: County) -> None:
    """The database goes on with the request of a dead process: here it waits for a lock until another copy decides."""
    db = county.db("greenchannel")
    locker, follower = Lease(db, GREEN.of.name, "copy-1"), Lease(db, GREEN.of.name, "copy-1")
    assert await locker.acquire()
    for _ in range(10):
        async with await db.client.start_session() as session:
            session.start_transaction()
            await locker.hold(session)
            asked = [asyncio.create_task(Lease(db, GREEN.of.name, "copy-1").acquire()) for _ in range(5)]
            following = asyncio.create_task(again(follower.acquire, lambda: None, "lease"))
            await _asking(county, len(asked) + 1)
        while not await following:
            following = asyncio.create_task(again(follower.acquire, lambda: None, "lease"))
        await asyncio.gather(*asked)
        await follower.hold()
        locker = follower


async def test_a_transaction_locks_the_lease_however_soon_it_follows_another_hold(county: County) -> None:
    """Two within one millisecond set the same time, and a write that changes nothing is none: it would fence nobody."""
    db = county.db("greenchannel")
    lease = Lease(db, GREEN.of.name, "copy-1")
    assert await lease.acquire()
    for _ in range(50):
        async with await db.client.start_session() as deciding, await db.client.start_session() as other:
            await lease.hold()
            deciding.start_transaction()
            await lease.hold(deciding)
            other.start_transaction()
            with pytest.raises(OperationFailure, match="WriteConflict"):
                await db["leases"].update_one({"_id": GREEN.of.name}, {"$set": {"until": LONG_AGO}}, session=other)


async def _asking(county: County, requests: int) -> None:
    """Returns when so many requests for the lease wait in the database."""
    admin = county.db("greenchannel").client.admin
    wanted = {"currentOp": 1, "ns": "lianban_greenchannel.leases", "command.findAndModify": {"$exists": True}}
    async with asyncio.timeout(PATIENCE):
        while len((await admin.command(wanted))["inprog"]) < requests:
            await asyncio.sleep(0.02)


async def _two(county: County, running: Servers, folder: Path) -> tuple[Service, Service]:
    """Two copies; the one that decides comes first."""
    copies = [service("greenchannel", running, folder / "logs", f"copy-{n}") for n in (1, 2)]
    for one in copies:
        one.start()
    await asyncio.gather(*(one.answers() for one in copies))
    async with asyncio.timeout(PATIENCE):
        while (holder := await _holder(county)) not in ("copy-1", "copy-2"):
            await asyncio.sleep(0.05)
    return (copies[0], copies[1]) if holder == "copy-1" else (copies[1], copies[0])


async def _holder(county: County) -> str:
    lease = await county.db("greenchannel")["leases"].find_one({"_id": GREEN.of.name})
    return str(lease["holder"]) if lease else ""


async def _half_done(county: County) -> list[Said]:
    """Cases, opened while the holder decides."""
    cases = [office.opens(n=n) for n in range(200)]
    await county.hears(*cases)
    return cases


async def _completed(county: County, cases: list[Said], within: float) -> None:
    """Every completion follows its opening, although the holder went in between."""
    done = [office.completes(case) for case in cases]
    await county.hears(*done, last := station.serves())
    async with asyncio.timeout(within):
        while await county.verdict(last) is None:
            await asyncio.sleep(0.05)
    verdicts = await county.verdicts()
    assert {verdicts[f"verdict.{one.submitter}.{one.id}"]["verdict"] for one in [*cases, *done]} == {"accepted"}
