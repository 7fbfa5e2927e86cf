"""How far long work is: a bar at a terminal of 80 columns, lines where there is none, and no flood of either."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import struct
import subprocess
import sys
import termios
from collections.abc import Mapping

import pytest
from rich.cells import cell_len

from deploy import progress
from deploy.embedded.settings import ROOT
from deploy.progress import EVERY, Watch, lasting

COLUMNS = 80
WORK = """
import time
from deploy.progress import watched
with watched() as watch:
    watch.says("begun [as it is]")
    watch.begins("数据库", 178_500, "份")
    watch.at("inspection/rectifications_of_a_name_that_is_long")
    for done in range(0, 178_500, 8_925):
        watch.reached(done)
        time.sleep(0.02)
    watch.ends()
    watch.says("ended")
"""
ESCAPES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


class Clock:
    """What time it is for the work."""

    now = 1_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(progress, "_now", clock)
    return clock


def at_a_terminal(**environment: str) -> str:
    """All that the work writes to one of 80 columns."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, COLUMNS, 0, 0))
    command = (sys.executable, "-c", WORK)
    process = subprocess.Popen(command, cwd=ROOT, stdout=theirs, env=_said(**{"TERM": "xterm", **environment}))
    os.close(theirs)
    read = bytearray()
    try:
        while some := os.read(ours, 65_536):
            read += some
    except OSError:  # the terminal has no other end any more
        pass
    os.close(ours)
    assert process.wait() == 0
    return read.decode()


def in_a_log() -> str:
    command = (sys.executable, "-c", WORK)
    return subprocess.run(command, cwd=ROOT, env=_said(), capture_output=True, text=True, check=True).stdout


def _said(**more: str) -> Mapping[str, str]:
    mine = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "FORCE_COLOR", "COLUMNS")}
    return {**mine, **more}


def test_a_terminal_shows_a_bar_that_fits_and_keeps_what_was_said() -> None:
    written = at_a_terminal()
    shown = [line.strip("\r") for line in ESCAPES.sub("", written).replace("\r", "\n").splitlines()]
    bars = [line for line in shown if "━" in line]
    assert len(bars) > 1
    assert max(map(cell_len, shown)) <= COLUMNS
    assert any("/178,500份" in line and "约还需" in line for line in bars), bars[-1]
    assert [line for line in shown if line in ("begun [as it is]", "ended")] == ["begun [as it is]", "ended"]
    assert written.rstrip().endswith("\x1b[?25h"), "the cursor is there again"


@pytest.mark.parametrize("environment", [{"NO_COLOR": "1"}, {"TERM": "dumb"}])
def test_whoever_asks_for_plain_text_gets_lines(environment: Mapping[str, str]) -> None:
    assert at_a_terminal(**environment).split() == ["begun", "[as", "it", "is]", "ended"]


def test_a_log_gets_lines_alone() -> None:
    assert in_a_log().splitlines() == ["begun [as it is]", "ended"]


def test_a_line_now_and_then_says_how_much_of_how_much_and_how_long_yet(clock: Clock) -> None:
    said: list[str] = []
    watch = Watch(said.append)
    watch.begins("回读", 40 * 1024 * 1024)
    for megabytes in range(10):
        clock.now += EVERY / 4
        watch.reached(megabytes * 1024 * 1024)
    watch.begins("数据库", 3_400, "份")
    watch.at("lianban_roster/ledger")
    clock.now += 2 * EVERY
    watch.reached(1_200)
    watch.ends()
    clock.now += 2 * EVERY
    watch.reached(3_400)
    assert said == [
        "回读：7%，3.0 MB/40.0 MB，约还需2分3秒。",
        "回读：17%，7.0 MB/40.0 MB，约还需1分34秒。",
        "数据库（lianban_roster/ledger）：35%，1,200/3,400份，约还需37秒。",
    ]


def test_what_was_there_already_makes_nobody_believe_it_is_quick(clock: Clock) -> None:
    said: list[str] = []
    watch = Watch(said.append)
    watch.begins("2018", 100, "件")
    watch.skips(80)
    clock.now += EVERY
    watch.reached(90)
    assert said == ["2018：90%，90/100件，约还需10秒。"]


def test_of_what_nobody_knows_the_size_of_nothing_is_made_up(clock: Clock) -> None:
    said: list[str] = []
    watch = Watch(said.append)
    watch.begins("重新告知", unit="项")
    clock.now += EVERY
    watch.reached(5)
    watch.reached(5, total=20)
    assert said == ["重新告知：25%，5/20项，约还需30秒。"]


@pytest.mark.parametrize(
    ("seconds", "words"), [(0.4, "0秒"), (59.4, "59秒"), (80, "1分20秒"), (3_599.7, "1小时0分"), (7_500, "2小时5分")]
)
def test_how_long_it_takes_yet_is_told_in_two_units_at_most(seconds: float, words: str) -> None:
    assert lasting(seconds) == words
