"""日自查: the day's checklist with marks, or a plain score; what was found, and pictures of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from services.station.page.here import Here
from shared.events.inspection import LogInspection
from shared.events.inspection.scores import score_of
from shared.forms import Field, Form, Group, Kind, Marks, Photos, Remark
from shared.forms.declared import Choosing
from shared.forms.findings import finding_rows
from shared.pages.chinese import MARKS, PATROLS

UPLOAD = "/photos"
"""Where a photo is sent ahead of its form."""
FINDINGS = 5
"""Rows for what was found."""
PLAIN = "尚未取得检查表，可先用简易登记。"


def is_by_checklist(here: Here) -> bool:
    """Marked item by item."""
    return here.checklist is not None


def is_plain(here: Here) -> bool:
    """Only a score is asked for."""
    return here.checklist is None


def is_by_plan(here: Here) -> bool:
    """A task of the day: what kind of patrol it is is known."""
    return bool(here.values.get("plan"))


def _title(here: Here) -> str:
    listed = here.checklist or {}
    return f"{listed['name']}（第{listed['version']}版）"


def _items(here: Here) -> list[Choosing]:
    listed = here.checklist or {}
    return [Choosing(one["item"], one["name"]) for one in listed["items"]]


def _scored(here: Here, data: Mapping[str, Any]) -> Mapping[str, Any]:
    """With a checklist the score is what its marks come to."""
    if here.checklist is None:
        return {}
    weights = {one["item"]: one["weight"] for one in here.checklist["items"]}
    return {"score": score_of(weights, data["checked"]["marks"])}


PATROL = Form(
    LogInspection,
    "patrol",
    "日自查",
    "保存并报送",
    (
        Field("plan", "巡查计划", Kind.HIDDEN, when=is_by_plan),
        Field("patrol", "巡查对象", Kind.HIDDEN, when=is_by_plan),
        Field("checked.checklist", "检查表", Kind.HIDDEN, when=is_by_checklist),
        Field("checked.version", "检查表版本", Kind.HIDDEN, when=is_by_checklist),
        Group(_title, (Marks("checked.marks", _items, MARKS),), when=is_by_checklist),
        Group(
            "得分",
            (
                Field("patrol", "巡查对象", choices=PATROLS, when=lambda here: not is_by_plan(here)),
                Field("score", "得分", Kind.HUNDREDTHS),
                Remark(PLAIN, when=lambda here: here.desk.heard_at is None),
            ),
            when=is_plain,
        ),
        finding_rows(FINDINGS),
        Group("现场照片", (Photos(upload=UPLOAD),)),
    ),
    lead="逐项检查并评分；发现问题的，注明整改期限。",
    completed=("score",),
    complete=_scored,
    asks_when="发生时间",
    is_counted=True,
)
