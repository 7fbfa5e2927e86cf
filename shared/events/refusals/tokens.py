"""Why a program is given no token, or none is taken from it."""

from __future__ import annotations

from collections.abc import Mapping

from shared.events.refusals.sentences import Sentences

TOKENS: Mapping[str, Sentences] = {
    "not-its-own-token": (
        "程序口令须由{organisation}的程序本身续期，不得代办。",
        "The program of {organisation} renews its token itself; nobody else may.",
    ),
    "own-token": (
        "程序口令应由{organisation}的上级单位发放，不能自行发放；已有口令的，可以由程序自行续期。",
        "An organisation above {organisation} issues its tokens; a program that has one may renew it.",
    ),
    "token-ended": (
        "该程序口令已于{expires}到期或者已经注销，不能续期，请向上级单位重新申领。",
        "This token ended on {expires} or was revoked and cannot be renewed; ask the organisation above for another.",
    ),
    "token-known": (
        "{organisation}已有同一编号的程序口令，请换一个编号发放。",
        "{organisation} has a token of this serial already; issue it under another.",
    ),
    "token-too-long": (
        "程序口令的有效期最晚至{latest}，请改正到期日后重新发放。",
        "A token lasts until {latest} at most; issue it again with an earlier day.",
    ),
    "token-over": (
        "程序口令的到期日{expires}已过，请改正后重新发放。",
        "The day {expires} until which the token would last is over; issue it again with a later one.",
    ),
    "too-many-tokens": (
        "{organisation}的程序口令已达{most}个，请先注销不再使用的。",
        "{organisation} has {most} tokens already; revoke those that are not used any more.",
    ),
    "unknown-token": (
        "{organisation}没有编号为{serial}的有效程序口令，请核对编号。",
        "{organisation} has no valid token of the serial {serial}; check it.",
    ),
}
