"""The forms of signing in: of a person by unit, name and password, and of an organisation by code and token.

What is secret never comes again; a form that waits for somebody to be signed in goes along in each of them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from fastapi import Request

from shared.forms import Shown, Wrong
from shared.forms.inputs import Box, Input, Option
from shared.process.running import Running
from shared.web.signing_in import called, lapsed_session

LEAD = "请使用本单位的单位编号和登录口令登录；10小时后自动退出。"
LABELS = {
    "code": "单位编号",
    "token": "登录口令",
    "unit": "单位",
    "chosen": "请选择单位",
    "name": "姓名",
    "password": "密码",
    "last4": "手机号码后四位",
}
HINTS = {
    "unit": "输入名称中的两个字，从列出的单位中选择。",
    "password": "首次登录、忘记密码的，填写登录码。",
    "last4": "本单位有两位同名人员，请填写本人手机号码的后四位。",
}
AT_THE_ROSTER = "/roster/sign-in/person"
AGAIN = "/roster/sign-in/again"


@dataclass(frozen=True, slots=True)
class Waiting:
    """What signing in leads to: a page, or a form that was sent when nobody was signed in, sealed."""

    back: str = ""
    kept: str = ""

    @property
    def hidden(self) -> tuple[tuple[str, str], ...]:
        """As it goes along."""
        return (("back", self.back), *([("kept", self.kept)] if self.kept else []))


@dataclass(frozen=True, slots=True)
class SignInForms:
    """Those of the page; without a person's it is empty, or filled in with who was here last."""

    token: Shown
    person: Shown | None = None


@dataclass(frozen=True, slots=True)
class LastHere:
    """Who worked on this browser until the session was over by itself."""

    name: str
    place: str
    action: str
    may_go_on: bool
    """Whether this browser was told to remember the person."""

    @property
    def entered(self) -> Mapping[str, str]:
        """Of the form."""
        return {"unit": self.place, "name": self.name}


async def remembered(request: Request, parts: Running) -> LastHere | None:
    """Nothing once the person signed out, or is known no longer."""
    session = lapsed_session(request, parts)
    name = (await parts.people.current()).name_of(session.person) if session else None
    if session is None or name is None:
        return None
    return LastHere(name, called(session.code, parts), AGAIN, session.is_remembered)


def by_token(service: str, waiting: Waiting, code: str = "", wrongs: Sequence[Wrong] = ()) -> Shown:
    """The code comes again, the token never does."""
    inputs = (
        _input("code", "text", code, "username", wrongs),
        _input("token", "password", "", "current-password", wrongs),
    )
    return _shown("sign-in", LEAD, f"/{service}/sign-in", waiting, inputs, wrongs)


def by_person(
    waiting: Waiting,
    entered: Mapping[str, str],
    wrongs: Sequence[Wrong] = (),
    units: Mapping[str, str] | None = None,
    asks_last4: bool = False,
) -> Shown:
    """With `units` the one that is meant is chosen among them, by code and name."""
    options = tuple(Option(code, name, code == entered.get("chosen")) for code, name in (units or {}).items())
    inputs = [_input("unit", "text", entered.get("unit", ""), "organization", wrongs)]
    if options:
        inputs.append(_input("chosen", "radios", "", "", wrongs, options))
    inputs.append(_input("name", "text", entered.get("name", ""), "username", wrongs))
    inputs.append(_input("password", "password", "", "current-password", wrongs))
    if asks_last4:
        inputs.append(_input("last4", "text", "", "off", wrongs))
    return _shown("person", "", AT_THE_ROSTER, waiting, tuple(inputs), wrongs)


def _shown(
    key: str, lead: str, action: str, waiting: Waiting, inputs: tuple[Input, ...], wrongs: Sequence[Wrong]
) -> Shown:
    return Shown(
        key=key,
        title="登录",
        button="登录",
        lead=lead,
        action=action,
        notice="未能登录" if wrongs else "",
        wrongs=tuple((one.sentence, one.name) for one in wrongs),
        hidden=waiting.hidden,
        boxes=(Box("", inputs),),
        has_photos=False,
    )


def _input(
    name: str,
    kind: str,
    value: str,
    autocomplete: str,
    wrongs: Sequence[Wrong],
    options: tuple[Option, ...] = (),
) -> Input:
    wrong = next((one.sentence for one in wrongs if one.name == name), "")
    return Input(
        name,
        name,
        LABELS[name],
        kind,
        value,
        options,
        HINTS.get(name, ""),
        is_needed=True,
        wrong=wrong,
        has_focus=bool(wrong) and name == wrongs[0].name,
        autocomplete=autocomplete,
    )
