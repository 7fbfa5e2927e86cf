"""Which county is meant: of `make run`, in containers, of units here, or that in whose container this is typed."""

from __future__ import annotations

import os
from enum import StrEnum

from deploy.commands import compose
from deploy.commands.speaker import Speaker
from deploy.container.processes import PROCESSES
from deploy.container.speaking import speaker as in_this_container
from deploy.embedded.county import record
from deploy.embedded.settings import read_settings
from deploy.embedded.speaking import speaker as on_this_machine
from deploy.embedded.trouble import Trouble
from deploy.systemd.county import speaker as of_units
from deploy.systemd.environment import is_installed

BOTH = (
    "本机有几套联办，请说明是哪一套：lianban --in embedded …（make run），--in containers …（容器），"
    "--in systemd …（系统服务）。 Several counties are here: say which one."
)
NOWHERE = (
    "联办尚未运行：请先执行 make run（容器中为 make up；系统服务按 docs/operations.md 安装），再执行本命令。"
    " No county runs here."
)


class Place(StrEnum):
    """Where a county runs."""

    EMBEDDED = "embedded"
    CONTAINERS = "containers"
    SYSTEMD = "systemd"
    INSIDE = "inside"


def found_here(meant: Place | None) -> Place | None:
    """As the operator says, else where one runs; None where none does."""
    if os.environ.get("SERVICE") in PROCESSES:
        return Place.INSIDE
    if meant is not None:
        return meant
    here = [Place.EMBEDDED] if record.read(read_settings().data) is not None else []
    here += [Place.CONTAINERS] if compose.runs() else []
    here += [Place.SYSTEMD] if is_installed() else []
    if len(here) > 1:
        raise Trouble(BOTH)
    return here[0] if here else None


def speaker_at(place: Place | None) -> Speaker:
    """Who speaks with it; `Trouble` where none runs."""
    if place is Place.INSIDE:
        return in_this_container()
    if place is Place.EMBEDDED:
        return on_this_machine()
    if place is Place.SYSTEMD:
        return of_units()
    raise Trouble(NOWHERE)
