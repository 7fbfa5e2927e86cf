"""The page of the year book, and its files."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import Response

from services.feedback.papers import html
from services.feedback.papers.formats import NAMED, Format, links_to
from services.feedback.papers.giving import format_of, given_as
from services.feedback.places import PAGES
from services.feedback.reports import shelves
from services.feedback.reports.shelves import PeriodLink, Shelf
from services.feedback.yearbook.book import is_empty, sheet_of_year
from services.feedback.yearbook.reading import read
from shared.identity.reading import REPORTS
from shared.web.heavy import HEAVY, taking_turns
from shared.web.reading import reads
from shared.web.visit import Here

PAGE, KEY = "/feedback/yearbook", "yearbook"
YEAR = r"^20[0-9]{2}$"
BookAsked = Annotated[str, Query(pattern=YEAR)]
BookInPath = Annotated[str, Path(pattern=YEAR)]
FILES = tuple(one for one in NAMED if one is not Format.HTML)
"""The page itself is how it reads."""
router = APIRouter(prefix=PAGE)


@router.get("", dependencies=[reads(REPORTS), HEAVY])
async def yearbook(here: Here, year: BookAsked | None = None) -> Response:
    """Of the newest year with work in it, unless another is asked for."""
    known = await shelves.years(here.parts.db, here.parts.settings.county)
    chosen = year or next(iter(known), str(here.today.year))
    book = await read(here, chosen)
    return PAGES.render(
        "yearbook.html",
        KEY,
        paper=html.paper(sheet_of_year(book), links_to(f"{PAGE}/{chosen}", FILES)),
        year=chosen,
        is_empty=is_empty(book),
        is_first=not {*known}.difference({chosen}),
        shelves=(_years(known, chosen),),
    )


@router.get("/{year}.{ending}", dependencies=[reads(REPORTS)])
async def file_of_year(request: Request, here: Here, year: BookInPath, ending: str) -> Response:
    """The same as a file."""
    made_as = format_of(ending, FILES)
    async with taking_turns(request, here.parts):
        sheet = sheet_of_year(await read(here, year))
    return await given_as(request, here.parts, sheet, made_as)


def _years(known: Sequence[str], chosen: str) -> Shelf:
    links = (PeriodLink(f"{one}年", f"{PAGE}?year={one}", one == chosen) for one in sorted({*known, chosen}))
    return Shelf("年", tuple(links))
