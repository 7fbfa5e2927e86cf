"""A county whose photos lie in a database server of their own: taken in, shown, saved in rolls, brought back to it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from pymongo import MongoClient
from pymongo.errors import PyMongoError

from deploy.backup.keys import IDENTITY
from deploy.backup.rolls import PHOTOS_URL
from deploy.backup.saving import beside
from deploy.backup.unrolling import ASIDE
from deploy.embedded.ports import any_free
from services.inspection.photos.album import COLLECTIONS
from services.inspection.photos.sending import UPLOAD
from shared.bus.photos import digest_of
from shared.events.inspection import LogInspection
from shared.events.vocabulary import PatrolKind
from tests.containers.begun import a_county, archive_in, is_founded, starts, until
from tests.containers.compose import Compose
from tests.containers.engine import host_address, ran
from tests.containers.images import Images
from tests.containers.outside import Outside
from tests.containers.test_brought_back import VILLAGES, outside, types
from tests.containers.within import database_of
from tests.photographs import photograph
from tests.submitters import Submitter, just_now

pytestmark = [pytest.mark.containers, pytest.mark.timeout(1800)]
ALBUM = "lianban_photos"
USER, PASSWORD = "photos", "of-the-test-alone"


@dataclass(frozen=True)
class PhotoServer:
    """A MongoDB of its own, alone, with a user that may read and write photos and nothing else."""

    name: str
    port: int

    @property
    def url(self) -> str:
        """As the operator puts it into `photos_url`."""
        return f"mongodb://{USER}:{PASSWORD}@{host_address()}:{self.port}/?authSource=admin"

    def pictures(self) -> int:
        with MongoClient[dict[str, Any]](self.url) as client:
            return client[ALBUM][COLLECTIONS["data"]].count_documents({})

    def is_made(self, image: str, folder: Path) -> None:
        """Empty, with its user."""
        for name, text in (("name", "root"), ("password", PASSWORD)):
            (folder / name).write_text(text)
        words = ["docker", "run", "-d", "--name", self.name, "-p", f"{host_address()}:{self.port}:27017"]
        words += ["-v", f"{folder}:/given:ro", "-e", "MONGO_INITDB_ROOT_USERNAME_FILE=/given/name"]
        words += ["-e", "MONGO_INITDB_ROOT_PASSWORD_FILE=/given/password"]
        ran(*words, image, "mongod", "--bind_ip_all", "--auth")
        root = self.url.replace(f"{USER}:", "root:")
        until(lambda: _has_user(root), lambda: ran("docker", "logs", "--tail", "20", self.name))

    def is_gone(self) -> None:
        ran("docker", "rm", "-f", "-v", self.name)


def _has_user(root: str) -> bool:
    rights = [{"role": "readWrite", "db": ALBUM}]
    try:
        with MongoClient[dict[str, Any]](root, serverSelectionTimeoutMS=1000) as client:
            client.admin.command("createUser", USER, pwd=PASSWORD, roles=rights)
    except PyMongoError:
        return False
    return True


@pytest.fixture(scope="module")
def photo_server(images: Images, tmp_path_factory: pytest.TempPathFactory) -> Iterator[PhotoServer]:
    folder = tmp_path_factory.mktemp("photos")
    made = PhotoServer(images.project(folder.name), any_free())
    try:
        made.is_made(images.servers["mongo"], folder)
        yield made
    finally:
        made.is_gone()


@pytest.fixture(scope="module")
def county_apart(images: Images, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Compose]:
    """Founded, with one server as yet."""
    made = a_county(images, tmp_path_factory.mktemp("apart"))
    try:
        starts(made)
        is_founded(made)
        yield made
    finally:
        made.down()


def kept_at(county: Compose, url: str) -> None:
    """What docs/operations.md says of PHOTOS_URL: a file that inspection may read, and then its start."""
    place = county.secrets / "inspection" / PHOTOS_URL
    place.write_text(url + "\n")
    place.chmod(0o400)
    shutil.chown(place, 10001, 10001)
    county.restarts("inspection")


def sends(county: Compose, station: str, photo: bytes) -> str:
    """A photo goes ahead, then the patrol that names it; what was decided."""
    signed = (station, Outside(county).token(station))
    with outside(county) as client:
        ahead = client.post(UPLOAD, files={"photos": ("1.jpg", photo, "image/jpeg")}, auth=signed)
        assert (ahead.status_code, ahead.json()) == (200, {"photo": digest_of(photo)}), ahead.text
        logged = LogInspection(patrol=PatrolKind.STATION, score=9500, photos=[digest_of(photo)])
        said = Submitter(station).says(logged, just_now()).message
        headers = {**said.headers, "authorization": f"Bearer {signed[1]}"}
        return str(client.post("/inspection/api/submissions", headers=headers, content=said.body).json()["verdict"])


def shown(county: Compose, station: str, photo: bytes) -> str:
    """How large a picture its page has of it, or why it has none."""
    with outside(county) as client:
        answer = client.get(f"/inspection/api/photos/{station}/{digest_of(photo)}", auth=Outside(county).county)
        return f"{len(answer.content)} bytes" if answer.status_code == 200 else str(answer.json()["reasons"][0]["slug"])


def is_shown(county: Compose, station: str, photo: bytes) -> bool:
    return shown(county, station, photo).endswith("bytes")


def saved(county: Compose, folder: Path) -> tuple[Path, list[Path]]:
    """The archive that was just made, and all rolls."""
    said = types(county, "backup", "--to", str(folder))
    assert "照片备份" in said, said
    return archive_in(folder), sorted(folder.glob("*-photos-*.age"))


def test_photos_of_another_server_are_shown_saved_once_and_brought_back_to_it(
    county_apart: Compose, photo_server: PhotoServer, images: Images, tmp_path: Path
) -> None:
    archives, key, one, two = tmp_path / "archives", tmp_path / "backup.key", photograph(seed=1), photograph(seed=2)
    kept_at(county_apart, photo_server.url)
    assert sends(county_apart, VILLAGES[0], one) == "accepted"
    until(lambda: is_shown(county_apart, VILLAGES[0], one), lambda: shown(county_apart, VILLAGES[0], one))
    assert photo_server.pictures() == 1
    with database_of(county_apart) as client:
        assert client[ALBUM][COLLECTIONS["data"]].count_documents({}) == 0
    assert len(saved(county_apart, archives)[1]) == 1

    ran("docker", "stop", photo_server.name)  # nothing waits but the photo
    assert sends(county_apart, VILLAGES[1], two) == "accepted"
    assert shown(county_apart, VILLAGES[1], two) == "photo-not-there"
    ran("docker", "start", photo_server.name)
    until(lambda: is_shown(county_apart, VILLAGES[1], two), lambda: shown(county_apart, VILLAGES[1], two))
    archive, rolls = saved(county_apart, archives)
    assert [json.loads(beside(roll).read_text())["photos"] for roll in rolls] == [1, 1]  # each photo once
    shutil.copyfile(county_apart.secrets / IDENTITY, key)

    county_apart.down()
    shutil.rmtree(county_apart.secrets)
    photo_server.is_gone()
    (given := tmp_path / "given").mkdir()
    photo_server.is_made(images.servers["mongo"], given)
    said = types(county_apart, "restore", str(archive), "--key", str(key))
    assert ("核对一致" in said, f"{ASIDE}改名为{PHOTOS_URL}" in said) == (True, True), said
    starts(county_apart)
    assert shown(county_apart, VILLAGES[0], one) == "photo-not-restored"
    aside = county_apart.secrets / "inspection" / ASIDE
    aside.rename(aside.with_name(PHOTOS_URL))
    county_apart.restarts("inspection")
    assert shown(county_apart, VILLAGES[0], one) == "photo-not-restored"
    said = types(county_apart, "restore-photos", *map(str, rolls), "--key", str(key))
    assert "登记的照片都已恢复" in said, said
    assert all(is_shown(county_apart, *each) for each in zip(VILLAGES, (one, two), strict=False))
    assert photo_server.pictures() == 2
