"""Statements of a provider that are forged, or not of this way, this county or this moment, let nobody in."""

from __future__ import annotations

import base64
import hmac
import json
import time
from collections.abc import AsyncIterator, Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from tests.county import County
from tests.processes_here import Browser
from tests.roster.identities import Identities, providing, rsa_key, signed
from tests.roster.unified import (
    audit_says,
    bound_browsing,
    there_and_back,
)

Claims = Mapping[str, Any]
NOT_IN = 401


@pytest_asyncio.fixture
async def identities(tmp_path: Path) -> AsyncIterator[Identities]:
    async with providing(tmp_path) as identities:
        yield identities


@pytest_asyncio.fixture
async def client(county: County, identities: Identities) -> AsyncIterator[Browser]:
    async with bound_browsing(county, identities) as client:
        yield client


def by_hand(header: Claims, claims: Claims, secret: bytes = b"") -> str:
    """As whoever has no library that refuses to."""
    said = ".".join(in_base64(json.dumps(part).encode()) for part in (header, claims))
    return f"{said}.{in_base64(hmac.digest(secret, said.encode(), 'sha256')) if secret else ''}"


def in_base64(body: bytes) -> str:
    return base64.urlsafe_b64encode(body).rstrip(b"=").decode()


def unsigned(claims: Claims) -> str:
    return by_hand({"alg": "none"}, claims)


def by_the_public_key(identities: Identities) -> Callable[[Claims], str]:
    """As if what everybody knows were a secret that both have."""
    public = identities.keys[0].as_pem(private=False)
    return lambda claims: by_hand({"alg": "HS256", "kid": "k1"}, claims, public)


def by_another_of_its_name(_: Identities) -> Callable[[Claims], str]:
    thief = rsa_key("k1")
    return lambda claims: signed(claims, thief)


def with_a_key_in_it(_: Identities) -> Callable[[Claims], str]:
    thief = rsa_key("own")
    return lambda claims: signed(claims, thief, jwk=thief.as_dict(private=False))


FORGED: Mapping[str, Callable[[Identities], Callable[[Claims], str]]] = {
    "unsigned": lambda _: unsigned,
    "signed with the public key": by_the_public_key,
    "signed by another of the key's name": by_another_of_its_name,
    "bears its own key": with_a_key_in_it,
    "cut": lambda own: lambda claims: signed(claims, own.keys[0]).rpartition(".")[0] + ".",
    "no statement": lambda _: lambda _claims: "a.b.c",
    "empty": lambda _: lambda _claims: "",
}


@pytest.mark.parametrize("forged", FORGED)
async def test_a_forged_statement_lets_nobody_in(client: Browser, identities: Identities, forged: str) -> None:
    identities.signs = FORGED[forged](identities)
    page = await there_and_back(client, identities)
    assert (page.status_code, "核对不符" in page.text, "data-goes-on" in page.text) == (NOT_IN, True, False)


SPOILT: Mapping[str, Claims] = {
    "for another": {"aud": "another-client"},
    "for others too, and not by us": {"aud": ["lianban", "another"], "azp": "another"},
    "for others too, and by nobody": {"aud": ["lianban", "another"]},
    "by another": {"iss": "https://another.example"},
    "expired": {"exp": int(time.time()) - 3600},
    "of the future": {"iat": int(time.time()) + 3600},
    "without an end": {"exp": None},
    "without a beginning": {"iat": None},
    "for another way": {"nonce": "another"},
    "for no way": {"nonce": None},
    "of nobody": {"sub": None},
    "of an empty name": {"sub": ""},
    "of a number": {"sub": 7},
    "of several": {"sub": ["wang-0001"]},
    "with an end in words": {"exp": "never"},
}


@pytest.mark.parametrize("spoilt", SPOILT)
async def test_a_statement_that_is_not_of_this_way_lets_nobody_in(
    client: Browser, county: County, identities: Identities, spoilt: str
) -> None:
    identities.spoils = dict(SPOILT[spoilt])
    page = await there_and_back(client, identities)
    assert (page.status_code, "核对不符" in page.text) == (NOT_IN, True)
    await audit_says(county, "unfit")
    identities.spoils = {}
    assert (await there_and_back(client, identities)).status_code == 200
