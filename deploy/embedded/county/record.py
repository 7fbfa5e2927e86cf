"""`run.json` in the data folder: where the running county is, for the commands and tests that talk to it."""

import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal, Self

Stage = Literal["starting", "loading", "running"]
"""`loading`: every service is ready and the county's roster and year are being replayed."""


@dataclass(frozen=True)
class Addresses:
    """What the county answers at; a gateway or monitor that is not its own is None."""

    nats_url: str
    nats_monitor_url: str | None
    mongo_url: str
    gateway_url: str | None
    """For the machine itself; others reach it at `public_url`, over TLS."""
    services: Mapping[str, str]
    public_url: str | None = None


@dataclass(frozen=True)
class Running:
    """One county that runs; `pids` are those of the moment, by name."""

    supervisor: int
    stage: Stage
    addresses: Addresses
    pids: Mapping[str, int]

    def as_json(self) -> str:
        """Flat: the addresses stand beside the rest."""
        rest = {"supervisor": self.supervisor, "stage": self.stage, "pids": self.pids}
        return json.dumps({**rest, **asdict(self.addresses)}, indent=2)

    @classmethod
    def from_json(cls, text: str) -> Self:
        """The inverse of `as_json`."""
        found = json.loads(text)
        own = {name: found.pop(name) for name in ("supervisor", "stage", "pids")}
        return cls(addresses=Addresses(**found), **own)


def place(data: Path) -> Path:
    return data / "run.json"


def write(data: Path, running: Running) -> None:
    """Replaced as a whole, so that a reader never sees half of it."""
    draft = place(data).with_suffix(".new")
    draft.write_text(running.as_json())
    draft.replace(place(data))


def remove(data: Path) -> None:
    place(data).unlink(missing_ok=True)


def read(data: Path) -> Running | None:
    """None when no county runs there; what a killed one left behind does not count."""
    try:
        running = Running.from_json(place(data).read_text())
        os.kill(running.supervisor, 0)
    except (FileNotFoundError, ProcessLookupError):
        return None
    except PermissionError:
        pass
    return running
