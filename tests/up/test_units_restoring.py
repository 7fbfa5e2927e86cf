"""A county of units is brought back into empty folders alone, by root; what fails leaves nothing behind."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pyrage import x25519

from deploy.backup.archive import written
from deploy.backup.manifest import Manifest
from deploy.embedded.county.folder import LIVE_FROM
from deploy.embedded.trouble import Trouble
from deploy.progress import Watch
from deploy.systemd.restoring import brought_back
from tests.backup.test_archive import FIGURES

KEY = x25519.Identity.generate()


@pytest.fixture
def host(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Of a county whose servers' units do not start; `asked` is what systemd was asked for."""
    unit = "[Service]\nEnvironment=COUNTY=123456 NATS_URL=tls://127.0.0.1:1 SECRETS_OUTSIDE={}\n"
    (tmp_path / "lianban-backup.service").write_text(unit.format(tmp_path / "kept" / "secrets"))
    systemctl = tmp_path / "systemctl"
    systemctl.write_text(f'#!/bin/sh\necho "$*" >> {tmp_path}/asked\n[ "$1" = stop ]\n')
    systemctl.chmod(0o755)
    monkeypatch.setenv("LIANBAN_UNITS", str(tmp_path))
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    return tmp_path


def archive(folder: Path, county: str = "123456") -> Path:
    place = folder / f"{county}.age"
    with written(place, [KEY.to_public()]) as writing:
        for name in (f"notes/{LIVE_FROM}", "secrets/token"):
            writing.add(name, b"2027-01-01\n")
        at = datetime(2026, 3, 2, tzinfo=UTC)
        manifest = Manifest(revision="unknown", county=county, moment=at, figures=FIGURES, sums=dict(writing.sums))
        writing.end(manifest)
    return place


def asked(host: Path) -> list[str]:
    return [line.split()[0] for line in (host / "asked").read_text().splitlines()] if (host / "asked").exists() else []


def left(host: Path) -> list[Path]:
    return [one for one in (host / "kept").rglob("*") if one.is_file()]


def test_where_servers_do_not_start_they_are_stopped_and_nothing_is_left(host: Path) -> None:
    said: list[str] = []
    with pytest.raises(Trouble, match=r"systemctl start lianban-nats\.service lianban-mongo\.service没有成功"):
        brought_back(archive(host), KEY, Watch(said.append))
    assert asked(host) == ["stop", "start", "stop"]
    assert left(host) == []


@pytest.mark.parametrize("name", ["secrets", "nats", "mongo"])
def test_a_county_that_is_there_is_left_alone(host: Path, name: str) -> None:
    own = host / "kept" / name / "of a county"
    own.parent.mkdir(parents=True)
    own.touch()
    with pytest.raises(Trouble, match="已有一个县的数据，没有恢复：确要恢复到本机的"):
        brought_back(archive(host), KEY, Watch())
    assert (asked(host), left(host)) == ([], [own])


def test_the_archive_of_another_county_is_refused(host: Path) -> None:
    with pytest.raises(Trouble, match="备份是654321县的"):
        brought_back(archive(host, "654321"), KEY, Watch())
    assert (asked(host), left(host)) == ([], [])


def test_nobody_but_root_begins_it(host: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 10001)
    with pytest.raises(Trouble, match="请以root执行"):
        brought_back(archive(host), KEY, Watch())
    assert (asked(host), left(host)) == ([], [])
