"""What a county in containers keeps when they are stopped, and what refuses to start: keys, county, identities."""

from __future__ import annotations

import asyncio
import json
import ssl
import time
from base64 import urlsafe_b64decode
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import httpx
import pytest

from deploy.commands.listed import EXAMPLE
from deploy.embedded.ports import any_free
from shared.events.roster import RegisterPerson
from shared.identity.sealing import PublicSealKey
from shared.identity.shown import shown
from shared.process.service import NOT_LET_IN
from shared.services import SERVICES
from tests.containers.compose import Compose
from tests.containers.engine import COUNTY, host_address, ran
from tests.containers.images import Images
from tests.containers.outside import Outside
from tests.roster.identities import CLIENT, CLIENT_SECRET, providing
from tests.roster.unified import START, comes_back_by, leads_to
from tests.sealed import particulars

pytestmark = pytest.mark.containers
WINDOW, PERSON = "150424-D02", "p-1"
OTHER = "150423"
DONE = "全部信息已使用现用密钥。"


@pytest.fixture(scope="module")
def own(images: Images, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Compose]:
    """A county that is stopped and started: founded, and with one person."""
    folder = tmp_path_factory.mktemp("kept")
    ports = {name: any_free() for name in ("bus", "gateway", "gateway_tls", "prometheus", "alertmanager")}
    host = host_address()
    address = {"BUS_HOST": host, "STATION_BUS": f"tls://{host}:{ports['bus']}"}
    made = Compose(images, folder / "secrets", ports, images.project(folder.name), more=address)
    made.secrets.mkdir(mode=0o755)
    try:
        made.up()
        _found(made, folder / "units.csv")
        yield made
    finally:
        made.down()


def _found(county: Compose, table: Path) -> None:
    table.write_text(EXAMPLE.replace("123456", COUNTY))
    status, said = county.typed("register", "IN=containers", f"FILE={table}")
    assert status == 0, said
    seen = Outside(county)
    key = seen.asks("/roster/api/people/seal-key")
    public = PublicSealKey(key["id"], urlsafe_b64decode(key["key"] + "="))
    sealed = public.seal(json.dumps(particulars()).encode(), PERSON, WINDOW)
    person = RegisterPerson(person=PERSON, sealed=sealed, valid_from=date(2026, 1, 1))
    assert seen.says(person, WINDOW) == "accepted"


def _until(seen: Callable[[], bool], why: Callable[[], object]) -> None:
    until = time.monotonic() + 60
    while not seen():
        assert time.monotonic() < until, why()
        time.sleep(0.5)


def _keys(county: Compose) -> dict[str, int]:
    """Under which how many persons lie."""
    under: dict[str, int] = Outside(county).asks("/roster/api/people/keys")["sealed_under"]
    return under


def _is_there(county: Compose) -> bool:
    (person,) = Outside(county).asks("/roster/api/people")["items"]
    return bool(person["name"] == particulars()["name"])


def test_the_keys_of_people_outlive_the_containers_and_are_the_rosters_alone(own: Compose) -> None:
    place = own.secrets / "roster" / "people.keys"
    before = place.read_text()
    _until(lambda: _keys(own) == {before.split()[0]: 1}, lambda: _keys(own))
    assert own.typed("down")[0] == 0
    status, said = own.typed("up")
    assert (status, f"https://{host_address()}:{own.ports['gateway_tls']}/" in said) == (0, True), said
    assert place.read_text() == before
    assert (_is_there(own), _keys(own)) == (True, {before.split()[0]: 1})
    for name in SERVICES:
        held = own("exec", "-T", name, "sh", "-c", "ls /run/secrets; env").splitlines()
        there = ("people.keys" in held, "PEOPLE_KEYS=/run/secrets/people.keys" in held)
        assert there == ((True, True) if name == "roster" else (False, False)), name


def test_a_new_key_is_taken_up_at_once_and_the_old_one_may_be_taken_out(own: Compose) -> None:
    place = own.secrets / "roster" / "people.keys"
    before = place.read_text().splitlines()
    status, said = own.typed("people-keys", "IN=containers", "NEXT=1")
    assert status == 0, said
    newest, *older = place.read_text().splitlines()
    assert (older, place.stat().st_mode & 0o777, place.stat().st_uid) == (before, 0o600, 10001)
    assert f"{newest.split()[0]} seals from the roster's next start on" in said
    _until(lambda: DONE in own.typed("people-keys", "IN=containers")[1], lambda: own.typed("people-keys"))
    place.write_text(newest + "\n")
    own.restarts("roster")
    assert (_is_there(own), _keys(own)) == (True, {newest.split()[0]: 1})
    status, said = own.typed("people-keys", "IN=containers", "NEXT=1")  # which opens what lies under the one before
    assert status == 0, said
    _until(lambda: DONE in own.typed("people-keys", "IN=containers")[1], lambda: _keys(own))


def test_a_county_goes_on_under_another_image_and_goes_back_to_the_one_before(own: Compose) -> None:
    before = own.images.county
    newer = f"{before}-newer"
    ran("docker", "tag", before, newer)
    try:
        for image in (newer, before):
            status, said = own.typed("up", LIANBAN_IMAGE=image)
            assert status == 0, said
            assert {own.container(name)["Config"]["Image"] for name in SERVICES} == {image}
            assert _is_there(own)
    finally:
        ran("docker", "image", "rm", "--no-prune", newer)


def test_what_the_volumes_hold_is_not_gone_on_with_as_another_county(own: Compose) -> None:
    status, said = own.typed("up", COUNTY=OTHER)
    assert (status != 0, f"setup: Nothing is set up: COUNTY is {OTHER}, but the database holds" in said) == (True, True)
    for name in ("inspection", "feedback"):  # whoever goes past set-up is told so as well
        status, said = own.tries("run", "--rm", "--no-deps", name, COUNTY=OTHER)
        assert (status, f"holds the county {COUNTY}: start it with COUNTY={COUNTY}" in said) == (NOT_LET_IN, True), said
    status, said = own.typed("up")
    assert status == 0, said
    assert _is_there(own)


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"OIDC_ISSUER": "http://identity.example"}, "setup: Settings are not right, nothing is set up: OIDC_ISSUER: "),
        (
            {"OIDC_SECRET_FILE": "/run/secrets/nowhere"},
            "roster: Settings are not right, the service does not start: OIDC_SECRET_FILE: /run/secrets/nowhere: No ",
        ),
    ],
    ids=["an address", "a file"],
)
def test_a_provider_of_identities_that_is_not_rightly_set_is_said_in_a_sentence(
    own: Compose, wrong: dict[str, str], sentence: str
) -> None:
    right = {"OIDC_ISSUER": "https://identity.example", "OIDC_CLIENT_ID": CLIENT}
    status, said = own.typed("up", settings=None, **{**right, **wrong})
    assert (status != 0, said.count(sentence)) == (True, 1), said


async def test_the_roster_asks_the_provider_of_identities_with_the_secret_in_its_folder(
    own: Compose, tmp_path: Path
) -> None:
    async with providing(tmp_path, host_address()) as identities:
        for name, text in (("oidc.secret", CLIENT_SECRET + "\n"), ("oidc.pem", identities.ca.read_text())):
            (own.secrets / "roster" / name).write_text(text)
        status, said = own.typed(
            "up",
            OIDC_ISSUER=identities.issuer,
            OIDC_CLIENT_ID=CLIENT,
            OIDC_SECRET_FILE="/run/secrets/oidc.secret",
            OIDC_AUTHORITY="/run/secrets/oidc.pem",
        )
        assert status == 0, said
        at, known = f"https://{host_address()}:{own.ports['gateway_tls']}", Outside(own).known
        async with httpx.AsyncClient(base_url=at, verify=known, trust_env=False, timeout=60) as browser:
            assert START in (await browser.get("/feedback/sign-in")).text
            page = await browser.get(START)
            back = await browser.get(await comes_back_by(identities, leads_to(page)))
    assert "该统一身份没有绑定本系统的账号" in back.text, back.text  # the provider said who it is


def test_a_new_shell_keeps_the_countys_address_and_a_renewed_certificate_is_served_at_once(
    own: Compose, tmp_path: Path
) -> None:
    settings, certificate, host = tmp_path / "county.env", own.secrets / "bus" / "server.pem", host_address()
    status, said = own.typed("up", settings=settings)
    before = certificate.read_bytes()
    assert (status, f"BUS_HOST={host}" in settings.read_text()) == (0, True), said
    status, said = own.typed("up", settings=settings, BUS_HOST="", STATION_BUS="")
    assert (status, certificate.read_bytes() == before) == (0, True), said
    status, said = own.typed("up", BUS_HOST="")  # and its settings are lost as well
    assert (status != 0, f"DROP_HOST={host}" in said, certificate.read_bytes() == before) == (True, True, True), said
    assert _shown(own) == ssl.PEM_cert_to_DER_cert(before.decode())
    status, said = own.typed("up", settings=settings, MORE_HOSTS="former.example")
    assert (status, certificate.read_bytes() == before) == (0, False), said
    _until(lambda: _shown(own) == ssl.PEM_cert_to_DER_cert(certificate.read_text()), lambda: own("logs", "nats"))
    assert own.container("nats")["RestartCount"] == 0


def _shown(county: Compose) -> bytes:
    """What the bus serves."""
    return asyncio.run(shown("127.0.0.1", county.ports["bus"], greets=True))
