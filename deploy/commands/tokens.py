"""`lianban token list | issue | reissue | revoke | first <code>`: the tokens with which programs speak for somebody."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from deploy.commands.speaker import Speaker, Speaking, known_code
from deploy.embedded.trouble import Trouble
from shared.calendar import CHINA
from shared.events.tokens import IssueToken, RevokeToken
from shared.identity.tokens import issued_token, token_of
from shared.pages.chinese import day_text
from shared.roster.program_tokens import FIRST

DAYS = 400
"""For which a token lasts unless told; the longest that is issued."""


def listed(speaking: Speaking, code: str) -> None:
    """Who has it, since when, until when, when it was used last."""
    for one in _all(speaking(), known_code(code)):
        print(f"{one['serial']}  {one['holder']}  {_standing(one)}  最近使用{_day(one['used'], '：无记录')}")


def issue(speaking: Speaking, code: str, holder: str, days: int) -> None:
    """Prints the token alone; it is shown once and kept nowhere."""
    print(_issued(speaking(), known_code(code), holder, days))


def reissue(speaking: Speaking, code: str, serial: str, days: int, reason: str) -> None:
    """Another in its place for the same program; the old one is void at once."""
    known_code(code)
    county = speaking()
    held = next((one for one in _all(county, code) if one["serial"] == serial), None)
    if held is None or not held["is_good"]:
        raise Trouble(f"{code}没有编号为{serial}的有效程序口令，请用 lianban token list {code} 核对。")
    print(_issued(county, code, held["holder"], days))
    county.says(RevokeToken(serial=serial, reason=reason), code)


def revoke(speaking: Speaking, code: str, serial: str, reason: str) -> None:
    """At once, with whoever is signed in by it."""
    speaking().says(RevokeToken(serial=serial, reason=reason), known_code(code))
    print(f"{code}的程序口令{serial}已注销，其他口令不受影响。")


def first(speaking: Speaking, code: str) -> None:
    """The token that came with the key in force, while it is good; alone, for a file or a variable."""
    known_code(code)
    county = speaking()
    came = next((one for one in _all(county, code) if one["serial"].startswith(FIRST) and one["is_good"]), None)
    if came is None:
        raise Trouble(f"{code}的原程序口令已注销或者到期，请用 lianban token issue {code} 另行发放。")
    print(token_of(code, county.secret, int(came["serial"].removeprefix(FIRST))))


def _issued(county: Speaker, code: str, holder: str, days: int) -> str:
    serial = secrets.token_hex(6)
    expires = datetime.now(CHINA).date() + timedelta(days=days)
    county.says(IssueToken(serial=serial, holder=holder, expires=expires), code)
    return issued_token(code, serial, county.secret)


def _standing(one: Mapping[str, Any]) -> str:
    if one["revoked"]:
        return f"已注销（{_day(one['revoked'][:10])}）"
    since = f"{_day(one['since'][:10])}发放，" if one["since"] else "未经发放（随密钥或早先取得），"
    until = f"有效期至{_day(one['until'])}" if one["until"] else "未定有效期"
    return f"{since}{until}{'' if one['is_good'] else '，已失效'}"


def _day(text: str | None, otherwise: str = "") -> str:
    return day_text(date.fromisoformat(text)) if text else otherwise


def _all(county: Speaker, code: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = county.asks(f"/roster/api/organisations/{code}/tokens")["items"]
    return found
