"""Keys and certificates are made once; what changes is signed anew under the same keys; who is revoked stays so."""

from __future__ import annotations

import re
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509

from deploy.embedded.settings import ROOT
from deploy.identity import authorities
from deploy.identity.authorities import OfflineKeysNeeded
from deploy.identity.certificates import (
    ALWAYS,
    CERTIFICATE_LASTS,
    RENEWED_BEFORE,
    certificates,
    gateway_certificate,
    hosts_of,
    nothing_dropped,
)
from deploy.identity.files import kept, written
from deploy.identity.making import make
from deploy.identity.rights import COUNTY, EXPORTS, Rights
from shared.identity.nats_jwt import KeyKind, claims_in, jwt_in, new_seed, signed
from tests.journeys.running import runs


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Made once."""
    make(tmp_path / "secrets")
    return tmp_path / "secrets"


def content(folder: Path) -> dict[Path, bytes]:
    return {place.relative_to(folder): place.read_bytes() for place in folder.rglob("*") if place.is_file()}


def test_making_again_changes_nothing(folder: Path) -> None:
    before = content(folder)
    make(folder)
    assert content(folder) == before


def test_each_process_has_a_folder_of_its_own_and_no_folder_has_anothers_key(folder: Path) -> None:
    assert {*COUNTY, "bus", "accounts", "offline"} == {place.name for place in folder.iterdir() if place.is_dir()}
    seeds = [place.read_text() for place in (folder / "offline").glob("*.seed")]
    for name, text in content(folder).items():
        if name.parts[0] != "offline":
            assert not any(seed.encode() in text for seed in seeds), name
    assert "离线" in (folder / "offline" / "README.md").read_text()


def test_the_bus_reads_four_times_what_any_process_signs_in_with(folder: Path) -> None:
    (kilobytes,) = re.findall(r"^max_control_line: ([0-9]+)KB$", (ROOT / "deploy/nats/server.conf").read_text(), re.M)
    lengths = {place.parent.name: len(jwt_in(place.read_text())) for place in folder.rglob("*.creds")}
    assert {*COUNTY} <= lengths.keys()
    assert max(lengths.values()) * 4 < int(kilobytes) * 1024, lengths


def test_with_the_offline_keys_away_everything_goes_on(folder: Path) -> None:
    shutil.rmtree(folder / "offline")
    before = content(folder)
    make(folder)
    assert content(folder) == before


def test_other_rights_are_signed_under_the_same_keys_and_ask_for_the_offline_ones(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = claims_in(jwt_in((folder / "setup" / "bus.creds").read_text()))
    monkeypatch.setitem(COUNTY, "setup", Rights(("nothing",)))
    shutil.move(folder / "offline", folder / "away")
    with pytest.raises(OfflineKeysNeeded, match=r"offline/COUNTY\.seed"):
        make(folder)
    shutil.move(folder / "away", folder / "offline")
    make(folder)
    after = claims_in(jwt_in((folder / "setup" / "bus.creds").read_text()))
    assert (after["sub"], after["nats"]["pub"]) == (before["sub"], {"allow": ["nothing"]})


def test_an_account_signed_anew_is_later_and_forgets_no_revocation(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = claims_in((folder / "accounts" / "STATIONS.jwt").read_text())
    later = {**before, "nats": {**before["nats"], "revocations": {"UANY": 1}}}
    written(folder / "bus" / "accounts" / f"{before['sub']}.jwt", signed(later, new_seed(KeyKind.OPERATOR)))
    monkeypatch.setattr(authorities, "EXPORTS", (*EXPORTS, ("more", "more.*", "service")))
    make(folder)
    after = claims_in((folder / "accounts" / "STATIONS.jwt").read_text())
    assert (after["sub"], after["nats"]["revocations"]) == (before["sub"], {"UANY": 1})
    assert after["iat"] > before["iat"]
    assert len(after["nats"]["imports"]) == len(before["nats"]["imports"]) + 1


def test_the_certificate_is_renewed_before_its_end_and_for_other_hosts(folder: Path) -> None:
    def names() -> list[str]:
        held = x509.load_pem_x509_certificate((folder / "bus" / "server.pem").read_bytes())
        return [str(name.value) for name in held.extensions.get_extension_for_class(x509.SubjectAlternativeName).value]

    authority, first = (folder / "ca.pem").read_text(), (folder / "bus" / "server.pem").read_text()
    ends = datetime.now(UTC) + CERTIFICATE_LASTS
    certificates(folder, (), ends - RENEWED_BEFORE - timedelta(days=1))
    assert (folder / "bus" / "server.pem").read_text() == first
    certificates(folder, (), ends - RENEWED_BEFORE + timedelta(days=1))
    assert (folder / "bus" / "server.pem").read_text() != first
    make(folder, ["bus.linxi.example", "10.1.2.3"])
    assert names() == ["127.0.0.1", "::1", "localhost", "bus.linxi.example", "10.1.2.3"]
    assert (folder / "ca.pem").read_text() == authority
    shutil.rmtree(folder / "offline")
    with pytest.raises(OfflineKeysNeeded, match=r"ca\.key"):
        certificates(folder, (), ends)


def hosts(folder: Path) -> list[str]:
    """What the bus's certificate is believed for beside this machine itself."""
    held = x509.load_pem_x509_certificate((folder / "bus" / "server.pem").read_bytes())
    return [host for host in hosts_of(held) if host not in ALWAYS]


def test_a_certificate_loses_no_host_but_one_that_is_said_to_be_dropped(folder: Path) -> None:
    make(folder, ["bus.example", "10.1.2.3"])
    make(folder)
    assert hosts(folder) == ["bus.example", "10.1.2.3"]
    make(folder, ["new.example"])
    assert hosts(folder) == ["new.example", "bus.example", "10.1.2.3"]
    make(folder, dropped=["bus.example"])
    assert hosts(folder) == ["new.example", "10.1.2.3"]


async def test_a_county_in_containers_whose_address_is_told_no_longer_keeps_its_certificate_and_says_so(
    folder: Path,
) -> None:
    make(folder, ["nats", "10.1.2.3"])
    assert gateway_certificate(folder, ["10.1.2.3"]) == ""
    before = content(folder)
    asked = ("deploy.container.secrets", str(folder), "--host", "localhost", "--gateway", "localhost")
    status, said = await runs(*asked)
    assert (status, "make up DROP_HOST=10.1.2.3" in said, "MORE_HOSTS" in said) == (1, True, True), said
    status, said = await runs(*asked, "--drop-host", "nowhere.example")
    assert (status, content(folder) == before) == (1, True), said


@pytest.mark.parametrize("asked", [["nats", "10.1.2.3"], ["localhost", "10.1.2.3", "nats", "more.example"]])
def test_what_the_settings_go_on_naming_is_nobodys_loss(folder: Path, asked: list[str]) -> None:
    make(folder, ["nats", "10.1.2.3"])
    nothing_dropped(folder / "bus" / "server.pem", asked)
    nothing_dropped(folder / "bus" / "server.pem", asked[:1], dropped=("nats", "10.1.2.3"))
    nothing_dropped(folder / "nowhere", [])


def test_a_file_is_kept_and_half_a_draft_is_in_nobodys_way(tmp_path: Path) -> None:
    place = tmp_path / "deep" / "secret"
    assert kept(place, lambda: "first") == kept(place, lambda: "second") == "first"
    place.with_name("secret.new").write_text("half")
    written(place, "third")
    assert place.read_text() == "third"


async def test_the_command_says_where_everything_is(tmp_path: Path) -> None:
    status, said = await runs("deploy.identity", str(tmp_path / "made"), "--host", "bus.example")
    assert (status, str(tmp_path / "made" / "offline") in said) == (0, True), said
    (tmp_path / "file").write_text("")
    status, said = await runs("deploy.identity", str(tmp_path / "file" / "made"))
    assert (status, "Traceback" in said) == (1, False), said
