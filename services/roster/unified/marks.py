"""By what somebody whom the provider knows is found again here: a keyed hash, never what the provider said."""

from __future__ import annotations

import hashlib
import hmac
from typing import NamedTuple

from itsdangerous import BadData, URLSafeTimedSerializer

from services.roster.unified.asked import Registered

GOOD_FOR = 300
"""Seconds for which what the provider said is good, until its person presses the button."""


def mark_of(subject: str, registered: Registered, secret: str) -> str:
    """Of one at this issuer by this claim: another issuer's of the same name is another's."""
    key = hmac.new(secret.encode(), b"lianban/unified", hashlib.sha256).digest()
    said = "\0".join((registered.issuer, registered.claim, subject))
    return hmac.new(key, said.encode(), hashlib.sha256).hexdigest()


class Known(NamedTuple):
    """Somebody who was known just now, on the way to be let in or bound; `began` is when the way to it did."""

    aim: str
    person: str
    epoch: int
    mark: str
    began: int
    by_two: bool = False


ENTER, BIND = "enter", "bind"


def sealed_known(known: Known, secret: str) -> str:
    """For a hidden field."""
    text = _sealing(secret).dumps(known)
    return text.decode() if isinstance(text, bytes) else text


def opened_known(text: str, secret: str, aim: str) -> Known | None:
    """Nothing when it was not sealed here, too long ago, or for something else."""
    try:
        known = Known(*_sealing(secret).loads(text, max_age=GOOD_FOR))
        return known if known.aim == aim else None
    except (BadData, TypeError):
        return None


def _sealing(secret: str) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(secret, salt="lianban/unified-known")
