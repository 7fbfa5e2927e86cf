"""What has become of an inspection that was corrected or taken back, and where whoever may does so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from shared.database.kept import document
from shared.database.mongo import Database
from shared.pages.words import ShownState
from shared.pipeline.corrections import Correction
from shared.pipeline.ledger import ledger
from shared.roster.organisations import Roster

INSPECTIONS, RECORDS = "/inspection/inspections", "/inspection/submissions"
CORRECTED, TAKEN_BACK = ShownState("已更正", "warn"), ShownState("已撤回", "warn")


@dataclass(frozen=True, slots=True)
class PutRight:
    """A state where it does not stand, links to what it replaces and what replaces it, and where it is put right."""

    state: ShownState | None = None
    later: str = ""
    earlier: str = ""
    record: str = ""


async def put_right(
    db: Database, roster: Roster, who: str | None, inspection: Mapping[str, Any], at: datetime
) -> PutRight:
    """Its submitter and those above have its record before them, where it is corrected and taken back."""
    key = inspection["id"]
    entry = await ledger(db).find_one({"_id": key}, {"replaces": 1})
    earlier = f"{INSPECTIONS}/{entry['replaces']}" if entry and "replaces" in entry else ""
    may = who is not None and roster.may_speak_for(who, key.split("/")[0], None, at)
    record = f"{RECORDS}/{key}" if may else ""
    by = await document(db, Correction, key)
    if by is None:
        return PutRight(None, "", earlier, record)
    later = "" if by.withdrawn else f"{INSPECTIONS}/{by.by}"
    return PutRight(TAKEN_BACK if by.withdrawn else CORRECTED, later, earlier, record)
