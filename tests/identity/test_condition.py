"""The page of the system's condition, with feedback's own rights: in order where all is, and wrong where something is.

A county without identities shows nothing of it: there everybody may ask everything.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from motor.motor_asyncio import AsyncIOMotorCollection

from deploy.embedded.servers.running import Servers
from deploy.setup.streams import declare
from services.inspection.photos.telling import waiting_now
from services.inspection.photos.waiting import WAITING
from shared.asks.bus import answers
from shared.asks.photos import PHOTOS_WAITING
from shared.bus.connection import Bus
from shared.bus.streams import CONSUMERS, PHOTO_CHUNKS
from shared.database import mongo
from tests.browsing import browsing
from tests.county import County
from tests.identity.conftest import Gate, opened
from tests.keys import denied, everything, guest, of
from tests.processes_here import running
from tests.submitters import committee

pytestmark = pytest.mark.asyncio(loop_scope="session")
PAGE, IN_ORDER = "/feedback/health", "各部分运行正常，无须处理。"


@pytest_asyncio.fixture(loop_scope="session")
async def alone(tmp_path: Path) -> AsyncIterator[Gate]:
    """A bus of this test's own, for it takes a consumer away."""
    here = await opened(tmp_path)
    yield here
    await here.server.stop()


@asynccontextmanager
async def inspection_answers(county: County, gate: Gate) -> AsyncIterator[AsyncIOMotorCollection[dict[str, Any]]]:
    """By its own rights, as its answering process does: the photos that wait, none before and after."""
    kept = county.db("inspection")[WAITING]
    await kept.delete_many({})
    async with guest(gate.url, of(gate.secrets, "inspection")) as inspection:
        parts = running(county, "inspection")
        parts.bus = Bus(inspection.client)
        task = asyncio.create_task(answers(parts, PHOTOS_WAITING, waiting_now))
        await asyncio.sleep(0)
        assert await inspection.complaints() == []
        try:
            yield kept
        finally:
            task.cancel()
            await kept.delete_many({})


async def test_a_county_in_order_is_said_to_be_and_one_without_a_consumer_is_not(
    alone: Gate, bus_and_database: Servers
) -> None:
    databases = mongo.connect(bus_and_database.mongo_url)
    async with (
        guest(alone.url, everything(alone.secrets)) as tests,
        guest(alone.url, of(alone.secrets, "feedback")) as feedback,
        guest(alone.url, of(alone.secrets, "setup")) as setup,
    ):
        county, own = County(alone.url, tests.client, databases), Bus(feedback.client)
        async with inspection_answers(county, alone), browsing(county, "feedback", own, by=committee.code) as client:
            healthy = (await client.get(PAGE)).text
            assert (IN_ORDER in healthy, "无法查询" in healthy) == (True, False)
            assert await feedback.complaints() == []
            await county.bus.api(f"CONSUMER.DELETE.{PHOTO_CHUNKS.stream}.{PHOTO_CHUNKS.name}")
            wrong = (await client.get(PAGE)).text
            assert ("以下部分需要处理：站点巡查：接收照片。" in wrong, wrong.count("无法查询")) == (True, 1)
            await declare(Bus(setup.client))
            assert IN_ORDER in (await client.get(PAGE)).text
    databases.close()
    assert alone.server.child.log is not None
    assert denied(alone.server.child.log, "COUNTY") == []


async def test_photos_that_wait_are_shown_and_what_inspection_does_not_say_is_no_nought(
    alone: Gate, bus_and_database: Servers
) -> None:
    databases = mongo.connect(bus_and_database.mongo_url)
    async with (
        guest(alone.url, everything(alone.secrets)) as tests,
        guest(alone.url, of(alone.secrets, "feedback")) as feedback,
    ):
        county = County(alone.url, tests.client, databases)
        async with browsing(county, "feedback", Bus(feedback.client), by=committee.code) as client:
            async with inspection_answers(county, alone) as kept:
                await kept.insert_one({"_id": "a photo", "received": datetime.now(UTC) - timedelta(minutes=40)})
                shown = (await client.get(PAGE)).text
            unheard = (await client.get(PAGE)).text
        assert await feedback.complaints() == []
    databases.close()
    assert "以下部分需要处理：站点巡查：检查照片。" in shown
    assert ("最早一张已等待40分钟" in shown, "inspection没有应答" in unheard) == (True, True)


async def test_feedback_may_ask_how_far_each_consumer_is_and_reset_none_of_anothers(gate: Gate) -> None:
    async with guest(gate.url, of(gate.secrets, "feedback")) as feedback:
        for one in CONSUMERS:
            await Bus(feedback.client).api(f"CONSUMER.INFO.{one.stream}.{one.name}")
        assert await feedback.complaints() == []
