"""What compose is told to run: images that can be had where no registry is reached, of no other run on this engine."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from deploy.embedded.settings import ROOT
from tests.containers.engine import ran

SERVERS = ROOT / "tests" / "containers" / "servers"
OFFICIAL = "python:3.11-slim-bookworm"
OWN_BASE = "lianban-base:bookworm"
SUITE = "bookworm"
PACKAGES = "python3,python3-venv,ca-certificates,libcurl4,libssl3,tzdata"
TRUSTED = Path("/etc/ssl/certs/ca-certificates.crt")
MOST_FILES = 65536


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
    """What compose is told to run, by one `run` of the tests."""

    run: str
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
        return cls(run, base, county, station, own, open_files(base))

    def project(self, name: str) -> str:
        """What a county is called on this engine, where other runs may have one of the same name."""
        return f"lianban-test-{self.run}-{name}"

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
