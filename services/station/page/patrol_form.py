"""日巡查: the day's checklist with marks, or a plain score; what was found, and pictures of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from services.station.desk import Desk, Told
from services.station.page.fields import (
    Field,
    Form,
    Group,
    Unfit,
    Values,
    choice,
    hundredths,
    long,
    number,
    photos,
    whole,
)
from shared.events.inspection.scores import score_of
from shared.hundredths import decimal
from shared.pages.chinese import MARKS, PATROLS, SEVERITIES

FINDINGS = 5
"""Rows for what was found."""
PLAIN = "尚未取得检查表，可先用简易登记。"


def _checklist(desk: Desk, values: Values) -> Told | None:
    task = desk.task(values.get("plan", ""), values.get("about", ""))
    if task is not None:
        return desk.checklist(task["checklist"], task["version"])
    name, _, version = values.get("checklist", "").partition(":")
    return desk.checklist(name, int(version)) if version.isdigit() else None


def groups(desk: Desk, values: Values) -> list[Group]:
    """The marks of the checklist that is due, or a score; then rows for findings, and pictures."""
    found = [_finding(n, values) for n in range(FINDINGS)]
    return [
        _scored(desk, _checklist(desk, values), values),
        *(Group(f"问题{n + 1}", fields, folded=not values.get(f"item-{n}")) for n, fields in enumerate(found)),
        Group("照片", [photos()]),
    ]


def _scored(desk: Desk, checklist: Told | None, values: Values) -> Group:
    if checklist is None:
        kind = [] if values.get("plan") else [choice("patrol", "巡查对象", PATROLS, values)]
        remark = [Field("", PLAIN, "told")] if desk.heard_at is None else []
        return Group("得分", [*kind, number("score", "得分", values, "0", "100", "0.01"), *remark])
    marks = [choice(f"mark-{one['item']}", one["name"], MARKS, values) for one in checklist["items"]]
    return Group(f"{checklist['name']}（第{checklist['version']}版）", marks)


def _finding(n: int, values: Values) -> list[Field]:
    return [
        Field(f"item-{n}", "发现的问题", value=values.get(f"item-{n}", ""), required=False),
        choice(f"severity-{n}", "程度", SEVERITIES, {f"severity-{n}": "minor", **values}, required=False),
        number(f"within-{n}", "整改时限（工作日）", values, "0", "366", required=False),
        long(f"note-{n}", "说明", values),
    ]


def data(desk: Desk, values: Values, photos: Sequence[str]) -> dict[str, Any]:
    """With a checklist the score is what its marks come to."""
    findings = [_found(n, values) for n in range(FINDINGS) if values.get(f"item-{n}", "").strip()]
    told: dict[str, Any] = {"patrol": values.get("patrol", ""), "findings": findings}
    told |= {"photos": list(photos)} if photos else {}
    told |= {"plan": values["plan"]} if values.get("plan") else {}
    if checklist := _checklist(desk, values):
        marks = {one["item"]: whole(values, f"mark-{one['item']}", one["name"]) for one in checklist["items"]}
        checked = {"checklist": checklist["checklist"], "version": checklist["version"], "marks": marks}
        weights = {one["item"]: one["weight"] for one in checklist["items"]}
        return told | {"score": score_of(weights, marks), "checked": checked}
    return told | {"score": hundredths(values, "score", "得分")}


def _found(n: int, values: Values) -> dict[str, Any]:
    if not values.get(f"within-{n}"):
        raise Unfit(f"“问题{n + 1}”应当填写整改时限。")
    return {
        "item": values[f"item-{n}"],
        "severity": values.get(f"severity-{n}", "minor"),
        "note": values.get(f"note-{n}", ""),
        "rectify_within": whole(values, f"within-{n}", "整改时限"),
    }


def values(told: Mapping[str, Any]) -> dict[str, str]:
    checked = told.get("checked") or {}
    entered = {"patrol": told["patrol"], "score": decimal(told["score"]), "plan": told.get("plan") or ""}
    if checked:
        entered["checklist"] = f"{checked['checklist']}:{checked['version']}"
    entered |= {f"mark-{item}": str(mark) for item, mark in checked.get("marks", {}).items()}
    for n, finding in enumerate(told.get("findings", ())[:FINDINGS]):
        entered |= {f"item-{n}": finding["item"], f"severity-{n}": finding["severity"]}
        entered |= {f"within-{n}": str(finding["rectify_within"]), f"note-{n}": finding.get("note", "")}
    return entered


PATROL = Form("patrol", "日巡查", "逐项检查并评分；发现问题的，注明整改时限。", "log-inspection", groups, data, values)
