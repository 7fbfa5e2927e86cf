"""Who may speak on the bus, as NATS has it: Ed25519 keys (NKEYs) and the JWTs that they sign.

The operator vouches for accounts, an account (or its signing key) for users. The server keeps no user: a JWT says
what its holder may do, and the holder proves by a signature that the key in it is its own. Only the public part of a
key ever travels. Formats: https://docs.nats.io/running-a-nats-service/configuration/securing_nats/auth_intro/jwt
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
import time
from binascii import Error as NotBase64
from collections.abc import Mapping
from enum import IntEnum
from typing import Any, NamedTuple

import nkeys

Claims = dict[str, Any]
HEADER = {"typ": "JWT", "alg": "ed25519-nkey"}
UNLIMITED = {"subs": -1, "data": -1, "payload": -1}
SEED_MARK, JWT_MARK = "USER NKEY SEED", "NATS USER JWT"


class KeyKind(IntEnum):
    """The first byte of a public key, by which it begins with O, A or U."""

    OPERATOR = nkeys.PREFIX_BYTE_OPERATOR
    ACCOUNT = nkeys.PREFIX_BYTE_ACCOUNT
    USER = nkeys.PREFIX_BYTE_USER


class SigningKey(NamedTuple):
    """A key that vouches for others in the name of an account (or of the operator); kept as two lines of text."""

    account: str
    seed: str

    @classmethod
    def read(cls, text: str) -> SigningKey:
        """The inverse of `text`."""
        account, seed = text.split()
        return cls(account, seed)

    @property
    def text(self) -> str:
        """Whose name, then the secret."""
        return f"{self.account}\n{self.seed}\n"


def new_seed(kind: KeyKind) -> str:
    """A new secret key: 32 random bytes with kind and checksum, written as letters."""
    return str(nkeys.encode_seed(os.urandom(32), kind).decode())


def public_key(seed: str) -> str:
    """What others may know of a key."""
    return str(nkeys.from_seed(seed.encode()).public_key.decode())


def is_public_key(text: str, kind: KeyKind) -> bool:
    """Whether this is a public key of a kind, by its checksum too: a slip of the pen is no key."""
    try:
        raw = base64.b32decode(text.encode())
    except (NotBase64, ValueError):
        return False
    return len(raw) == 35 and raw[0] == kind and bytes(nkeys.crc16_checksum(raw[:-2])) == raw[-2:]


def signed(claims: Mapping[str, Any], seed: str, at: int | None = None) -> str:
    """The JWT of these claims, issued at a moment (Unix seconds, now by default)."""
    key = nkeys.from_seed(seed.encode())
    issued = {**claims, "iss": key.public_key.decode(), "iat": int(time.time()) if at is None else at}
    digest = hashlib.new("sha512_256", json.dumps(issued, sort_keys=True).encode()).digest()
    issued["jti"] = base64.b32encode(digest).decode().rstrip("=")
    text = f"{_encoded(_json(HEADER))}.{_encoded(_json(issued))}"
    return f"{text}.{_encoded(key.sign(text.encode()))}"


def claims_in(jwt: str) -> Claims:
    """What a JWT says; whether it is rightly signed is the server's to judge."""
    payload = jwt.split(".")[1]
    claims: Claims = json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
    return claims


def user_claims(name: str, key: str, account: str = "", permissions: Mapping[str, Any] | None = None) -> Claims:
    """A user; the account is named when a signing key signs for it.

    Without permissions of its own it has those of the scoped key that signs it.
    """
    own = {**UNLIMITED, **permissions} if permissions is not None else {}
    issuer = {"issuer_account": account} if account else {}
    nats = {"type": "user", "version": 2, **issuer, **own}
    return {"sub": key, "name": name, "nats": nats}


def account_claims(name: str, key: str, **more: Any) -> Claims:
    """An account, which sees of others only what they export and it imports; no bus joins it behind another's."""
    limits = {**UNLIMITED, "imports": -1, "exports": -1, "wildcards": True, "conn": -1, "leaf": 0}
    limits |= more.pop("limits", {})
    nothing: Claims = {"pub": {}, "sub": {}}
    nats = {"type": "account", "version": 2, "limits": limits, "default_permissions": nothing, **more}
    return {"sub": key, "name": name, "nats": nats}


def operator_claims(name: str, key: str, system_account: str, signing_keys: list[str]) -> Claims:
    """The operator, whom the server trusts; its signing keys vouch in its place."""
    nats = {"type": "operator", "version": 2, "system_account": system_account, "signing_keys": signing_keys}
    return {"sub": key, "name": name, "nats": nats}


def creds(jwt: str, seed: str) -> str:
    """The file that every NATS client takes: who it is, and the key that proves it."""
    return "\n".join((*_block(JWT_MARK, jwt), "", *_block(SEED_MARK, seed), ""))


def jwt_in(text: str) -> str:
    """The JWT in a credentials file; ValueError when there is none."""
    lines = text.splitlines()
    begin = next((n for n, line in enumerate(lines) if f"BEGIN {JWT_MARK}" in line), None)
    if begin is None or begin + 1 >= len(lines) or lines[begin + 1].count(".") != 2:
        raise ValueError("no user's JWT in it")
    return lines[begin + 1].strip()


def _block(mark: str, content: str) -> tuple[str, str, str]:
    return f"-----BEGIN {mark}-----", content, f"------END {mark}------"


def _json(value: Mapping[str, Any]) -> bytes:
    return json.dumps(value, separators=(",", ":")).encode()


def _encoded(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")
