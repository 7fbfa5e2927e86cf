"""A county in containers: its whole year while every container is restarted or crashes, and a station in its own."""

from __future__ import annotations

import json
import time
from datetime import datetime

import httpx
import pytest

from deploy.embedded.ports import any_free
from shared.calendar import CHINA
from shared.events.enrolment import InviteStation
from shared.identity.invitations import Invitation, digest_of, mark_of, new_code
from shared.services import SERVICES
from tests.containers.compose import Compose
from tests.containers.engine import host_address
from tests.containers.outside import Outside

pytestmark = pytest.mark.containers
STATION = "150424100202"
LONGEST = 420.0
"""Seconds for the year, with everything restarted in between, on a machine that has other things to do."""


def test_the_year_comes_out_right_though_every_container_is_restarted_and_bus_and_database_crash(
    county: Compose,
) -> None:
    seen, since = Outside(county), time.monotonic()
    with seen.starts("deploy.linxi") as loading:
        for service in (*SERVICES, "gateway", "prometheus", "nats", "mongo"):
            county.restarts(service)
            print(f"{service} restarted at {time.monotonic() - since:.0f} s")
        county.crashes("mongo")
        county.crashes("nats")
        print(f"database and bus crashed and back at {time.monotonic() - since:.0f} s")
        is_loaded = loading.ends(LONGEST) == 0
    while not is_loaded:  # a loader that lost the bus for too long ends, and goes on when typed again
        with seen.starts("deploy.linxi") as again:
            is_loaded = again.ends(LONGEST) == 0
            assert time.monotonic() - since < LONGEST, again.said()
    print(f"the year is there after {time.monotonic() - since:.0f} s; memory {county.memory()}")
    with seen.starts("deploy.linxi.figures") as compared:
        assert compared.ends(120) == 0, compared.said()
    assert seen.asks("/feedback/api/differences")["items"] == []
    assert seen.asks("/feedback/api/reports/2018_150424100")["organisation"] == "150424100"


def test_a_village_station_in_a_container_enrols_submits_and_reads_its_verdict(county: Compose) -> None:
    seen, code = Outside(county), new_code()
    with seen.starts("deploy.linxi") as loading:  # does nothing where the year is there already
        assert loading.ends(LONGEST) == 0, loading.said()
    until = datetime.now(CHINA).date()
    assert seen.says(InviteStation(code_digest=digest_of(code), expires=until), STATION) == "accepted"
    station = Compose(
        county.images,
        county.secrets,
        {"station": any_free()},
        f"{county.project}-station",
        "deploy/compose.station.yml",
    )
    hub = f"https://{host_address()}:{county.ports['gateway_tls']}"
    invitation = Invitation(code, mark_of((county.secrets / "ca.pem").read_text())).text
    try:
        assert "登记成功" in station("run", "--rm", "station", "enrol", "--hub", hub, invitation)
        station.up()
        said = station("exec", "-T", "station", "sh", "-c", SUBMITS)
        print(said)
        assert "已受理" in said
    finally:
        station.down()


def test_nobody_but_their_owner_looks_into_the_secrets(county: Compose) -> None:
    open_to_others = {
        place.relative_to(county.secrets).as_posix()
        for place in (county.secrets, *county.secrets.rglob("*"))
        if place.stat().st_mode & 0o077
    }
    assert open_to_others == {f"{name}/ca.pem" for name in (*SERVICES, "setup", "bus")}


def test_over_http_everybody_is_sent_to_the_front_with_tls(county: Compose) -> None:
    asked = f"http://127.0.0.1:{county.ports['gateway']}/feedback/"
    answer = httpx.get(asked, headers={"host": "evil.example"}, trust_env=False)
    there = f"https://{host_address()}:{county.ports['gateway_tls']}/feedback/"
    assert (answer.status_code, answer.headers["location"]) == (308, there)


PATROL = json.dumps({"patrol": "station", "score": 9800, "findings": []})
SUBMITS = f"echo '{PATROL}' | python -m services.station submit log-inspection --about {STATION} --data - --wait"


def test_prometheus_reaches_every_service_and_who_tells_of_alerts(county: Compose) -> None:
    asked = f"http://127.0.0.1:{county.ports['prometheus']}/api/v1/query?query=up"
    until = time.monotonic() + 60
    while time.monotonic() < until:
        found = httpx.get(asked, timeout=10, trust_env=False).json()["data"]["result"]
        up = {one["metric"].get("service") or one["metric"]["job"]: one["value"][1] for one in found}
        if up == dict.fromkeys((*SERVICES, "prometheus", "alertmanager", "alerts"), "1"):
            return
        time.sleep(1)
    raise AssertionError(found)
