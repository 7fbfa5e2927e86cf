"""How appraisals read: grades, terms, steps."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from services.roster.appraisals.contents import Grade
from services.roster.appraisals.model import Sheet
from services.roster.appraisals.order import (
    ANSWERED,
    APPEALED,
    ARCHIVED,
    COMMITTEE,
    HOME,
    PEERS,
    SELF,
    SETTLED,
    SIGNED,
    STEP_NAMES,
)
from shared.pages.words import ShownState

GRADES: Mapping[str, str] = {
    Grade.EXCELLENT: "优秀",
    Grade.QUALIFIED: "合格",
    Grade.BASIC: "基本合格",
    Grade.UNQUALIFIED: "不合格",
}
TERMS: Mapping[str, str] = {
    "daily": "日常履职",
    "service": "服务质量",
    "party_life": "党的组织生活",
    "role": "作用发挥",
    "incidents": "查实的三无事项",
}
STATES: Mapping[str, str] = {
    SELF: "待自评",
    PEERS: "待互评",
    COMMITTEE: "待联合党委评定",
    HOME: "待成员党组织评定",
    SETTLED: "待会商",
    SIGNED: "待本人阅签",
    ANSWERED: "待答复申诉",
    ARCHIVED: "待归档",
}
LINE = (SELF, PEERS, COMMITTEE, HOME, SIGNED, ARCHIVED)
"""Through which every sheet goes; others only where they come in."""


def state_of(sheet: Sheet, today: date) -> ShownState:
    """What it waits for, and whether that is late."""
    if sheet.withdrawn:
        return ShownState("已撤回", "")
    if sheet.erased:
        return ShownState("个人信息已删除", "")
    if sheet.awaits is None:
        return ShownState("已归档", "good")
    is_late = sheet.due is not None and sheet.due < today
    return ShownState(f"{STATES[sheet.awaits]}{'，已逾期' if is_late else ''}", "bad" if is_late else "warn")


def life(sheet: Sheet) -> tuple[tuple[str, bool], ...]:
    """Its line of steps, each with whether it is reached; settlement and appeal where there are any."""
    were = {one.step for one in sheet.steps}
    line = list(LINE)
    if SETTLED in were or sheet.awaits is SETTLED:
        line.insert(line.index(SIGNED), SETTLED)
    if APPEALED in sheet.parts:
        line[line.index(ARCHIVED) : line.index(ARCHIVED)] = [APPEALED, ANSWERED]
    order = [*line]
    waits = order.index(sheet.awaits) if sheet.awaits in order else len(order)
    return tuple((STEP_NAMES[step], step in were and n < waits) for n, step in enumerate(order))


def name_of_year(year: int) -> str:
    """2018年度考核评议."""
    return f"{year}年度考核评议"
