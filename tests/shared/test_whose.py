"""A county's bus and database are its own: whoever starts another one on them is told so, and nothing is done."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from deploy.embedded.servers.running import Servers
from deploy.setup.patiently import patiently
from shared.process.service import NOT_LET_IN
from shared.process.whose import AnotherCounty, of_bus, of_database, own_bus, own_databases
from shared.services import SERVICES
from tests.county import County
from tests.faults.processes import service
from tests.journeys.running import runs
from tests.submitters import COUNTY, station

OTHER = "150423"
SENTENCE = f"COUNTY is {OTHER}, but the database holds the county {COUNTY}: start it with COUNTY={COUNTY}, or give"


async def whose(county: County) -> dict[str, str]:
    """As everything says that holds something."""
    databases = {name: await of_database(county.db(name)) for name in SERVICES}
    return {"bus": await of_bus(county.bus), **databases}


async def test_where_nothing_was_accepted_yet_it_is_nobodys(empty_county: County) -> None:
    async with empty_county.working():
        await empty_county.hears(station.logs())
        await empty_county.settles()
    assert await empty_county.db("inspection").ledger.count_documents({"verdict": "refused"}) == 1
    assert set((await whose(empty_county)).values()) == {""}


async def test_bus_and_database_say_whose_they_are_from_its_founding_on(county: County) -> None:
    async with county.working():
        await county.hears(station.logs())
        await county.settles()
    assert await whose(county) == dict.fromkeys(("bus", *SERVICES), COUNTY)
    databases = [county.db(name) for name in SERVICES]
    await own_databases(COUNTY, databases)
    await own_bus(COUNTY, county.bus)
    with pytest.raises(AnotherCounty, match=f"the bus holds the county {COUNTY}"):
        await own_bus(OTHER, county.bus)
    with pytest.raises(AnotherCounty, match=SENTENCE):
        await own_databases(OTHER, databases)


@pytest.mark.parametrize(("name", "what"), [("roster", "database"), ("greenchannel", "bus")])
async def test_a_service_of_another_county_does_not_start_on_them(
    county: County, bus_and_database: Servers, tmp_path: Path, name: str, what: str
) -> None:
    """Also one whose own database holds nothing."""
    if what == "bus":
        await county.db(name).fact_ledger.delete_many({})
    before = await county.bus.api("STREAM.INFO.SUBMISSIONS")
    one = service(name, bus_and_database, tmp_path, COUNTY=OTHER, LIVE_FROM="2018-01-01")
    one.start()
    async with asyncio.timeout(120):
        assert await one.child.ended() == NOT_LET_IN
    assert f"COUNTY is {OTHER}, but the {what} holds" in one.log()
    assert "deciding" not in one.log()
    after = await county.bus.api("STREAM.INFO.SUBMISSIONS")
    assert after["state"]["last_seq"] == before["state"]["last_seq"]  # its clock has asked for nothing


async def test_set_up_declares_nothing_for_another_county(county: County, bus_and_database: Servers) -> None:
    where = {"NATS_URL": bus_and_database.nats_url, "MONGO_URL": bus_and_database.mongo_url}
    status, said = await runs("deploy.setup", "--patience", "60", **where, COUNTY=OTHER)
    assert (status, SENTENCE in said, said.count("\n")) == (NOT_LET_IN, True, 1), said
    assert (await runs("deploy.setup", **where, COUNTY=COUNTY))[0] == 0


@pytest.mark.parametrize(
    ("name", "value"),
    [("COUNTY", "1504"), ("OIDC_ISSUER", "http://identity.example"), ("AUDIT_DAYS", "5"), ("BUS_ROOM", "much")],
)
async def test_set_up_refuses_what_a_service_would(name: str, value: str) -> None:
    where = {"NATS_URL": "nats://127.0.0.1:1", "MONGO_URL": "mongodb://127.0.0.1:1"}
    status, said = await runs("deploy.setup", "--patience", "60", **where, **{name: value})
    assert (status, f"{name}: " in said, said.count("\n")) == (NOT_LET_IN, True, 1), said


async def test_set_up_waits_for_what_starts_beside_it_and_for_nothing_that_was_refused() -> None:
    answers = [ConnectionRefusedError(), TimeoutError(), AnotherCounty("no")]

    async def tried() -> None:
        raise answers.pop(0)

    with pytest.raises(AnotherCounty):
        await patiently(tried, 60)
    answers = [ConnectionRefusedError()]
    with pytest.raises(ConnectionRefusedError):
        await patiently(tried, 0)
