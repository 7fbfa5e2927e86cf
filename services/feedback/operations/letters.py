"""Dead letters as an operator reads them: what could not be decided, why, and whether it was driven again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from shared.events.refusals import REFUSALS
from shared.pages.chinese import NOTHING, SERVICES, time_text
from shared.web.forms import Told

REASONS = {
    "service-error": "办理该报送时程序连续出错。请先修复程序，再重新办理。",
    "unreadable": "报送内容无法读取。请通知报送单位按照接口规范更正后重新报送；重新办理一般无效。",
}
"""What a sentence for the submitter does not tell the operator."""
QUOTING = "service-error"
"""The reason whose `why` is the program's own error, which may quote what was submitted."""
KEPT_BACK = "详情可能载有报送内容，仅供联合党委登录后查看"


@dataclass(frozen=True, slots=True)
class LetterLine:
    """One dead letter."""

    sequence: str
    time: str
    service: str
    reason: str
    slug: str
    why: str
    subject: str
    submitter: str
    driven: str
    again_url: str


def shown(letters: Sequence[Mapping[str, Any]], to_county: bool) -> list[dict[str, Any]]:
    """Dead letters as anybody may read them: what a program failed on is for the county alone."""
    return [
        {**letter, "why": KEPT_BACK} if letter["reason"] == QUOTING and not to_county else {**letter}
        for letter in letters
    ]


def line(letter: Mapping[str, Any], names: Mapping[str, str]) -> LetterLine:
    """A dead letter in words; the submitter by name when the roster knows it."""
    submitter, driven = letter["submitter"], letter["driven"]
    return LetterLine(
        sequence=letter["id"],
        time=time_text(letter["received"]),
        service=SERVICES.get(letter["service"], letter["service"]),
        reason=reason(letter["reason"]),
        slug=letter["reason"],
        why=letter["why"] or NOTHING,
        subject=letter["subject"] or NOTHING,
        submitter=names.get(submitter, submitter),
        driven=f"{time_text(driven)}已重新办理" if driven else "",
        again_url=f"/feedback/dead-letters/{letter['id']}/again",
    )


def reason(slug: str) -> str:
    """The sentence of a reason; one whose details are not known here stands without them."""
    if slug in REASONS:
        return REASONS[slug]
    zh = REFUSALS.get(slug, ("未列入目录的原因。", ""))[0]
    return zh if "{" not in zh else zh.split("{")[0].rstrip("(（“") + "……"


def lines(letters: Sequence[Mapping[str, Any]], names: Mapping[str, str]) -> tuple[LetterLine, ...]:
    """Those not driven again first, the newest of them on top."""
    newest = sorted((line(letter, names) for letter in letters), key=lambda one: -int(one.sequence))
    return tuple(sorted(newest, key=lambda one: bool(one.driven)))


def after_driving(sequence: int, letter: Mapping[str, Any] | None) -> Told:
    """What is said after the button was pressed: what is so, whoever pressed it and however often."""
    called = f"第{sequence}号死信"
    if letter is None:
        return Told(f"没有{called}", "bad", ("可能已超过保存期限，请在下列清单中核对编号。",))
    if not letter["driven"]:
        return Told(f"{called}尚未重新办理", "bad", ("其报送主题无法识别的，不能重新办理，请通知报送单位重新报送。",))
    reasons = f"{time_text(letter['driven'])}重新办理。办理结果稍后可查；再次失败的，将作为新的死信列出。"
    return Told(f"{called}已重新办理", "good", (reasons,))
