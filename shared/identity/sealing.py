"""A person's particulars travel and lie sealed to the roster: whoever lacks its keys reads nothing of them.

X25519 with a key of its own for each seal, HKDF-SHA256, AES-256-GCM. What is sealed is bound to the person and the
organisation it is for, so that nobody's can be put under another's id. Found again it is by a keyed hash alone.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

KEY_BYTES, NONCE_BYTES = 32, 12
PURPOSE = b"lianban/people/1"
KEY_LINE = re.compile(r"([a-z0-9]{1,16}) ([0-9a-f]{64})")


class NotOpened(ValueError):
    """It was sealed with another key, for another person or organisation, or is no seal at all."""


@dataclass(frozen=True, slots=True)
class PublicSealKey:
    """What everybody may know: with it particulars are sealed, and cannot be opened."""

    id: str
    key: bytes

    def seal(self, particulars: bytes, person: str, organisation: str, own: X25519PrivateKey | None = None) -> str:
        """`<key id>.<base64url of one's own public key and the ciphertext>`; never the same twice, unless by `own`."""
        own = own or X25519PrivateKey.generate()
        public = own.public_key().public_bytes_raw()
        secret, nonce = _derived(own.exchange(X25519PublicKey.from_public_bytes(self.key)), public, self.key)
        closed = AESGCM(secret).encrypt(nonce, particulars, _bound(person, organisation))
        return f"{self.id}.{urlsafe_b64encode(public + closed).decode().rstrip('=')}"


@dataclass(frozen=True, slots=True)
class SealKey:
    """One of the roster's keys, by its id."""

    id: str
    secret: bytes = field(repr=False)

    @property
    def public(self) -> PublicSealKey:
        """Its half that is published."""
        return PublicSealKey(self.id, self._private.public_key().public_bytes_raw())

    @property
    def _private(self) -> X25519PrivateKey:
        return X25519PrivateKey.from_private_bytes(self.secret)

    def open(self, body: bytes, person: str, organisation: str) -> bytes:
        """What was sealed to it, or NotOpened."""
        public, closed = body[:KEY_BYTES], body[KEY_BYTES:]
        try:
            shared = self._private.exchange(X25519PublicKey.from_public_bytes(public))
            secret, nonce = _derived(shared, public, self.public.key)
            return AESGCM(secret).decrypt(nonce, closed, _bound(person, organisation))
        except (InvalidTag, ValueError) as error:
            raise NotOpened from error

    def mark(self, kind: str, value: str) -> str:
        """A keyed hash by which the same value is found again: `kind` keeps numbers of different kinds apart."""
        key = hmac.new(self.secret, PURPOSE + b"/marks", hashlib.sha256).digest()
        return f"{self.id}.{hmac.new(key, f'{kind}/{value}'.encode(), hashlib.sha256).hexdigest()}"


class SealKeys:
    """The roster's keys, newest first: it seals with the first and opens with each."""

    def __init__(self, keys: Sequence[SealKey]) -> None:
        self._keys = {key.id: key for key in keys}
        self.newest = keys[0]

    @classmethod
    def of(cls, text: str) -> SealKeys:
        """The keys of a file, a line each: `<id> <64 hex digits>`; ValueError when it is none."""
        lines = [KEY_LINE.fullmatch(line.strip()) for line in text.splitlines() if line.strip()]
        found = [SealKey(line[1], bytes.fromhex(line[2])) for line in lines if line]
        if not found or len(found) != len(lines) or len({key.id for key in found}) != len(found):
            raise ValueError("no keys of people: a line each, an id of its own and 64 hex digits")
        return cls(found)

    def open(self, sealed: str, person: str, organisation: str) -> bytes:
        """What was sealed for a person of an organisation, with whichever key; or NotOpened."""
        key = self._keys.get(key_id(sealed))
        if key is None:
            raise NotOpened
        return key.open(_body(sealed), person, organisation)

    def marks(self, kind: str, value: str) -> Iterator[str]:
        """The hashes under which a value may lie, the newest key's first."""
        return (key.mark(kind, value) for key in self._keys.values())

    def seal(self, particulars: bytes, person: str, organisation: str) -> str:
        """By the roster itself: the same of the same person is the same, so that one form sent twice is one."""
        said = PURPOSE + b"/own/" + _bound(person, organisation) + b"/" + particulars
        own = X25519PrivateKey.from_private_bytes(hmac.new(self.newest.secret, said, hashlib.sha256).digest())
        return self.newest.public.seal(particulars, person, organisation, own)

    def reseal(self, sealed: str, person: str, organisation: str) -> str:
        """The same under the newest key."""
        return self.newest.public.seal(self.open(sealed, person, organisation), person, organisation)


def key_id(sealed: str) -> str:
    """Under which key it lies."""
    return sealed.partition(".")[0]


def _body(sealed: str) -> bytes:
    text = sealed.partition(".")[2]
    try:
        return urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except ValueError as error:
        raise NotOpened from error


def _derived(shared: bytes, public: bytes, recipient: bytes) -> tuple[bytes, bytes]:
    """Key and nonce of one seal: both hang on a key that is used once."""
    made = HKDF(hashes.SHA256(), KEY_BYTES + NONCE_BYTES, None, PURPOSE + public + recipient).derive(shared)
    return made[:KEY_BYTES], made[KEY_BYTES:]


def _bound(person: str, organisation: str) -> bytes:
    return f"{person}/{organisation}".encode()
