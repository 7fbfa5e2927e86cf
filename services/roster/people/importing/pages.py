"""Persons entered from a table: a file is looked through, one press enters what is right, and the result stays."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Annotated

from fastapi import APIRouter, HTTPException, Path, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from services.roster.people.importing.entering import enter
from services.roster.people.importing.known import known_persons
from services.roster.people.importing.looking import LookedThrough, Looking
from services.roster.people.importing.shown import entered_lines, fault_lines, planned_lines, table_line
from services.roster.people.importing.table import PEOPLE_TABLE
from services.roster.people.lines import PAGE as PEOPLE_PAGE
from services.roster.people.reads import Seals, may_enter, people_in
from services.roster.places import PAGES
from shared.database.kept import document
from shared.events.roster.people import Appoint, RegisterPerson
from shared.identity.reading import PEOPLE, SENT
from shared.identity.sealing import SealKeys
from shared.tables.brought import Brought, brought, carried
from shared.tables.entered import EnteredTable, latest, outcomes, submission_of, table_key
from shared.tables.template import csv_of, workbook_of
from shared.web.offering import sender
from shared.web.posted import posted
from shared.web.reading import reads
from shared.web.visit import Here, Visit

PAGE = f"{PEOPLE_PAGE}/import"
LATEST = 10
"""Tables that are listed."""
TableInPath = Annotated[str, Path(pattern="^[0-9a-f]{32}$")]
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TEMPLATES = {"people.xlsx": (workbook_of, XLSX), "people.csv": (csv_of, "text/csv; charset=utf-8")}
GONE = "本页内容没有收到，请重新选择文件。"
router = APIRouter(prefix=PAGE)


@router.get("", dependencies=[reads(PEOPLE)])
async def start(here: Here) -> HTMLResponse:
    """Where a file is chosen; and the tables that were brought last."""
    return await _page(here)


@router.get("/template/{name}", dependencies=[reads(PEOPLE)])
async def template(name: str) -> Response:
    """To be filled in."""
    if name not in TEMPLATES:
        raise HTTPException(404)
    make, kind = TEMPLATES[name]
    return Response(
        make(PEOPLE_TABLE), media_type=kind, headers={"content-disposition": f'attachment; filename="{name}"'}
    )


@router.post("", response_model=None, dependencies=[reads(SENT)])
async def look(request: Request, here: Here, seals: Seals) -> Response:
    """Looked through; nothing is entered."""
    sender(here.who, PAGE)
    found = await brought(request, here.parts)
    if isinstance(found, str):
        return await _page(here, found, status=422)
    return await _page(here, table=found, looked=await looked_through(here, seals, found))


@router.post("/enter", response_model=None, dependencies=[reads(SENT)])
async def enter_all(request: Request, here: Here, seals: Seals) -> Response:
    """Looked through once more, and what is right is entered; pressed again it is the same result."""
    who = sender(here.who, PAGE)
    async with posted(request) as sent:
        found, acting = await carried(sent), sent.acting
    if found is None:
        return await _page(here, GONE, status=422)
    looked = await looked_through(here, seals, found)
    table = await document(here.parts.db, EnteredTable, table_key(who, found.digest))
    if seals is not None and any(one.enters for one in looked.planned):
        table = await enter(here, seals, found, looked.planned, acting.person if acting else "", request.scope)
    if table is None:
        return await _page(here, table=found, looked=looked, status=422)
    return RedirectResponse(_page_of(table), 303)


@router.get("/{table}", dependencies=[reads(PEOPLE)])
async def result(here: Here, table: TableInPath) -> HTMLResponse:
    """What became of each row, as it is now."""
    kept = await document(here.parts.db, EnteredTable, f"{here.who}/{table}")
    if kept is None:
        raise HTTPException(404)
    found = await outcomes(here.parts.db, kept)
    lines = entered_lines(found, await people_in(here.parts.db), here)
    return PAGES.render(
        "import_result.html",
        "people",
        line=table_line(kept),
        lines=lines,
        counts=[(word, sum(one.state.word == word for one in lines)) for word in ("已受理", "退回更正", "办理中")],
        board=PAGE,
        people=PEOPLE_PAGE,
    )


async def looked_through(here: Visit, seals: SealKeys | None, found: Brought) -> LookedThrough:
    """As whoever brings it may enter it now."""
    rows, faults = PEOPLE_TABLE.read(found.rows)
    people, who = await people_in(here.parts.db), here.who or ""
    known = await known_persons(here.parts.db, seals, people, rows)
    named = partial(submission_of, who, found.digest, what="person")
    looking = Looking(
        who,
        who == here.parts.settings.county,
        partial(_may, here),
        partial(here.admits, RegisterPerson),
        partial(here.admits, Appoint),
        here.roster,
        known,
        here.today,
        named,
    )
    looked = looking.look(rows)
    return LookedThrough(looked.planned, sorted([*faults, *looked.faults]))


def _page_of(table: EnteredTable) -> str:
    return f"{PAGE}/{table.id.partition('/')[2]}"


def _may(here: Visit, code: str) -> bool:
    return here.admits(RegisterPerson, code) or here.admits(Appoint, code)


async def _page(
    here: Visit, wrong: str = "", status: int = 200, table: Brought | None = None, looked: LookedThrough | None = None
) -> HTMLResponse:
    planned = looked.planned if looked else []
    before: Sequence[EnteredTable] = await latest(here.parts.db, here.who or "", LATEST)
    return PAGES.render(
        "import.html",
        "people",
        status,
        wrong=wrong,
        table=table,
        columns=PEOPLE_TABLE.columns,
        templates=[f"{PAGE}/template/{name}" for name in TEMPLATES],
        planned=planned_lines(planned, here.roster, here.today),
        faults=fault_lines(looked.faults) if looked else (),
        many=sum(one.enters for one in planned),
        before=[(table_line(one), _page_of(one)) for one in before],
        at=PAGE,
        people=PEOPLE_PAGE,
        may_enter=may_enter(here),
    )
