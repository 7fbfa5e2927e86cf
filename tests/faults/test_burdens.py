"""What one submitter, or a database that refuses everybody, must not be able to do to a whole service."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import pytest
from pymongo.errors import OperationFailure

from shared.bus.connection import Bus
from shared.database.lease import Lease
from shared.events import Event
from shared.events.feedback import ClosePeriod
from shared.events.greenchannel import RecordGreenService
from shared.pipeline.consumer import Consumer
from shared.pipeline.decisions import Handler, Handlers, Need, State, Verdict
from shared.pipeline.pipeline import MOST_QUERIES
from shared.roster.feed import OwnRoster
from shared.roster.organisations import Roster
from tests.county import LOOPS, County, Loop
from tests.submitters import committee, office, station, stations

ROSTER, GREEN, FEEDBACK = (
    next(loop for loop in LOOPS if loop.of.name == f"{name}-submissions")
    for name in ("roster", "greenchannel", "feedback")
)


class Counted:
    """How often each point was reached."""

    def __init__(self) -> None:
        self.met: Counter[str] = Counter()

    async def __call__(self, point: str) -> None:
        self.met[point] += 1


def looks(event: Event[Any]) -> Iterable[Need]:
    """What a rule needs that must not be asked."""
    raise AssertionError("a query for what will be refused")


async def test_nothing_is_looked_up_for_what_only_the_county_may_ask(county: County) -> None:
    handlers: Handlers = {**FEEDBACK.handlers, ClosePeriod: Handler(FEEDBACK.handlers[ClosePeriod].decide, looks)}
    asked = [who.says(ClosePeriod(period="2018"), n=n) for n, who in enumerate((station, office, stations[1]))]
    async with county.working([replace(FEEDBACK, handlers=handlers)]):
        await county.hears(*asked)
        async with asyncio.timeout(120):
            while not all([await county.verdict(one) for one in asked]):
                await asyncio.sleep(0.02)
    reasons = [(await county.verdict(one) or {})["reasons"][0]["slug"] for one in asked]
    assert reasons == ["committee-only"] * 3
    assert await county.dead() == []


@pytest.mark.parametrize(("more", "transactions"), [(0, 1), (1, MOST_QUERIES + 1)])
async def test_a_batch_of_too_many_queries_is_decided_one_by_one(county: County, more: int, transactions: int) -> None:
    asked = [committee.says(ClosePeriod(period="2018-01"), n=n) for n in range(MOST_QUERIES + more)]
    await county.hears(*asked)
    seen = Counted()
    async with county.working([FEEDBACK], seen), asyncio.timeout(120):
        while await county.verdict(asked[-1]) is None:
            await asyncio.sleep(0.02)
    verdicts = [(await county.verdict(one) or {})["verdict"] for one in asked]
    assert verdicts == ["accepted"] + ["refused"] * (len(asked) - 1)
    assert seen.met["committed"] == transactions


def mistaken(state: State, event: Event[RecordGreenService]) -> Verdict:
    """A rule that fails every time."""
    raise ZeroDivisionError


class Shut(Lease):
    """A database that lets nobody write any more."""

    async def hold(self, session: Any = None, sequence: int = 0) -> None:
        """Refused."""
        raise OperationFailure("not authorized", 13)


def consumer(county: County, bus: Bus, loop: Loop, lease: type[Lease]) -> Consumer:
    """One copy of a loop on such a lease."""
    db = county.db(loop.service)
    held = lease(db, loop.of.name, "test-1")
    return Consumer(loop.pipeline(db, bus, loop.feed(db, bus), held), bus, loop.of, held)


async def test_nothing_is_buried_while_the_database_refuses_everybody(county: County) -> None:
    loop = replace(GREEN, handlers={**GREEN.handlers, RecordGreenService: Handler(mistaken)})
    said = station.serves(1)
    await county.hears(said)
    async with county.connection() as bus:
        with pytest.raises(OperationFailure, match="not authorized"):
            await consumer(county, bus, loop, Shut).run()
    assert await county.dead() == []
    async with county.working():
        await county.settles()
    assert (await county.verdict(said) or {})["verdict"] == "accepted"


class Watched(OwnRoster):
    """Notes what it had when it was read."""

    seen: int | None = None

    async def current(self) -> Roster:
        """As ever."""
        roster = await super().current()
        self.seen = len(roster)
        return roster


async def test_the_roster_is_read_when_a_late_commit_of_its_own_has_come_through(county: County) -> None:
    """What a client gave up waiting for is committed all the same: an organisation in it must reach the bucket."""
    db, said = county.db("roster"), station.moves_in()
    lease = Lease(db, ROSTER.of.name, "test-1")
    assert await lease.acquire()
    async with county.connection() as bus, await db.client.start_session() as late:
        feed = Watched(db, bus)
        pipeline = ROSTER.pipeline(db, bus, feed, lease)
        known = len(await feed.current())
        feed.seen, feed._roster = None, None
        late.start_transaction()
        await lease.hold(late)
        one = await db["organisations"].find_one({"_id": station.code}, session=late)
        assert one
        await db["organisations"].insert_one({**one, "_id": "150424999999"}, session=late)
        await county.hears(said)
        message = (await county.everything("SUBMISSIONS"))[-1]
        deciding = asyncio.create_task(pipeline.decide([message]))
        await asyncio.wait([deciding], timeout=1)
        assert feed.seen is None
        await late.commit_transaction()
        await deciding
        assert feed.seen == known + 1
