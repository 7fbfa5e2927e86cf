"""The engine of containers as an operator has it: commands typed to it, and what they said."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from ipaddress import ip_network
from pathlib import Path

from deploy.embedded.settings import ROOT

PATIENCE = 600
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


def tried(command: Sequence[str | Path], at: Path, environment: Mapping[str, str]) -> tuple[int, str]:
    """The exit status, and all that was said; the environment comes upon this process's own."""
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
