"""A county in containers by its operator's commands alone: founded, stations let in, saved, wiped, brought back."""

from __future__ import annotations

import re
import shutil
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import httpx
import pdfplumber
import pytest

from deploy.backup.keys import IDENTITY
from deploy.commands.listed import EXAMPLE
from deploy.embedded.ports import any_free
from shared.calendar import CHINA
from shared.identity.invitations import Invitation
from shared.identity.nats_jwt import KeyKind, new_seed, public_key
from tests.containers.compose import Compose
from tests.containers.engine import COUNTY, host_address
from tests.containers.images import Images
from tests.containers.outside import Outside
from tests.submitters import Submitter, just_now

pytestmark = pytest.mark.containers
VILLAGES = [f"{COUNTY}1002{n:02}" for n in range(2, 12)]
HEAD, *UNITS = EXAMPLE.replace("123456", COUNTY).splitlines()[:-1]
STATIONS = [f"{code},第{n}村便民服务站,行政村,{COUNTY}100,,,,,,," for n, code in enumerate(VILLAGES)]
TABLE = "\n".join([HEAD, *UNITS, *STATIONS])
YEAR = datetime.now(CHINA).year
COUNTED = f"/feedback/api/totals?period={YEAR}&organisation={COUNTY}"


@pytest.fixture(scope="module")
def empty(images: Images, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Compose]:
    """Nothing of it is there yet: no volume, and a folder for its secrets."""
    folder = tmp_path_factory.mktemp("saved")
    ports = {name: any_free() for name in ("bus", "gateway", "gateway_tls", "prometheus")}
    host = host_address()
    address = {"BUS_HOST": host, "STATION_BUS": f"tls://{host}:{ports['bus']}"}
    made = Compose(images, folder / "secrets", ports, images.project(folder.name), more=address)
    made.secrets.mkdir(mode=0o755)
    try:
        yield made
    finally:
        made.down()


def settings_of(county: Compose) -> Path:
    """The file in which `make up` notes them."""
    return county.secrets.with_name("county.env")


def types(county: Compose, *words: str) -> str:
    """What `lianban` says to it."""
    status, said = county.operates(settings_of(county), *words)
    assert status == 0, said
    return said


@contextmanager
def outside(county: Compose) -> Iterator[httpx.Client]:
    """The gateway, as a station's program comes to it."""
    seen = Outside(county)
    with httpx.Client(base_url=seen.gateway, verify=seen.known, trust_env=False, timeout=60) as client:
        yield client


def enrols(client: httpx.Client, invitation: str) -> str:
    """The token that the station's program is given."""
    asked = {"code": Invitation.read(invitation).code, "public_key": public_key(new_seed(KeyKind.USER))}
    return str(client.post("/roster/api/enrolments", json=asked).raise_for_status().json()["token"])


def serves(client: httpx.Client, station: str, token: str, n: int) -> str:
    """Somebody was helped at a station; what became of it."""
    said = Submitter(station).serves(at=just_now(), n=n).message
    headers = {**said.headers, "authorization": f"Bearer {token}"}
    return str(client.post("/greenchannel/api/submissions", headers=headers, content=said.body).json()["verdict"])


def test_a_county_that_is_founded_saved_wiped_and_brought_back_has_the_same_figures(
    empty: Compose, tmp_path: Path
) -> None:
    table, sheet = tmp_path / "units.csv", tmp_path / "城关镇.pdf"
    archives, key = tmp_path / "archives", tmp_path / "backup.key"
    table.write_text(TABLE)
    assert empty.typed("up", settings=settings_of(empty))[0] == 0
    assert "lianban found" in types(empty)
    assert f"已登记{len(UNITS) + len(VILLAGES)}个单位" in types(empty, "found", str(table))
    assert "已发放10个站点" in types(empty, "invite", "--township", f"{COUNTY}100", "--sheet", str(sheet))
    with pdfplumber.open(sheet) as pages:
        codes = re.findall("登记码 ([A-Z0-9-]{44})\n", "\n".join(page.extract_text() for page in pages.pages))
    with outside(empty) as client:
        tokens = {code: enrols(client, one) for code, one in zip(VILLAGES, codes, strict=True)}
        assert {serves(client, *one, n=1) for one in tokens.items()} == {"accepted"}
    assert "正常  考核反馈服务" in types(empty, "check")
    assert "已去掉姓名" in types(empty, "support-bundle", "--to", str(tmp_path / "bundle.tar.gz"))
    with tarfile.open(tmp_path / "bundle.tar.gz") as tar:
        there = {"condition.txt", "containers.txt", "logs/compose.log", "metrics/roster.txt", "settings.json"}
        assert there <= {one.name.partition("/")[2] for one in tar}
    assert "没有待人工处理的报送" in types(empty, "letters", "list")
    assert "总线与数据库相符" in types(empty, "adopt")
    assert "共重新告知" in types(empty, "retell")
    types(empty, "rebuild")
    counted = Outside(empty).asks(COUNTED)["measures"]
    assert counted
    said = types(empty, "backup", "--to", str(archives), "--keep", "1")
    assert ("已回读校验" in said, str(empty.secrets / "offline") in said) == (True, True), said
    (archive,) = archives.glob("*.age")

    shutil.copyfile(empty.secrets / IDENTITY, key)
    status, said = empty.operates(settings_of(empty), "restore", str(archive), "--key", str(key))
    assert (status, "没有恢复" in said) == (1, True), said
    empty.down()
    shutil.rmtree(empty.secrets)
    said = types(empty, "restore", str(archive), "--key", str(key))
    assert "核对一致" in said, said
    assert empty.typed("up", settings=settings_of(empty))[0] == 0
    seen = Outside(empty)
    assert seen.asks(COUNTED)["measures"] == counted
    assert seen.asks("/feedback/api/differences")["items"] == []
    with outside(empty) as client:  # whoever was let in before is let in
        assert {serves(client, *one, n=2) for one in tokens.items()} == {"accepted"}
