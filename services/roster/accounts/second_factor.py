"""One-time passwords of an app (RFC 6238, 6 digits, 30 s): the secret is sealed with the roster's keys at rest."""

from __future__ import annotations

import re
from datetime import datetime

from shared.identity.sealing import NotOpened, SealKeys

ISSUER = "联办"
BOUND_TO = "accounts/totp"
STEP = 30
"""Seconds; one before and one after are taken too, for a phone's clock."""


def new_secret() -> str:
    """In base32, as an app takes it in."""
    import pyotp

    return pyotp.random_base32()


def sealed_secret(secret: str, person: str, keys: SealKeys) -> str:
    """Bound to the person."""
    return keys.seal(secret.encode(), person, BOUND_TO)


def opened_secret(sealed: str, person: str, keys: SealKeys | None) -> str:
    """Empty where no key opens it."""
    try:
        return keys.open(sealed, person, BOUND_TO).decode() if keys and sealed else ""
    except NotOpened:
        return ""


def interval_of(secret: str, digits: str, at: datetime) -> int:
    """Of which interval these are the digits, now or one before or after; 0 when of none."""
    import pyotp

    typed, now = re.sub(r"\D", "", digits), int(at.timestamp()) // STEP
    one = pyotp.TOTP(secret, interval=STEP)
    near = (now, now - 1, now + 1)
    return next((step for step in near if len(typed) == 6 and pyotp.utils.strings_equal(one.at(step * STEP), typed)), 0)


def picture(secret: str, name: str) -> str:
    """An SVG that a phone takes in; nothing inline that a page may not have."""
    import pyotp
    import segno

    uri = pyotp.TOTP(secret, interval=STEP).provisioning_uri(name=name, issuer_name=ISSUER)
    return segno.make(uri, error="m").svg_inline(scale=5, border=4, svgclass=None, lineclass=None)


def in_groups(secret: str) -> str:
    """`ABCD EFGH …`, to be typed."""
    return " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))
