"""The form of a spot check (抽查): of any place that one stands above or holds the office for, whenever one likes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import TypeAdapter

from services.inspection.patrols.form import COMPLETED, PLACE, SEEN, scored
from services.inspection.patrols.model.checklists import ChecklistVersion
from shared.events.inspection import LogInspection
from shared.events.vocabulary import PatrolKind
from shared.forms import Field, Form, Kind
from shared.pages.chinese import LOOKING

SPOT = "/inspection/spot-check"


@dataclass(frozen=True, slots=True)
class PlaceChosen:
    """A place that somebody chose to look at, and the checklist of its daily plan."""

    organisation: str
    patrol: PatrolKind
    checklist: str | None
    version: ChecklistVersion | None


_PLACES = TypeAdapter(PlaceChosen)


def chosen_as_carried(place: PlaceChosen) -> dict[str, str]:
    """The place, for its form to bring back."""
    return {PLACE: _PLACES.dump_json(place).decode()}


def chosen_carried(values: Mapping[str, str], organisation: str) -> PlaceChosen | None:
    """As it was shown; nothing when it is another's or cannot be read. What is decided does not rely on it."""
    try:
        place = _PLACES.validate_json(values.get(PLACE, ""))
    except ValueError:
        return None
    return place if place.organisation == organisation else None


def spot_url(organisation: str) -> str:
    """Where the form of a place is."""
    return f"{SPOT}/{organisation}"


def _complete(place: PlaceChosen, data: Mapping[str, Any]) -> Mapping[str, Any]:
    return {"patrol": place.patrol.value} | scored(place.checklist, place.version, data)


SPOT_CHECK = Form(
    LogInspection,
    "spot-check",
    "抽查",
    "提交",
    (Field("camera", "查看方式", Kind.RADIOS, LOOKING, default="no", required=True), *SEEN),
    completed=COMPLETED,
    complete=_complete,
    is_counted=True,
)
