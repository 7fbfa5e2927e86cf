"""Files that are handed out bear a signature: whoever has them can tell that nothing was changed (RFC 8032)."""

from __future__ import annotations

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

PURPOSE = b"lianban/papers"


class Seal:
    """The county's: its key derives from the county's secret (RFC 5869), so that there is no other to keep."""

    def __init__(self, secret: str) -> None:
        seed = HKDF(algorithm=SHA256(), length=32, salt=None, info=PURPOSE).derive(secret.encode())
        self._key = Ed25519PrivateKey.from_private_bytes(seed)

    @property
    def public_key(self) -> str:
        """By which others verify, in hexadecimal digits."""
        return self._key.public_key().public_bytes_raw().hex()

    def signature(self, content: bytes) -> bytes:
        """The same content has the same one."""
        return self._key.sign(content)

    def is_of(self, signature: bytes, content: bytes) -> bool:
        """Whether it was made here, of just this content."""
        try:
            self._key.public_key().verify(signature, content)
        except InvalidSignature:
            return False
        return True
