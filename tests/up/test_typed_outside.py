"""`lianban` on the host of a county in containers: what it has compose do, and which files cross."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from deploy.commands.compose import crossing
from deploy.embedded.settings import ROOT

LIANBAN = ROOT / "deploy" / "lianban.sh"
EACH_MINUTE = ("--since-last", "--every", "60")
THEN, AT = ("--key", "/tmp/backup.key", "--until", "2026-11-28T14:05"), "--until 2026-11-28T14:05:00+08:00"
FILES = "while case $1 in compose|-*|*/*) true;; *) false;; esac; do shift; done"


@pytest.fixture
def engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An engine that says what it is asked for; `runs` beside it is what of the roster runs."""
    place = tmp_path / "docker"
    asked = f'[ "$1" = version ] && exit\n[ "$1" = ps ] && {{ cat {tmp_path}/runs; exit; }}\necho "$*"'
    place.write_text(f"#!/bin/sh\n{FILES}\n{asked}\n")
    place.chmod(0o755)
    (tmp_path / "runs").touch()
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    monkeypatch.setenv("LIANBAN_SETTINGS", str(tmp_path / "county.env"))
    return tmp_path


def typed(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        (LIANBAN, "--in", "containers", *words), check=False, timeout=120, capture_output=True, text=True
    )


@pytest.mark.parametrize(
    ("runs", "words", "status", "said"),
    [
        ("", ("people-keys", "--next"), 0, ["run --rm", "联办尚未运行，下次启动时换用新密钥。"]),
        ("", ("people-keys",), 1, ["联办尚未运行：请先执行 make up，再执行本命令。"]),
        ("up", ("people-keys", "--next"), 0, ["run --rm", "restart roster", "up -d --no-deps", "exec -T roster"]),
        ("up", ("people-keys",), 0, ["exec -T roster"]),
        (
            "up",
            ("revoke", "123456100202", "--reason", "遗失"),
            0,
            ["deploy.commands revoke 123456100202 --reason 遗失"],
        ),
        ("up", ("figures", "2027-03"), 0, ["deploy.commands figures 2027-03"]),
        ("up", ("found", "--linxi-2018"), 0, ["operator found --linxi-2018 --folder"]),
        ("", ("found", "--linxi-2018"), 1, ["联办尚未运行"]),
        ("up", ("restore", "one.age", "--key", "backup.key"), 1, ["没有恢复"]),
        ("up", ("restore", "one.age"), 1, ["lianban restore"]),
        (
            "up",
            ("backup", "--to", "/tmp", *EACH_MINUTE),
            0,
            ["operator backup --to /tmp --since-last --every 60"],
        ),
        ("up", ("backup", "--to", "/tmp", "--every", "60"), 1, ["--since-last"]),
        ("", ("restore", "/tmp/one.age", *THEN), 0, [f"--step unpack {AT}", "--wait nats mongo", f"--step fill {AT}"]),
        ("", ("restore", "/tmp/one.age", *THEN[:3], "14点"), 1, ["不能识别"]),
    ],
)
def test_it_has_compose_do_what_is_typed(
    engine: Path, runs: str, words: tuple[str, ...], status: int, said: list[str]
) -> None:
    (engine / "runs").write_text(runs)
    ran = typed(*words)
    lines = [*ran.stdout.splitlines(), *(line for line in ran.stderr.splitlines() if line)]
    assert (ran.returncode, [line for line, part in zip(lines, said, strict=True) if part in line]) == (status, lines)


def test_files_of_the_host_cross_by_standard_input_and_output() -> None:
    assert crossing(["found", "--check", "units.csv"]) == (["found", "--check", "-"], "units.csv", "")
    assert crossing(["found", "-"]) == (["found", "-"], "-", "")
    assert crossing(["found"]) == (["found"], "", "")
    assert crossing(["revoke", "found"]) == (["revoke", "found"], "", "")
