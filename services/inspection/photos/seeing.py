"""Who may see a photo: whoever may see its sender, or an organisation of whose inspection it is evidence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from services.inspection.model import Inspection
from services.inspection.photos import store
from shared.events.inspection import LogInspection
from shared.mongo import Database
from shared.roster import Roster
from shared.signing_in import may_see


@dataclass(frozen=True, slots=True)
class Thumb:
    """A photo in a page: where it is shown small and whole; one that has not arrived has no address."""

    name: str
    small: str = ""
    whole: str = ""


async def inspected(db: Database, station: str, sha256: str) -> list[str]:
    """The organisations whose inspections by this station name this photo.

    An inspection names photos of its own submitter, so that nobody comes to see another's by naming it.
    """
    named: list[str] = await db[Inspection.collection].distinct(
        "organisation", {"photos": sha256, "submitter": station}
    )
    return named


async def may_look(db: Database, roster: Roster, code: str | None, station: str, sha256: str, at: datetime) -> bool:
    """Whether an organisation may see a photo; asked before whether there is one."""
    if may_see(code, station, LogInspection.office, roster, at):
        return True
    return code is not None and any(
        may_see(code, one, LogInspection.office, roster, at) for one in await inspected(db, station, sha256)
    )


async def thumbs_for(
    db: Database, roster: Roster, code: str | None, inspection: Mapping[str, Any], at: datetime
) -> tuple[Thumb, ...] | None:
    """The photos of an inspection; None for those who may not see them."""
    seen_by = (inspection["submitter"], inspection["organisation"])
    if not any(may_see(code, one, LogInspection.office, roster, at) for one in seen_by):
        return None
    return await thumbs(db, inspection["submitter"], inspection["photos"])


async def thumbs(db: Database, submitter: str, photos: Sequence[str]) -> tuple[Thumb, ...]:
    """The photos that an inspection names, for a page that is shown to those who may see them."""
    arrived = await store.known(db, (f"{submitter}/{sha256}" for sha256 in photos))
    return tuple(_thumb(n, submitter, sha256, f"{submitter}/{sha256}" in arrived) for n, sha256 in enumerate(photos, 1))


def _thumb(n: int, submitter: str, sha256: str, arrived: bool) -> Thumb:
    address = f"/inspection/api/photos/{submitter}/{sha256}"
    return Thumb(f"照片{n}", f"{address}?size=thumb", address) if arrived else Thumb(f"照片{n}")
