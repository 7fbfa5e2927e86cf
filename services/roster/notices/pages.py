"""The page of the calendar: which days are off and which weekends worked; the committee registers a year's notice."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from services.roster.notices.form import FORMS, PUBLISH, begun
from services.roster.notices.lines import PAGE, year_lines, year_to_fill_in
from services.roster.places import PAGES
from shared.database.kept import document
from shared.events.roster import PublishWorkingDays
from shared.forms import shown
from shared.identity.reading import PUBLIC, SENT
from shared.roster.organisations import Organisation
from shared.web.again import in_its_page
from shared.web.asking import County
from shared.web.forms import Again, entered_in
from shared.web.offering import Offering, address, submit_one_of
from shared.web.parameters import NoticeYearAsked
from shared.web.reading import reads
from shared.web.told import Told, told_of
from shared.web.visit import Here, Visit

router = APIRouter()


@router.get(PAGE, dependencies=[reads(PUBLIC)])
async def calendar(here: Here, county: County, year: NoticeYearAsked | None = None, sent: str = "") -> HTMLResponse:
    """What the county goes by; the form is begun for the year that is asked for, else for the next unknown one."""
    told = await told_of(here.parts, here.who, sent)
    return await _page(here, county, year or year_to_fill_in(here.today), told)


@router.post(PAGE + "/{key}", response_model=None, dependencies=[reads(SENT)])
async def send(request: Request, here: Here, county: County, key: str) -> Response:
    """The notice."""
    sent = await submit_one_of(FORMS, key, request, here, county, PAGE, here.today)
    if not isinstance(sent, Again):
        return sent
    return await in_its_page(
        _page(here, county, year_to_fill_in(here.today), again=sent), sent, PAGE, PAGES, "calendar"
    )


async def _page(
    here: Visit, county: str, year: int, told: Told | None = None, again: Again | None = None
) -> HTMLResponse:
    kept = await document(here.parts.db, Organisation, county)
    known = kept.notices if kept else ()
    entered = entered_in(PUBLISH, again) or begun(year, known)
    may = here.who == county and here.does(PublishWorkingDays)
    forms = (shown(PUBLISH, address(PAGE, PUBLISH), here.today, entered),) if may or again else ()
    offered = Offering(forms, None if again else told, again.status if again else 200)
    lines = year_lines(known, here.today)
    return PAGES.render("calendar.html", "calendar", offered.status, years=lines, offering=offered)
