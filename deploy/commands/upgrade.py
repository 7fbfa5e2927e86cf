"""`lianban upgrade`: brings the county of this machine to the release that lies here, and says what to do beside it.

In this order: what runs, what the changelog asks for, what would stop a start, a backup by the image that runs, and
only then the newer one: secrets and set-up, then all else at once or, of a county of several, one part after another.
"""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Mapping
from itertools import chain
from pathlib import Path
from typing import NamedTuple

import typer

from deploy.commands import compose
from deploy.commands.backup import OF_CONTAINERS, from_outside
from deploy.commands.place import NOWHERE, Place
from deploy.embedded.settings import ROOT
from deploy.embedded.trouble import Trouble
from deploy.revision import UNKNOWN, revision
from deploy.up.changes import between
from deploy.up.rolling import BroughtOn, steps
from deploy.up.starting import check as check_up
from deploy.up.starting import settled, start
from shared.process.release import RELEASE

INSIDE = "请在主机上新版本的源码目录中执行：lianban upgrade。 Type this on the host, where the newer source lies."
OF_UNITS = (
    "请更新源码目录，在其中执行 make ready，再执行 systemctl restart lianban.target；随后执行 lianban check。"
    " Bring the source on, restart its units."
)
OWN_HANDS = "请在运行联办的窗口按Ctrl-C停止，再在本目录执行 make run；随后执行 lianban check。 Stop it; make run."
UNCHANGED = "没有更新，原因见上。联办照旧运行，没有变动；改好后再执行一次 lianban upgrade。 What runs is as it was."
LABELS = "{{json .Config.Labels}} {{.Config.Image}}"
RELEASE_OF = "org.opencontainers.image.version"
REVISION_OF = "org.opencontainers.image.revision"


class Runs(NamedTuple):
    """What the county runs now."""

    release: str
    revision: str
    image: str


def upgrade(place: Place | None, is_agreed: bool, with_backup: bool) -> int:
    """The exit status; nothing is changed until it is agreed to."""
    if place is Place.INSIDE:
        raise Trouble(INSIDE)
    if place is None:
        raise Trouble(NOWHERE)
    if place in (Place.EMBEDDED, Place.SYSTEMD):
        _say_steps(RELEASE)
        print(OWN_HANDS if place is Place.EMBEDDED else OF_UNITS)
        return 0
    return _in_containers(is_agreed, with_backup)


def _in_containers(is_agreed: bool, with_backup: bool) -> int:
    runs, here = _runs(), revision()
    print(f"现在运行 {runs.release}-{runs.revision}，将换为 {RELEASE}-{here}。 From, and to.", flush=True)
    _say_steps(runs.release)
    if status := check_up({**os.environ, "REVISION": here}):
        return status
    if not is_agreed and not typer.confirm("以上步骤都已做好，现在更新？ All is done, go on?"):
        return 1
    if with_backup:
        from_outside(None, image=runs.image)
    if status := _brought_on({**os.environ, "REVISION": here}):
        print(_way_back(runs))
        return status
    status = compose.typed(["check"])
    print(f"已更新为 {RELEASE}-{here}。退回的办法：{_way_back(runs)}")
    return status


def _brought_on(shell: Mapping[str, str]) -> int:
    """What is seen to first, of a county of several one part after another, and at the end whatever else has changed.

    What fails stops there; `Trouble` while everything that runs is still as it was.
    """
    is_changed = False
    running = compose.said("ps", "--services", "--status", "running")[1].split()
    build = [] if settled(shell)[0].names_its_image else [("build", "-q", "secrets")]
    for one in (*build, *chain(*map(_words, steps(running)))):
        print(f"compose {' '.join(one)}", flush=True)
        if status := compose.ran(*one, more={"REVISION": shell["REVISION"]}):
            if is_changed:
                return status
            raise Trouble(UNCHANGED)
        is_changed |= one[0] == "up"
    return start(shell)


def _words(step: BroughtOn) -> list[tuple[str, ...]]:
    once = ("run", "--rm", "--no-deps", "-T")
    if step.ends:
        return [(*once, step.service)]
    again = ("up", "-d", "--no-deps", "--wait", step.service)
    return [again, (*once, "-e", "SERVICE=whole", "setup")] if step.keeps else [again]


def _say_steps(older: str) -> None:
    """What the changelog asks for between the two; of one and the same release what it asks for anyway."""
    passed = between((ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), older, RELEASE)
    for section in passed:
        for one in section.steps:
            print(f"{section.release}：{one}", flush=True)


def _runs() -> Runs:
    """By the label of the image that the roster runs."""
    one = compose.said("ps", "-q", "roster")[1].split()
    if not one:
        raise Trouble(compose.NOT_RUNNING)
    seen = subprocess.run(
        ("docker", "inspect", "--format", LABELS, one[0]), capture_output=True, text=True, check=False
    )
    labels, _, image = seen.stdout.strip().rpartition(" ")
    said = json.loads(labels or "{}") or {}
    return Runs(said.get(RELEASE_OF, "0.0.0"), said.get(REVISION_OF, UNKNOWN), image)


def _way_back(runs: Runs) -> str:
    saved = Path(OF_CONTAINERS)
    return (
        f"在原来的源码（{runs.revision}）中执行 make up，数据原样沿用；镜像{runs.image}仍在本机。备份在{saved}。"
        " The older source's `make up` goes back."
    )
