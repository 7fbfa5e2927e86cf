"""`lianban restore`: brings a county back from its backup into an empty place, here or in containers."""

from __future__ import annotations

import os
from pathlib import Path

from deploy.backup.continuing import Continued
from deploy.backup.faults import said_in
from deploy.backup.keys import identity as identity_in
from deploy.backup.restore_point import RestorePoint, moment
from deploy.commands import restore_outside
from deploy.commands.place import Place
from deploy.container.processes import SECRETS
from deploy.container.restoring import clear, fill, this_container, unpack
from deploy.embedded.restoring import brought_back
from deploy.embedded.settings import read_settings
from deploy.embedded.trouble import Trouble
from deploy.progress import Watch, watched
from deploy.systemd.restoring import brought_back as by_units
from shared.pages.chinese import grouped

USAGE = "请说明备份文件和密钥：lianban restore lianban-….age --key backup.key。 Which file, and which key opens it?"
FAILED = "没有恢复，已写入的内容已清除：{}。请检查后重试。 Nothing is left of what was begun."
STEPS = ("unpack", "fill", "clear")
"""What the container with all secrets is asked for, one after the other; the last where something failed."""


def restore(
    place: Place | None, file: Path, key: Path | None, until: str | None = None, step: str | None = None
) -> None:
    """Into the folder of data or, in containers, into empty volumes and an empty folder of secrets.

    As it was at the moment `until`; else with all the parts that lie beside the archive.
    """
    if step == "clear":
        return clear(Path(SECRETS))
    if key is None:
        raise Trouble(USAGE)
    at = moment(until) if until else None
    if place is Place.CONTAINERS:
        return restore_outside.brought_back(file, key, at)
    identity = identity_in(key)
    with watched() as watch, said_in(FAILED):
        if step == "unpack":
            unpack(this_container(), file, identity, watch, at)
        elif step == "fill":
            _tell(*fill(this_container(), file, identity, watch, at), "make up", watch)
        elif place is Place.SYSTEMD:
            _tell(*by_units(file, identity, watch, at), "systemctl start lianban.target", watch)
        else:
            _tell(*brought_back(file, identity, read_settings().data, watch, at), make_run(), watch)
    return None


def make_run() -> str:
    """How it is started; of a folder that the shell names, with that."""
    named = os.environ.get("LIANBAN_DATA")
    return f"LIANBAN_DATA={named} make run" if named else "make run"


def _tell(of: RestorePoint, then: Continued | None, how: str, watch: Watch) -> None:
    figures = of.manifest.figures
    watch.says(
        f"恢复完成，核对一致：{of.manifest.county}，恢复到{of.moment:%Y-%m-%d %H:%M:%S}，"
        f"备份中文档{grouped(sum(figures.collections.values()))}份，已办事项{grouped(sum(figures.published.values()))}项"
        f"{_continued(then)}。可以执行 {how}。 Everything came back as it was saved."
    )


def _continued(then: Continued | None) -> str:
    return f"，其后办理{grouped(then.entries)}件（写入{grouped(then.writes)}次）" if then else ""
