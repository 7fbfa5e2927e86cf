"""Services hold still while they are saved: nothing is decided, nothing is lost, and nobody can hold them for ever."""

from __future__ import annotations

import asyncio
import time

import pytest

from deploy.backup.database import HISTORY, HISTORY_SECONDS, USUAL_SECONDS, WHO, as_of_now
from deploy.backup.hold import OTHERS, standing_still
from deploy.embedded.trouble import Trouble
from shared.bus.streams import AUDIT_LINES, PHOTO_CHUNKS
from shared.database.lease import Lease, hold_back, hold_longer, make
from shared.database.mongo import Client
from shared.services import SERVICES
from tests.county import LOOPS, County
from tests.submitters import stations

GREEN = next(loop for loop in LOOPS if loop.of.name == "greenchannel-submissions")
A_WHILE = 1_500
"""Milliseconds: long enough for many looks of a loop that is held."""


async def test_while_it_stands_still_nothing_is_decided_and_then_everything_once(county: County) -> None:
    databases = {service: county.db(service) for service in SERVICES}
    for one in (PHOTO_CHUNKS, AUDIT_LINES):  # nobody reads them here
        await make(county.db(one.name.partition("-")[0])["leases"], one.name)
    async with county.working() as consumers:
        before = stations[0].serves()
        await county.hears(before)
        await county.settles()
        async with standing_still(databases, county.bus):
            said = [one.serves(n=1) for one in stations]
            await county.hears(*said)
            held = await county.ledger()
            loop = consumers[LOOPS.index(GREEN)]
            beaten = loop.beaten
            await asyncio.sleep(A_WHILE / 1000)
            assert await county.ledger() == held
            assert loop.beaten > beaten  # the watchdog ends nobody who is held
            with pytest.raises(Trouble, match="另一个备份正在进行"):
                async with standing_still(databases, county.bus):
                    raise AssertionError("unreachable")
        await county.settles()
        assert len(await county.db("greenchannel")["ledger"].find().to_list(None)) == len(said) + 1
    assert await county.differences() == []


async def test_a_hold_of_somebody_who_died_is_over_by_itself(county: County) -> None:
    db = county.db("greenchannel")
    async with county.working([GREEN]):
        said = stations[0].serves()
        assert await hold_back(db, [GREEN.of.name], "dead", A_WHILE)
        since = time.monotonic()
        await county.hears(said)
        while await county.verdict(said) is None:
            assert time.monotonic() - since < 60
            await asyncio.sleep(0.02)
        assert time.monotonic() - since > A_WHILE / 1000 / 2
        assert await hold_longer(db, "dead", A_WHILE) == 0  # what went on is not of one moment any more
        assert (await db["leases"].find_one({"_id": GREEN.of.name}) or {})["holder"] == "test-1"


async def test_what_nobody_decides_is_not_saved_and_not_held(county: County) -> None:
    """Services that have never run: what was held of them before that was noticed goes on at once."""
    databases = {service: county.db(service) for service in SERVICES}
    lease = Lease(county.db("roster"), OTHERS[0].name, "nobody")
    assert await lease.acquire()
    with pytest.raises(Trouble, match="尚未启动"):
        async with standing_still(databases, county.bus):
            raise AssertionError("unreachable")
    await lease.hold()  # `Held`, if it had stayed so


async def test_what_a_killed_backup_left_set_at_the_database_is_put_back_by_the_next(county: County) -> None:
    own = county.db("roster").client

    async def window() -> int:
        return int((await own.admin.command({"getParameter": 1, HISTORY: 1}))[HISTORY])

    await own.admin.command({"setParameter": 1, HISTORY: HISTORY_SECONDS})
    (host, port), *_ = own.delegate.nodes
    ours, another = (Client(host, port, directConnection=True, appname=f"{WHO}-{n}") for n in "ab")
    async with as_of_now(ours):
        assert await window() == HISTORY_SECONDS
        await another.admin.command("ping")
    assert await window() == HISTORY_SECONDS  # another backup reads still
    another.close()
    async with asyncio.timeout(60):
        while await window() != USUAL_SECONDS:  # until the database has noticed that nobody else reads
            async with as_of_now(ours):
                pass
    ours.close()
