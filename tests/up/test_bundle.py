"""A folder that is carried to where no network is: made here, installed with the network cut, refused when harmed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from deploy.bundle.gathering import SUMS, image_names
from deploy.embedded.settings import ROOT
from deploy.revision import revision
from deploy.up.findings import IMAGES, OURS
from tests.wants import Want, wants

CUT = ("unshare", "--net")
APART = Want("断网安装 an installation with the network cut", ("unshare", "make", "git"))
LONG = 1200
"""Seconds for packages to come and be unpacked, on a machine that has other things to do."""


def ran(*words: str | Path, at: Path = ROOT) -> subprocess.CompletedProcess[str]:
    bare = {name: value for name, value in os.environ.items() if not name.startswith(("PIP_", "LIANBAN_", "MAKE"))}
    return subprocess.run(words, check=False, timeout=LONG, capture_output=True, text=True, env=bare, cwd=at)


@pytest.fixture(scope="module")
def carried(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Made by what `make bundle IMAGES=0` types."""
    wants(APART)
    folder = tmp_path_factory.mktemp("bundle") / "carried"
    made = ran(sys.executable, "-m", "deploy.bundle", folder, "--no-images")
    assert made.returncode == 0, made.stdout + made.stderr
    return folder


@pytest.mark.timeout(LONG)
def test_it_is_installed_and_speaks_without_any_network(carried: Path, tmp_path: Path) -> None:
    there = tmp_path / "there"
    installed = ran(*CUT, "sh", carried / "install.sh", there)
    assert installed.returncode == 0, installed.stdout + installed.stderr
    assert "Missing" not in installed.stdout + installed.stderr
    said = ran(*CUT, there / ".venv" / "bin" / "lianban", "--help", at=there)
    assert (said.returncode, "support-bundle" in said.stdout) == (0, True), said.stderr
    servers = "from deploy.embedded.servers.binaries import nats_server; print(nats_server())"
    found = ran(*CUT, there / ".venv" / "bin" / "python", "-c", servers, at=there)
    assert Path(found.stdout.strip()).is_relative_to(there), found.stderr
    assert (there / "REVISION").read_text().strip() == revision()
    again = ran(*CUT, "sh", carried / "install.sh", there)
    assert (again.returncode, "Installing requirements" in again.stdout) == (0, False)


def test_what_was_harmed_on_its_way_is_not_installed(carried: Path, tmp_path: Path) -> None:
    harmed = tmp_path / "harmed"
    shutil.copytree(carried, harmed, copy_function=os.link)
    named = (harmed / SUMS).read_text().splitlines()[-1].partition("  ")[2]
    content = (harmed / named).read_bytes()
    (harmed / named).unlink()
    (harmed / named).write_bytes(content + b"\n")
    refused = ran(*CUT, "sh", harmed / "install.sh", tmp_path / "there")
    assert (refused.returncode, "没有安装" in refused.stderr) == (1, True)
    assert not (tmp_path / "there").exists()


def test_images_are_those_that_compose_or_the_county_s_file_names() -> None:
    named = image_names({OURS: "lianban:mine", "NATS_IMAGE": "mirror.example/nats:2"})
    assert set(named) == {*IMAGES, OURS}
    assert (named["NATS_IMAGE"], named[OURS], named["MONGO_IMAGE"]) == (
        "mirror.example/nats:2",
        "lianban:mine",
        "mongo:6.0",
    )
