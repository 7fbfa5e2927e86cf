"""Between a password and a session there may be another page: what was shown so far goes along, sealed for minutes."""

from __future__ import annotations

from typing import NamedTuple

from itsdangerous import BadData, URLSafeTimedSerializer

STEP_GOOD_FOR = 15 * 60
"""Seconds."""


class SigningStep(NamedTuple):
    """Who is about to sign in where, and what the next page asks for.

    `proof` is of what was shown: the digest of a one-time code, or the number of the account; when that has changed
    meanwhile the step is worth nothing. `secret` is that of a second factor which is being set up.
    """

    asks: str
    person: str
    organisation: str
    proof: str
    is_remembering: bool = False
    secret: str = ""
    way: str = "password"
    """By what somebody has shown to be the person so far."""


NEW_PASSWORD, DIGITS, SET_UP, REPLACE = "password", "digits", "set-up", "replace"


def sealed_step(step: SigningStep, secret: str) -> str:
    """For a hidden field."""
    text = _sealing(secret).dumps(step)
    return text.decode() if isinstance(text, bytes) else text


def opened_step(text: str, secret: str) -> SigningStep | None:
    """Nothing when it was not sealed here, or too long ago."""
    try:
        return SigningStep(*_sealing(secret).loads(text, max_age=STEP_GOOD_FOR))
    except (BadData, TypeError):
        return None


def _sealing(secret: str) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(secret, salt="lianban/sign-in-step")
