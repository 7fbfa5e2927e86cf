"""An attempt to sign in: whose account it is, whether what was typed is its password or its one-time code."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from starlette.types import Scope

from services.roster.accounts import kept
from services.roster.accounts.model import Account
from services.roster.accounts.noted import NOT_IN, noted
from services.roster.accounts.passwords import fits
from services.roster.accounts.rules import MOST, as_typed
from shared.calendar import china_day
from shared.database.mongo import Database
from shared.identity.attempts import is_worth_a_line
from shared.identity.invitations import LENGTH, digest_of
from shared.process.metrics import NOT_LET_IN
from shared.process.running import Running
from shared.web.failing import address_of

MOST_ALIKE = 4
"""Of one name in one unit that are looked at."""


@dataclass(frozen=True, slots=True)
class Fitting:
    """An account whose secret was typed; `by_code` where it was the one-time code."""

    account: Account
    by_code: bool


def tried(unit: str, name: str) -> str:
    """Under which attempts are counted: what was typed is nowhere repeated."""
    return "person " + hashlib.sha256(f"{unit}/{as_typed(name)}".encode()).hexdigest()[:16]


async def fitting(
    db: Database, persons: Sequence[str], typed: str, at: datetime, remembered: frozenset[str]
) -> list[Fitting]:
    """Those whose secret it is, of several of the same name; it takes as long where there is none.

    One that is locked is opened only from where it is `remembered`.
    """
    accounts = (await kept.accounts_of(db, persons[:MOST_ALIKE])).values()
    asked = [one for one in accounts if not one.disabled and (not one.is_locked(at) or one.id in remembered)]
    if code := [Fitting(one, by_code=True) for one in asked if _is_code(one, typed, at)]:
        return code
    kept_ones = [one for one in asked if one.password] or [Account(id="")]
    return [Fitting(one, by_code=False) for one in kept_ones if await fits(typed[: MOST + 1], one.password)]


def _is_code(account: Account, typed: str, at: datetime) -> bool:
    if account.code is None or not account.has_code(at) or len(as_typed(typed)) < LENGTH:
        return False
    return hmac.compare_digest(digest_of(as_typed(typed)), account.code.digest)


async def failed(
    parts: Running, scope: Scope, key: str, persons: Sequence[str], now: datetime, what: str = NOT_IN
) -> None:
    """Counted of each account that may have been meant, and noted as `what`; returns when it may be answered."""
    failures = parts.attempts.failed(key, address_of(scope))
    NOT_LET_IN.labels(parts.service, "person").inc()
    for person in persons[:MOST_ALIKE]:
        is_locked = await kept.failed_once(parts.db, person, china_day(now), now)
        if is_locked or is_worth_a_line(failures):
            noted(scope, "account locked" if is_locked else what, person)
    if not persons and is_worth_a_line(failures):
        noted(scope, what, "-")
    await parts.attempts.kept_back(failures)
