"""Images once a session, a county in compose for those who ask; skipped with a sentence where no engine is."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from deploy.embedded.ports import any_free
from tests.containers.compose import Compose
from tests.containers.engine import host_address, why_no_engine
from tests.containers.images import Images, size_of


@pytest.fixture(scope="session")
def images() -> Iterator[Images]:
    """Built from what stands here."""
    if why := why_no_engine():
        pytest.skip(why)
    made = Images.build(str(os.getpid()))
    for name in (made.county, made.station):
        beyond = size_of(name) - size_of(made.base)
        print(f"image {name}: {beyond / 1e6:.0f} MB beyond its base of {size_of(made.base) / 1e6:.0f} MB")
    yield made
    made.removed()


@pytest.fixture(scope="session")
def county(images: Images, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Compose]:
    """Up, healthy, and empty; gone with all its volumes afterwards."""
    ports = {name: any_free() for name in ("bus", "gateway", "gateway_tls", "prometheus", "alertmanager")}
    secrets = tmp_path_factory.mktemp("secrets")
    secrets.chmod(0o755)  # as the engine makes it where there is none
    project = images.project("county")
    host = host_address()
    address = {"BUS_HOST": host, "STATION_BUS": f"tls://{host}:{ports['bus']}"}
    made = Compose(images, Path(secrets), ports, project, more=address)
    try:
        print(f"compose up: healthy after {made.up():.1f} s; memory {made.memory()}")
        yield made
    finally:
        made.down()
