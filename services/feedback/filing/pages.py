"""The page of what is filed of a year, for the office; and its archive."""

from __future__ import annotations

from collections.abc import AsyncIterator
from functools import partial
from typing import Annotated

from fastapi import APIRouter, HTTPException, Path, Query, Request
from fastapi.responses import Response

from services.feedback.awards.words import award_name
from services.feedback.filing.catalogue import Catalogued, catalogue, pages_in
from services.feedback.filing.reading import FiledDocument, Numbered, filed_in, sheet_filed, years_filed
from services.feedback.packages.model import Package
from services.feedback.packages.words import package_name
from services.feedback.papers.formats import Format
from services.feedback.papers.giving import Made, ToPack, given_in_one
from services.feedback.papers.seal import Seal
from services.feedback.papers.sheet import Sheet
from services.feedback.places import SUBJECTS
from services.feedback.reports import periods
from services.feedback.reports.model import Report
from shared.events.vocabulary import FIRST_YEAR
from shared.identity.reading import COMMITTEE
from shared.pages.boards import ON_SCREEN, Board, Cell, SubjectPage, choice
from shared.pages.cells import Cells, day_cell, number_cell
from shared.pages.chinese import NOTHING
from shared.pages.error_pages import Refusing
from shared.pages.words import name_of
from shared.roster.committees import committee_on
from shared.web.boards import Address, lines_at_hand
from shared.web.heavy import HEAVY
from shared.web.offering import offering
from shared.web.parameters import PageAsked
from shared.web.reading import reads
from shared.web.visit import Here, Visit

PAGE, KEY = "/feedback/filing", "filing"
HEADS = {"件号": "number", "文号": "", "题名": "wide", "日期": "tight", "备注": "", "文件": ON_SCREEN}
SIZE = 50
FiledYearAsked = Annotated[int, Query(ge=FIRST_YEAR, le=2099)]
FiledYear = Annotated[int, Path(ge=FIRST_YEAR, le=2099)]
router = APIRouter(prefix=PAGE)


@router.get("", dependencies=[reads(COMMITTEE), HEAVY])
async def filing(here: Here, year: FiledYearAsked | None = None, page: PageAsked = 1) -> Response:
    """Of the newest year in which something got a number, unless another is asked for."""
    years = await years_filed(here)
    chosen = year or next(iter(years), here.today.year)
    found = await filed_in(here, chosen)
    address = Address(PAGE, {"year": str(year) if year else None})
    lines, paging = lines_at_hand([_line(here, n, one) for n, one in enumerate(found, 1)], page, address, "件", SIZE)
    by = choice("year", "年度", str(chosen), {str(one): f"{one}年" for one in sorted({*years, chosen}, reverse=True)})
    empty = "本年度还没有编号的文件。反馈文件签发、考核材料报送、荣誉授予时编号。"
    board = Board(f"{chosen}年归档文件", HEADS, lines, empty, paging, (by,))
    facts = (("全部文件", Cell("下载压缩包（附归档文件目录和签名）", f"{PAGE}/{chosen}.zip")),) if found else ()
    lead = "本年度编号的文件，按文号排列，作废和更正的一并列出。归档时下载压缩包，目录中列有每件的页数。"
    return SUBJECTS.show(KEY, SubjectPage("文件归档", lead, facts=facts, boards=(board,)), offering((), PAGE))


@router.get("/{year}.zip", dependencies=[reads(COMMITTEE)])
async def archive_of_year(request: Request, here: Here, year: FiledYear) -> Response:
    """Each document as PDF under its number in the list, the list, and a signed manifest of their sums."""
    found, secret = await filed_in(here, year), here.parts.settings.token_secret
    if not found:
        raise HTTPException(404)
    if secret is None:
        raise Refusing(503, "seal-missing")
    return await given_in_one(request, here.parts, f"{year}年归档文件.zip", _packed(here, year, found), Seal(secret))


async def _packed(here: Visit, year: int, found: list[FiledDocument]) -> AsyncIterator[ToPack]:
    """The list comes last: only then it is known how many pages each has."""
    listed = list[Catalogued]()
    for n, one in enumerate(found, 1):
        sheet = await sheet_filed(here, one)
        yield ToPack(f"{n:04}", sheet, [Format.PDF], partial(_counted, listed, sheet, one.note))
    county = here.parts.settings.county
    committee = committee_on(here.roster, county, min(periods.last_day(str(year)), here.today)).name
    made = max(one.sheet.made for one in listed)
    yield ToPack("归档文件目录", catalogue(county, committee, year, made, listed), [Format.XLSX, Format.PDF])


def _counted(listed: list[Catalogued], sheet: Sheet, note: str, made: Made) -> None:
    listed.append(Catalogued(sheet, pages_in(made[Format.PDF]), note))


def _line(here: Visit, n: int, one: FiledDocument) -> Cells:
    name, url = _named(here, one.of)
    return number_cell(n), Cell(one.number), Cell(name), day_cell(one.day), Cell(one.note or NOTHING), Cell("打开", url)


def _named(here: Visit, of: Numbered) -> tuple[str, str]:
    """What it is, and where it is read."""
    match of:
        case Report():
            correction = "更正" if of.revision else ""
            name = f"{of.name}{periods.in_chinese(of.period)}反馈文件{correction}"
            return name, f"/feedback/reports/{of.id}?edition={of.edition}"
        case Package():
            return f"报送{package_name(of.year)}的函", f"/feedback/packages/{of.id}?edition={of.edition}"
        case _:
            unit = name_of(of.organisation, here.roster, here.today)
            return f"授予“{award_name(of)}”的决定（{unit}）", f"/feedback/nominations/{of.nomination}"
