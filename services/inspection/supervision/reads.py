"""What pages read of e-supervision: which devices a person may look through, and who looked."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from datetime import datetime
from typing import Any

from services.inspection.supervision.model import Device, Viewing, ViewingGrant
from services.inspection.supervision.rules import grant_id
from shared.database.kept import document, documents, every_document, page_of_documents
from shared.database.mongo import Database
from shared.roster.organisations import Roster
from shared.stretch import Stretch

STANDS: Mapping[str, Any] = {"removed": None}
"""Of devices: those that were not removed."""
LATEST = (("at", -1), ("_id", 1))
SHOWN = 20
"""Viewings on a page of the list, the latest first."""


async def devices_for(
    db: Database, county: str, roster: Roster, viewer: str, person: str, at: datetime
) -> list[Device] | None:
    """Those of the organisation and of all below it, by place; None for a person who may not look."""
    grant = await document(db, ViewingGrant, grant_id(viewer, person))
    if grant is None or grant.on(at) is None:
        return None
    found = await documents(db, Device, {"county": county, **STANDS})
    return [one for one in found if viewer in roster.path(one.organisation, at).split("/")]


async def viewers(db: Database, viewer: str, at: datetime) -> list[str]:
    """Who of an organisation may look on behalf of it."""
    found = await documents(db, ViewingGrant, {"organisation": viewer})
    return [one.person for one in found if one.on(at) is not None]


async def device(db: Database, id: str) -> Device | None:
    """One device."""
    return await document(db, Device, id)


async def devices_called(db: Database, county: str) -> dict[str, str]:
    """What the county's devices are called, by their id."""
    return {one.id: one.name for one in await documents(db, Device, {"county": county})}


async def viewing(db: Database, viewer: str, submission: str) -> Viewing | None:
    """The look that a submission of the viewer was; None when it was anything else."""
    return await document(db, Viewing, f"{viewer}/{submission}")


async def viewings(db: Database, county: str, asker: str, asked: int) -> tuple[list[Viewing], Stretch]:
    """The committee sees every viewing, others those of their own people and of their own devices."""
    return await page_of_documents(db, Viewing, _seen_by(county, asker), LATEST, asked, SHOWN)


async def every_viewing(db: Database, county: str, asker: str, most: int) -> AsyncIterator[Viewing]:
    """All of them, one after the other."""
    async for one in every_document(db, Viewing, _seen_by(county, asker), LATEST, most):
        yield one


def _seen_by(county: str, asker: str) -> dict[str, Any]:
    others = {} if asker == county else {"$or": [{"viewer": asker}, {"organisation": asker}]}
    return {"county": county, **others}
