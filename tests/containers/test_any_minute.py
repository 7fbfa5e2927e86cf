"""Compose's own service saves each minute while stations submit; all is wiped, and one of them is brought back."""

from __future__ import annotations

import asyncio
import re
import shutil
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from deploy.backup.keys import IDENTITY
from shared.calendar import CHINA
from tests.containers.begun import PATIENCE, a_county, archive_in, is_founded, starts, until
from tests.containers.compose import Compose
from tests.containers.images import Images
from tests.containers.load import PERSON_TIMES, Load, under_load
from tests.containers.outside import Outside
from tests.containers.test_brought_back import COUNTED, VILLAGES, types
from tests.containers.within import database_of, decided

pytestmark = [pytest.mark.containers, pytest.mark.timeout(1800)]
NOTHING_TO_FOLLOW = "请先执行 lianban backup"
ANOTHER_DATABASE = "请先执行一次完整备份"
REACHES = re.compile(r"已备份到(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)")


@pytest.fixture(scope="module")
def minutely(images: Images, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Compose]:
    """Nothing of it is there yet but what its operator sets for minutes to be saved."""
    folder = tmp_path_factory.mktemp("minutely")
    saving = {"COMPOSE_PROFILES": "point-in-time", "BACKUPS": str(folder / "archives")}
    made = a_county(images, folder, **saving)
    try:
        yield made
    finally:
        made.down()


def says(county: Compose) -> str:
    """What the service that saves each minute has said, of all its lives."""
    return county("logs", "--no-log-prefix", "parts")


def reaches(county: Compose) -> datetime:
    """Up to when all is saved."""
    said = REACHES.findall(says(county))
    return datetime.fromisoformat(said[-1]).replace(tzinfo=CHINA) if said else datetime.fromtimestamp(0, CHINA)


def saved(county: Compose) -> Path:
    """The newest archive, just made."""
    archives = Path(county.more["BACKUPS"])
    assert "已回读校验" in types(county, "backup", "--to", str(archives))
    return archive_in(archives)


def counted(county: Compose) -> int:
    return int(Outside(county).asks(COUNTED)["measures"].get(PERSON_TIMES, 0))


def a_minute_passes(seconds_before: float) -> datetime:
    """Waits until one begins that has so many seconds before it, and until it has begun."""
    now = datetime.now(CHINA)
    minute = (now + timedelta(seconds=seconds_before)).replace(second=0, microsecond=0) + timedelta(minutes=1)
    until(lambda: datetime.now(CHINA) >= minute + timedelta(seconds=2), lambda: minute)
    return minute


def test_a_minute_in_which_stations_submitted_is_brought_back_after_everything_was_wiped(
    minutely: Compose, tmp_path: Path
) -> None:
    key = tmp_path / "backup.key"
    starts(minutely)
    is_founded(minutely)
    until(lambda: NOTHING_TO_FOLLOW in says(minutely), lambda: says(minutely))
    archive = saved(minutely)
    shutil.copyfile(minutely.secrets / IDENTITY, key)

    buses, gateways = [minutely.ports["bus"]], [minutely.ports["gateway_tls"]]
    load = Load(Outside(minutely), buses, gateways, COUNTED, PERSON_TIMES)
    with under_load(load, VILLAGES, PATIENCE):
        minute = a_minute_passes(seconds_before=20)
        with database_of(minutely) as client:
            before = decided(client, minute)
        until(lambda: reaches(minutely) > minute, lambda: says(minutely))
    print(load.figures("while minutes are saved", 0), *REACHES.findall(says(minutely)))
    assert minutely.container("parts")["RestartCount"] == 0
    minutely.down()
    shutil.rmtree(minutely.secrets)

    since = time.monotonic()
    said = types(minutely, "restore", str(archive), "--key", str(key), "--until", f"{minute:%Y-%m-%dT%H:%M}")
    print(f"brought back in {time.monotonic() - since:.1f} s: {said}")
    assert ("核对一致" in said, f"恢复到{minute:%Y-%m-%d %H:%M:%S}" in said) == (True, True), said
    with database_of(minutely) as client:
        assert decided(client) == before
    starts(minutely)
    sent = {f"{one.headers['ce-source']}/{one.headers['ce-id']}" for one in load.messages}
    of_then = len(before & sent)
    print(f"{len(sent)} were sent, {of_then} of them decided before {minute:%H:%M:%S}")
    assert 0 < of_then < len(sent)
    until(lambda: counted(minutely) == load.begun_with + of_then, lambda: counted(minutely))
    assert Outside(minutely).asks("/feedback/api/differences")["items"] == []

    until(lambda: ANOTHER_DATABASE in says(minutely), lambda: says(minutely))
    saved(minutely)
    asyncio.run(load.send_again())
    until(lambda: counted(minutely) == load.begun_with + len(sent), lambda: counted(minutely))
    again = datetime.now(CHINA)
    assert Outside(minutely).asks("/feedback/api/differences")["items"] == []
    until(lambda: reaches(minutely) > again, lambda: says(minutely))
