"""Bus, database and monitoring on one small disk that fills while stations submit: told before, and nothing is lost."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from tests.containers.begun import PATIENCE, a_county, is_founded, until
from tests.containers.compose import Compose
from tests.containers.engine import ran
from tests.containers.images import Images
from tests.containers.load import PERSON_TIMES, Load, under_load
from tests.containers.outside import Outside
from tests.containers.test_brought_back import COUNTED, VILLAGES, settings_of

pytestmark = [pytest.mark.containers, pytest.mark.timeout(1800)]
MIB = 1024 * 1024
SIZE = 2048 * MIB
NEARLY = 0.04
"""Of the disk is left when it is said to be full; what runs still has room."""
ON_IT = ("nats-data", "mongo-data", "prometheus-data", "alertmanager-data", "roster-forms")
FULL_FOR = 60.0
"""Seconds for which nothing can be written."""
BACK = 120.0
"""Seconds from submission to figure at most, once there is room; the engine waits a minute to start what ended."""


@dataclass(frozen=True)
class SmallDisk:
    """A file with a file system in it, mounted; a large file fills it."""

    at: Path

    @property
    def _filler(self) -> Path:
        return self.at / "filler"

    def free(self) -> int:
        """Bytes that anybody may still write."""
        room = os.statvfs(self.at)
        return room.f_bavail * room.f_frsize

    def filled(self, leaving: int) -> None:
        """Until no more than so many bytes are free."""
        with suppress(OSError), self._filler.open("ab", buffering=0) as file:
            while (room := self.free() - leaving) > 0:
                file.write(bytes(min(MIB, room)))

    def freed(self) -> None:
        self._filler.unlink()


@pytest.fixture(scope="module")
def small_disk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SmallDisk]:
    folder = tmp_path_factory.mktemp("disk")
    image, at = folder / "disk.img", folder / "disk"
    at.mkdir()
    with image.open("wb") as file:
        file.truncate(SIZE)
    ran("mkfs.ext4", "-q", "-m", "0", image)
    if subprocess.run(("mount", "-o", "loop", image, at), capture_output=True, check=False).returncode:
        pytest.skip("no disk of its own: only root may mount one")
    try:
        for name in ON_IT:
            (at / name).mkdir()
            (at / name).chmod(0o1777)
        yield SmallDisk(at)
    finally:
        ran("umount", "-l", at)


@pytest.fixture(scope="module")
def cramped(images: Images, small_disk: SmallDisk, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Compose]:
    """Founded, with its volumes on the small disk."""
    folder = tmp_path_factory.mktemp("cramped")
    over = folder / "volumes.yml"
    bound = (f"  {one}: {{driver_opts: {{type: none, o: bind, device: {small_disk.at / one}}}}}" for one in ON_IT)
    over.write_text("\n".join(["volumes:", *bound]) + "\n")
    made = a_county(images, folder, over=str(over), OPLOG_MB="990", BUS_ROOM="0.1")
    settings_of(made).write_text("".join(f"{name}={value}\n" for name, value in made.environment.items()))
    try:
        print(f"healthy after {made.up():.1f} s")
        is_founded(made)
        yield made
    finally:
        made.down()


def alerted(county: Compose) -> set[str]:
    """The alerts that have reached whoever tells people of them."""
    asked = f"http://127.0.0.1:{county.ports['alertmanager']}/api/v2/alerts"
    with suppress(httpx.HTTPError):
        return {one["labels"]["alertname"] for one in httpx.get(asked, timeout=10, trust_env=False).json()}
    return set()


@contextmanager
def timed(what: str) -> Iterator[None]:
    since = time.monotonic()
    yield
    print(f"{what}: {time.monotonic() - since:.0f} s")


# The engine's proxy takes connections for a server that is not up yet; the client then drops its stream unclosed.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_disk_that_fills_is_told_in_time_and_all_goes_on_by_itself_once_it_is_freed(
    cramped: Compose, small_disk: SmallDisk
) -> None:
    print(f"free with an empty county: {small_disk.free() / MIB:.0f} MiB of {SIZE / MIB:.0f}")
    buses, gateways = [cramped.ports["bus"]], [cramped.ports["gateway_tls"]]
    load = Load(Outside(cramped), buses, gateways, COUNTED, PERSON_TIMES)
    with under_load(load, VILLAGES, PATIENCE):
        small_disk.filled(leaving=int(SIZE * NEARLY))
        with timed("until LianbanDiskFull was told"):
            until(lambda: "LianbanDiskFull" in alerted(cramped), lambda: alerted(cramped))
        begun = time.monotonic()
        small_disk.filled(leaving=0)
        time.sleep(FULL_FOR)
        small_disk.filled(leaving=0)
        stood, at = load.stored, time.monotonic()
        print(f"stored {stood} of {len(load.sent)}; alerted {sorted(alerted(cramped))}")
        assert stood < len(load.sent)
        small_disk.freed()
        freed = time.monotonic()
        until(lambda: load.stored == len(load.sent), lambda: cramped("ps"))
        print(f"all stored after {time.monotonic() - freed:.0f} s")
        stored = time.monotonic()
        until(lambda: load.looked[-1][1] > stored and load.looked[-1][0] >= stood, lambda: load.looked[-1])
        print(f"figures again after {time.monotonic() - freed:.0f} s")
    print(load.figures("before", 0, begun), load.figures("while it was full", begun, at), sep="\n")
    print(load.figures("afterwards", freed))
    assert max(load.took(freed)) < BACK
    assert Outside(cramped).asks("/feedback/api/differences")["items"] == []
    print({name: cramped.container(name)["RestartCount"] for name in ("nats", "mongo", "prometheus", "feedback")})
