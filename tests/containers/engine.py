"""The engine and compose as an operator has them, and images that can be had where no registry is reached.

`county = Compose(...)`, then `county.up()`, `county.crashes("mongo")`, `county.down()`.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from ipaddress import ip_network
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from deploy.embedded.settings import ROOT

COMPOSE = Path(sys.executable).with_name("docker-compose")
SERVERS = ROOT / "tests" / "containers" / "servers"
LIANBAN = ROOT / "deploy" / "lianban.sh"
OFFICIAL = "python:3.11-slim-bookworm"
OWN_BASE = "lianban-base:bookworm"
SUITE = "bookworm"
PACKAGES = "python3,python3-venv,ca-certificates,libcurl4,libssl3,tzdata"
TRUSTED = Path("/etc/ssl/certs/ca-certificates.crt")
PATIENCE = 600
MOST_FILES = 65536
COUNTY = "150424"


def ran(*command: str | Path, **environment: str) -> str:
    """What a command wrote; its failure is an error with its last words."""
    done = subprocess.run(
        command,
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert done.returncode == 0, f"{' '.join(map(str, command))}\n{done.stdout[-2000:]}{done.stderr[-3000:]}"
    return done.stdout


def _tried(command: Sequence[str | Path], at: Path, environment: Mapping[str, str]) -> tuple[int, str]:
    done = subprocess.run(
        command,
        cwd=at,
        env={**os.environ, **environment},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    return done.returncode, done.stdout


def why_no_engine() -> str | None:
    """None when an engine answers."""
    if shutil.which("docker") is None:
        return "no Docker engine: docker is not installed (apt-get install docker.io)"
    asked = subprocess.run(("docker", "version", "--format", "{{.Server.Version}}"), capture_output=True, check=False)
    return None if asked.returncode == 0 else "no Docker engine: docker is installed, but dockerd does not answer"


def host_address() -> str:
    """Where every container finds this machine: the first address of the engine's own bridge."""
    subnet = ran("docker", "network", "inspect", "bridge", "-f", "{{(index .IPAM.Config 0).Subnet}}").strip()
    return str(next(ip_network(subnet).hosts()))


def open_files(image: str) -> int:
    """As many as this engine may give: what stands in compose.yml, or all that it has itself where that is fewer."""
    given = ran("docker", "run", "--rm", "--entrypoint", "sh", image, "-c", "ulimit -Hn").strip()
    return MOST_FILES if given == "unlimited" else min(MOST_FILES, int(given))


def has_image(name: str) -> bool:
    return subprocess.run(("docker", "image", "inspect", name), capture_output=True, check=False).returncode == 0


def base_image() -> str:
    """The official one where it can be had, else a Debian tree of our own; BASE_IMAGE says otherwise."""
    if given := os.environ.get("BASE_IMAGE"):
        return given
    if (
        has_image(OFFICIAL)
        or subprocess.run(("docker", "pull", "-q", OFFICIAL), capture_output=True, check=False).returncode == 0
    ):
        return OFFICIAL
    if not has_image(OWN_BASE):
        _import_debian(OWN_BASE)
    return OWN_BASE


def _import_debian(name: str) -> None:
    """Built by debootstrap; it trusts whom this machine trusts, for its packages may come through a mirror."""
    with TemporaryDirectory() as folder:
        tree, archive = Path(folder) / "tree", Path(folder) / "tree.tar"
        ran("debootstrap", "--variant=minbase", f"--include={PACKAGES}", SUITE, tree)
        shutil.copyfile(TRUSTED, tree / TRUSTED.relative_to("/"))
        ran("tar", "-C", tree, "-cf", archive, ".")
        ran("docker", "import", "-c", "ENV LANG=C.UTF-8", archive, name)


def built(tag: str, context: Path, *arguments: str) -> str:
    """An image of that name."""
    ran("docker", "build", "-q", "--network=host", *arguments, "-t", tag, context, DOCKER_BUILDKIT="0")
    return tag


def size_of(image: str) -> int:
    """Bytes, its base included."""
    return int(ran("docker", "image", "inspect", "-f", "{{.Size}}", image))


@dataclass(frozen=True)
class Images:
    """What compose is told to run."""

    base: str
    county: str
    station: str
    servers: Mapping[str, str]
    files: int

    @classmethod
    def build(cls, run: str) -> Images:
        """The county's two images, and those of servers that cannot be pulled; no other run on this engine has them."""
        base = base_image()
        dockerfile = ("-f", "deploy/Dockerfile", "--build-arg", f"BASE={base}")
        county = built(f"lianban:test-{run}", ROOT, *dockerfile)
        station = built(f"lianban-station:test-{run}", ROOT, *dockerfile, "--build-arg", "LOCK=station")
        own = {
            name: built(f"lianban-test-{name}:{run}", SERVERS, "--build-arg", f"BASE={base}", "--target", name)
            for name in ("nats", "mongo", "caddy", "prometheus", "alertmanager")
        }
        return cls(base, county, station, own, open_files(base))

    def removed(self) -> None:
        """Their names; what they are made of is kept for the next run."""
        subprocess.run(
            ("docker", "image", "rm", "--no-prune", self.county, self.station, *self.servers.values()),
            capture_output=True,
            check=False,
        )

    @property
    def environment(self) -> dict[str, str]:
        images = {f"{name.upper()}_IMAGE": image for name, image in self.servers.items()}
        own = {"LIANBAN_IMAGE": self.county, "STATION_IMAGE": self.station, "BASE_IMAGE": self.base}
        return {**images, **own, "OPEN_FILES": str(self.files)}


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
        return _tried((COMPOSE, *self._files, *arguments), ROOT, {**self.environment, **more})

    def typed(self, *words: str, settings: Path | None = None, **more: str) -> tuple[int, str]:
        """`make` as an operator types it, with a file of settings that is this command's alone unless one is given.

        A variable that is empty is one that the shell does not say.
        """
        # On this network alone a build finds packages wherever an engine stands.
        built = {"BUILD_NETWORK": "host", "DOCKER_BUILDKIT": "0"}
        with TemporaryDirectory() as folder:
            own = {"LIANBAN_SETTINGS": str(settings or Path(folder) / "county.env")}
            command = ("make", "-s", "RUN_READY=", f"LIANBAN={LIANBAN}", *words)
            return _tried(command, ROOT, {**self.environment, **built, **more, **own})

    def operates(self, settings: Path, *words: str) -> tuple[int, str]:
        """`lianban` as an operator types it on the host, of the county in these containers."""
        file = {"LIANBAN_SETTINGS": str(settings)}
        return _tried((LIANBAN, "--in", "containers", *words), ROOT, {**self.environment, **file})

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
