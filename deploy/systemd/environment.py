"""What a unit tells its process: its own lines, those of drop-ins, and the files of settings that they name."""

from __future__ import annotations

import os
import shlex
import socket
from collections.abc import Iterator
from pathlib import Path

from deploy.embedded.trouble import Trouble

UNITS = Path("/etc/systemd/system")
"""Where an operator installs them; `LIANBAN_UNITS` names another folder."""
TARGET = "lianban.target"
AS_WHOM = "无权读取{}：请以root执行，或者 sudo -u lianban lianban …。 Type this as root, or as the user lianban."
NOT_THERE = "单元所指的文件{}不存在，请按 docs/operations.md 安装完整。 What the units name is not there."


def is_installed() -> bool:
    """Whether this machine has the units of a county."""
    return (_folder() / TARGET).exists()


def environment_of(unit: str) -> dict[str, str]:
    """By the names of its settings; as systemd has it, files hold against lines, and later against earlier."""
    template, instance = _parted(unit)
    said, files = dict[str, str](), list[str]()
    for name, value in _lines(template, unit):
        if name == "Environment":
            said |= _pairs(shlex.split(_filled(value, instance))) if value else {}
        elif name == "EnvironmentFile":
            files = [*files, _filled(value, instance)] if value else []
    for file in files:
        said |= _in_file(file)
    return said


def _folder() -> Path:
    return Path(os.environ.get("LIANBAN_UNITS") or UNITS)


def _parted(unit: str) -> tuple[str, str]:
    """lianban@roster.service is lianban@.service of roster."""
    before, is_one, after = unit.partition("@")
    instance, dot, kind = after.rpartition(".")
    return (f"{before}@{dot}{kind}", instance) if is_one else (unit, "")


def _lines(template: str, unit: str) -> Iterator[tuple[str, str]]:
    """Of drop-ins those of the template come first, then the instance's own."""
    names = dict.fromkeys((template, unit))
    dropped_in = [one for name in names for one in sorted((_folder() / f"{name}.d").glob("*.conf"))]
    for file in (_folder() / template, *dropped_in):
        for line in _read(file).replace("\\\n", " ").splitlines():
            name, is_one, value = line.strip().partition("=")
            if is_one and not name.startswith(("#", ";")):
                yield name.strip(), value.strip()


def _filled(value: str, instance: str) -> str:
    return value.replace("%i", instance).replace("%H", socket.gethostname()).replace("%%", "%")


def _pairs(words: list[str]) -> dict[str, str]:
    return dict(word.split("=", 1) for word in words if "=" in word)


def _in_file(place: str) -> dict[str, str]:
    """One that begins with - may be missing."""
    if place.startswith("-") and not Path(place[1:]).exists():
        return {}
    lines = (line.strip() for line in _read(Path(place.removeprefix("-"))).splitlines())
    said = (line.partition("=") for line in lines if line and not line.startswith(("#", ";")))
    return {name.strip(): _unquoted(value.strip()) for name, is_one, value in said if is_one}


def _unquoted(value: str) -> str:
    return value[1:-1] if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'" else value


def _read(place: Path) -> str:
    try:
        return place.read_text(encoding="utf-8")
    except PermissionError as error:
        raise Trouble(AS_WHOM.format(place)) from error
    except OSError as error:
        raise Trouble(NOT_THERE.format(place)) from error
