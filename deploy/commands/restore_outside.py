"""A county in containers is brought back: its secrets, then bus and database of those, then everything is compared.

Until that is done set-up lets no service start (`deploy.container.restoring`).
"""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from deploy.commands import compose
from deploy.embedded.trouble import Trouble
from deploy.up.last_words import last_words, logs_since, now

RUNS = "容器中已有一个县在运行，没有恢复：请先换用空的项目（COMPOSE_PROJECT_NAME、LIANBAN_SECRETS）。 One runs already."
SERVER = re.compile(r"(nats|mongo)(-[0-9])?").fullmatch
NOT_OPENED = "总线或数据库没有启动，已写入的内容已清除：\n{}\n请改好后再恢复一次。 Nothing is left; mend it, again."
NO_WORDS = "原因见上。"
DROPPING = ("make up DROP_HOST=", "DROP_HOST=")
"""How a start is told it, and in front of `lianban restore` this command."""


def brought_back(file: Path, key: Path, until: datetime | None) -> None:
    """By the steps of the container that is given all secrets; each says what it does."""
    if compose.runs():
        raise Trouble(RUNS)
    asked = _Asked(file.absolute(), key.absolute(), until)
    if status := _step("unpack", asked):
        raise SystemExit(status)
    since = now()
    if compose.ran("up", "-d", "--wait", *_servers()):
        why = "\n".join(last_words(compose.said(*logs_since(since))[1]))
        _cleared(asked)
        raise Trouble(NOT_OPENED.format(why.replace(*DROPPING) or NO_WORDS))
    if status := _step("fill", asked):
        _cleared(asked)
        raise SystemExit(status)


class _Asked(NamedTuple):
    file: Path
    key: Path
    until: datetime | None


def _servers() -> list[str]:
    """Of bus and database, however many there are of each; never none, for compose would start everything."""
    _, named = compose.said("config", "--services")
    return [name for name in named.split() if SERVER(name)] or ["nats", "mongo"]


def _step(name: str, asked: _Asked) -> int:
    """Its exit status; the container sees the folder, for the parts lie in it."""
    words = ["restore", str(asked.file), "--key", str(asked.key), "--step", name]
    words += ["--until", asked.until.isoformat()] if asked.until else []
    return compose.operator(*words, folders={asked.file.parent: "ro", asked.key: "ro"})


def _cleared(asked: _Asked) -> None:
    """Volumes and secrets, as before it was begun."""
    compose.ran("down", "--volumes", "--timeout", "20")
    _step("clear", asked)
    compose.ran("down", "--volumes", "--timeout", "20")
