"""`lianban support-bundle`: what somebody who helps from outside needs to see, and nothing of any person.

Versions, settings, condition, metrics and the last lines of logs, each read through `unnamed`.
"""

from __future__ import annotations

import json
import os
import tarfile
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from deploy.commands import compose
from deploy.commands.check import of_county, of_services, versions
from deploy.commands.looked import looked
from deploy.commands.place import Place, speaker_at
from deploy.commands.speaker import Speaker
from deploy.commands.unnamed import unnamed
from deploy.embedded.settings import read_settings
from deploy.embedded.trouble import Trouble
from deploy.systemd.county import OPERATOR
from deploy.systemd.environment import environment_of
from deploy.systemd.systemctl import said_by
from deploy.up import settings

LAST = 3_000
"""Lines of each log."""
INSIDE = "请在主机上执行：lianban support-bundle。 Type this on the host: a container sees no logs."
UNSAID = "县里没有应答，只收集了日志和设置。 The county does not answer: logs and settings alone."
NOT_WRITTEN = "文件{}无法写入（{}）。 The file cannot be written."


def bundle(place: Place | None, to: Path) -> None:
    """One archive that is its owner's alone; also of a county that does not answer, for then it is needed most."""
    if place is Place.INSIDE:
        raise Trouble(INSIDE)
    found, names = _condition(place)
    logs = LOGS.get(place, _of_folder)()
    if not found:
        print(UNSAID)
    files = {name: unnamed(text, names) for name, text in (found | logs).items()}
    try:
        _written(to, files)
    except OSError as error:
        raise Trouble(NOT_WRITTEN.format(to, error.strerror)) from error
    print(f"已收集到{to}：版本、设置、运行情况、指标和最近的日志，已去掉姓名、号码、密钥；发出前请再看一遍。")


def _condition(place: Place | None) -> tuple[dict[str, str], list[str]]:
    """What the county says of itself, and whom it knows."""
    try:
        if place is Place.CONTAINERS:
            answer = json.loads(compose.answered("described"))
            return dict(answer["files"]), list(answer["names"])
        return described(speaker_at(place))
    except (Trouble, ValueError):
        return {}, []


def described(county: Speaker) -> tuple[dict[str, str], list[str]]:
    """Its condition and metrics, by file; and the names of persons that it knows."""
    found, now = looked(county.services), datetime.now(UTC)
    lines = [*of_services(found), *of_county(found, now)]
    files = {"condition.txt": "\n".join(map(str, lines)) + "\n", "versions.json": json.dumps(versions(found), indent=1)}
    files |= {f"metrics/{one.service}.txt": one.metrics for one in found}
    try:
        return files, [one["name"] for one in county.lists("/roster/api/people") if one.get("name")]
    except Trouble:
        return files, []


def _of_folder() -> dict[str, str]:
    """Of `make run`."""
    own = read_settings()
    logs = {f"logs/{one.name}": _tail(one) for one in sorted((own.data / "logs").glob("*.log"))}
    return {**logs, "settings.json": own.model_dump_json(indent=1)}


def _of_compose() -> dict[str, str]:
    file = settings.read(settings.place(os.environ))
    said: Mapping[str, str] = file.values if file else {}
    _, logs = compose.said("logs", "--no-color", "--timestamps", "--tail", str(LAST))
    _, listed = compose.said("ps", "-a")
    return {"logs/compose.log": logs, "containers.txt": listed, "settings.json": json.dumps(dict(said), indent=1)}


def _of_journal() -> dict[str, str]:
    """Of units; settings as they are told to an operator's command."""
    logs = said_by("journalctl", "--no-pager", "-o", "short-iso", "-n", str(LAST), "-u", "lianban*")
    units = said_by("systemctl", "list-units", "--all", "--no-pager", "--plain", "lianban*")
    said = environment_of(OPERATOR)
    return {"logs/journal.log": logs, "units.txt": units, "settings.json": json.dumps(said, indent=1)}


LOGS: Mapping[Place | None, Callable[[], dict[str, str]]] = {
    Place.CONTAINERS: _of_compose,
    Place.SYSTEMD: _of_journal,
}
"""Of what is none of these, the folder of `make run`."""


def _tail(place: Path) -> str:
    with place.open("rb") as file:
        file.seek(max(0, place.stat().st_size - LAST * 400))
        return "\n".join(file.read().decode(errors="replace").splitlines()[-LAST:]) + "\n"


def _written(to: Path, files: Mapping[str, str]) -> None:
    with (
        open(os.open(to, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file,
        tarfile.open(fileobj=file, mode="w:gz") as tar,
    ):
        for name, text in files.items():
            member, content = tarfile.TarInfo(f"lianban-support/{name}"), text.encode()
            member.size, member.mode = len(content), 0o600
            tar.addfile(member, BytesIO(content))
