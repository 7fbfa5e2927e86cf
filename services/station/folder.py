"""The agent's folder: who it is, where its county is, its key, its outbox and its photos; for its owner's eyes only."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any, NamedTuple


@dataclass(frozen=True, slots=True)
class Hub:
    """What enrolment told: this station's code and name, the address of the county and of its bus."""

    station: str
    name: str
    url: str
    bus: tuple[str, ...]
    token: str = field(repr=False)
    until: str = ""
    """The last day of its token, in ISO 8601; empty of one that was never issued for a time."""
    before: Mapping[str, str] = field(default_factory=dict)
    """What this PC was before, by code, with its name: what was reported then is still listed."""

    def called(self, code: str) -> str:
        """This station, and what this PC was before, by name; of another place only the code is known here."""
        return self.name if code == self.station else self.before.get(code, code)

    def after(self, before: Hub | None) -> Hub:
        """As this PC knows it that was another's before."""
        known = {**before.before, before.station: before.name} if before else {}
        return replace(self, before={code: name for code, name in known.items() if code != self.station})


class Former(NamedTuple):
    """A station that this PC was before, and the file of its key."""

    hub: Hub
    creds: Path


class AlreadyRunning(Exception):
    """Another process sends from this folder: two of them would mix up the order."""


class Folder:
    """Where the agent keeps everything; made when it is first needed."""

    def __init__(self, path: Path) -> None:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.path = path
        self.outbox = path / "outbox.db"
        self.photos = path / "photos"
        self.creds = path / "station.creds"
        self.seed = path / "station.seed"
        self.ca = path / "ca.pem"
        self.invited_by = path / "invited-by.pem"
        self._hub = path / "hub.json"
        self._former = path / "former"

    def hub(self) -> Hub | None:
        """None before enrolment."""
        return _hub(self._hub) if self._hub.exists() else None

    def keep_hub(self, hub: Hub) -> None:
        """With it the station is enrolled: it is written last."""
        private(self._hub, _text(hub))

    def keep_former(self, hub: Hub, key: str) -> None:
        """Not this PC's station any more: what waits under it is sent with its key while that lasts."""
        self._former.mkdir(mode=0o700, exist_ok=True)
        private(self._former / f"{hub.station}.creds", key)
        private(self._former / f"{hub.station}.json", _text(hub))

    def former(self) -> list[Former]:
        """The stations whose key this PC had before, each with its key."""
        found = sorted(self._former.glob("*.json"))
        return [Former(_hub(one), one.with_suffix(".creds")) for one in found]

    def drop_former(self, station: str) -> None:
        """Nothing waits under it any more, or this PC is that station's again."""
        for end in (".json", ".creds"):
            (self._former / f"{station}{end}").unlink(missing_ok=True)

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Only one process may be within; the system lets go of it however that one ends."""
        with closing(sqlite3.connect(self.path / "running.lock", timeout=0.2, isolation_level=None)) as lock:
            try:
                lock.execute("BEGIN EXCLUSIVE")
            except sqlite3.OperationalError as error:
                raise AlreadyRunning(str(self.path)) from error
            yield


def _hub(path: Path) -> Hub:
    kept: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    own = (kept["station"], kept["name"], kept["url"], tuple(kept["bus"]), kept["token"])
    return Hub(*own, kept.get("until", ""), kept.get("before", {}))


def _text(hub: Hub) -> str:
    return json.dumps(asdict(hub), ensure_ascii=False, indent=2)


def private(path: Path, text: str) -> None:
    """Written whole or not at all, readable by its owner only."""
    part = path.with_name(f"{path.name}.part")
    part.unlink(missing_ok=True)
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    os.replace(part, path)


def at_home() -> Path:
    """`LIANBAN_STATION_DATA`, or a folder in the user's home."""
    given = os.environ.get("LIANBAN_STATION_DATA")
    return Path(given).expanduser() if given else Path.home() / ".lianban-station"
