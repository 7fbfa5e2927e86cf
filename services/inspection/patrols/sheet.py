"""Inspections as pages show them: when captured and received, by which checklist, what was found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from services.inspection.patrols.model.checklists import Checklist
from services.inspection.patrols.model.plans import PatrolPlans
from services.inspection.rectifications.board import page_of
from shared.hundredths import decimal
from shared.pages.boards import Cell
from shared.pages.cells import Cells, number_cell
from shared.pages.chinese import CHECKS, INSPECTORS, NOTHING, PATROLS, SEVERITIES, day_text, time_text
from shared.pages.words import acting_name, name_of
from shared.roster.organisations import Roster


@dataclass(frozen=True, slots=True)
class InspectionLine:
    """An inspection in the list of a day."""

    name: str
    url: str
    patrol: str
    check: str
    captured: str
    received: str
    score: str
    findings: str


@dataclass(frozen=True, slots=True)
class Marked:
    """An item of the checklist and its mark."""

    name: str
    weight: str
    mark: str


@dataclass(frozen=True, slots=True)
class FindingLine:
    """A finding, where it is followed up, and until when it is to be put right."""

    item: str
    url: str
    severity: str
    deadline: str


@dataclass(frozen=True, slots=True)
class InspectionSheet:
    """One inspection with everything; `facts` are pairs of a heading and what is told."""

    title: str
    facts: tuple[tuple[str, str], ...]
    checklist: str
    marks: tuple[Marked, ...]
    findings: tuple[FindingLine, ...]


def line(one: Mapping[str, Any], roster: Roster) -> InspectionLine:
    """One inspection of a list."""
    return InspectionLine(
        name=name_of(one["organisation"], roster, date.fromisoformat(one["day"])),
        url=f"/inspection/inspections/{one['id']}",
        patrol=PATROLS[one["patrol"]],
        check=check_text(one),
        captured=time_text(one["captured"]),
        received=time_text(one["received"]) if one["received"] else NOTHING,
        score=decimal(one["score"]),
        findings=str(one["findings"]),
    )


EMPTY = "当日没有可以查看的巡查记录。"
HEADS = {
    "名称": "",
    "类别": "tight roomy",
    "性质": "tight roomy",
    "发生时间": "tight",
    "收到时间": "tight roomy",
    "得分": "number",
    "问题": "number",
}


def cells(one: Mapping[str, Any], roster: Roster) -> Cells:
    """The same as a line of the list."""
    said = line(one, roster)
    return (
        Cell(said.name, said.url),
        Cell(said.patrol),
        Cell(said.check),
        Cell(said.captured, value=datetime.fromisoformat(one["captured"])),
        Cell(said.received, value=datetime.fromisoformat(one["received"]) if one["received"] else None),
        Cell(said.score, value=one["score"] / 100),
        number_cell(one["findings"]),
    )


def check_text(one: Mapping[str, Any]) -> str:
    """自查, 巡查（大厅）, 抽查（上级）; an older inspection does not say."""
    check, by = one.get("check"), one.get("by")
    if check is None:
        return NOTHING
    return CHECKS[check] if by in (None, "self") else f"{CHECKS[check]}（{INSPECTORS[by]}）"


def sheet(
    one: Mapping[str, Any], checklist: Checklist | None, plans: PatrolPlans, roster: Roster, actor: str
) -> InspectionSheet:
    """One inspection in words; `actor` is whoever made it, as whoever looks may know."""
    shown, day = line(one, roster), date.fromisoformat(one["day"])
    plan = plans.on(day).get(one["plan"] or "")
    facts = (
        ("巡查对象", shown.patrol),
        ("检查性质", shown.check),
        ("巡查计划", plan.name if plan else NOTHING),
        ("计入日期", day_text(one["due"]) if one["due"] else "不计入巡查计划"),
        ("报送单位", acting_name(one["submitter"], roster, day)),
        ("办理人", actor or NOTHING),
        ("发生时间", shown.captured),
        ("收到时间", shown.received),
        ("得分", shown.score),
        ("地点", _place(one["place"])),
        ("照片", f"{len(one['photos'])}张" if one["photos"] else NOTHING),
        ("复查事项", one["reinspects"] or NOTHING),
    )
    called, marks = _marks(one["checked"], checklist, day)
    return InspectionSheet(shown.name, facts, called, marks, tuple(_found(raw) for raw in one["rectifications"]))


def _place(place: Mapping[str, float] | None) -> str:
    return f"北纬{place['latitude']:.4f}度、东经{place['longitude']:.4f}度" if place else NOTHING


def _marks(checked: Mapping[str, Any] | None, checklist: Checklist | None, day: date) -> tuple[str, tuple[Marked, ...]]:
    """By the version that was used: not always the newest, nor that of the day where it was not known yet."""
    if checked is None or checklist is None:
        return "", ()
    version = checklist.versions[checked["version"] - 1]
    marks = (Marked(item.name, str(item.weight), str(checked["marks"][item.item])) for item in version.items)
    current = checklist.on(day)
    since = f"，登记时尚未取得当日施行的第{current.version}版" if current and current.version != version.version else ""
    return f"{version.name}（第{version.version}版{since}）", tuple(marks)


def _found(raw: Mapping[str, Any]) -> FindingLine:
    url = page_of(raw["organisation"], raw["rectification"])
    return FindingLine(raw["item"], url, SEVERITIES[raw["severity"]], day_text(raw["deadline"]))
