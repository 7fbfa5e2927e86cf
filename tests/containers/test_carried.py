"""A bundle with its images, made where an engine has them, begun with where one has none and no network is reached."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from uuid import uuid4

import pytest

from deploy.bundle.gathering import image_names
from deploy.embedded.settings import ROOT
from deploy.revision import revision
from deploy.up.findings import IMAGES, OURS
from shared.calendar import CHINA
from shared.process.release import RELEASE
from tests.containers.cut_off import CutOff, cut_off
from tests.containers.engine import ran
from tests.containers.images import Images, has_image
from tests.containers.test_brought_back import TABLE, VILLAGES
from tests.wants import Want, wants

pytestmark = [pytest.mark.containers, pytest.mark.timeout(1800)]
CUT_OFF = Want(
    "断网的容器引擎 an engine without network", ("dockerd", "unshare", "nsenter", "ip", "curl", "make", "git")
)
STATION, COUNTY = VILLAGES[0], "150424"
TYPED = re.compile(r"cd (\S+) && (make up .*)")


@pytest.fixture(scope="module")
def named(images: Images) -> Iterator[dict[str, str]]:
    """The images lie here under the names that compose has; those that lay here before are left as they were."""
    meant = image_names({OURS: f"lianban:{RELEASE}-{revision()}"})
    own = {f"{name.upper()}_IMAGE": image for name, image in images.servers.items()} | {OURS: images.county}
    lacking = {name: image for name, image in meant.items() if not has_image(image)}
    for name, image in lacking.items():
        ran("docker", "tag", own[name], image)
    try:
        yield meant
    finally:
        ran("docker", "image", "rm", "--no-prune", *lacking.values())


@pytest.fixture(scope="module")
def whole(named: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Made by what `make bundle` types."""
    wants(CUT_OFF)
    folder, since = tmp_path_factory.mktemp("bundle") / "carried", time.monotonic()
    made = subprocess.run(
        (sys.executable, "-m", "deploy.bundle", folder), cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert made.returncode == 0, made.stdout + made.stderr
    print(f"made in {time.monotonic() - since:.0f} s: {made.stdout.splitlines()[-1]}")
    return folder


@pytest.fixture(scope="module")
def engine(whole: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[CutOff]:
    with cut_off(tmp_path_factory.mktemp("engine")) as running:
        yield running


def test_a_county_in_containers_is_begun_from_what_was_carried_and_accepts_a_submission(
    engine: CutOff, whole: Path, named: dict[str, str], images: Images, tmp_path: Path
) -> None:
    there, table = tmp_path / "there", tmp_path / "units.csv"
    table.write_text(TABLE)
    assert engine.images() == set()
    assert engine.types("curl", "-sS", "--max-time", "3", "https://1.1.1.1/").returncode != 0
    since = time.monotonic()
    installed = engine.types("sh", whole / "install.sh", there)
    assert installed.returncode == 0, installed.stdout + installed.stderr
    print(f"installed in {time.monotonic() - since:.0f} s")
    assert engine.images() == {named[name] for name in (*IMAGES, OURS)}

    said = TYPED.search(installed.stdout)
    assert said, installed.stdout
    words = shlex.split(said[2].replace("六位县编号", COUNTY).replace("本机地址", "localhost"))
    limit = {"OPEN_FILES": str(images.files)}
    looked = engine.types(*words[:1], "check-up", *words[2:], at=Path(said[1]), **limit)
    assert (looked.returncode, "不行" in looked.stdout) == (0, False), looked.stdout + looked.stderr
    since = time.monotonic()
    up = engine.types(*words, at=Path(said[1]), **limit)
    assert up.returncode == 0, up.stdout + up.stderr
    print(f"up in {time.monotonic() - since:.0f} s")
    lianban = there / ".venv" / "bin" / "lianban"
    founded = engine.types(lianban, "found", table, at=there)
    assert founded.returncode == 0, founded.stdout + founded.stderr
    token = engine.types(lianban, "--in", "containers", "token", "first", STATION, at=there).stdout.split()[-1]
    sent = engine.types(*_submits(there, token), at=there)
    assert '"verdict":"accepted"' in sent.stdout.replace(" ", ""), sent.stdout + sent.stderr
    down = engine.types("make", "down", at=there)
    assert down.returncode == 0, down.stdout + down.stderr


def _submits(there: Path, token: str) -> list[str]:
    """As README does it, at the address that people type."""
    headers = {
        "authorization": f"Bearer {token}",
        "content-type": "application/json",
        "ce-specversion": "1.0",
        "ce-type": "log-inspection",
        "ce-source": STATION,
        "ce-subject": STATION,
        "ce-id": str(uuid4()),
        "ce-time": datetime.now(CHINA).isoformat(timespec="seconds"),
    }
    given = [word for name, value in headers.items() for word in ("-H", f"{name}: {value}")]
    to = "https://localhost:8443/inspection/api/submissions"
    trusts = ["--cacert", str(there / "deploy" / "secrets" / "ca.pem")]
    return ["curl", "-sS", *trusts, to, *given, "-d", '{"patrol": "station", "score": 9800, "findings": []}']
