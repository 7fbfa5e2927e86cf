"""A station written in JavaScript by the published contract alone: enrolled, over TLS, it submits and is answered."""

from __future__ import annotations

import asyncio
import json
from asyncio.subprocess import PIPE
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
import pytest_asyncio

from shared.bus.publishing import publish_all
from shared.identity.access import Access
from tests.identity.enrolling import Desk
from tests.journeys.running import Supervised, outside, supervised
from tests.submitters import founding, station, stations
from tests.wants import JAVASCRIPT, not_tried, wants

pytestmark = pytest.mark.asyncio(loop_scope="module")
HERE = Path(__file__).parent
LINES = 60
"""Of a station that only does this; more would say that the contract is hard to keep."""
UNDECLARED = {"NODE_OPTIONS": "--no-experimental-global-webcrypto"}
"""Node 18, which Debian and Ubuntu have, does not offer it either."""


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def county(quick_folder: Path) -> AsyncIterator[Supervised]:
    """With a township and four stations."""
    async with supervised(quick_folder / "any-language", "--no-year") as county:
        await county.reaches("running")
        async with county.bus() as client:
            await publish_all(client, [said.message for said in founding()], 10)
        await county.until(lambda: len(county.asks("/roster/api/organisations")["items"]) == 8)
        yield county


@pytest.fixture
def access(county: Supervised, tmp_path: Path) -> Access:
    """What the station was given when it enrolled."""
    with httpx.Client(base_url=county.gateway, timeout=30, trust_env=False) as client:
        given, _, _ = Desk(county, client, tmp_path).lets_in(station.code)
    return given


async def node(county: Supervised, access: Access, code: str) -> tuple[int, str, str]:
    """The program's exit status, and what it said."""
    wants(JAVASCRIPT)
    if not (HERE / "node_modules").exists():
        not_tried(f"{JAVASCRIPT.what} (`make test` installs its packages)")
    process = await asyncio.create_subprocess_exec(
        *("node", str(HERE / "station.mjs"), code),
        env={
            **outside(),
            **UNDECLARED,
            "NATS_URL": county.running.addresses.nats_url,
            "NATS_CREDS": str(access.creds),
            "NATS_CA": str(access.ca),
        },
        stdout=PIPE,
        stderr=PIPE,
    )
    said, why = await asyncio.wait_for(process.communicate(), 60)
    assert process.returncode is not None
    return process.returncode, said.decode(), why.decode()


async def test_a_station_in_javascript_submits_and_reads_its_verdict(county: Supervised, access: Access) -> None:
    status, said, why = await node(county, access, station.code)
    assert (status, why) == (0, "")
    verdict = json.loads(said)
    assert (verdict["type"], verdict["verdict"]) == ("log-inspection", "accepted")
    (kept,) = county.asks(f"/inspection/api/inspections?organisation={station.code}")["items"]
    assert (kept["inspection"], kept["submitter"], kept["score"]) == (verdict["submission"], station.code, 9800)


async def test_it_cannot_submit_as_another_station(county: Supervised, access: Access) -> None:
    status, said, why = await node(county, access, stations[1].code)
    assert (status, said) == (1, "")
    assert "ermission" in why


async def test_it_is_short_and_its_packages_come_from_nowhere_in_particular() -> None:
    assert len((HERE / "station.mjs").read_text().splitlines()) <= LINES
    assert "://" not in (HERE / "package-lock.json").read_text()
