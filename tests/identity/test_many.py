"""Ten thousand stations cost the bus nothing; ten thousand revoked keys are one message, and kill -9 loses none."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from deploy.identity.making import make
from services.roster.enrolment.revoking import FOR_EVER, Teller
from shared.identity.access import Access, NoEntry, enter
from shared.identity.nats_jwt import KeyKind, SigningKey, claims_in, creds, new_seed, public_key, signed, user_claims
from tests.identity.conftest import Gate, opened
from tests.keys import guest, station

MANY = 10_000
CODES = [f"1504241{n:05}" for n in range(MANY)]


def system(gate: Gate) -> Access:
    return Access(gate.secrets / "roster" / "system.creds", gate.secrets / "ca.pem")


def stations_key(gate: Gate) -> SigningKey:
    return SigningKey.read((gate.secrets / "roster" / "stations.key").read_text())


async def tells(gate: Gate, revoked: set[str]) -> dict[str, int]:
    """As the roster does; what the bus holds then."""
    operator = SigningKey.read((gate.secrets / "roster" / "operator.key").read_text())
    account = stations_key(gate).account
    async with guest(gate.url, system(gate)) as one:
        await Teller(one.client, operator, account).tells(revoked)
        held = await one.client.request(f"$SYS.REQ.ACCOUNT.{account}.CLAIMS.LOOKUP", b"", timeout=5)
        assert await one.complaints() == []
    revocations: dict[str, int] = claims_in(held.data.decode())["nats"]["revocations"]
    return revocations


async def refused(gate: Gate, access: Access) -> bool:
    try:
        await (await enter(gate.url, access, max_reconnect_attempts=-1)).close()
    except NoEntry:
        return True
    return False


@pytest.mark.asyncio(loop_scope="session")
async def test_ten_thousand_stations_need_nothing_on_the_bus(gate: Gate, tmp_path: Path) -> None:
    accounts = gate.secrets / "bus" / "accounts"
    before = {place.name: place.read_bytes() for place in accounts.iterdir()}
    key, seed, last = stations_key(gate), new_seed(KeyKind.USER), tmp_path / "last.creds"
    since = time.monotonic()
    jwts = [signed(user_claims(code, public_key(seed), key.account), key.seed) for code in CODES]
    assert time.monotonic() - since < 30
    last.write_text(creds(jwts[-1], seed))
    async with guest(gate.url, Access(last, gate.secrets / "ca.pem")) as one:
        assert one.client.new_inbox().startswith(f"_INBOX_{CODES[-1]}.")
        assert await one.complaints() == []
    assert {place.name: place.read_bytes() for place in accounts.iterdir()} == before


async def test_ten_thousand_revoked_keys_are_one_message_and_outlast_a_kill(quick_folder: Path) -> None:
    gate = await opened(quick_folder / "many")
    try:
        await _ten_thousand_revoked(gate)
    finally:
        await gate.server.stop()


async def _ten_thousand_revoked(gate: Gate) -> None:
    """Whom it does not concern notices nothing."""
    lost, seed = CODES[0], new_seed(KeyKind.USER)
    access, other = station(gate.secrets, lost, seed), station(gate.secrets, CODES[1])
    revoked = {public_key(new_seed(KeyKind.USER)) for _ in range(MANY - 1)} | {public_key(seed)}
    assert not await refused(gate, access)
    async with guest(gate.url, other) as neighbour:
        since = time.monotonic()
        assert await tells(gate, revoked) == dict.fromkeys(revoked, FOR_EVER)
        assert time.monotonic() - since < 10
        assert await neighbour.complaints() == []
    assert await refused(gate, access)
    assert await tells(gate, {public_key(seed)}) == dict.fromkeys(revoked, FOR_EVER)
    await gate.server.kill()
    await gate.server.start()
    assert await refused(gate, access)
    assert not await refused(gate, other)


@pytest.mark.parametrize("later", [False, True])
async def test_what_is_preloaded_never_overwrites_what_the_bus_was_told(
    quick_folder: Path, monkeypatch: pytest.MonkeyPatch, later: bool
) -> None:
    """Neither the same statement again nor one signed anew since."""
    gate = await opened(quick_folder / f"preload-{later}")
    try:
        seed = new_seed(KeyKind.USER)
        access = station(gate.secrets, CODES[0], seed)
        await tells(gate, {public_key(seed)})
        await gate.server.stop()
        if later:
            monkeypatch.setattr("deploy.identity.authorities.STATION_PAYLOAD", 64 * 1024)
        make(gate.secrets)
        await gate.server.start()
        assert await refused(gate, access)
        assert not await refused(gate, station(gate.secrets, CODES[1]))
    finally:
        await gate.server.stop()
