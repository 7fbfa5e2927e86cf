"""What units tell their processes, read as systemd reads it: it is how `lianban` finds the county that they run."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from deploy.commands.place import Place, found_here
from deploy.embedded.settings import ROOT
from deploy.embedded.trouble import Trouble
from deploy.identity.files import written
from deploy.systemd.environment import TARGET, environment_of
from shared.services import SERVICES, listed


@pytest.fixture
def units(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "units"
    folder.mkdir()
    monkeypatch.setenv("LIANBAN_UNITS", str(folder))
    monkeypatch.setenv("LIANBAN_DATA", str(tmp_path / "nowhere"))
    monkeypatch.setenv("PATH", str(tmp_path))
    return folder


def test_lines_files_and_drop_ins_hold_in_the_order_of_systemd(units: Path, tmp_path: Path) -> None:
    (tmp_path / "roster.env").write_text("HTTP_PORT=9101\n# a comment\nSAID='in quotes'\n")
    (tmp_path / "county.env").write_text("COUNTY=654321\nHTTP_PORT=9102\n")
    (units / "lianban@.service").write_text(
        "[Service]\nEnvironment=SERVICE=%i INSTANCE=%i-%H\nEnvironment='SPACED=a b' \\\n  COUNTY=000000\n"
        f"#Environment=NOT=this\nEnvironmentFile={tmp_path}/%i.env\nEnvironmentFile=-{tmp_path}/missing.env\n"
        f"EnvironmentFile={tmp_path}/county.env\nExecStart=/bin/true\n"
    )
    expected = {
        "SERVICE": "roster",
        "INSTANCE": f"roster-{socket.gethostname()}",
        "SPACED": "a b",
        "COUNTY": "654321",
        "HTTP_PORT": "9102",
        "SAID": "in quotes",
    }
    assert environment_of("lianban@roster.service") == expected
    for name, text in (("lianban@.service.d", "SERVICE=both"), ("lianban@roster.service.d", "SERVICE=own")):
        (units / name).mkdir()
        (units / name / "a.conf").write_text(f"[Service]\nEnvironment={text}\n")
    assert environment_of("lianban@roster.service") == expected | {"SERVICE": "own"}
    (units / "lianban@roster.service.d" / "b.conf").write_text("[Service]\nEnvironmentFile=\n")
    assert environment_of("lianban@roster.service")["COUNTY"] == "000000"


def test_our_own_units_say_where_a_command_finds_the_county(units: Path, tmp_path: Path) -> None:
    for one in (ROOT / "deploy" / "systemd").glob("*.service"):
        text = one.read_text().replace("/opt/lianban", str(ROOT))
        (units / one.name).write_text(text.replace("/etc/lianban/county.env", str(tmp_path / "county.env")))
    (tmp_path / "county.env").write_text((ROOT / "deploy" / "systemd" / "county.env.example").read_text())
    said = environment_of("lianban-backup.service")
    assert (said["COUNTY"], said["NATS_URL"]) == ("123456", "tls://127.0.0.1:4222")
    assert said["SECRETS_OUTSIDE"] == "/var/lib/lianban/secrets"
    for name in SERVICES:
        assert environment_of(f"lianban@{name}.service")["HTTP_PORT"] == str(listed(name).port)
    assert environment_of("lianban-gateway.service")["GATEWAY_TLS_PORT"] == "443"


def test_a_machine_with_units_has_their_county(units: Path) -> None:
    assert found_here(None) is None
    (units / TARGET).touch()
    assert found_here(None) is Place.SYSTEMD
    assert found_here(Place.EMBEDDED) is Place.EMBEDDED


def test_what_is_missing_or_may_not_be_read_is_said_with_what_to_do(
    units: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(Trouble, match=r"lianban-backup\.service不存在，请按 docs/operations\.md"):
        environment_of("lianban-backup.service")

    def may_not(*_: object, **__: object) -> str:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_text", may_not)
    with pytest.raises(Trouble, match=r"无权读取.*sudo -u lianban"):
        environment_of("lianban-backup.service")


def test_what_root_makes_among_secrets_is_the_countys(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[tuple[str, int, int]] = []
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr(os, "chown", lambda place, user, group: given.append((Path(place).name, user, group)))
    written(tmp_path / "backup" / "recipient", "age1…\n")
    own = (tmp_path.stat().st_uid, tmp_path.stat().st_gid)
    assert given == [("backup", *own), ("recipient.new", *own)]
