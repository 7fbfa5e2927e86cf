"""The form of a patrol made on the spot: by the checklist of its plan, or with a score alone where there is none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from pydantic import TypeAdapter

from services.inspection.patrols.measures import DueLine
from services.inspection.patrols.model.checklists import ChecklistVersion
from services.inspection.photos.sending import UPLOAD
from shared.events.inspection import LogInspection
from shared.events.inspection.scores import score_of
from shared.forms import Field, Form, Group, Kind, Marks, Photos
from shared.forms.declared import Choosing
from shared.forms.findings import finding_rows
from shared.pages.chinese import MARKS

FINDINGS = 3
"""Rows for findings that are offered; a place with more is logged a second time."""


@dataclass(frozen=True, slots=True)
class PlaceDue:
    """A place that is due, and the checklist by which it is marked on the day."""

    line: DueLine
    version: ChecklistVersion | None


PLACE = "place"
"""The hidden field in which the form of a place carries what it is filled in by: sent, it needs no look-up."""
_PLACES = TypeAdapter(PlaceDue)


def as_carried(place: PlaceDue) -> dict[str, str]:
    """The place, for its form to bring back."""
    return {PLACE: _PLACES.dump_json(place).decode()}


def carried(values: Mapping[str, str], plan: str, organisation: str) -> PlaceDue | None:
    """As it was shown; nothing when it is another's or cannot be read. What is decided does not rely on it."""
    try:
        place = _PLACES.validate_json(values.get(PLACE, ""))
    except ValueError:
        return None
    return place if (place.line.plan.plan, place.line.organisation) == (plan, organisation) else None


class HasVersion(Protocol):
    """A place, due or chosen, and the checklist by which it is marked on the day."""

    @property
    def version(self) -> ChecklistVersion | None: ...


def is_marked(place: HasVersion) -> bool:
    """Item by item."""
    return place.version is not None


def is_scored(place: HasVersion) -> bool:
    """There is nothing to mark: the score itself is asked for."""
    return place.version is None


def _items(place: HasVersion) -> list[Choosing]:
    items = place.version.items if place.version else ()
    return [Choosing(one.item, one.name, f"权重{one.weight}") for one in items]


def _complete(place: PlaceDue, data: Mapping[str, Any]) -> Mapping[str, Any]:
    """By which plan it was patrolled; the score is what the marks come to."""
    plan = place.line.plan
    return {"patrol": plan.patrol.value, "plan": plan.plan} | scored(plan.checklist, place.version, data)


def scored(checklist: str | None, version: ChecklistVersion | None, data: Mapping[str, Any]) -> dict[str, Any]:
    """The score is what the marks of a checklist come to; without one it was entered."""
    if version is None:
        return {}
    checked = {"checklist": checklist, "version": version.version}
    return {"checked": checked, "score": score_of(version.weights, data["checked"]["marks"])}


SEEN = (
    Group("检查打分", (Marks("checked.marks", _items, MARKS),), when=is_marked),
    Group("检查打分", (Field("score", "得分", Kind.HUNDREDTHS, default="100"),), when=is_scored),
    finding_rows(FINDINGS),
    Group("现场照片", (Photos(upload=UPLOAD),)),
)
"""What is asked of a place that is looked at."""
COMPLETED = ("patrol", "score", "checked.checklist", "checked.version")
PATROL = Form(
    LogInspection,
    "patrol",
    "现场巡查",
    "提交",
    SEEN,
    completed=(*COMPLETED, "plan"),
    complete=_complete,
    is_counted=True,
)
