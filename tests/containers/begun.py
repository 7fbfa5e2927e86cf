"""A county in containers as its operator begins it: settings, `make up`, `lianban found`; and waiting for it."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from deploy.embedded.ports import any_free
from tests.containers.compose import Compose
from tests.containers.engine import COUNTY, host_address
from tests.containers.images import Images
from tests.containers.test_brought_back import TABLE, settings_of, types

PORTS = ("bus", "gateway", "gateway_tls", "prometheus", "alertmanager")
PATIENCE = 600.0
"""Seconds for anything that a county does by itself, on a machine that has other things to do."""


def a_county(images: Images, folder: Path, over: str = "", **settings: str) -> Compose:
    """Nothing of it is there yet: no volume, and a folder for its secrets; its name is the folder's."""
    ports = {name: any_free() for name in PORTS}
    more = {"BUS_HOST": host_address(), **settings}
    made = Compose(images, folder / "secrets", ports, images.project(folder.name), over=over, more=more)
    made.secrets.mkdir(mode=0o755)
    return made


def starts(county: Compose) -> None:
    """By `make up`."""
    status, said = county.typed("up", settings=settings_of(county))
    assert status == 0, said


def is_founded(county: Compose) -> None:
    """With ten stations."""
    table = county.secrets.with_name("units.csv")
    table.write_text(TABLE)
    types(county, "found", str(table))


def archive_in(folder: Path) -> Path:
    """The newest whole one."""
    return max(folder.glob(f"lianban-{COUNTY}-{'[0-9]' * 8}T{'[0-9]' * 6}.age"))


def until(seen: Callable[[], bool], why: Callable[[], object]) -> None:
    """It is seen, or an error says why not."""
    end = time.monotonic() + PATIENCE
    while not seen():
        assert time.monotonic() < end, why()
        time.sleep(0.5)
