"""`lianban restore`: brings a county back from its backup into an empty place, here or in containers."""

from __future__ import annotations

from pathlib import Path

from deploy.backup.faults import said_in
from deploy.backup.keys import identity as identity_in
from deploy.backup.manifest import Manifest
from deploy.commands import restore_outside
from deploy.commands.place import Place
from deploy.container import restoring as in_this_container
from deploy.embedded.restoring import brought_back
from deploy.embedded.settings import read_settings
from deploy.embedded.terminal import say
from deploy.embedded.trouble import Trouble
from shared.pages.chinese import grouped

USAGE = "请说明备份文件和密钥：lianban restore lianban-….age --key backup.key。 Which file, and which key opens it?"
FAILED = "没有恢复，已写入的内容已清除：{}。请检查后重试。 Nothing is left of what was begun."
STEPS = ("unpack", "fill", "clear")
"""What the container with all secrets is asked for, one after the other; the last where something failed."""


def restore(place: Place | None, file: Path, key: Path | None, step: str | None = None) -> None:
    """Into the folder of data or, in containers, into empty volumes and an empty folder of secrets."""
    if step == "clear":
        return in_this_container.clear()
    if key is None:
        raise Trouble(USAGE)
    if place is Place.CONTAINERS:
        return restore_outside.brought_back(file, key)
    identity = identity_in(key)
    with said_in(FAILED):
        if step == "unpack":
            in_this_container.unpack(file, identity)
        elif step == "fill":
            _tell(in_this_container.fill(file, identity), "make up")
        else:
            _tell(brought_back(file, identity, read_settings().data), "make run")
    return None


def _tell(manifest: Manifest, then: str) -> None:
    figures = manifest.figures
    say(
        f"恢复完成，核对一致：{manifest.county}，备份时间{manifest.moment:%Y-%m-%d %H:%M:%S}，"
        f"文档{grouped(sum(figures.collections.values()))}份，已办事项{grouped(sum(figures.published.values()))}项。"
        f"可以执行 {then}。 Everything came back as it was saved."
    )
