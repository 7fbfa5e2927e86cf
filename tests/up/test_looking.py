"""What a start would stumble over among the secrets is said before it, and nothing is changed by looking."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from deploy.container.hosts import CountyHosts
from deploy.container.looking import looked_at, strangers
from deploy.identity.certificates import CERTIFICATE_LASTS, HostsDropped, gateway_certificate
from deploy.identity.making import make
from deploy.up.findings import Level
from shared.identity.nats_jwt import claims_in

HOSTS = CountyHosts(("nats", "bus.example"), ("bus.example",))
FINE, MIND, STOPS = Level.FINE, Level.MIND, Level.STOPS


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Secrets of a county that was started once."""
    made = tmp_path / "secrets"
    make(made, HOSTS.bus)
    assert gateway_certificate(made, HOSTS.gateway, HOSTS.dropped_of_gateway) == ""
    return made


def levels(folder: Path, hosts: CountyHosts = HOSTS, later: timedelta = timedelta()) -> list[Level]:
    return [one.level for one in looked_at(folder, folder.parent / "volumes", hosts, datetime.now(UTC) + later)]


def test_whole_secrets_are_right_and_lie_there_as_before(folder: Path) -> None:
    before = {place: place.read_bytes() for place in folder.rglob("*") if place.is_file()}
    assert levels(folder) == [FINE, FINE, FINE]
    assert {place: place.read_bytes() for place in folder.rglob("*") if place.is_file()} == before


def test_a_certificate_that_ends_is_worth_a_look_and_one_that_has_ended_stops_without_the_offline_keys(
    folder: Path,
) -> None:
    soon, over = CERTIFICATE_LASTS - timedelta(days=60), CERTIFICATE_LASTS + timedelta(days=1)
    assert levels(folder, later=soon)[:2] == [MIND, MIND]
    shutil.rmtree(folder / "offline")
    assert levels(folder, later=soon)[:2] == [MIND, MIND]
    assert levels(folder, later=over)[:2] == [STOPS, STOPS]


def test_a_name_that_the_settings_have_lost_and_keys_that_are_needed_and_away_would_stop_a_start(folder: Path) -> None:
    assert levels(folder, CountyHosts(("nats",), ("localhost",)))[-1] is STOPS
    more = CountyHosts((*HOSTS.bus, "more.example"), HOSTS.gateway)
    assert levels(folder, more)[-1] is FINE
    shutil.rmtree(folder / "offline")
    (trial,) = [one for one in looked_at(folder, folder.parent, more) if one.level is STOPS]
    assert str(folder / "offline" / "ca.key") in trial.do


def test_what_bears_the_names_of_three_servers_serves_one_as_well_without_the_offline_keys(folder: Path) -> None:
    three = CountyHosts(("nats", "nats-2", "nats-3", "bus.example"), HOSTS.gateway)
    make(folder, three.bus)
    before = (folder / "bus" / "server.pem").read_bytes()
    shutil.rmtree(folder / "offline")
    assert levels(folder) == [FINE, FINE, FINE]
    HOSTS.keep_theirs(folder)
    make(folder, HOSTS.bus)
    assert (folder / "bus" / "server.pem").read_bytes() == before
    with pytest.raises(HostsDropped, match=r"DROP_HOST=bus\.example"):
        CountyHosts(("nats",), HOSTS.gateway).keep_theirs(folder)


def test_a_volume_that_other_secrets_made_is_not_gone_on_with(folder: Path, tmp_path: Path) -> None:
    volumes = tmp_path / "volumes"
    assert strangers(folder, volumes) == ""
    own = str(claims_in((folder / "accounts" / "COUNTY.jwt").read_text())["sub"])
    (volumes / "nats" / "jetstream" / own).mkdir(parents=True)
    assert strangers(folder, volumes) == ""
    for other in ("emptied", "others"):
        (tmp_path / other).mkdir()
    make(tmp_path / "others")
    assert all("docker compose down -v" in strangers(tmp_path / other, volumes) for other in ("emptied", "others"))
    assert levels(tmp_path / "others")[-1] is STOPS
