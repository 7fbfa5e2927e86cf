"""A county of one server is brought to a later release by `lianban upgrade`, and what would fail stops nothing."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from deploy.embedded.ports import any_free
from shared.process.release import RELEASE
from shared.services import SERVICES
from tests.containers.compose import Compose
from tests.containers.engine import host_address
from tests.containers.images import Images
from tests.containers.newer import builds_its_image, newer_source, revisions, upgrades
from tests.containers.outside import Outside
from tests.containers.test_brought_back import COUNTED, TABLE, VILLAGES, outside, serves, settings_of, types

pytestmark = pytest.mark.containers
LATER, NEWER = "9.1.0", "newer"
STEP = "**Steps**: look at it."
RIGHTS, ONE_MORE = "*MAKES_DAYS_OFF_KNOWN)),", '*MAKES_DAYS_OFF_KNOWN, "audit.setup.later")),'
"""Of set-up at the bus, in this release and in the later one, which has them signed anew."""


@pytest.fixture
def founded(images: Images, tmp_path: Path) -> Iterator[Compose]:
    """On images that are built where the source lies, as an operator has them."""
    ports = {name: any_free() for name in ("bus", "gateway", "gateway_tls", "prometheus", "alertmanager")}
    host = host_address()
    address = {"BUS_HOST": host, "STATION_BUS": f"tls://{host}:{ports['bus']}"}
    made = Compose(images, tmp_path / "secrets", ports, images.project(tmp_path.name), more=address)
    made.secrets.mkdir(mode=0o755)
    settings_of(made).write_text("\n".join(f"{name}={value}" for name, value in made.environment.items()) + "\n")
    builds_its_image(made)
    (tmp_path / "units.csv").write_text(TABLE)
    try:
        status, said = made.typed("up", settings=settings_of(made), LIANBAN_IMAGE="")
        assert status == 0, said
        types(made, "found", str(tmp_path / "units.csv"))
        yield made
    finally:
        made.down()


@pytest.mark.timeout(1800)
def test_a_later_release_comes_once_its_keys_are_there_and_until_then_nothing_stops(
    founded: Compose, tmp_path: Path
) -> None:
    running = {name: founded.container(name)["Id"] for name in (*SERVICES, "gateway")}
    (before,) = revisions(founded, list(SERVICES))
    away = shutil.move(founded.secrets / "offline", tmp_path / "offline")
    with newer_source(tmp_path / "newer", NEWER, LATER, f"{STEP}\n") as source:
        rights = source / "deploy" / "identity" / "rights.py"
        rights.write_text(rights.read_text().replace(RIGHTS, ONE_MORE))
        assert ONE_MORE in rights.read_text()

        status, said = upgrades(founded, source)
        assert (status, "offline" in said, "没有变动" in said) == (1, True, True), said
        assert {name: founded.container(name)["Id"] for name in running} == running
        assert _somebody_is_served(founded, n=1) == "accepted"

        shutil.copytree(away, founded.secrets / "offline", dirs_exist_ok=True)  # beside the key of the first backup
        status, said = upgrades(founded, source)
        print(said)
        assert status == 0, said
        wanted = (f"现在运行 {RELEASE}-{before}", f"{LATER}：{STEP}", "已回读校验", f"已更新为 {LATER}-{NEWER}")
        at = [said.find(one) for one in wanted]
        assert (at == sorted(at), -1 in at) == (True, False), said
        assert revisions(founded, list(SERVICES)) == {NEWER}
        assert len(list((source / "deploy" / "backups").glob("*.age"))) == 2  # one before each
        assert _somebody_is_served(founded, n=2) == "accepted"
        assert Outside(founded).asks(COUNTED)["measures"]["vulnerable-agency-person-times"] == 2


def _somebody_is_served(county: Compose, n: int) -> str:
    with outside(county) as client:
        return serves(client, VILLAGES[0], Outside(county).token(VILLAGES[0]), n)
