"""Docker compose as an operator of this machine has it, and a command that is typed in the county's own container."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import IO, NamedTuple

from deploy.embedded.trouble import Trouble
from deploy.up.compose import NoCompose, command, environment
from deploy.up.settings import WrongSettings

NOT_RUNNING = "联办尚未运行：请先执行 make up，再执行本命令。 No county runs in containers."
UNREAD = "文件{}无法打开（{}）。 The file cannot be opened."
MODULE = ("python", "-m", "deploy.commands")
STREAM = "-"
OUT = "--sheet"
"""The option whose file is written outside."""
WRITTEN = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
NOTHING_MORE: Mapping[str, str] = {}
READS = "found"
"""The verb whose first word is a file that is read outside."""


def runs() -> bool:
    """Whether a county in containers runs here."""
    try:
        words, given = _said("ps", "-q", "--status", "running", "roster")
    except Trouble:
        return False
    found = subprocess.run(words, env=given, capture_output=True, check=False)
    return found.returncode == 0 and bool(found.stdout.strip())


def ran(
    *words: str,
    into: IO[bytes] | int = subprocess.DEVNULL,
    out: IO[bytes] | None = None,
    more: Mapping[str, str] = NOTHING_MORE,
) -> int:
    """The exit status of compose; what it says is said here. `more` holds against the county's file, this once."""
    words, given = _said(*words)
    return subprocess.run(words, env={**given, **more}, stdin=into, stdout=out, check=False).returncode


def said(*words: str) -> tuple[int, str]:
    """The exit status, and what it says."""
    words, given = _said(*words)
    done = subprocess.run(words, env=given, capture_output=True, text=True, errors="replace", check=False)
    return done.returncode, done.stdout


def answered(*words: str) -> str:
    """What a verb says in the roster's container; `Trouble` where it cannot."""
    status, text = said("exec", "-T", "roster", *MODULE, *words)
    if status:
        raise Trouble(NOT_RUNNING)
    return text


def _said(*words: str) -> tuple[tuple[str, ...], Mapping[str, str]]:
    """To compose as `make up` speaks to it, and what it is given of the environment."""
    file, given, _ = environment(os.environ)
    try:
        return tuple(command(file, words)), given
    except (NoCompose, WrongSettings) as why:
        raise Trouble(str(why)) from why


def operator(*words: str, folders: Mapping[Path, str], image: str = "") -> int:
    """A verb in a container of its own that is given all secrets, and these of this machine under their own names."""
    volumes = (word for place, rights in folders.items() for word in ("-v", f"{place}:{place}:{rights}"))
    more = {"LIANBAN_IMAGE": image} if image else NOTHING_MORE
    return ran("run", "--rm", "--no-deps", "-T", *volumes, "operator", *words, more=more)


class Crossing(NamedTuple):
    """Words as the container is told them, and the files of this machine behind its input and output; empty: none."""

    words: Sequence[str]
    reads: str
    writes: str


def crossing(words: Sequence[str]) -> Crossing:
    """The container sees none of this machine's files."""
    inside, reads, writes = list(words), "", ""
    if OUT in inside[:-1]:
        at = inside.index(OUT) + 1
        writes, inside[at] = inside[at], STREAM
    if inside[:1] == [READS]:
        at = next((n for n, word in enumerate(inside[1:], start=1) if not word.startswith("--")), 0)
        if at:
            reads, inside[at] = inside[at], STREAM
    return Crossing(inside, reads, writes)


def typed(words: Sequence[str]) -> int:
    """In the roster's container, which has the county's secret; the exit status."""
    if not runs():
        raise Trouble(NOT_RUNNING)
    inside, reads, writes = crossing(words)
    with ExitStack() as stack:
        into: IO[bytes] | int = subprocess.DEVNULL
        if reads:
            into = sys.stdin.fileno() if reads == STREAM else stack.enter_context(_opened(reads, "rb"))
        out = None if writes in ("", STREAM) else stack.enter_context(_opened(writes, "wb"))
        return ran("exec", "-T", "roster", *MODULE, *inside, into=into, out=out)


def _opened(place: str, mode: str) -> IO[bytes]:
    try:
        return os.fdopen(os.open(place, os.O_RDONLY if mode == "rb" else WRITTEN, 0o600), mode)
    except OSError as error:
        raise Trouble(UNREAD.format(place, error.strerror)) from error
