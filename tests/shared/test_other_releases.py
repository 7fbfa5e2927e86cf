"""Another release on the same data: what it may not work on it leaves, what it declares otherwise is made so."""

from __future__ import annotations

import asyncio
import json
from importlib import import_module
from pathlib import Path

from pymongo import IndexModel

from deploy.embedded.servers.running import Servers
from services.feedback.measures.recompute import differences
from shared.database.indexes import ensure_indexes
from shared.process import release
from shared.process.service import NOT_LET_IN
from shared.services import SERVICES
from tests.county import County
from tests.faults.processes import service
from tests.journeys.running import runs
from tests.submitters import station

LATER = {"said-later": {"more": [1]}}


async def test_what_a_later_release_keeps_in_another_form_is_left_alone(
    county: County, bus_and_database: Servers, tmp_path: Path
) -> None:
    where = {"NATS_URL": bus_and_database.nats_url, "MONGO_URL": bus_and_database.mongo_url}
    noted = county.db("greenchannel")[release.COLLECTION]
    assert (await runs("deploy.setup", **where))[0] == 0
    assert await noted.find_one() == {"_id": release.ID, "format": release.FORMAT, "release": release.RELEASE}
    await noted.update_one({}, {"$set": {"format": release.FORMAT + 1, "release": "9.1.0"}})
    await county.db("roster")["ledger"].drop_index("refused")
    status, said = await runs("deploy.setup", "--patience", "60", **where)
    assert (status, "is kept as release 9.1.0 keeps it" in said, said.count("\n")) == (NOT_LET_IN, True, 1), said
    assert "refused" not in await county.db("roster")["ledger"].index_information()
    one = service("greenchannel", bus_and_database, tmp_path)
    one.start()
    async with asyncio.timeout(120):
        assert await one.child.ended() == NOT_LET_IN
    assert "start that release again or a later one" in one.log()
    assert "deciding" not in one.log()


async def test_indexes_that_are_declared_otherwise_or_no_longer_are_brought_to_it(county: County) -> None:
    for name in SERVICES:
        declared = import_module(f"services.{name}.store").INDEXES
        assert await ensure_indexes(county.db(name), declared) == [], "as they are they stay"
    db = county.db("greenchannel")
    await ensure_indexes(db, {"of-old": [IndexModel([("a", 1)]), IndexModel([("b", 1)], name="of-b")]})
    now = {"of-old": [IndexModel([("b", -1)], name="of-b"), IndexModel([("c", 1)], unique=True)]}
    try:
        assert sorted(await ensure_indexes(db, now)) == ["of-old.a_1", "of-old.of-b"]
        kept = await db["of-old"].index_information()
        assert kept.keys() == {"_id_", "of-b", "c_1"}
        assert (kept["of-b"]["key"], kept["c_1"]["unique"]) == ([("b", -1)], True)
        assert await ensure_indexes(db, now) == []
    finally:
        await db.drop_collection("of-old")


async def test_a_fact_of_a_later_release_ends_nothing(county: County) -> None:
    """What it says beside is not heard: in the ledger, and on the bus."""
    async with county.working():
        await county.hears(station.logs(findings=1))
        await county.settles()
    ledger = county.db("feedback")["fact_ledger"]
    months = await ledger.distinct("month")
    for entry in await ledger.find({}).to_list(None):
        body = json.dumps({**json.loads(entry["body"]), **LATER})
        await ledger.update_one({"_id": entry["_id"]}, {"$set": {"body": body}})
    assert [await differences(county.db("feedback"), month) for month in months] == [[] for _ in months]
