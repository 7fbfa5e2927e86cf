"""The units of a county without containers, as systemd itself reads them, and what they say against what there is."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

from deploy.container.secrets import OWNER
from deploy.embedded.settings import ROOT
from services.roster.enrolment.settings import RosterSettings
from shared.services import SERVICES, listed
from tests.wants import Want, wants

UNITS = ROOT / "deploy" / "systemd"
SYSTEMD = Want("systemd的单元 units of systemd", ("systemd-analyze",))
ELSEWHERE = {
    "/opt/lianban/.venv/bin/python": "/bin/true",
    "/usr/local/bin/nats-server": "/bin/true",
    "/usr/bin/mongod": "/bin/true",
    "/opt/lianban": str(ROOT),
}
"""What a county's machine has, as this one has it."""
LASTING = [UNITS / f"lianban{name}.service" for name in ("-nats", "-mongo", "-gateway", "-parts", "@")]


def said_of(units: Mapping[str, str], folder: Path) -> str:
    """What systemd finds in them, each service's own among them; nothing where all is well."""
    wants(SYSTEMD)
    for name, text in units.items():
        for there, here in ELSEWHERE.items():
            text = text.replace(there, here)
        for own in [name.replace("@", f"@{service}") for service in SERVICES] if "@" in name else [name]:
            (folder / own).write_text(text)
    names = sorted(str(one) for one in folder.iterdir())
    ran = subprocess.run(
        ("systemd-analyze", "verify", "--man=no", "--recursive-errors=no", *names),
        capture_output=True,
        text=True,
        check=False,
        env={"PATH": os.environ["PATH"]},
    )
    return ran.stdout + ran.stderr + (f"status {ran.returncode}" if ran.returncode else "")


@pytest.fixture
def units() -> dict[str, str]:
    return {one.name: one.read_text() for one in UNITS.iterdir() if one.suffix in (".service", ".target", ".timer")}


def test_systemd_finds_nothing_wrong(units: dict[str, str], tmp_path: Path) -> None:
    assert said_of(units, tmp_path) == ""


def test_control_what_is_misspelt_is_found(units: dict[str, str], tmp_path: Path) -> None:
    name = "lianban-setup.service"
    assert "MemoryMost" in said_of({**units, name: units[name].replace("MemoryMax", "MemoryMost")}, tmp_path)


def test_each_service_has_its_port_and_the_gateway_knows_it() -> None:
    gateway = (UNITS / "lianban-gateway.service").read_text()
    target = (UNITS / "lianban.target").read_text()
    for name in SERVICES:
        said = dict(line.split("=", 1) for line in (UNITS / f"{name}.env").read_text().splitlines())
        assert said.pop("HTTP_PORT") == str(listed(name).port)
        assert {one.lower() for one in said} <= set(RosterSettings.model_fields)
        assert f"{name.upper()}_ADDRESS=127.0.0.1:{listed(name).port}" in gateway
        assert f"lianban@{name}.service" in target


def test_whatever_lasts_is_started_again_bounded_and_may_gain_no_rights() -> None:
    for place in LASTING:
        text = place.read_text()
        for line in (
            "User=lianban",
            "Restart=always",
            "NoNewPrivileges=yes",
            "ProtectSystem=strict",
            "ProtectHome=yes",
        ):
            assert f"\n{line}\n" in text, (place.name, line)
        assert re.search(r"^MemoryMax=\d+[MG]$", text, re.M), place.name


def test_a_service_is_shown_its_own_secrets_alone_where_a_container_has_them() -> None:
    text = (UNITS / "lianban@.service").read_text()
    assert "BindReadOnlyPaths=/var/lib/lianban/secrets/%i:/run/secrets\n" in text
    assert "InaccessiblePaths=/var/lib/lianban/secrets\n" in text
    assert f"u lianban {OWNER} " in (UNITS / "sysusers.conf").read_text()
