"""Which county the containers serve is typed once; what does not start says why, and nothing of it is noted."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from shared.process.lines import line

ROOT = Path(__file__).parents[2]
WHY = 'COUNTY is 150425, but the database holds the county 150423: it is "no" other\'s.'
LINES = (
    line("setup", "info", "set up: 90 parts as declared"),
    *(line("setup", "critical", WHY) for _ in range(3)),
    "mongod says something of its own",
)


@pytest.fixture
def here(tmp_path: Path) -> Path:
    """A checkout with nothing but what is typed in it."""
    (tmp_path / "deploy").mkdir()
    shutil.copy(ROOT / "Makefile", tmp_path)
    return tmp_path


def typed(here: Path, *words: str, compose: str = "true") -> subprocess.CompletedProcess[str]:
    """As a person does in whose environment no county is named."""
    outside = {name: value for name, value in os.environ.items() if name != "COUNTY"}
    command = ("make", "-s", f"COMPOSE={compose}", *words)
    return subprocess.run(command, cwd=here, env=outside, check=False, timeout=120, capture_output=True, text=True)


def noted(here: Path) -> dict[str, str]:
    """As compose reads it."""
    lines = (here / "deploy" / ".env").read_text().splitlines()
    found = dict(line.split("=", 1) for line in lines)
    assert len(found) == len(lines)
    return found


def _composes(here: Path, does: str) -> None:
    compose = here / "compose"
    compose.write_text(f"#!/bin/sh\n{does}\n")
    compose.chmod(0o755)


def test_the_first_make_up_notes_the_county_and_no_later_one_changes_it(here: Path) -> None:
    for words in (("up", "COUNTY=150423"), ("up",), ("up", "COUNTY=150424")):
        assert typed(here, *words).returncode == 0
        assert noted(here) == {"COUNTY": "150423", "REVISION": "unknown"}


def test_each_make_up_notes_what_runs_so_that_every_later_command_means_it(here: Path) -> None:
    _composes(here, 'echo "$REVISION $*"')
    (here / "deploy" / ".env").write_text("BUS_HOST=bus.example\nREVISION=0123456\n")
    for revision in ("abcdef0", "0123456-dirty"):
        said = typed(here, "up", f"REVISION={revision}", compose="./compose").stdout
        assert said.startswith(f"{revision} up -d --build --wait\n")
        assert noted(here) == {"BUS_HOST": "bus.example", "REVISION": revision}


def test_what_does_not_start_says_why_once_and_is_not_noted(here: Path) -> None:
    _composes(here, "[ $1 = up ] && exit 1\ncat lines")
    (here / "lines").write_text("\n".join(LINES))
    ran = typed(here, "up", "COUNTY=150425", compose="./compose")
    assert (ran.returncode != 0, ran.stderr.count("COUNTY is 150425")) == (True, 1), ran.stderr
    assert "setup: COUNTY is 150425, but the database holds the county 150423" in ran.stderr
    assert "parts as declared" not in ran.stderr + ran.stdout
    assert not (here / "deploy" / ".env").exists()


def test_where_it_runs_is_what_the_roster_was_told_though_it_stands_in_the_noted_settings(here: Path) -> None:
    _composes(here, 'echo "$*"')
    said = typed(here, "up", compose="./compose").stdout.splitlines()
    assert said[:2] == ["up -d --build --wait", "联办已启动 Lianban runs: exec -T roster printenv PUBLIC_URL/"]


def test_what_was_never_noted_can_be_stopped(here: Path) -> None:
    _composes(here, 'echo "$COUNTY $*"')
    assert typed(here, "down", compose="./compose").stdout == "any down --timeout 20\n"


@pytest.mark.parametrize(
    ("runs", "words", "status", "said"),
    [
        ("", ("NEXT=1",), 0, ["run --rm", "联办尚未运行，下次启动时换用新密钥。"]),
        ("", (), 2, ["联办尚未运行：请先执行 make up，再执行本命令。"]),
        ("up", ("NEXT=1",), 0, ["run --rm", "restart roster", "up -d --no-deps", "exec -T roster"]),
        ("up", (), 0, ["exec -T roster"]),
    ],
)
def test_a_key_of_people_is_made_where_nothing_runs_too(
    here: Path, runs: str, words: tuple[str, ...], status: int, said: list[str]
) -> None:
    _composes(here, f'[ "$1" = ps ] && {{ echo {runs}; exit; }}\necho "$*"')
    ran = typed(here, "RUN_READY=", "people-keys", "IN=containers", *words, compose="./compose")
    lines = [*ran.stdout.splitlines(), *(line for line in ran.stderr.splitlines() if "联办" in line)]
    assert (ran.returncode, [line for line, part in zip(lines, said, strict=True) if part in line]) == (status, lines)
