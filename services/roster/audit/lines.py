"""Rows of the audit in words: who, from where, what, and how it ended."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from services.roster.audit.model import AuditRow
from shared.dates import day_text, time_text
from shared.events.labels import TYPES
from shared.pages.cells import Cell, Cells
from shared.pages.chinese import NOTHING, grouped, size
from shared.pages.words import acting_name, name_of
from shared.roster.organisations import Roster
from shared.roster.people import People

HEADS = {
    "序号": "number",
    "时间": "tight",
    "类别": "",
    "人员": "",
    "单位": "",
    "来源地址": "",
    "内容": "wide",
    "结果": "",
}
KINDS: Mapping[str, str] = {
    "sign-in": "登录",
    "sign-in-failed": "登录未成",
    "account": "账号变更",
    "no-right": "无权限",
    "personal-data": "查看个人信息",
    "export": "导出",
    "rights": "权限变更",
    "submission": "报送",
    "audit": "审计",
    "todo": "待办",
    "operation": "系统管理",
}
OUTCOMES: Mapping[str, str] = {
    "in": "已登录",
    "refused": "未受理",
    "taken": "已收到",
    "seen": "已查看",
    "all": "全部",
    "begun": "已开始",
    "away": "认证平台没有应答",
    "cancelled": "认证平台没有确认",
    "disabled": "账号已停用",
    "done": "已完成",
    "late": "已过期或者不是从本机开始",
    "locked": "账号已锁定",
    "no-unit": "没有任职单位",
    "password-again": "须先输入密码确认本人",
    "unfit": "认证结果核对不符",
    "unknown": "没有绑定账号",
}
WAYS: Mapping[str, str] = {
    "page": "以单位口令",
    "program": "以程序口令",
    "enrolment": "以登记码",
    "unified": "以统一身份",
}
ACCOUNTS: Mapping[str, str] = {
    "account-disable": "停用账号",
    "account-enable": "恢复账号",
    "account-end": "退出全部登录",
    "account-locked": "账号锁定",
    "account-second": "重置动态口令",
    "account-unlock": "开锁",
    "code-given": "发放登录码",
    "code-given-by-the-operator": "系统运行人员发放登录码",
    "device-forgotten": "不再记住一台设备",
    "other-sessions-ended": "退出其他全部设备",
    "password-changed": "修改密码",
    "password-set-by-code": "以登录码设置密码",
    "person-confirmed": "再次输入密码确认本人",
    "person-not-confirmed": "再次输入密码确认本人",
    "person-not-let-in": "以密码",
    "second-factor-replaced": "更换动态口令",
    "second-factor-set-up": "设置动态口令",
    "session-ended": "退出一台设备",
    "signed-in": "以个人账号",
    "signed-out": "退出登录",
    "account-unbind": "解除绑定统一身份",
    "unified-identity-bound": "绑定统一身份",
    "unified-identity-unbound": "解除绑定统一身份",
    "unit-changed": "换单位",
}
"""What became of an account, as `noted` names it."""
OPENED = {"appraisal-seen": "查看考核评议表"}
"""What was opened, by the name under which it lies: whose it is stands nowhere."""
DEEDS: Mapping[str, str] = {"reminded": "催办", "put-aside": "不再办理", "taken-up": "恢复办理"}
"""What was done to something that waits, and is no submission."""
CLEARED = "photos-cleared"
"""On which day, how many and how many bytes."""
REFUSED = "未获准"
SUBMITTED = ("submission", "rights", "no-right")


def line_cells(row: AuditRow, people: People, roster: Roster, today: date) -> Cells:
    """A row of the list; whoever is not known by name stands by the id."""
    line = row.line
    person = (people.name_of(line.person) or line.person) if line.person else NOTHING
    unit = acting_name(line.code, roster, today) if line.code else NOTHING
    return (
        Cell(f"{row.n}"),
        Cell(time_text(line.at)),
        Cell(KINDS[line.kind]),
        Cell(person),
        Cell(unit),
        Cell(line.address or NOTHING),
        _what(row, people, roster, today),
        Cell(_outcome(row)),
    )


def _what(row: AuditRow, people: People, roster: Roster, today: date) -> Cell:
    """Of a submission its type and whom it concerns, leading to its record; of a person the name."""
    line, words = row.line, row.line.what.split(" ")
    if line.kind in SUBMITTED and words[0] in TYPES:
        about = f"（{name_of(words[2], roster, today)}）" if len(words) > 2 else ""
        return Cell(f"{TYPES[words[0]]}{about}", note=words[1] if len(words) > 1 else "")
    if words[0] in ACCOUNTS:
        whose = people.name_of(words[1]) or words[1] if len(words) > 1 else ""
        said = f"（{whose}）" if whose else ""
        return Cell(f"{ACCOUNTS[words[0]]}{said}", note=" ".join(words[2:]))
    if line.kind == "todo":
        return Cell(DEEDS.get(words[0], words[0]), note=" ".join(words[1:]))
    if line.what in WAYS:
        return Cell(WAYS[line.what])
    if words[0] == CLEARED and len(words) == 4:
        return Cell(f"按保管期限清理照片{grouped(int(words[2]))}张（{size(int(words[3]))}）", note=day_text(words[1]))
    if words[0] in OPENED:
        return Cell(OPENED[words[0]], note=" ".join(words[1:]))
    if line.kind == "personal-data":
        return Cell(people.name_of(line.what) or line.what)
    return Cell(line.what or NOTHING)


def _outcome(row: AuditRow) -> str:
    """In a word; of failed attempts how often by then."""
    said = row.line.outcome
    if row.line.kind == "sign-in-failed" and said.isdecimal():
        return f"第{said}次"
    return OUTCOMES.get(said, NOTHING if not said else "") or (
        REFUSED if row.line.kind == "no-right" else f"{said}行" if said.isdecimal() else said
    )
