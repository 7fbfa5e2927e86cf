"""A county in containers: its whole year while every container is restarted or crashes, and a station in its own."""

from __future__ import annotations

import json
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from tempfile import TemporaryFile
from typing import IO, Any
from uuid import uuid4

import httpx
import pytest

from deploy.embedded.ports import any_free
from deploy.embedded.settings import ROOT
from shared.calendar import CHINA
from shared.events import Submission
from shared.events.enrolment import InviteStation
from shared.identity.invitations import Invitation, digest_of, mark_of, new_code
from shared.identity.tokens import token_of
from shared.services import SERVICES
from tests.containers.engine import Compose, host_address
from tests.journeys.running import outside

pytestmark = pytest.mark.containers
COUNTY, STATION = "150424", "150424100202"
LONGEST = 420.0
"""Seconds for the year, with everything restarted in between, on a machine that has other things to do."""


class Outside:
    """The county as somebody sees it who has its secrets: over the ports of the host."""

    def __init__(self, county: Compose) -> None:
        self.gateway = f"https://127.0.0.1:{county.ports['gateway_tls']}"
        self.secrets = county.secrets
        self.known = ssl.create_default_context(cafile=str(county.secrets / "ca.pem"))
        self.environment = {
            "GATEWAY_URL": self.gateway,
            "GATEWAY_CA": str(county.secrets / "ca.pem"),
            "COUNTY_TOKEN": self.token(COUNTY),
            "TOKEN_SECRET": self._secret,
            "NATS_URL": f"tls://localhost:{county.ports['bus']}",
            "NATS_CREDS": str(county.secrets / "import" / "bus.creds"),
            "NATS_CA": str(county.secrets / "ca.pem"),
        }

    def token(self, code: str) -> str:
        return token_of(code, self._secret)

    @property
    def _secret(self) -> str:
        return (self.secrets / "token").read_text().strip()

    def asks(self, path: str) -> Any:
        answer = httpx.get(
            f"{self.gateway}{path}",
            timeout=60,
            trust_env=False,
            verify=self.known,
            auth=(COUNTY, self.token(COUNTY)),
        )
        return answer.raise_for_status().json()

    def says(self, data: Submission, about: str) -> str:
        """The committee submits over HTTP; its verdict."""
        attributes = {
            "ce-specversion": "1.0",
            "ce-id": str(uuid4()),
            "ce-type": data.type,
            "ce-source": COUNTY,
            "ce-subject": about,
            "ce-time": datetime.now(CHINA).isoformat(timespec="seconds"),
            "authorization": f"Bearer {self.token(COUNTY)}",
        }
        answer = httpx.post(
            f"{self.gateway}/{data.service}/api/submissions",
            headers=attributes,
            content=data.model_dump_json(),
            timeout=30,
            trust_env=False,
            verify=self.known,
        )
        return str(answer.json()["verdict"])

    @contextmanager
    def starts(self, module: str) -> Iterator[Started]:
        """A program of the project's beside the containers, ended with the block."""
        with TemporaryFile("w+") as printed:
            process = subprocess.Popen(
                (sys.executable, "-m", module),
                cwd=ROOT,
                env={**outside(), **self.environment},
                stdin=subprocess.DEVNULL,
                stdout=printed,
                stderr=subprocess.STDOUT,
            )
            try:
                yield Started(process, printed)
            finally:
                process.kill()
                process.wait()


@dataclass(frozen=True)
class Started:
    """A program that was started, and what it says."""

    process: subprocess.Popen[bytes]
    printed: IO[str]

    def ends(self, patience: float) -> int:
        """Its exit status."""
        return self.process.wait(patience)

    def said(self) -> str:
        """Everything so far."""
        self.printed.seek(0)
        return self.printed.read()


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


def test_prometheus_reaches_every_service(county: Compose) -> None:
    asked = f"http://127.0.0.1:{county.ports['prometheus']}/api/v1/query?query=up"
    until = time.monotonic() + 60
    while time.monotonic() < until:
        found = httpx.get(asked, timeout=10, trust_env=False).json()["data"]["result"]
        if {one["metric"]["service"]: one["value"][1] for one in found} == dict.fromkeys(SERVICES, "1"):
            return
        time.sleep(1)
    raise AssertionError(found)
