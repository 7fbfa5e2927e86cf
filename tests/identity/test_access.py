"""How a process enters the bus; a mistake in what it was told is one sentence and an end."""

from __future__ import annotations

import asyncio
import stat
from pathlib import Path

import pytest

from deploy.embedded.ports import any_free
from deploy.identity.making import make
from shared.bus.connection import Bus
from shared.identity.access import Access, NoEntry, enter
from shared.identity.nats_jwt import KeyKind, creds, new_seed, public_key, signed, user_claims
from shared.process.service import NOT_LET_IN
from tests.identity.conftest import Gate
from tests.journeys.running import runs
from tests.keys import everything, of

pytestmark = pytest.mark.asyncio(loop_scope="session")


@pytest.fixture(scope="module")
def elsewhere(quick_folder: Path) -> Path:
    """Another county's keys."""
    make(quick_folder / "elsewhere")
    return quick_folder / "elsewhere"


async def test_with_its_own_credentials_it_has_an_inbox_of_its_own(gate: Gate) -> None:
    client = await enter(gate.url, of(gate.secrets, "import"))
    assert client.new_inbox().startswith("_INBOX_import.")
    assert await Bus(client).last_stored("SUBMISSIONS", "submit.roster.*.nobody") is None
    await client.close()


async def test_without_credentials_on_a_bus_of_loopback_nothing_is_asked() -> None:
    assert Access().options == {"inbox_prefix": "_INBOX"}
    assert Access.of({"NATS_CREDS": "", "NATS_CA": ""}) == Access()


def creds_of(name: str) -> str:
    """A credentials file of a user of this name."""
    seed = new_seed(KeyKind.USER)
    return creds(signed(user_claims(name, public_key(seed)), new_seed(KeyKind.ACCOUNT)), seed)


def mistakes(gate: Gate, elsewhere: Path, folder: Path) -> dict[str, Access]:
    """What was told wrongly, by what the sentence says of it."""
    own, ca = gate.secrets / "setup" / "bus.creds", gate.secrets / "ca.pem"
    rubbish = folder / "rubbish"
    rubbish.write_text("rubbish")
    named = folder / "named"
    named.write_text(creds_of("with spaces"))
    return {
        "can name no inbox": Access(named, ca),
        "cannot be read": Access(folder / "missing", ca),
        "is no credentials file": Access(rubbish, ca),
        "is not there": Access(own, folder / "missing"),
        "holds no certificate": Access(own, rubbish),
        "not signed by it": Access(own, elsewhere / "ca.pem"),
        "does not let them in": Access(elsewhere / "setup" / "bus.creds", ca),
    }


async def test_a_mistake_is_a_sentence_at_once(gate: Gate, elsewhere: Path, tmp_path: Path) -> None:
    for sentence, access in mistakes(gate, elsewhere, tmp_path).items():
        async with asyncio.timeout(30):
            with pytest.raises(NoEntry, match=sentence):
                await enter(gate.url, access, max_reconnect_attempts=-1)
    nobody = Access(None, gate.secrets / "ca.pem")
    async with asyncio.timeout(30):
        with pytest.raises(NoEntry, match="does not let them in"):
            await enter(gate.url, nobody, max_reconnect_attempts=-1)


async def test_a_missing_key_and_a_missing_authority_are_sentences_of_the_roster(gate: Gate, tmp_path: Path) -> None:
    environment = {
        "NATS_URL": gate.url,
        "MONGO_URL": "mongodb://127.0.0.1:1",
        "HTTP_PORT": "1",
        "INSTANCE": "roster-1",
        "COUNTY": "150424",
    }
    key, missing = str(gate.secrets / "roster" / "stations.key"), str(tmp_path / "missing")
    for name, wrong in (
        ("STATION_SIGNING_KEY", {"STATION_SIGNING_KEY": missing}),
        ("NATS_CA", {"STATION_SIGNING_KEY": key, "NATS_CA": missing}),
    ):
        status, said = await runs("services.roster", **environment, **wrong)
        assert (status, f"{name}: {missing}" in said, "Traceback" in said) == (NOT_LET_IN, True, False), said


@pytest.mark.parametrize("module", ["deploy.setup", "deploy.linxi", "services.roster"])
async def test_every_program_ends_with_the_sentence(gate: Gate, elsewhere: Path, module: str) -> None:
    environment = {
        "NATS_URL": gate.url,
        "NATS_CREDS": str(gate.secrets / "setup" / "bus.creds"),
        "NATS_CA": str(elsewhere / "ca.pem"),
        "MONGO_URL": f"mongodb://127.0.0.1:{any_free()}",
        "HTTP_PORT": str(any_free()),
        "INSTANCE": "roster-1",
        "COUNTY": "150424",
    }
    async with asyncio.timeout(120):
        status, said = await runs(module, **environment)
    assert status != 0
    assert "NATS_CA" in said
    assert "Traceback" not in said


async def test_keys_are_their_owners_alone(gate: Gate) -> None:
    everything(gate.secrets)
    for place in gate.secrets.rglob("*"):
        if place.suffix != ".creds" or place.parent != gate.secrets:
            mode = stat.S_IMODE(place.stat().st_mode)
            assert mode == (0o700 if place.is_dir() else 0o600) or place.is_relative_to(gate.secrets / "bus/accounts")
