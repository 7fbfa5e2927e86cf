"""How the faces of documents come to a machine: out of Debian's packages, as they are known, all of them or none."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from deploy.embedded.settings import ROOT

SCRIPT = ROOT / "deploy" / "fonts.sh"
KNOWN = (
    "FandolFang-Regular.otf",
    "FandolSong-Regular.otf",
    "FandolSong-Bold.otf",
    "FandolHei-Regular.otf",
    "FandolKai-Regular.otf",
)
FACES = (*KNOWN, "BabelStoneHan.ttf")
PROGRAMS = ("sh", "id", "mktemp", "mkdir", "rm", "cp", "tar", "sed", "dpkg-deb", "sha256sum", "install", "cat", "gzip")


class Machine:
    """A folder that is all of its PATH, and the folder that faces go into."""

    def __init__(self, folder: Path) -> None:
        self.bin, self.asked, self.faces = folder / "bin", folder / "asked", folder / "faces"
        self.bin.mkdir()
        for name in PROGRAMS:
            (self.bin / name).symlink_to(shutil.which(name) or name)

    def downloads(self, package: Path | None) -> None:
        """What apt brings when it is asked for packages; without one it has no way to the mirror."""
        does = f'cp "{package}" .' if package else "exit 100"
        self._has("apt-get", f'echo $1 >> "{self.asked}"; [ "$1" = download ] || exit 0; {does}')

    def _has(self, name: str, does: str) -> None:
        (self.bin / name).write_text(f"#!/bin/sh\n{does}\n")
        (self.bin / name).chmod(0o755)

    def looks(self, **environment: str) -> tuple[int, str]:
        """Exit status, and all that was said."""
        done = subprocess.run(
            ("/bin/sh", SCRIPT, self.faces),
            cwd=self.bin.parent,
            env={"PATH": str(self.bin), **environment},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        return done.returncode, done.stdout


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    """One without any face, and without apt."""
    return Machine(tmp_path)


def package_of(folder: Path) -> Path:
    """A Debian package that holds files of those names with other bytes in them."""
    within = folder / "package" / "usr" / "share" / "fonts"
    within.mkdir(parents=True)
    for face in FACES:
        (within / face).write_text("another face")
    control = folder / "package" / "DEBIAN" / "control"
    control.parent.mkdir()
    control.write_text("Package: faces\nVersion: 1\nArchitecture: all\nMaintainer: nobody\nDescription: faces\n")
    made = folder / "faces.deb"
    subprocess.run(("dpkg-deb", "--build", folder / "package", made), check=True, capture_output=True)
    return made


def test_faces_that_are_there_are_left_and_nothing_is_asked_for(machine: Machine) -> None:
    machine.downloads(None)
    machine.faces.mkdir()
    for face in FACES:
        (machine.faces / face).write_text("a face")
    assert machine.looks() == (0, "")
    assert not machine.asked.exists()


def test_a_machine_without_apt_is_told_what_is_missing_and_what_for(machine: Machine) -> None:
    status, said = machine.looks()
    assert status == 1
    assert "尚缺 Missing: 公文字体" in said
    assert f"sh deploy/fonts.sh {machine.faces}" in said


def test_looking_alone_asks_nobody(machine: Machine) -> None:
    machine.downloads(None)
    assert machine.looks(INSTALL="0")[0] == 1
    assert not machine.asked.exists()


def test_lists_of_packages_are_renewed_once_when_there_is_no_way_to_them(machine: Machine) -> None:
    machine.downloads(None)
    (machine.bin / "id").unlink()
    machine._has("id", "echo 0")
    assert machine.looks()[0] == 1
    assert machine.asked.read_text().split() == ["download", "update", "download"]


def test_a_face_of_other_bytes_than_are_known_is_not_taken_and_none_beside_it(machine: Machine, tmp_path: Path) -> None:
    machine.downloads(package_of(tmp_path))
    status, said = machine.looks()
    assert status == 1
    assert "FandolFang-Regular.otf: FAILED" in said
    assert not machine.faces.exists()
    assert list(tmp_path.glob("tmp*")) == []
