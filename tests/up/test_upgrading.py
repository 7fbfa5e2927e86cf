"""`lianban upgrade` on the host of a county in containers: what is said, and what is done in which order."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from deploy.embedded.settings import ROOT
from deploy.up.changes import between, sections
from deploy.up.compose import command
from deploy.up.rolling import BUSES, MEMBERS, SECOND, is_rolled, steps
from deploy.up.settings import COMPOSE_FILE, OF_SEVERAL, CountyFile, mistakes, names
from shared.process.release import RELEASE
from shared.services import SERVICES

CHANGELOG = """# Changelog

## 0.10.0 - unreleased

**Steps**: type this
and that. **Back**: nothing.

- Nothing to do.
- **Step**: look
  at it.

## 0.9.0 - 2027-01-01

- Nothing.

## 0.1.0 - 2026-11-27

**Steps**: of the first.
"""
LABELS = '{"org.opencontainers.image.version": "0.1.0", "org.opencontainers.image.revision": "aa"}'
SEEN_TO_FIRST = ("run --rm --no-deps -T secrets", "run --rm --no-deps -T setup")
SEVERAL = [name for one in SERVICES for name in (one, f"{one}{SECOND}")]


def test_between_two_releases_there_are_the_steps_of_each_that_came_since_in_their_order() -> None:
    passed = between(CHANGELOG, "0.1.0", "0.10.0")
    assert [one.release for one in passed] == ["0.9.0", "0.10.0"]
    assert [one.steps for one in passed] == [
        [],
        ["**Steps**: type this and that. **Back**: nothing.", "**Step**: look at it."],
    ]
    assert between(CHANGELOG, "0.10.0", "0.10.0") == []


def test_the_changelog_has_a_section_with_steps_for_this_release() -> None:
    newest = next(sections((ROOT / "CHANGELOG.md").read_text(encoding="utf-8")))
    assert (newest.release, newest.steps != []) == (RELEASE, True)


def test_one_copy_after_another_the_second_first_and_gateways_last() -> None:
    planned = [one.service for one in steps([*SEVERAL, "gateway", f"gateway{SECOND}", "nats"])]
    assert planned[:2] == ["secrets", "setup"]
    assert set(planned[2:6]) == {f"{one}{SECOND}" for one in SERVICES}
    assert planned[6:] == [*SERVICES, f"gateway{SECOND}", "gateway"]


def test_servers_of_bus_and_database_come_one_after_another_each_when_the_one_before_has_all_it_keeps() -> None:
    planned = steps([*SEVERAL, "gateway", *BUSES, *MEMBERS])
    assert [one.service for one in planned][:8] == ["secrets", *BUSES, *MEMBERS, "setup"]
    assert [one.service for one in planned if one.keeps] == [*BUSES, *MEMBERS]


def test_a_county_of_single_copies_is_seen_to_first_and_not_brought_on_one_by_one() -> None:
    assert is_rolled(SEVERAL)
    assert not is_rolled(SEVERAL[1:])
    assert [one.service for one in steps(["roster", "nats", "mongo"])] == ["secrets", "setup"]


def test_a_county_of_several_is_one_by_its_file_alone(tmp_path: Path) -> None:
    file = CountyFile(tmp_path / "county.env", ("COUNTY=123456",))
    file.write()
    assert str(OF_SEVERAL) not in command(file.place, ("ps",))
    file.saying("CLUSTER", "true").write()
    words = command(file.place, ("ps",))
    assert words.index(str(COMPOSE_FILE)) < words.index(str(OF_SEVERAL))
    assert any("CLUSTER" in one for one in mistakes(file.saying("CLUSTER", "yes"), names()))


@pytest.fixture
def engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An engine that has everything and notes what compose is asked to do, with which image and revision."""
    place = tmp_path / "docker"
    place.write_text(
        f"""#!/bin/sh
[ "$1" = inspect ] && {{ echo '{LABELS} lianban:0.1.0-aa'; exit; }}
[ "$1" = info ] && {{ echo {tmp_path}; exit; }}
[ "$1" = compose ] || exit 0
shift
while case $1 in -*|*/*) true;; *) false;; esac; do shift; done
case "$1 $2" in
"version "*) exit;;
"ps -q") echo one; exit;;
"ps --services") cat {tmp_path}/services; exit;;
esac
echo "$LIANBAN_IMAGE|$*" >> {tmp_path}/done
case "$*" in "$(cat {tmp_path}/fails 2>/dev/null || echo -)"*) exit 1;; esac
"""
    )
    place.chmod(0o755)
    (tmp_path / "services").write_text("roster\n")
    (tmp_path / "county.env").write_text("COUNTY=123456\n")
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    monkeypatch.setenv("LIANBAN_SETTINGS", str(tmp_path / "county.env"))
    return tmp_path


def upgraded(*words: str, answer: str = "") -> subprocess.CompletedProcess[str]:
    typed = (str(ROOT / "deploy" / "lianban.sh"), "--in", "containers", "upgrade", *words)
    return subprocess.run(typed, check=False, timeout=120, capture_output=True, text=True, input=answer)


def done(engine: Path) -> list[str]:
    """Without what only looks."""
    said = (engine / "done").read_text().splitlines() if (engine / "done").exists() else []
    looks = ("config", "run --rm --no-deps -T -e SERVICE=look", "exec", "logs")
    return [one for one in said if not one.partition("|")[2].startswith(looks)]


def test_what_runs_is_saved_by_its_own_image_and_then_the_newer_one_starts(engine: Path) -> None:
    ran = upgraded("--yes")
    assert ran.returncode == 0, ran.stderr
    assert f"现在运行 0.1.0-aa，将换为 {RELEASE}-" in ran.stdout
    assert f"{RELEASE}：**Steps**" in ran.stdout
    saved, *started = done(engine)
    assert saved.startswith("lianban:0.1.0-aa|run --rm --no-deps -T")
    assert started == [f"|{one}" for one in ("build -q secrets", *SEEN_TO_FIRST, "up -d --build --wait")]
    assert "在原来的源码（aa）中执行 make up" in ran.stdout


def test_nothing_is_done_until_it_is_agreed_to(engine: Path) -> None:
    assert upgraded(answer="n\n").returncode == 1
    assert done(engine) == []


def test_copies_are_brought_on_one_after_another_and_a_failure_stops_there(engine: Path) -> None:
    (engine / "services").write_text("\n".join([*SEVERAL, "gateway"]))
    assert upgraded("--yes", "--no-backup").returncode == 0
    asked = [one.partition("|")[2] for one in done(engine)]
    assert asked[:3] == ["build -q secrets", *SEEN_TO_FIRST]
    assert asked[3] == f"up -d --no-deps --wait roster{SECOND}"
    assert asked[-2:] == ["up -d --no-deps --wait gateway", "up -d --build --wait"]
    (engine / "done").unlink()
    (engine / "fails").write_text("up")
    ran = upgraded("--yes", "--no-backup")
    assert (ran.returncode, "make up" in ran.stdout) == (1, True)
    assert [one.partition("|")[2] for one in done(engine)][3:] == [f"up -d --no-deps --wait roster{SECOND}"]


def test_an_image_that_is_made_already_is_not_built(engine: Path) -> None:
    (engine / "county.env").write_text("COUNTY=123456\nLIANBAN_IMAGE=lianban:mine\n")
    assert upgraded("--yes", "--no-backup").returncode == 0
    assert done(engine) == [f"|{one}" for one in (*SEEN_TO_FIRST, "up -d --no-build --wait")]


def test_what_secrets_or_set_up_refuse_stops_nothing_that_runs(engine: Path) -> None:
    (engine / "fails").write_text("run --rm --no-deps -T secrets")
    ran = upgraded("--yes", "--no-backup")
    assert (ran.returncode, "没有变动" in ran.stderr, "退回" in ran.stdout) == (1, True, False)
    assert done(engine) == ["|build -q secrets", f"|{SEEN_TO_FIRST[0]}"]


def test_a_server_of_several_is_waited_for_until_it_has_what_the_others_have(engine: Path) -> None:
    (engine / "services").write_text("\n".join([*SEVERAL, "gateway", *BUSES, *MEMBERS]))
    (engine / "fails").write_text("run --rm --no-deps -T -e SERVICE=whole setup")
    assert upgraded("--yes", "--no-backup").returncode == 1
    assert [one.partition("|")[2] for one in done(engine)] == [
        "build -q secrets",
        SEEN_TO_FIRST[0],
        f"up -d --no-deps --wait {BUSES[0]}",
        "run --rm --no-deps -T -e SERVICE=whole setup",
    ]
