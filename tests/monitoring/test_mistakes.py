"""A mistake in the configuration ends a process at once, with one sentence that names it."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time

import pytest

from deploy.embedded.ports import HOST, any_free
from deploy.embedded.settings import ROOT
from shared.process.service import NOT_LET_IN
from shared.services import SERVICES

RIGHT = {
    "NATS_URL": "nats://127.0.0.1:4222",
    "MONGO_URL": "mongodb://127.0.0.1:27017/?replicaSet=lianban",
    "HTTP_PORT": "8100",
    "COUNTY": "150424",
    "INSTANCE": "test-1",
}


def ended(module: str, **environment: str) -> tuple[int, list[str]]:
    """The exit status of a process and the lines that it wrote."""
    ran = subprocess.run(
        (sys.executable, "-m", module),
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], **environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    return ran.returncode, (ran.stdout + ran.stderr).strip().splitlines()


@pytest.mark.parametrize(
    ("mistake", "named"),
    [
        ({"NATS_URL": ""}, "NATS_URL"),
        ({"NATS_URL": "http://bus"}, "NATS_URL"),
        ({"NATS_URL": "nats://one:4222,tls://other:4222"}, "NATS_URL: Value error, names servers with TLS and others"),
        ({"MONGO_URL": "mysql://database"}, "MONGO_URL"),
        ({"HTTP_PORT": "eighty"}, "HTTP_PORT"),
        ({"TOKEN_SECRET": "short"}, "TOKEN_SECRET"),
        ({"LIVE_FROM": "yesterday"}, "LIVE_FROM"),
        ({"LIVE_FROM": "2099-01-01"}, "LIVE_FROM: Value error, is more than a year from now"),
        ({"LOG_LEVEL": "loud"}, "LOG_LEVEL"),
        ({"NATS_CREDS": "/nowhere/bus.creds"}, "/nowhere/bus.creds"),
        ({"NATS_CA": "/nowhere/ca.pem"}, "/nowhere/ca.pem"),
        ({"NATS_CA": "/proc/self/mem"}, "/proc/self/mem cannot be read"),
        ({"NATS_CRED": "/run/secrets/bus.creds"}, "NATS_CRED is no setting, is NATS_CREDS meant?"),
        ({"MONGO_ULR": "mongodb://database"}, "MONGO_ULR is no setting, is MONGO_URL meant?"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, dict) else "",
)
def test_a_mistake_is_one_sentence(mistake: dict[str, str], named: str) -> None:
    status, said = ended("services.greenchannel", **(RIGHT | mistake))
    assert status == NOT_LET_IN
    assert len(said) == 1, said
    assert named in said[0]


@pytest.mark.parametrize(
    "mistake",
    [
        {"PEOPLE_KEYS": "/nowhere/people.keys"},
        {"STATION_SIGNING_KEY": "/nowhere/stations.key"},
        {"OIDC_ISSUER": "https://identity.example", "OIDC_CLIENT_ID": "a", "OIDC_SECRET_FILE": "/nowhere/secret"},
        {"OIDC_ISSUER": "https://identity.example", "OIDC_CLIENT_ID": "a", "OIDC_AUTHORITY": "/nowhere/ca.pem"},
    ],
    ids=lambda mistake: [*mistake][-1],
)
def test_a_file_that_is_not_there_is_one_line_as_every_other(mistake: dict[str, str]) -> None:
    status, (said,) = ended("services.roster", **RIGHT, PUBLIC_URL="https://county.example", **mistake)
    name, place = [*mistake.items()][-1]
    line = json.loads(said)
    assert (status, line["level"]) == (NOT_LET_IN, "critical")
    assert f"{name}: {place}: No such file" in line["event"]


def test_set_up_says_it_of_several_servers_too() -> None:
    servers = {"NATS_URL": "nats://one:4222,nats://other:none"}
    status, (sentence,) = ended("deploy.setup", **(RIGHT | servers))
    assert (status, "NATS_URL nats://other:none is no address of a bus" in sentence) == (NOT_LET_IN, True), sentence


def test_whoever_waits_for_the_bus_ends_at_once_when_told_to() -> None:
    """As the first process of a container it would else not hear it, and be killed when patience ends."""
    port = any_free()
    away = {**RIGHT, "NATS_URL": f"nats://{HOST}:{any_free()}", "HTTP_PORT": str(port)}
    waiting = subprocess.Popen(
        (sys.executable, "-m", "services.greenchannel"), cwd=ROOT, env={"PATH": os.environ["PATH"], **away}
    )
    try:
        until = time.monotonic() + 120
        while not is_listened_to(port):
            assert time.monotonic() < until
            time.sleep(0.05)
        waiting.terminate()
        assert waiting.wait(timeout=10) == 0
    finally:
        waiting.kill()


def is_listened_to(port: int) -> bool:
    with socket.socket() as somebody:
        return somebody.connect_ex((HOST, port)) == 0


@pytest.mark.parametrize("service", SERVICES)
def test_every_service_says_what_it_lacks(service: str) -> None:
    status, (sentence,) = ended(f"services.{service}")
    assert status == NOT_LET_IN
    assert all(name in sentence for name in RIGHT)


@pytest.mark.parametrize("name", ["", "dance"])
def test_a_container_that_is_told_no_process_names_them_all(name: str) -> None:
    status, (sentence,) = ended("deploy.container", SERVICE=name)
    assert status == 1
    assert all(service in sentence for service in SERVICES)
