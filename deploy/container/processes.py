"""The processes of the one image, by the name that SERVICE gives."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from shared.services import SERVICES


@dataclass(frozen=True, slots=True)
class Process:
    """A module and its usual arguments; `alive` is where it says that it lives, and a process with an end has none."""

    module: str
    usual: tuple[str, ...] = ()
    alive: str | None = None
    always: tuple[str, ...] = ()

    def command(self, asked: Sequence[str]) -> list[str]:
        """What is asked for takes the place of what is usual."""
        return [self.module, *self.always, *(asked or self.usual)]


PORT = os.environ.get("HTTP_PORT", "8100")


def _service(name: str) -> Process:
    return Process(f"services.{name}", alive=f"http://127.0.0.1:{PORT}/{name}/healthz")


SECRETS = "/run/lianban/secrets"
"""Where compose mounts the folder of all secrets, for the one process that makes them."""
VOLUMES = Path("/run/lianban/volumes")
"""Beside it, the volumes of the servers."""
AWAY = ("--patience", "90")
"""Seconds for which bus and database, which start beside set-up, may be away; what it refuses it says at once."""
CAUGHT_UP = ("--patience", "600")
"""Seconds for one of several servers, which was started again, to have what the others have."""
PAGE = ("run", "--host", "0.0.0.0", "--port", "8300")

PROCESSES: Mapping[str, Process] = {
    **{name: _service(name) for name in SERVICES},
    "station": Process("services.station", PAGE, "http://127.0.0.1:8300/state.json"),
    "alerts": Process("deploy.alerts", alive=f"http://127.0.0.1:{PORT}/healthz"),
    "setup": Process("deploy.setup", AWAY),
    "whole": Process("deploy.setup.whole", CAUGHT_UP),
    "secrets": Process("deploy.container.secrets", always=(SECRETS,)),
    "look": Process("deploy.container.looking", always=(SECRETS,)),
    "operator": Process("deploy.commands"),
}


def chosen(name: str) -> Process | None:
    """None for a name that is none."""
    return PROCESSES.get(name)
