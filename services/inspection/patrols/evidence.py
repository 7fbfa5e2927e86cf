"""Whose inspections name a photo, and who may therefore see it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from services.inspection.patrols.model.patrols import Inspection
from services.inspection.photos.album import Album
from services.inspection.photos.model import AddedPhoto
from services.inspection.photos.seeing import Evidence, Named, evidence
from services.inspection.rectifications.model import Rectification
from shared.database.documents import COUNTS
from shared.database.mongo import Database
from shared.identity.reading import PLACES
from shared.roster.organisations import Roster
from shared.web.reading import Reading


async def concerned(db: Database, station: str, sha256: str) -> list[str]:
    """The organisations whose inspections by this station name this photo, or in whose records it added it later.

    What was taken back counts no longer.
    An inspection names photos of its own submitter, so that nobody comes to see another's by naming it.
    """
    added = {"added.photo": sha256, "added.by": station}
    named: list[str] = await db[Inspection.collection].distinct(
        "organisation", {"photos": sha256, "submitter": station, **COUNTS}
    )
    for kind in (Inspection, Rectification):
        named += await db[kind.collection].distinct("organisation", added | dict(COUNTS))
    return named


async def may_look(db: Database, reading: Reading, station: str, sha256: str) -> bool:
    """Whether whoever asks may see a photo; asked before whether there is one."""
    if reading.may(PLACES, station):
        return True
    return any(reading.may(PLACES, one) for one in await concerned(db, station, sha256))


async def evidence_of(
    db: Database, album: Album, roster: Roster, reading: Reading, inspection: Mapping[str, Any], now: datetime
) -> Evidence | None:
    """The photos of an inspection; None for those who may not see them, as any but its submitter's when taken back."""
    seen_by = (inspection["submitter"], *([] if inspection.get("withdrawn") else [inspection["organisation"]]))
    if not any(reading.may(PLACES, one) for one in seen_by):
        return None
    added = tuple(AddedPhoto.model_validate(one) for one in inspection.get("added", ()))
    since = datetime.fromisoformat(inspection["received"] or inspection["captured"])
    named = Named(inspection["submitter"], inspection["photos"], since, added)
    return (await evidence(db, album, [named], roster, now))[0]
