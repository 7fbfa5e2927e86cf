"""The source of another revision, carried beside this one: from there an operator brings a county on."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from deploy.embedded.settings import ROOT
from shared.process.release import RELEASE
from tests.containers.compose import Compose
from tests.containers.engine import ran, tried
from tests.containers.test_brought_back import settings_of

CARRIED = ("deploy", "services", "shared", "requirements")
FILES = (".dockerignore", "CHANGELOG.md", "Makefile")
OF_RELEASE = ("deploy/compose.yml", "deploy/Dockerfile", "shared/process/release.py")
"""Where it is named."""
NOT_CARRIED = shutil.ignore_patterns("__pycache__", "secrets", "backups", "county.env", ".env")
PATIENCE = 1500
"""Seconds for all parts of a county of several, one after another."""


@contextmanager
def newer_source(at: Path, revision: str, release: str = RELEASE, section: str = "") -> Iterator[Path]:
    """As it is carried to a county, with its revision in a file; the image that is built from it is gone afterwards.

    Of a later release the changelog has a section.
    """
    for name in CARRIED:
        shutil.copytree(ROOT / name, at / name, ignore=NOT_CARRIED)
    for name in FILES:
        shutil.copyfile(ROOT / name, at / name)
    (at / "deploy" / "lianban.sh").chmod(0o755)
    (at / "REVISION").write_text(f"{revision}\n")
    for name in OF_RELEASE if release != RELEASE else ():
        (at / name).write_text((at / name).read_text().replace(RELEASE, release))
    if section:
        changelog = (ROOT / "CHANGELOG.md").read_text()
        (at / "CHANGELOG.md").write_text(changelog.replace("\n## ", f"\n## {release}\n\n{section}\n## ", 1))
    (at / ".venv").symlink_to(ROOT / ".venv")
    try:
        yield at
    finally:
        ran("docker", "image", "rm", "--no-prune", "--force", f"lianban:{release}-{revision}")


def builds_its_image(county: Compose) -> None:
    """From here on the county's file names no image that was made elsewhere."""
    place = settings_of(county)
    kept = [one for one in place.read_text().splitlines() if not one.startswith(("LIANBAN_IMAGE=", "BUILD_NETWORK="))]
    place.write_text("\n".join([*kept, "BUILD_NETWORK=host"]) + "\n")


def upgrades(county: Compose, source: Path) -> tuple[int, str]:
    """`lianban upgrade`, typed where that source lies: the exit status, and all that was said."""
    typed = (source / "deploy" / "lianban.sh", "--in", "containers", "upgrade", "--yes")
    return tried(typed, source, {"LIANBAN_SETTINGS": str(settings_of(county)), "DOCKER_BUILDKIT": "0"})


def revisions(county: Compose, names: list[str]) -> set[str]:
    """Of which revision the images are that these processes run."""
    label = "org.opencontainers.image.revision"
    return {str(county.container(name)["Config"]["Labels"][label]) for name in names}
