"""The one-time code with which a station enrols: 80 random bits that a person can read over the telephone.

Sixteen letters and digits in groups of four, without those that look alike (I and 1, O and 0). Only its SHA-256 is ever
submitted or kept. Behind it an invitation bears the mark of the county's authority: the first 100 bits of its
certificate's SHA-256 in the same letters, by which a station knows whom to believe before it knows anybody.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from binascii import Error as NotBase64
from ssl import PEM_cert_to_DER_cert
from typing import NamedTuple

ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
LENGTH, MARK, GROUP = 16, 20, 4
BITS = 5
"""Of a letter."""
CERTIFICATE = re.compile(r"-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----\n?")


class Invitation(NamedTuple):
    """What a person copies: the code that the county knows, and the mark of its authority, if there is one."""

    code: str
    mark: str = ""

    @classmethod
    def read(cls, text: str) -> Invitation:
        """As it was meant; one without a mark is the code alone."""
        meant = _meant(text)
        return cls(text, "") if len(meant) != LENGTH + MARK else cls(_grouped(meant[:LENGTH]), meant[LENGTH:])

    @property
    def text(self) -> str:
        """`7KQM-3XTP-9HRB-W2CN-…`, the inverse of `read`."""
        return _grouped(_meant(self.code) + self.mark)


def new_code() -> str:
    """`7KQM-3XTP-9HRB-W2CN`."""
    return _grouped("".join(secrets.choice(ALPHABET) for _ in range(LENGTH)))


def digest_of(code: str) -> str:
    """Of the code as it was meant: small letters, hyphens and spaces make no difference."""
    return hashlib.sha256(_meant(code).encode()).hexdigest()


def mark_of(pem: str) -> str:
    """By which an authority's certificate is known; ValueError when the text is not one certificate and no more."""
    if not CERTIFICATE.fullmatch(pem):
        raise ValueError("not one certificate")
    try:
        certificate = PEM_cert_to_DER_cert(pem)
    except NotBase64 as error:
        raise ValueError("no certificate") from error
    number = int.from_bytes(hashlib.sha256(certificate).digest()) >> (256 - MARK * BITS)
    return "".join(ALPHABET[(number >> BITS * place) % len(ALPHABET)] for place in reversed(range(MARK)))


def _meant(text: str) -> str:
    return "".join(letter for letter in text.upper() if letter.isalnum())


def _grouped(letters: str) -> str:
    return "-".join(letters[start : start + GROUP] for start in range(0, len(letters), GROUP))
