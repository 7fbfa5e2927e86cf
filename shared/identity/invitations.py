"""The one-time code with which a station enrols: 80 random bits that a person can read over the telephone.

Sixteen letters and digits in groups of four, without those that look alike (I and 1, O and 0). Only its SHA-256 is ever
submitted or kept.
"""

from __future__ import annotations

import hashlib
import secrets

ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
LENGTH, GROUP = 16, 4


def new_code() -> str:
    """`7KQM-3XTP-9HRB-W2CN`."""
    drawn = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
    return "-".join(drawn[start : start + GROUP] for start in range(0, LENGTH, GROUP))


def digest_of(code: str) -> str:
    """Of the code as it was meant: small letters, hyphens and spaces make no difference."""
    meant = "".join(letter for letter in code.upper() if letter.isalnum())
    return hashlib.sha256(meant.encode()).hexdigest()
