"""The standing check for whoever asks: nobody loads the database with it, and nobody is told what was true before."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from services.feedback.measures import checking, recompute
from shared.database.mongo import Database
from tests.browsing import browsing
from tests.county import County
from tests.submitters import committee, moment, station

API, PAGE = "/feedback/api/differences", "/feedback/health"
MONTHS = ["2018-01", "2018-03"]
"""Those that a county has from its founding."""


CHECK = checking.Checking.check


class Slowly:
    """The recomputation, which goes on when it is let; how often it began, and how many were under way at once."""

    def __init__(self) -> None:
        self.let, self.began = asyncio.Event(), asyncio.Event()
        self.times = self.under_way = self.most = self.asked = 0

    async def asks(self, of: checking.Checking, asked: str) -> checking.Found:
        """As whoever asks does, counted."""
        self.asked += 1
        return await CHECK(of, asked)

    async def all_have_asked(self, how_many: int) -> None:
        """Returns when so many wait for an answer."""
        async with asyncio.timeout(60):
            while self.asked < how_many:
                await asyncio.sleep(0)

    async def differences(self, db: Database, month: str) -> list[dict[str, Any]]:
        """As ever, and then it waits."""
        self.times, self.under_way = self.times + 1, self.under_way + 1
        self.most = max(self.most, self.under_way)
        found = await recompute.differences(db, month)
        self.began.set()
        await self.let.wait()
        self.under_way -= 1
        return found


@pytest.fixture
async def slowly(monkeypatch: pytest.MonkeyPatch) -> Slowly:
    slowly = Slowly()
    monkeypatch.setattr(checking, "differences", slowly.differences)
    monkeypatch.setattr(checking.Checking, "check", lambda of, asked: slowly.asks(of, asked))
    return slowly


@pytest.fixture
async def county(county: County) -> County:
    """With something to sum up in the first of its months."""
    async with county.working():
        await county.hears(station.serves(at=moment("2018-01-08")))
        await county.settles()
    return county


async def test_however_many_ask_one_recomputation_is_under_way_and_each_is_told(county: County, slowly: Slowly) -> None:
    async with browsing(county, "feedback", by=committee.code) as client:
        first = asyncio.create_task(client.get(API))
        await slowly.began.wait()
        paths = [API, f"{API}?month={MONTHS[0]}", PAGE, f"{PAGE}?check=true"] * 5
        others = [asyncio.create_task(client.get(path)) for path in paths]
        await slowly.all_have_asked(1 + len(others))
        assert (slowly.times, [one for one in others if one.done()]) == (1, [])
        slowly.let.set()
        answers = [await one for one in (first, *others)]
    assert [answer.status_code for answer in answers] == [200] * 21
    answered_json = [one.json() for one in answers if one.url.path == API]
    assert [one["months"] for one in answered_json] == [MONTHS] + [MONTHS, MONTHS[:1]] * 5
    assert (slowly.most, slowly.times) == (1, 2 + 2 + 1 + 1)


async def test_who_asks_while_a_check_is_under_way_is_told_what_is_true_now(county: County, slowly: Slowly) -> None:
    async with browsing(county, "feedback", by=committee.code) as client:
        before = asyncio.create_task(client.get(API))
        await slowly.began.wait()
        await county.db("feedback")["monthly"].update_one({"month": MONTHS[0]}, {"$inc": {"add.inspections": 1}})
        after = asyncio.create_task(client.get(API))
        await slowly.all_have_asked(2)
        slowly.let.set()
        assert (await before).json()["items"] == []
        (found,) = (await after).json()["items"]
    assert found["kept"]["inspections"] == 1


async def test_who_goes_away_ends_the_check_for_nobody_else(county: County, slowly: Slowly) -> None:
    one = checking.Checking(county.db("feedback"))
    asked = [asyncio.create_task(one.check(checking.EVERY)) for _ in range(2)]
    await slowly.began.wait()
    asked[0].cancel()
    slowly.let.set()
    assert await asked[1] == {month: [] for month in MONTHS}
