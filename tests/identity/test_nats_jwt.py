"""Keys and JWTs by themselves; that the bus takes them, every other test of this folder shows."""

from __future__ import annotations

import base64
from pathlib import Path

import nkeys
import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.identity.access import Access, NoEntry, enter
from shared.identity.nats_jwt import (
    KeyKind,
    SigningKey,
    claims_in,
    creds,
    is_public_key,
    jwt_in,
    new_seed,
    public_key,
    signed,
    user_claims,
)
from tests.identity.conftest import Gate

CODE = "150424100202"


@pytest.mark.parametrize(("kind", "first"), [(KeyKind.OPERATOR, "O"), (KeyKind.ACCOUNT, "A"), (KeyKind.USER, "U")])
def test_a_key_says_what_it_is(kind: KeyKind, first: str) -> None:
    seed = new_seed(kind)
    assert seed.startswith(f"S{first}")
    assert public_key(seed).startswith(first)
    assert [other for other in KeyKind if is_public_key(public_key(seed), other)] == [kind]
    assert new_seed(kind) != seed


@given(st.integers(0, 55), st.sampled_from("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"))
def test_a_slip_of_the_pen_is_no_key(place: int, letter: str) -> None:
    key = public_key("SUACSSL3UAHUDXKFSNVUZRF5UHPMWZ6BFDTJ7M6USDXIEDNPPQYYYCU3VY")
    slipped = key[:place] + letter + key[place + 1 :]
    assert is_public_key(slipped, KeyKind.USER) == (slipped == key)


@given(st.text(max_size=80))
def test_no_text_upsets_it(text: str) -> None:
    assert not is_public_key(text, KeyKind.USER)


def test_a_known_seed_has_its_known_public_key() -> None:
    """From the documentation of NATS on NKEYs."""
    seed = "SUACSSL3UAHUDXKFSNVUZRF5UHPMWZ6BFDTJ7M6USDXIEDNPPQYYYCU3VY"
    assert public_key(seed) == "UDXU4RCSJNZOIQHZNWXHXORDPRTGNJAHAHFRGZNEEJCPQTT2M7NLCNF4"


def test_what_is_signed_can_be_read_and_is_signed_by_its_issuer() -> None:
    account, seed = new_seed(KeyKind.ACCOUNT), new_seed(KeyKind.USER)
    jwt = signed(user_claims(CODE, public_key(seed), public_key(account)), account, at=1_700_000_000)
    claims = claims_in(jwt)
    assert (claims["sub"], claims["iss"], claims["iat"]) == (public_key(seed), public_key(account), 1_700_000_000)
    text, _, signature = jwt.rpartition(".")
    raw = base64.urlsafe_b64decode(signature + "==")
    assert nkeys.from_seed(account.encode()).verify(text.encode(), raw)
    with pytest.raises(nkeys.ErrInvalidSignature):
        nkeys.from_seed(account.encode()).verify(text.encode() + b"x", raw)


def test_the_same_claims_at_the_same_moment_are_the_same_jwt() -> None:
    account = new_seed(KeyKind.ACCOUNT)
    claims = user_claims(CODE, public_key(new_seed(KeyKind.USER)), public_key(account))
    assert signed(claims, account, at=1) == signed(claims, account, at=1) != signed(claims, account, at=2)


def test_a_credentials_file_has_both_parts(tmp_path: Path) -> None:
    account, seed = new_seed(KeyKind.ACCOUNT), new_seed(KeyKind.USER)
    jwt = signed(user_claims(CODE, public_key(seed), public_key(account)), account)
    text = creds(jwt, seed)
    assert jwt_in(text) == jwt
    assert text.splitlines()[5] == seed
    for none in ("", "rubbish", text.replace("BEGIN NATS", ""), text.splitlines()[0]):
        with pytest.raises(ValueError, match="no user's JWT"):
            jwt_in(none)


def test_a_signing_key_is_kept_in_two_lines() -> None:
    key = SigningKey("A" * 56, "S" * 58)
    assert SigningKey.read(key.text) == key
    with pytest.raises(ValueError, match="unpack"):
        SigningKey.read("only-one")


@pytest.mark.asyncio(loop_scope="session")
async def test_the_scoped_key_signs_nobody_with_rights_of_its_own(gate: Gate, tmp_path: Path) -> None:
    """Whoever steals the roster's key for stations can make a station with it, and no more."""
    key = SigningKey.read((gate.secrets / "roster" / "stations.key").read_text())
    seed, place = new_seed(KeyKind.USER), tmp_path / "one.creds"
    for permissions, is_let_in in ((None, True), ({"pub": {}, "sub": {}}, False)):
        claims = user_claims(CODE, public_key(seed), key.account, permissions)
        place.write_text(creds(signed(claims, key.seed), seed))
        access = Access(place, gate.secrets / "ca.pem")
        if is_let_in:
            await (await enter(gate.url, access)).close()
        else:
            with pytest.raises(NoEntry):
                await enter(gate.url, access)
