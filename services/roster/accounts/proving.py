"""What opens an account is changed only by who shows again to be the person: by the password, and by the digits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from fastapi import Request

from services.roster.accounts import kept
from services.roster.accounts.attempt import failed
from services.roster.accounts.model import Account
from services.roster.accounts.noted import NOT_CONFIRMED, NOT_IN
from services.roster.accounts.passwords import fits
from services.roster.accounts.rules import MOST
from services.roster.accounts.second_factor import interval_of, opened_secret
from services.roster.accounts.step_forms import digits_input, secret_input
from shared.database.mongo import Database
from shared.forms import Wrong
from shared.forms.inputs import Input
from shared.identity.sealing import SealKeys
from shared.web.failing import address_of
from shared.web.visit import Visit

NOT_THE_OLD = Wrong("原密码不符，请重新填写；连续10次不符的，锁定30分钟。", "old")
NOT_ITS_OWN = Wrong("登录密码不符，请重新填写；连续10次不符的，锁定30分钟。", "old")
NOT_THESE = Wrong("动态口令不符，请核对手机时间，填写当前显示的6位数字；每个动态口令只能使用一次。", "digits")


class AskedAgain(NamedTuple):
    """A password that is asked for again: how it is called, what is said where it is not it, and what is noted."""

    label: str
    wrong: Wrong
    noted: str


TO_CHANGE = AskedAgain("原密码", NOT_THE_OLD, NOT_IN)
TO_CONFIRM = AskedAgain("登录密码", NOT_ITS_OWN, NOT_CONFIRMED)


def proof_inputs(account: Account, wrongs: Sequence[Wrong], asked: AskedAgain = TO_CHANGE) -> tuple[Input, ...]:
    """The password that is, and the digits of whoever has a second factor."""
    old = secret_input("old", asked.label, "", "current-password", wrongs)
    return (old, *([digits_input(wrongs, is_first=False)] if account.totp else []))


async def is_by_password(
    request: Request, here: Visit, account: Account, old: str, asked: AskedAgain = TO_CHANGE
) -> bool:
    """Guessing it is slowed, counted and locks the account as signing in does, whoever holds a session of it."""
    key, address = f"old {account.id}", address_of(request.scope)
    is_kept_out = here.parts.attempts.wait(key, address) or account.is_locked(here.now)
    if not is_kept_out and await fits(old[: MOST + 1], account.password):
        here.parts.attempts.succeeded(key, address)
        return True
    await failed(here.parts, request.scope, key, [account.id], here.now, asked.noted)
    return False


async def unproven(
    request: Request,
    here: Visit,
    seals: SealKeys | None,
    account: Account,
    fields: Mapping[str, str],
    asked: AskedAgain = TO_CHANGE,
) -> Sequence[Wrong]:
    """Why whoever sits here has not shown to be the person; digits are taken once, and only with the password."""
    if not await is_by_password(request, here, account, fields.get("old", ""), asked):
        return [asked.wrong]
    if account.totp and not await with_digits(here.parts.db, account, seals, fields.get("digits", ""), here.now):
        await failed(here.parts, request.scope, f"digits {account.id}", [account.id], here.now, asked.noted)
        return [NOT_THESE]
    return []


async def with_digits(
    db: Database, account: Account, seals: SealKeys | None, digits: str, at: datetime
) -> Account | None:
    """The account when they are those of its second factor and were not used before."""
    secret = opened_secret(account.totp, account.id, seals)
    step = interval_of(secret, digits, at) if secret else 0
    if not step:
        return None
    return await kept.changed(db, account.id, {"$set": {"totp_used": step}}, unused(account, step))


def unused(account: Account, step: int) -> Mapping[str, object]:
    """That neither the interval was used nor anything of the account changed meanwhile."""
    return {"totp_used": {"$not": {"$gte": step}}, "totp": account.totp or {"$in": ["", None]}, "epoch": account.epoch}
