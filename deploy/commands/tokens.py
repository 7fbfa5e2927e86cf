"""`token list | issue | reissue | revoke <code> ...`: the tokens with which programs speak for somebody over HTTP."""

from __future__ import annotations

import argparse
import secrets
from collections.abc import Callable, Mapping, Sequence
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


def token(speaking: Speaking, typed: Sequence[str]) -> None:
    """A code without a verb is answered with the token that came with its key, alone, for a file or a variable."""
    verbs = {name: (description, run) for name, description, run in COMMANDS}
    if typed and typed[0] not in verbs and not typed[0].startswith("-"):
        typed = ("first", *typed)
    parser = argparse.ArgumentParser(prog="token", description="Tokens of programs, for HTTP.")
    commands = parser.add_subparsers(dest="verb", required=True)
    for name, (description, _) in verbs.items():
        _described(commands.add_parser(name, help=description), name)
    asked = parser.parse_args(typed)
    known_code(asked.code)
    verbs[asked.verb][1](speaking(), asked)


def _described(one: argparse.ArgumentParser, verb: str) -> None:
    one.add_argument("code", help="the organisation's code: 123456100202, 123456")
    if verb in ("reissue", "revoke"):
        one.add_argument("serial", help="which of them, as `list` shows it")
    if verb == "issue":
        one.add_argument("--holder", required=True, help="which program is given it; never a person's name")
    if verb in ("issue", "reissue"):
        one.add_argument("--days", type=int, default=DAYS, choices=range(1, DAYS + 1), metavar=f"1-{DAYS}")
    if verb in ("reissue", "revoke"):
        one.add_argument("--reason", default="", help="why, for the record")


def _list(county: Speaker, asked: argparse.Namespace) -> None:
    """Who has it, since when, until when, when it was used last."""
    for one in _all(county, asked.code):
        print(f"{one['serial']}  {one['holder']}  {_standing(one)}  最近使用{_day(one['used'], '：无记录')}")


def _standing(one: Mapping[str, Any]) -> str:
    if one["revoked"]:
        return f"已注销（{_day(one['revoked'][:10])}）"
    since = f"{_day(one['since'][:10])}发放，" if one["since"] else "未经发放（随密钥或早先取得），"
    until = f"有效期至{_day(one['until'])}" if one["until"] else "未定有效期"
    return f"{since}{until}{'' if one['is_good'] else '，已失效'}"


def _day(text: str | None, otherwise: str = "") -> str:
    return day_text(date.fromisoformat(text)) if text else otherwise


def _issue(county: Speaker, asked: argparse.Namespace) -> None:
    """Prints the token alone on the first line; it is shown once and kept nowhere."""
    print(_issued(county, asked.code, asked.holder, asked.days))


def _issued(county: Speaker, code: str, holder: str, days: int) -> str:
    serial = secrets.token_hex(6)
    expires = datetime.now(CHINA).date() + timedelta(days=days)
    county.says(IssueToken(serial=serial, holder=holder, expires=expires), code)
    return issued_token(code, serial, county.secret)


def _reissue(county: Speaker, asked: argparse.Namespace) -> None:
    """Another in its place for the same program; the old one is void at once."""
    held = next((one for one in _all(county, asked.code) if one["serial"] == asked.serial), None)
    if held is None or not held["is_good"]:
        raise Trouble(f"{asked.code}没有编号为{asked.serial}的有效程序口令，请用 token list 核对。")
    print(_issued(county, asked.code, held["holder"], asked.days))
    county.says(RevokeToken(serial=asked.serial, reason=asked.reason), asked.code)


def _revoke(county: Speaker, asked: argparse.Namespace) -> None:
    """At once, with whoever is signed in by it."""
    county.says(RevokeToken(serial=asked.serial, reason=asked.reason), asked.code)
    print(f"{asked.code}的程序口令{asked.serial}已注销，其他口令不受影响。")


def _first(county: Speaker, asked: argparse.Namespace) -> None:
    """The token that came with the key in force, while it is good."""
    first = next((one for one in _all(county, asked.code) if one["serial"].startswith(FIRST) and one["is_good"]), None)
    if first is None:
        raise Trouble(f"{asked.code}的原程序口令已注销或者到期，请用 token issue 另行发放。")
    print(token_of(asked.code, county.secret, int(first["serial"].removeprefix(FIRST))))


def _all(county: Speaker, code: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = county.asks(f"/roster/api/organisations/{code}/tokens")["items"]
    return found


Run = Callable[[Speaker, argparse.Namespace], None]
COMMANDS: Sequence[tuple[str, str, Run]] = (
    ("list", "which there are: for what, since and until when, last used", _list),
    ("issue", "a new one for a program, shown once", _issue),
    ("reissue", "another in the place of one, which is void at once", _reissue),
    ("revoke", "one is void at once, the others stay", _revoke),
    ("first", "the one that came with its key, or that it had before tokens were issued", _first),
)
