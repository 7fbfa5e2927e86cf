"""The page of one sheet, for those to whom it is open; each time that somebody looks is recorded."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, HTTPException, Path, Request
from fastapi.responses import Response

from services.roster.appraisals.audience import reader_of
from services.roster.appraisals.contents import content_of
from services.roster.appraisals.form import FORMS, SheetDesk
from services.roster.appraisals.list_pages import PAGE, branch_names
from services.roster.appraisals.model import Sheet
from services.roster.appraisals.offered import Offered, about, offered_now
from services.roster.appraisals.seen import boards_of, facts_of, said_in
from services.roster.appraisals.words import life, name_of_year
from services.roster.people.model import Person
from services.roster.people.reads import Seals, people_in
from services.roster.subject_pages import answered, show
from shared.database.kept import document
from shared.events.roster.appraisals import SHEET_PATTERN
from shared.forms.reading import values_of
from shared.identity.audit import AuditKind
from shared.identity.reading import SENT, SHEETS
from shared.identity.sealing import SealKeys
from shared.pages.boards import Cell, SubjectPage
from shared.roster.organisations import of_county
from shared.web.auditing import audited
from shared.web.forms import Again, By, submit
from shared.web.offering import offering, sender
from shared.web.persons import persons
from shared.web.reading import NotYours, reads
from shared.web.told import Told, told_of
from shared.web.unless_away import unless_away
from shared.web.visit import Here, Visit

SheetInPath = Annotated[str, Path(pattern=SHEET_PATTERN, max_length=70)]
SEEN = "appraisal-seen"
router = APIRouter(prefix=PAGE)


@router.get("/{sheet}", dependencies=[reads(SHEETS)])
async def one(here: Here, seals: Seals, sheet: SheetInPath, sent: str = "") -> Response:
    """Whoever may not open it is told the same of one that there is and of one that there is not."""
    return await _page(here, seals, sheet, told=await told_of(here.parts, here.who, sent))


@router.post("/{sheet}/{key}", response_model=None, dependencies=[reads(SENT)])
async def send(request: Request, here: Here, seals: Seals, sheet: SheetInPath, key: str) -> Response:
    """A step, sealed here before it leaves."""
    if key not in FORMS:
        raise HTTPException(404)
    form, at = FORMS[key], f"{PAGE}/{sheet}"
    who, kept = sender(here.who, at), await unless_away(_kept(here, sheet))
    desk = _desk(sheet, seals, kept)
    given = {"sheet": sheet} if "sheet" in form.given else {}
    sent = await submit(request, here.parts, form, By(who, about(here, kept, key)), at, desk, given)
    return await answered(sent, "appraisals", at, lambda again: _page(here, seals, sheet, again=again))


async def opened_sheet(here: Visit, name: str) -> Sheet:
    """The sheet, to whom it is open; that it was opened is recorded, and nothing of what stands there."""
    kept = await _kept(here, name)
    if kept is None or not reader_of(here).opens(kept):
        raise NotYours("sheet-not-yours")
    audited(here.reading.request.scope, AuditKind.PERSONAL, f"{SEEN} {name}", "seen")
    return kept


async def _kept(here: Visit, name: str) -> Sheet | None:
    return await document(here.parts.db, Sheet, of_county(here.parts.settings.county, name))


def _desk(name: str, seals: SealKeys | None, kept: Sheet | None) -> SheetDesk:
    return SheetDesk(name, seals, kept.rules) if kept else SheetDesk(name, seals)


async def _page(
    here: Visit, seals: SealKeys | None, name: str, told: Told | None = None, again: Again | None = None
) -> Response:
    sheet, at, db = await opened_sheet(here, name), f"{PAGE}/{name}", here.parts.db
    ways = list(offered_now(here, sheet))
    begun = {one.form.key: _begun(one, sheet, seals) for one in ways}
    offered = offering([one.form for one in ways], at, _desk(name, seals, sheet), told, again, begun)
    said, people = said_in(sheet, seals), await people_in(db)
    person, branches = await document(db, Person, sheet.person), await branch_names(here)
    called = people.name_of(sheet.person) or "个人信息已删除"
    seen = SubjectPage(
        f"{called}{name_of_year(sheet.year)}",
        back=Cell("窗口党员考核评议", PAGE),
        facts=tuple(facts_of(here, sheet, said, person, branches.get(sheet.branch, sheet.branch))),
        boards=tuple(boards_of(here, sheet, said, await persons(here), at)),
        steps=life(sheet),
    )
    return show("appraisals", seen, offered)


def _begun(one: Offered, sheet: Sheet, seals: SealKeys | None) -> dict[str, str]:
    """What was said before, to be said better."""
    kind: Any = one.form.enters
    said = content_of(seals, sheet.parts, sheet.name, one.part, kind) if one.part and kind else None
    return values_of(one.form, said.model_dump(mode="json")) if said else {}
