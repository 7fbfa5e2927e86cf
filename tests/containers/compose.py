"""A county in compose as an operator has it.

`county = Compose(...)`, then `county.up()`, `county.crashes("mongo")`, `county.down()`.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from deploy.embedded.settings import ROOT
from tests.containers.engine import COUNTY, ran, tried
from tests.containers.images import Images

COMPOSE = Path(sys.executable).with_name("docker-compose")
LIANBAN = ROOT / "deploy" / "lianban.sh"


@dataclass
class Compose:
    """A county of its own in compose; `ports` are those of the host."""

    images: Images
    secrets: Path
    ports: Mapping[str, int]
    project: str
    file: str = "deploy/compose.yml"
    over: str = ""
    """What is laid over the file."""
    more: Mapping[str, str] = field(default_factory=dict)

    @property
    def environment(self) -> dict[str, str]:
        ports = {f"{name.upper()}_PORT": str(port) for name, port in self.ports.items()}
        own = {"COUNTY": COUNTY, "COMPOSE_PROJECT_NAME": self.project, "LIANBAN_SECRETS": str(self.secrets)}
        return {**self.images.environment, **ports, **own, **self.more}

    def __call__(self, *arguments: str) -> str:
        """`county("logs", "roster")`"""
        return ran(COMPOSE, *self._files, *arguments, **self.environment)

    @property
    def _files(self) -> list[str]:
        return [word for file in (self.file, self.over) if file for word in ("-f", str(ROOT / file))]

    def tries(self, *arguments: str, **more: str) -> tuple[int, str]:
        """The exit status and everything that was said, with other settings than the county's."""
        return tried((COMPOSE, *self._files, *arguments), ROOT, {**self.environment, **more})

    def typed(self, *words: str, settings: Path | None = None, **more: str) -> tuple[int, str]:
        """`make` as an operator types it, with a file of settings that is this command's alone unless one is given.

        A variable that is empty is one that the shell does not say.
        """
        # On this network alone a build finds packages wherever an engine stands.
        built = {"BUILD_NETWORK": "host", "DOCKER_BUILDKIT": "0"}
        with TemporaryDirectory() as folder:
            own = {"LIANBAN_SETTINGS": str(settings or Path(folder) / "county.env")}
            command = ("make", "-s", "RUN_READY=", f"LIANBAN={LIANBAN}", *words)
            return tried(command, ROOT, {**self.environment, **built, **more, **own})

    def operates(self, settings: Path, *words: str) -> tuple[int, str]:
        """`lianban` as an operator types it on the host, of the county in these containers."""
        file = {"LIANBAN_SETTINGS": str(settings)}
        return tried((LIANBAN, "--in", "containers", *words), ROOT, {**self.environment, **file})

    def up(self) -> float:
        """Seconds until everything is healthy."""
        since = time.monotonic()
        self("up", "-d", "--wait", "--no-build")
        return time.monotonic() - since

    def down(self) -> None:
        """Containers, networks and volumes."""
        self("down", "-v", "--timeout", "20")

    def container(self, service: str) -> dict[str, Any]:
        """What the engine knows of it."""
        (found,) = json.loads(ran("docker", "inspect", f"{self.project}-{service}-1"))
        return dict(found)

    def crashes(self, service: str) -> None:
        """kill -9 of its process: the engine sees a crash, not somebody's wish, and starts it again."""
        before = self.container(service)
        os.kill(before["State"]["Pid"], signal.SIGKILL)
        self.until_again(service, before)

    def restarts(self, service: str) -> None:
        """As an operator does, asked to end first."""
        before = self.container(service)
        self("restart", "--timeout", "20", service)
        self.until_again(service, before)

    def until_again(self, service: str, before: Mapping[str, Any]) -> None:
        """Running under another pid, and healthy where it can say so."""
        until = time.monotonic() + 120
        while not self._is_again(self.container(service)["State"], before["State"]["Pid"]):
            assert time.monotonic() < until, f"{service} does not come back: {self('logs', '--tail', '20', service)}"
            time.sleep(0.2)

    def _is_again(self, state: Mapping[str, Any], before: int) -> bool:
        health = state.get("Health", {}).get("Status", "healthy")
        return bool(state["Running"] and state["Pid"] != before and health == "healthy")

    def memory(self) -> dict[str, str]:
        """What each container uses now."""
        printed = ran("docker", "stats", "--no-stream", "--format", "{{.Name}} {{.MemUsage}}")
        lines = (line.split(" ", 1) for line in printed.splitlines() if line.startswith(self.project))
        return {name.removeprefix(f"{self.project}-").removesuffix("-1"): used for name, used in lines}
