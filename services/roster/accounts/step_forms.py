"""What the pages between password and session show: one form each, with the step sealed in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from services.roster.accounts.rules import LEAST, LEAST_OF_ANY
from services.roster.accounts.second_factor import in_groups, picture
from services.roster.accounts.steps import DIGITS, NEW_PASSWORD, REPLACE, SET_UP, SigningStep
from shared.forms import Shown, Wrong
from shared.forms.inputs import Box, Input
from shared.web.sign_in_forms import Waiting

AT = {
    NEW_PASSWORD: "/roster/sign-in/new-password",
    DIGITS: "/roster/sign-in/digits",
    SET_UP: "/roster/sign-in/digits",
    REPLACE: "/roster/account/second/new",
}
TITLES = {NEW_PASSWORD: "设置密码", DIGITS: "动态口令", SET_UP: "设置动态口令", REPLACE: "设置新的动态口令"}
BUTTONS = {NEW_PASSWORD: "保存并登录", DIGITS: "登录", SET_UP: "核对并登录", REPLACE: "核对并更换"}
OF_PASSWORD = f"至少{LEAST}个字符，含大写字母、小写字母、数字、符号中的三种；或者不少于{LEAST_OF_ANY}个字符。"
OF_DIGITS = "手机上身份验证器当前显示的6位数字。"
LOST = "手机遗失或者更换、验证器打不开的，请联系联合党委的安全保密管理员重置动态口令，重置后用密码登录，重新设置。"


@dataclass(frozen=True, slots=True)
class StepShown:
    """A step as finished values; `picture` and `secret` are for an app to take in."""

    title: str
    who: str
    place: str
    form: Shown
    picture: str = ""
    secret: str = ""


def step_shown(
    step: SigningStep, sealed: str, who: str, place: str, waiting: Waiting, wrongs: Sequence[Wrong] = ()
) -> StepShown:
    """Of somebody, for a unit."""
    inputs = new_password_inputs(wrongs) if step.asks == NEW_PASSWORD else (digits_input(wrongs),)
    lead = LOST if step.asks == DIGITS else ""
    form = plain_form(step.asks, AT[step.asks], BUTTONS[step.asks], inputs, wrongs, TITLES[step.asks], lead)
    form = with_hidden(form, (("step", sealed), *waiting.hidden))
    if step.asks not in (SET_UP, REPLACE):
        return StepShown(TITLES[step.asks], who, place, form)
    drawn = picture(step.secret, f"{who} {place}")
    return StepShown(TITLES[step.asks], who, place, form, drawn, in_groups(step.secret))


def new_password_inputs(wrongs: Sequence[Wrong]) -> tuple[Input, ...]:
    """Typed twice, for nobody sees it."""
    return (
        secret_input("password", "新密码", OF_PASSWORD, "new-password", wrongs),
        secret_input("again", "再填一次", "", "new-password", wrongs),
    )


def digits_input(wrongs: Sequence[Wrong], is_first: bool = True) -> Input:
    """Of a second factor; where it is not the first that is asked for it waits for its turn."""
    wrong = _wrong_at("digits", wrongs)
    return Input(
        "digits",
        "digits",
        "动态口令",
        "whole",
        hint=OF_DIGITS,
        is_needed=True,
        wrong=wrong,
        has_focus=bool(wrong) or (is_first and not wrongs),
        autocomplete="one-time-code",
    )


def secret_input(name: str, label: str, hint: str, autocomplete: str, wrongs: Sequence[Wrong]) -> Input:
    """What never comes again."""
    wrong = _wrong_at(name, wrongs)
    has_focus = bool(wrong) and wrongs[0].name == name
    return Input(
        name,
        name,
        label,
        "password",
        hint=hint,
        is_needed=True,
        wrong=wrong,
        has_focus=has_focus,
        autocomplete=autocomplete,
    )


def plain_form(
    key: str,
    action: str,
    button: str,
    inputs: tuple[Input, ...],
    wrongs: Sequence[Wrong] = (),
    title: str = "",
    lead: str = "",
) -> Shown:
    """One that makes no submission."""
    return Shown(
        key=key,
        title=title or button,
        button=button,
        lead=lead,
        action=action,
        notice="尚未完成" if wrongs else "",
        wrongs=tuple((one.sentence, one.name) for one in wrongs),
        hidden=(),
        boxes=(Box("", inputs),) if inputs else (),
        has_photos=False,
    )


def unified_subject_form(at: str, wrongs: Sequence[Wrong] = ()) -> Shown:
    """By what the provider calls somebody, for who cannot come in otherwise."""
    wrong = _wrong_at("subject", wrongs)
    hint = "认证平台中本人的标识，向平台管理员核实后填写。"
    one = Input("subject", "subject", "统一身份标识", "text", hint=hint, is_needed=True, wrong=wrong, most="256")
    lead = "本人也可以登录后在“我的账号”中自己绑定。"
    return plain_form("unified", f"{at}/unified", "绑定统一身份", (one,), wrongs, lead=lead)


def with_hidden(form: Shown, hidden: tuple[tuple[str, str], ...]) -> Shown:
    """The same with what goes along unseen."""
    return replace(form, hidden=hidden)


def beside_others(form: Shown) -> Shown:
    """The same with ids of its own: others on the page have fields of the same names."""
    boxes = tuple(
        replace(box, inputs=tuple(replace(one, id=f"{form.key}-{one.id}") for one in box.inputs)) for box in form.boxes
    )
    wrongs = tuple((sentence, id and f"{form.key}-{id}") for sentence, id in form.wrongs)
    return replace(form, boxes=boxes, wrongs=wrongs)


def _wrong_at(name: str, wrongs: Sequence[Wrong]) -> str:
    return next((one.sentence for one in wrongs if one.name == name), "")
