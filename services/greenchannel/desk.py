"""The page of the green channel: what a window registers and completes, open cases, services, process limits."""

from __future__ import annotations

from dataclasses import replace

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from services.greenchannel import channels
from services.greenchannel.form import COMPLETE, RECORD, TAKE_IN
from services.greenchannel.model import Case
from services.greenchannel.places import PAGES, SUBJECTS
from services.greenchannel.taking_in import Processes, processes
from shared.events.greenchannel import CompleteCase, OpenCase, RecordGreenService
from shared.forms import Shown, shown
from shared.identity.reading import PERSONS, PUBLIC, SENT
from shared.web.forms import Again
from shared.web.offering import Offering, offering, submit_one_of
from shared.web.parameters import PageAsked, YearAsked
from shared.web.reading import reads
from shared.web.told import Told, told_of
from shared.web.unless_away import unless_away
from shared.web.visit import Here, Visit

PAGE = "/greenchannel/"
NO_PROCESS = "服务指南还没有现行的事项，公布以后在本页受理办件。"
router = APIRouter(prefix="/greenchannel")


@router.get("/", dependencies=[reads(PUBLIC)])
async def services(here: Here, year: YearAsked | None = None, page: PageAsked = 1, sent: str = "") -> HTMLResponse:
    """A year's services; cases and limits as they stand today, each case for whoever may read it."""
    return await _page(here, year, page, await told_of(here.parts, here.who, sent))


@router.post("/record", response_model=None, dependencies=[reads(SENT)])
async def record(request: Request, here: Here) -> Response:
    """A service of whoever is signed in."""
    sent = await submit_one_of({RECORD.key: RECORD}, RECORD.key, request, here, here.who or "", PAGE)
    return await SUBJECTS.answered(sent, "greenchannel", PAGE, lambda again: _page(here, again=again))


@router.post("/open", response_model=None, dependencies=[reads(SENT)])
async def take_in(request: Request, here: Here) -> Response:
    """A case of whoever is signed in."""
    known = await unless_away(processes(here.parts.db, here.parts.settings.county, here.today))
    sent = await submit_one_of({TAKE_IN.key: TAKE_IN}, TAKE_IN.key, request, here, here.who or "", PAGE, known)
    return await SUBJECTS.answered(sent, "greenchannel", PAGE, lambda again: _page(here, again=again))


async def _page(
    here: Visit, year: str | None = None, page: int = 1, told: Told | None = None, again: Again | None = None
) -> HTMLResponse:
    db, county, today = here.parts.db, here.parts.settings.county, here.today
    years = await channels.years(db, county)
    chosen = year or next(iter(years), None)
    names = await channels.process_names(db)
    cases, stretch = await channels.open_cases(db, county, here.reading.filter(PERSONS), page)
    known = await processes(db, county, today)
    seen = channels.channels(
        await channels.given(db, county, chosen) if chosen else {},
        channels.year_links(years, chosen),
        [channels.case_line(one, names, here.roster, today, _done(here, one)) for one in cases],
        stretch,
        await channels.limits(db, county),
        names,
        today,
    )
    offered = _offered(here, known, told, again)
    return PAGES.render(
        "channels.html",
        "greenchannel",
        offered.status,
        seen=seen,
        offering=offered,
        note=NO_PROCESS if here.who and not known.offered else "",
        is_signed_in=here.who is not None,
        is_whole=here.reading.sees_all(PERSONS),
    )


def _offered(here: Visit, known: Processes, told: Told | None, again: Again | None) -> Offering:
    who = here.who or ""
    may_take_in = bool(known.offered) and here.admits(OpenCase, who)
    forms = [RECORD] * here.admits(RecordGreenService, who) + [TAKE_IN] * may_take_in
    return offering(forms, PAGE, known, told, again)


def _done(here: Visit, case: Case) -> Shown | None:
    """In the row of its own cases, and of those for which it answers; others' are completed on their page."""
    is_own = here.roster.answering(case.organisation, here.today) == here.who
    if not is_own or not here.admits(CompleteCase, case.organisation):
        return None
    number = case.id.rsplit("/", 1)[1]
    return shown(replace(COMPLETE, key=f"complete-{number}"), f"{PAGE}complete/{case.id}", case)
