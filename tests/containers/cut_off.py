"""An engine of one's own that holds no image and reaches no network, as a county in a closed network has it."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.containers.compose import COMPOSE

PATIENCE = 60.0
"""Seconds for the engine to answer."""
TYPED = 1200
"""Seconds for a command typed there, on a machine that has other things to do."""
ITS_OWN = ("PIP_", "LIANBAN_", "MAKE", "COMPOSE_", "DOCKER_")
"""What a shell there does not say because one here does."""


@dataclass(frozen=True)
class CutOff:
    """A machine without network as far as what is typed there can tell: of its own are engine, network and plugin."""

    process: subprocess.Popen[bytes]
    folder: Path

    def types(self, *words: str | Path, at: Path | None = None, **more: str) -> subprocess.CompletedProcess[str]:
        """A command in that network, spoken to that engine."""
        bare = {name: value for name, value in os.environ.items() if not name.startswith(ITS_OWN)}
        own = {"DOCKER_HOST": f"unix://{self.folder / 'engine.sock'}", "DOCKER_CONFIG": str(self.folder / "config")}
        return subprocess.run(
            ("nsenter", f"--net=/proc/{self.process.pid}/ns/net", *words),
            env={**bare, **own, **more},
            cwd=at or self.folder,
            capture_output=True,
            text=True,
            timeout=TYPED,
            check=False,
        )

    def images(self) -> set[str]:
        """What the engine holds, by name."""
        return set(self.types("docker", "image", "ls", "--format", "{{.Repository}}:{{.Tag}}").stdout.split())


@contextmanager
def cut_off(folder: Path) -> Iterator[CutOff]:
    """Running, and empty; ended with all that it runs, and what it kept is removed."""
    plugins = folder / "config" / "cli-plugins"
    plugins.mkdir(parents=True)
    (plugins / "docker-compose").symlink_to(COMPOSE)
    kept = ("--data-root", folder / "data", "--exec-root", folder / "exec", "--pidfile", folder / "engine.pid")
    words = ("dockerd", *kept, "--host", f"unix://{folder / 'engine.sock'}")
    starting = f"ip link set lo up && exec {' '.join(map(str, words))}"
    with (folder / "engine.log").open("wb") as log:
        process = subprocess.Popen(("unshare", "--net", "sh", "-c", starting), stdout=log, stderr=log)
        engine = CutOff(process, folder)
        try:
            _answers(engine)
            yield engine
        finally:
            process.terminate()
            process.wait(PATIENCE)
            shutil.rmtree(folder / "data", ignore_errors=True)


def _answers(engine: CutOff) -> None:
    until = time.monotonic() + PATIENCE
    while engine.types("docker", "version").returncode:
        said = (engine.folder / "engine.log").read_text()[-2000:]
        assert engine.process.poll() is None, said
        assert time.monotonic() < until, said
        time.sleep(0.5)
