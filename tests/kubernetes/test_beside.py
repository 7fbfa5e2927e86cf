"""What stands beside the chart: the bus's values, the database's set, and how secrets come into a cluster."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

import pytest
import yaml

from deploy.container.hosts import WITHIN
from deploy.embedded.servers.binaries import nats_server
from deploy.embedded.settings import ROOT
from tests.kubernetes.conftest import CHART, folder_of_secrets

BUS = yaml.safe_load((CHART / "beside" / "nats.yaml").read_text())
VALUES = yaml.safe_load((CHART / "values.yaml").read_text())
MADE = ("roster", "inspection", "greenchannel", "feedback", "setup", "gateway", "users", "mongo", "bus")
KUBECTL = """#!/bin/sh
case "$*" in
*create*) printf '%s\\n' "$*" >> {0}/created;;
*) cat > /dev/null; printf '%s\\n' "$*" >> {0}/applied;;
esac
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return folder_of_secrets(tmp_path_factory.mktemp("secrets") / "made")


def said_by(configuration: str, name: str) -> str:
    found = re.search(rf"^\s*{name}: (\S+)$", configuration, re.MULTILINE)
    assert found, name
    return found[1]


def test_the_bus_says_what_server_conf_says() -> None:
    ours, config = (ROOT / "deploy" / "nats" / "server.conf").read_text(), BUS["config"]
    jetstream, more = config["jetstream"]["merge"], config["merge"]
    assert (jetstream["domain"], jetstream["sync_interval"]) == (
        said_by(ours, "domain"),
        said_by(ours, "sync_interval"),
    )
    for name in ("max_payload", "max_control_line"):
        assert more[name] == f"<< {said_by(ours, name)} >>"
    assert config["jetstream"]["fileStore"]["maxSize"] == said_by(ours, "max_file_store").replace("B", "i")
    assert config["cluster"]["replicas"] == VALUES["bus"]["replicas"]


def test_services_reach_each_server_by_the_name_that_the_chart_gives_it() -> None:
    name, servers = BUS["fullnameOverride"], range(BUS["config"]["cluster"]["replicas"])
    assert VALUES["bus"]["url"].split(",") == [f"tls://{name}-{n}.{name}-headless:4222" for n in servers]
    assert VALUES["bus"]["podLabels"]["app.kubernetes.io/instance"] == name
    assert WITHIN == ("nats",), "which names the certificate bears is said in docs/kubernetes.md"


def test_the_database_s_addresses_name_the_set() -> None:
    kept = yaml.safe_load((CHART / "beside" / "mongodb.yaml").read_text())
    assert kept["metadata"]["name"] == "lianban"
    assert kept["spec"]["users"][0]["passwordSecretRef"] == {"name": "lianban-mongo", "key": "password"}
    assert VALUES["database"]["podLabels"] == {"app": f"{kept['metadata']['name']}-svc"}


def test_a_real_server_takes_whom_the_county_trusts_from_a_file_of_its_own(folder: Path, tmp_path: Path) -> None:
    configuration = tmp_path / "nats.conf"
    rest = f'port: 14222\nresolver: {{"type": "full", "dir": "{tmp_path / "accounts"}", "allow_delete": false}}\n'
    limits = f'jetstream: {{"max_file_store": 1Ti, "store_dir": "{tmp_path}", "sync_interval": "always"}}\n'
    included = os.path.relpath(folder / "bus" / "identity.conf", tmp_path)
    configuration.write_text(f"{rest}{limits}max_payload: 8MB\ninclude {included};\n")
    ran = subprocess.run((nats_server(), "-t", "-c", configuration), check=False, capture_output=True, text=True)
    assert ran.returncode == 0, ran.stderr
    configuration.write_text(f"{rest}include {included}.not;\n")
    ran = subprocess.run((nats_server(), "-t", "-c", configuration), check=False, capture_output=True, text=True)
    assert ran.returncode != 0


def put(folder: Path, at: Path, *more: str) -> subprocess.CompletedProcess[str]:
    """With a kubectl that notes what it is asked."""
    kubectl = at / "kubectl"
    kubectl.write_text(KUBECTL.format(at))
    kubectl.chmod(0o755)
    words = ("sh", str(CHART / "secrets.sh"), str(folder), "county", *more)
    env = {"PATH": os.environ["PATH"], "KUBECTL": str(kubectl)}
    return subprocess.run(words, check=False, timeout=60, capture_output=True, text=True, env=env)


@pytest.mark.parametrize(("more", "also"), [((), ()), (("--all",), ("all",))])
def test_each_process_is_given_a_secret_of_its_own(
    folder: Path, tmp_path: Path, more: tuple[str, ...], also: tuple[str, ...]
) -> None:
    ran = put(folder, tmp_path, *more)
    assert ran.returncode == 0, ran.stderr
    created = (tmp_path / "created").read_text()
    assert re.findall(r"secret generic lianban-(\S+)", created) == [
        *("roster", "inspection", "greenchannel", "feedback", "setup", "gateway"),
        *("users", "mongo", "bus"),
        *also,
    ]
    assert len((tmp_path / "applied").read_text().splitlines()) == len(MADE) + len(also)
    assert "offline" not in created


def test_what_is_no_folder_of_secrets_is_said(tmp_path: Path) -> None:
    ran = put(tmp_path, tmp_path)
    assert (ran.returncode, "不是完整的密钥文件夹" in ran.stderr) == (1, True)
    assert not (tmp_path / "created").exists()
