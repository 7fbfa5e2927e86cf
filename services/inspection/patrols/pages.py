"""The pages of patrol plans, of a day's inspections, and of one inspection."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Annotated, Any

from fastapi import APIRouter, Depends, HTTPException, Request
from fastapi.responses import HTMLResponse, Response

from services.inspection.patrols import reads as records
from services.inspection.patrols.board import DUE_HEADS, board, due_cells, first_day, url
from services.inspection.patrols.coming import coming, is_coming
from services.inspection.patrols.evidence import evidence_of
from services.inspection.patrols.plan_form import PLANNED
from services.inspection.patrols.put_right import put_right
from services.inspection.patrols.sheet import EMPTY, HEADS, cells, sheet
from services.inspection.photos.album import album_of
from services.inspection.photos.form import REPLACE, replacing
from services.inspection.photos.sending import send_photos
from services.inspection.places import PAGES
from shared.events.envelope import IS_CODE
from shared.events.inspection import ReplacePhoto
from shared.identity.reading import PLACES, SENT, SIGNED_IN
from shared.pages.boards import Board
from shared.pages.cells import Cells
from shared.pages.chinese import day_text
from shared.pages.paging import paging
from shared.stretch import Stretch
from shared.web.asking import County, Db, RosterNow, Today
from shared.web.boards import Address, every_line
from shared.web.exporting import exported_from
from shared.web.forms import Again, By, entered_in, submit_posted
from shared.web.heavy import HEAVY
from shared.web.offering import sender
from shared.web.parameters import CodeAsked, CodeInPath, DayAsked, IdInPath, PageAsked
from shared.web.persons import actors
from shared.web.posted import posted
from shared.web.reading import Reads, reads
from shared.web.records.correctable import HowCorrected
from shared.web.records.planned import change_links
from shared.web.told import Told, told_of
from shared.web.visit import Here, Visit

SHOWN = 50
"""Inspections of one day on a page of the list."""
ABOUT = "about"
"""The organisation inspected, as the form brings it back; what is decided does not rely on it."""


router = APIRouter(prefix="/inspection")


@router.get("/patrols", dependencies=[reads(SIGNED_IN), HEAVY])
async def patrols(
    here: Here, county: County, how: HowCorrected, day: DayAsked | None = None, patroller: CodeAsked | None = None
) -> Response:
    """A day by its plans, today unless said; of everybody, or what one organisation is to patrol."""
    db, roster, today = here.parts.db, here.roster, here.today
    when = day or today
    lines = await records.due_between(db, county, roster, first_day(when), when)
    plans, lists = await records.plans_of(db, county), await records.checklists(db, county)
    due = [one for one in lines if one.day == when and patroller in (None, one.patroller)]
    at, every = url(when, patroller), every_line([due_cells(one, roster) for one in due])
    under = paging(Stretch.of(len(due), 1, len(due) or 1), "处", lambda _: at, every)
    if table := exported_from(Board(f"{day_text(when)}应查", DUE_HEADS, (), "", under)):
        return table
    seen = board(when, lines, plans, lists, roster, patroller)
    ways = await change_links(here, how, PLANNED, [county] if is_coming(plans, lists, today) else [])
    planned = coming(plans, lists, roster, today, ways)
    return PAGES.render("patrols.html", "patrols", seen=seen, coming=planned, due=under)


@router.get("/inspections", dependencies=[reads(PLACES)])
async def inspections(
    db: Db,
    county: County,
    roster: RosterNow,
    today: Today,
    reading: Reads,
    day: DayAsked | None = None,
    organisation: CodeAsked | None = None,
    page: PageAsked = 1,
) -> Response:
    """What was patrolled on a day, today unless said, as far as whoever looks may read it."""
    when, codes = day or today, records.places(county, roster, reading, organisation)
    found, stretch = await records.inspections_on(db, codes, when, page, SHOWN)

    async def every() -> AsyncIterator[Cells]:
        async for one in records.every_on(db, codes, when):
            yield cells(one, roster)

    address = Address("/inspection/inspections", {"day": when.isoformat(), "organisation": organisation})
    under = paging(stretch, "条", address.at, every)
    listed = Board(
        f"{day_text(when)}巡查记录", HEADS, [cells(one, roster) for one in found], EMPTY, under, stacks=False
    )
    return exported_from(listed) or PAGES.render(
        "inspections.html",
        "inspections",
        day=day_text(when),
        iso=when.isoformat(),
        list=listed,
        is_whole=reading.sees_all(PLACES),
    )


async def logged(db: Db, reading: Reads, today: Today, submitter: str, inspection: str) -> dict[str, Any]:
    """The inspection of an address, for whoever may read it."""
    kept = await records.open_inspection(db, reading, submitter, inspection, today)
    if kept is None:
        raise HTTPException(404)
    return kept


Logged = Annotated[dict[str, Any], Depends(logged)]


@router.get("/inspections/{submitter}/{inspection}", dependencies=[reads(PLACES)])
async def inspection(here: Here, county: County, found: Logged, sent: str = "") -> HTMLResponse:
    """One inspection; its photos for those concerned."""
    return await _shown(here, county, found, await told_of(here.parts, here.who, sent))


@router.post("/inspections/{submitter}/{inspection}/replace-photo", response_model=None, dependencies=[reads(SENT)])
async def replace(
    request: Request, here: Here, county: County, submitter: CodeInPath, inspection: IdInPath
) -> Response:
    """A photo in the place of one that was refused or never came, published before anything is looked up."""
    page = page_of(submitter, inspection)
    who = sender(here.who, page)
    async with posted(request) as sent:
        about = sent.entered.values.get(ABOUT, "")
        by = By(who, about if IS_CODE(about) else submitter)
        again = await submit_posted(sent, here.parts, REPLACE, by, page, None, {"of": inspection}, send_photos)
    if not isinstance(again, Again):
        return again
    found = await logged(here.parts.db, here.reading, here.today, submitter, inspection)
    return await _shown(here, county, found, again=again)


async def _shown(
    here: Visit, county: str, found: dict[str, Any], told: Told | None = None, again: Again | None = None
) -> HTMLResponse:
    db, checked = here.parts.db, found["checked"]
    listed = await records.checklist(db, county, checked["checklist"]) if checked else None
    seen = await evidence_of(db, album_of(here.parts), here.roster, here.reading, found, here.now)
    page = page_of(*found["id"].split("/"))
    sends = here.who is not None and here.does(ReplacePhoto)
    may = sends and here.roster.may_speak_for(here.who or "", found["submitter"], None, here.now)
    about, acted = {ABOUT: found["organisation"]}, await actors(here, [found["id"]])
    return PAGES.render(
        "inspection.html",
        "inspections",
        again.status if again else 200,
        seen=sheet(found, listed, await records.plans_of(db, county), here.roster, acted.get(found["id"], "")),
        named=len(found["photos"]),
        evidence=seen,
        form=replacing([seen], page, entered_in(REPLACE, again), about) if seen and may else None,
        told=told,
        right=await put_right(db, here.roster, here.who, found, here.now),
    )


def page_of(submitter: str, inspection: str) -> str:
    """Where one inspection is shown."""
    return f"/inspection/inspections/{submitter}/{inspection}"
