"""The form that corrects an inspection, filled in with what was reported: as it is kept, for its facts say less."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from services.inspection.patrols.form import COMPLETED, SEEN, scored
from services.inspection.patrols.model.checklists import Checklist, checklist_id
from services.inspection.patrols.model.patrols import Inspection
from services.inspection.patrols.spot_form import PlaceChosen
from services.inspection.photos.seeing import Named, going_along
from services.inspection.rectifications.model import Rectification
from shared.database.kept import document, documents
from shared.database.mongo import Database
from shared.events.inspection import LogInspection
from shared.events.vocabulary import Inspector
from shared.forms import Form

GIVEN = ("plan", "place", "reinspects", "camera")
"""What is not corrected: by which plan, where, and how the place was looked at."""


def _complete(place: PlaceChosen, data: Mapping[str, Any]) -> Mapping[str, Any]:
    return {"patrol": place.patrol.value} | scored(place.checklist, place.version, data)


AGAIN = Form(
    LogInspection,
    "correct-patrol",
    "更正巡查记录",
    "提交更正",
    SEEN,
    completed=COMPLETED,
    complete=_complete,
    given=GIVEN,
    lead="更正受理后，以更正后的内容为准，原记录及其发现的问题不再计入统计。",
    asks_when="巡查时间",
)


async def place_of(db: Database, key: str) -> PlaceChosen | None:
    """The place, and the version of the checklist by which it was marked."""
    kept = await document(db, Inspection, key)
    if kept is None:
        return None
    if kept.checked is None:
        return PlaceChosen(kept.organisation, kept.patrol, None, None)
    listed = await document(db, Checklist, checklist_id(kept.county, kept.checked.checklist))
    version = listed.versions[kept.checked.version - 1] if listed else None
    return PlaceChosen(kept.organisation, kept.patrol, kept.checked.checklist, version)


async def reported(db: Database, key: str) -> Mapping[str, Any]:
    """The body that was submitted, its findings with it."""
    kept = await document(db, Inspection, key)
    if kept is None:
        return {}
    body = kept.model_dump(mode="json", include={"patrol", "plan", "score", "checked", "place", "reinspects"})
    photos = await going_along(db, Named(kept.submitter, kept.photos, kept.captured, kept.added))
    return {**body, "photos": photos, "camera": kept.by is Inspector.CAMERA, "findings": await _findings(db, kept)}


async def _findings(db: Database, kept: Inspection) -> list[dict[str, Any]]:
    """Those that opened a rectification; one that was found still there is as it was found first."""
    wanted = {"organisation": kept.organisation, "rectification": {"$regex": f"^{kept.inspection}/"}}
    opened = await documents(db, Rectification, wanted)
    again = await document(db, Rectification, f"{kept.organisation}/{kept.reinspects}") if kept.reinspects else None
    is_there_still = again is not None and len(opened) < kept.findings
    ordered = sorted(opened, key=lambda one: int(one.rectification.rpartition("/")[2]))
    return [_finding(one) for one in (*([again] if again and is_there_still else []), *ordered)]


def _finding(one: Rectification) -> dict[str, Any]:
    note = one.steps[0].note if one.steps else ""
    return {"item": one.item, "severity": one.severity.value, "rectify_within": one.within, "note": note}
