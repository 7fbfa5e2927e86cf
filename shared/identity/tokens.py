"""A program's token for HTTP: computed from the county's secret, so that none is stored, good as the roster says.

- 64 hexadecimal digits: of whoever had one before tokens were issued, and of each key that enrolled. It ends with the
  key, by `revoke-token` of k0, k1, ..., or for all on the day that `FIRST_TOKENS_UNTIL` says.
- `<serial>.<64 digits>`: of a program to which it was issued; ends on its day, or by `revoke-token`.
- `now.<seconds>.<64 digits>`: of whoever has the secret, for one command; ends after `PASSING` seconds.

The number in the first is how many keys of the organisation have ended (`Organisation.keys_ended`): whoever revokes a
station's key makes it void as well.
"""

from __future__ import annotations

import hashlib
import hmac
from datetime import date, datetime

from shared.calendar import china_day
from shared.roster.organisations import Organisation
from shared.roster.program_tokens import FIRST, first_serial

PASSING = 300
"""Seconds for which a command may speak, and by which clocks may differ."""
NOW = "now"


def token_of(submitter: str, secret: str, keys_ended: int = 0) -> str:
    """The token that comes with a key; each key that ended makes another of it."""
    return _computed(secret, submitter, str(keys_ended)) if keys_ended else _computed(secret, submitter)


def issued_token(submitter: str, serial: str, secret: str) -> str:
    """One that was issued; how long it lasts stands in the roster."""
    return f"{serial}.{_computed(secret, 'token', submitter, serial)}"


def passing_token(submitter: str, secret: str, at: datetime) -> str:
    """For a command on the county's own machine, whatever became of other tokens."""
    seconds = str(int(at.timestamp()))
    return f"{NOW}.{seconds}.{_computed(secret, NOW, submitter, seconds)}"


def serial_of(
    submitter: str, token: str, secret: str, known: Organisation | None, at: datetime, first_until: date | None = None
) -> str | None:
    """Which of the submitter's tokens this is; None when it is none, or not good any more at that time.

    Compared in constant time; one that nobody registered has the first alone.
    """
    if not submitter or "/" in submitter:
        return None
    serial, *rest = token.split(".")
    if serial == NOW:
        return _passing(submitter, token, secret, rest, at)
    found = (_issued if rest else _first)(submitter, token, secret, known)
    return found if found and is_good(found, known, at, first_until) else None


def _passing(submitter: str, token: str, secret: str, rest: list[str], at: datetime) -> str | None:
    if len(rest) != 2 or not rest[0].isascii() or not rest[0].isdecimal() or len(rest[0]) > 11:
        return None
    then = datetime.fromtimestamp(int(rest[0]), at.tzinfo)
    is_now = abs((at - then).total_seconds()) <= PASSING
    return NOW if is_now and _same(token, passing_token(submitter, secret, then)) else None


def is_good(serial: str, known: Organisation | None, at: datetime, first_until: date | None = None) -> bool:
    """Whether a token of that serial is good at a time, and so whoever signed in with it is; see `serial_of`.

    Whoever has the secret could as well make the cookie: what a command signed in with is not asked for again.
    """
    if serial == NOW:
        return True
    day = china_day(at)
    if serial.startswith(FIRST) and first_until is not None and day > first_until:
        return False
    return known.has_token(serial, day) if known else serial == first_serial(0)


def _issued(submitter: str, token: str, secret: str, known: Organisation | None) -> str | None:
    held = known.token(token.split(".")[0]) if known else None
    return held.serial if held and _same(token, issued_token(submitter, held.serial, secret)) else None


def _first(submitter: str, token: str, secret: str, known: Organisation | None) -> str | None:
    keys_ended = known.keys_ended if known else 0
    return first_serial(keys_ended) if _same(token, token_of(submitter, secret, keys_ended)) else None


def _computed(secret: str, *of: str) -> str:
    return hmac.new(secret.encode(), "/".join(("lianban", *of)).encode(), hashlib.sha256).hexdigest()


def _same(token: str, right: str) -> bool:
    return hmac.compare_digest(token.encode(), right.encode())
