"""What programs read of appraisals on behalf of a person; by the token of an organisation nothing."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter

from services.roster.appraisals.audience import reader_of
from services.roster.appraisals.model import Sheet
from services.roster.appraisals.seen import said_in
from services.roster.appraisals.sheet_pages import SheetInPath, opened_sheet
from services.roster.people.reads import Seals
from shared.database.lists import listed
from shared.identity.reading import SHEETS
from shared.web.asking import Db
from shared.web.parameters import LimitAsked
from shared.web.reading import reads
from shared.web.visit import Here

SHOWN = ("id", "year", "branch", "person", "home", "awaits", "due")
router = APIRouter(prefix="/roster/api")


@router.get(
    "/appraisals",
    summary="Sheets of appraisal that are open to the person who asks, without what is said in them",
    dependencies=[reads(SHEETS)],
)
async def appraisals(db: Db, here: Here, limit: LimitAsked = 200, after: str | None = None) -> dict[str, Any]:
    found = await listed(db, Sheet.collection, reader_of(here).filter, limit, after)
    return {**found, "items": [{name: one[name] for name in SHOWN} for one in found["items"]]}


@router.get(
    "/appraisals/{sheet}",
    summary="One sheet with what is said in it, for the person who asks",
    dependencies=[reads(SHEETS)],
)
async def appraisal(here: Here, seals: Seals, sheet: SheetInPath) -> dict[str, Any]:
    kept = await opened_sheet(here, sheet)
    said = said_in(kept, seals)
    shown = kept.model_dump(mode="json", exclude={"parts", "keys", "version", "look"})
    parts = {"self": said.own, "peers": said.ballot, "committee": said.committee, "home": said.home}
    opened = {name: part.model_dump(mode="json") if part else None for name, part in parts.items()}
    answer = said.answer.model_dump(mode="json") if said.answer else None
    return {**shown, "said": {**opened, "texts": dict(said.texts), "answer": answer}}
