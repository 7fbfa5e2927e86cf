"""A county on servers that somebody else runs: the supervisor starts none, and `--no-year` loads nothing."""

from __future__ import annotations

from pathlib import Path

import httpx

from deploy.embedded.county.folder import county_of
from deploy.embedded.servers.running import Servers, servers
from deploy.identity.making import make
from shared.services import SERVICES
from tests.county import County
from tests.journeys.running import Supervised, runs, supervised
from tests.keys import everything
from tests.submitters import COUNTY

ASKED = {"code": "7KQM-3XTP-9HRB-W2CN", "public_key": "UDXU4RCSJNZOIQHZNWXHXORDPRTGNJAHAHFRGZNEEJCPQTT2M7NLCNF4"}


def enrols(county: Supervised) -> tuple[int, str]:
    """What a station is told where the roster has no keys to sign with."""
    answer = httpx.post(f"{county.gateway}/roster/api/enrolments", json=ASKED, trust_env=False)
    return answer.status_code, answer.json()["reasons"][0]["slug"]


async def test_the_servers_of_the_environment_are_used_and_left_running(tmp_path: Path) -> None:
    """A bus that lets nobody in without credentials: all processes have those that the environment gives."""
    make(tmp_path / "secrets")
    async with servers(tmp_path / "theirs", identity=tmp_path / "secrets") as theirs:
        access = everything(tmp_path / "secrets")
        keys = {"NATS_CREDS": str(access.creds), "NATS_CA": str(access.ca)}
        addresses = {"NATS_URL": theirs.nats_url, "MONGO_URL": theirs.mongo_url, **keys}
        async with supervised(tmp_path / "ours", "--no-year", **addresses) as county:
            await county.reaches("running")
            assert set(county.running.pids) == {"gateway", *SERVICES}
            assert county.running.addresses.nats_url == theirs.nats_url
            assert county.running.addresses.nats_monitor_url is None
            assert county.asks("/feedback/readyz") == {"ready": True}
            assert county.asks("/roster/api/organisations")["items"] == []
            assert not (tmp_path / "ours" / "nats").exists()
            assert not (tmp_path / "ours" / "mongo").exists()
            assert {place.name for place in (tmp_path / "ours" / "secrets").iterdir()} == {
                "token",
                "gateway",
                "ca.pem",
                "offline",
                "roster",
            }
            assert enrols(county) == (503, "enrolment-not-set-up")
            await county.stops()
        assert theirs.nats.child.pid is not None
        assert theirs.mongo.child.pid is not None


async def test_servers_that_hold_another_county_are_not_gone_on_with(
    county: County, bus_and_database: Servers, tmp_path: Path
) -> None:
    where = {"NATS_URL": bus_and_database.nats_url, "MONGO_URL": bus_and_database.mongo_url}
    county_of(tmp_path, "150423")  # as its first run was told, on servers of its own
    status, said = await runs("deploy.embedded", "--no-year", **where, LIANBAN_DATA=str(tmp_path))
    assert status == 1, said
    assert f"COUNTY is 150423, but the database holds the county {COUNTY}: start it with COUNTY={COUNTY}" in said
    assert await county.db("roster").leases.count_documents({"holder": "roster-1"}) == 0  # no service was started
