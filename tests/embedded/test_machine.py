"""What a bare machine is told: what is missing, what for, and the one command; apt does it where it may."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

from deploy.embedded.settings import ROOT

SCRIPT = ROOT / "deploy" / "machine.sh"
COMMON = ("sh", "grep", "sed", "cut", "tr", "paste")
REST = (
    "chromium",
    "promtool",
    "prometheus",
    "prometheus-alertmanager",
    "amtool",
    "prometheus-node-exporter",
    "node",
    "npm",
    "systemd-analyze",
    "soffice",
)


class Machine:
    """A folder that is all of its PATH."""

    def __init__(self, folder: Path) -> None:
        self.bin, self.asked = folder / "bin", folder / "asked"
        self.bin.mkdir()
        for name in COMMON:
            self.has(name, does=f'exec {shutil.which(name)} "$@"')
        self.has("python3", "make")

    def has(self, *names: str, does: str = "exit 0") -> None:
        """Programs that are there, and what they do."""
        for name in names:
            program = self.bin / name
            program.write_text(f"#!/bin/sh\n{does}\n")
            program.chmod(0o755)

    def looks(self, what_for: str, **environment: str) -> tuple[int, str]:
        """Exit status, and all that was said; nobody can be asked for a password."""
        done = subprocess.run(
            ("/bin/sh", SCRIPT, what_for),
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
    """Of a user without more rights than others, with all that `make run` needs."""
    machine = Machine(tmp_path)
    machine.has("ldconfig", does="echo 'libcurl.so.4 (libc6,x86-64)'; echo 'libatomic.so.1 (libc6,x86-64)'")
    machine.has("id", does="echo 1000")
    machine.has("apt-get", does=f"echo apt-get $* >> {machine.asked}")
    return machine


def test_a_machine_that_has_everything_is_told_nothing(machine: Machine) -> None:
    machine.has(*REST)
    assert machine.looks("test") == machine.looks("run") == (0, "")


@pytest.mark.parametrize(
    ("sudo", "command"),
    [((), "su -c 'sh deploy/machine.sh test'"), (("sudo",), "sudo sh deploy/machine.sh test")],
)
def test_what_only_some_tests_want_is_named_and_the_rest_goes_on_but_not_in_ci(
    machine: Machine, sudo: Sequence[str], command: str
) -> None:
    machine.has(*sudo, does="exit 1")
    assert machine.looks("run") == (0, "")
    status, said = machine.looks("test")
    for packages in (
        "chromium fonts-noto-cjk libatomic1 (",
        "prometheus (",
        "prometheus-alertmanager (",
        "prometheus-node-exporter (",
        "nodejs npm (",
        "libreoffice-writer-nogui (",
    ):
        assert packages in said
    assert (status, said.splitlines()[-1]) == (0, f"请输入 Type: {command}")
    assert machine.looks("test", CI="true")[0] == 1
    assert not machine.asked.exists()


def test_what_make_run_needs_is_no_matter_of_going_on(machine: Machine) -> None:
    machine.has("ldconfig")
    machine.has("python3.12", does="exit 1")
    status, said = machine.looks("run", PYTHON=str(machine.bin / "python3.12"))
    assert status == 1
    assert "python3.12 python3.12-venv (" in said
    assert "libcurl4 (" in said


@pytest.mark.parametrize("by_sudo", [False, True], ids=["root", "sudo that asks nobody"])
def test_apt_installs_it_where_it_may(machine: Machine, by_sudo: bool) -> None:
    machine.has("sudo", does='[ "$1" = -n ] || exec "$@"')
    machine.has("id", does=f"echo {1000 if by_sudo else 0}")
    machine.has("sh", does=f"echo $* >> {machine.asked}")
    assert machine.looks("test", INSTALL="0")[0] == 0
    assert not machine.asked.exists()
    assert "正在安装 Installing chromium fonts-noto-cjk libatomic1 (" in machine.looks("test")[1]
    servers = "prometheus prometheus-alertmanager prometheus-node-exporter nodejs npm systemd"
    wanted = f"chromium fonts-noto-cjk libatomic1 {servers} libreoffice-writer-nogui"
    assert machine.asked.read_text() == f"{SCRIPT} install {wanted}\n"


def test_no_terminal_no_question(machine: Machine) -> None:
    machine.has("sudo", does=f"echo sudo $* >> {machine.asked}; exit 1")
    machine.looks("test")
    assert machine.asked.read_text() == "sudo -n true\n"
