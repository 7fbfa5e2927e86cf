"""A county in containers is brought back: its secrets, then bus and database of those, then everything is compared.

Until that is done set-up lets no service start (`deploy.container.restoring`).
"""

from __future__ import annotations

from pathlib import Path

from deploy.commands import compose
from deploy.embedded.trouble import Trouble

RUNS = "容器中已有一个县在运行，没有恢复：请先换用空的项目（COMPOSE_PROJECT_NAME、LIANBAN_SECRETS）。 One runs already."
NOT_OPENED = "总线或数据库没有启动，已写入的内容已清除：原因见上。 Bus or database did not start; nothing is left."


def brought_back(file: Path, key: Path) -> None:
    """By the steps of the container that is given all secrets; each says what it does."""
    if compose.runs():
        raise Trouble(RUNS)
    file, key = file.absolute(), key.absolute()
    if status := _step("unpack", file, key):
        raise SystemExit(status)
    if compose.ran("up", "-d", "--wait", "nats", "mongo"):
        _cleared(file, key)
        raise Trouble(NOT_OPENED)
    if status := _step("fill", file, key):
        _cleared(file, key)
        raise SystemExit(status)


def _step(name: str, file: Path, key: Path) -> int:
    """Its exit status."""
    return compose.operator("restore", str(file), "--key", str(key), "--step", name, folders={file: "ro", key: "ro"})


def _cleared(file: Path, key: Path) -> None:
    """Volumes and secrets, as before it was begun."""
    compose.ran("down", "--volumes", "--timeout", "20")
    _step("clear", file, key)
    compose.ran("down", "--volumes", "--timeout", "20")
