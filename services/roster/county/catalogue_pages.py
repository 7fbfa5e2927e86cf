"""The pages of a county's catalogues: what can be chosen, and one entry, which the committee corrects or ends."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import Response

from services.roster.county.entry_forms import (
    CHANGE,
    ENTER,
    GIVEN_TO,
    NEW,
    OF_AN_ENTRY,
    RHYTHMS,
    OfCatalogue,
    as_entered,
)
from services.roster.county.pages import PAGE
from services.roster.subject_pages import answered, show
from shared.countys_own import CatalogueEntry, in_own_words
from shared.database.kept import document
from shared.events.refusals import WORDS
from shared.events.roster import EnterInCatalogue
from shared.events.vocabulary import Catalogue
from shared.identity.reading import PUBLIC, SENT
from shared.pages.boards import Board, Cell, SubjectPage
from shared.pages.cells import day_cell, number_cell
from shared.pages.chinese import NOTHING
from shared.pages.words import ShownState
from shared.roster.organisations import Organisation
from shared.web.boards import Address, lines_at_hand
from shared.web.forms import Again
from shared.web.offering import offering, submit_one_of
from shared.web.parameters import CatalogueInPath, EntryInPath, PageAsked
from shared.web.reading import reads
from shared.web.told import Told, told_of
from shared.web.visit import Here, Visit

LEADS = {
    Catalogue.AWARD: "人员获得的荣誉，报告和全县概况按这里的名称统计。联合党委评选的填写名额，"
    "例如共产党员先锋岗、流动红旗窗口、文明服务之星、优秀代办员。",
    Catalogue.WORK: "轮值期间开展的工作，由轮值单位登记数量。",
    Catalogue.COMMITMENT: "窗口和站点人员公开承诺的事项。",
}
HEADS = {"名称": "wide", "启用日期": "tight", "最后一天": "tight", "状态": ""}
COUNTED = {"名称": "wide", "计量单位": "", "启用日期": "tight", "最后一天": "tight", "状态": ""}
EMPTY = "还没有登记，填表时没有可选的。由联合党委在本页登记。"
router = APIRouter(prefix=PAGE)


def page_of(catalogue: Catalogue, entry: str = "") -> str:
    """The address of a catalogue, or of one of its entries."""
    return f"{PAGE}/{catalogue}/{entry}" if entry else f"{PAGE}/{catalogue}"


@router.get("/{catalogue}", dependencies=[reads(PUBLIC)])
async def catalogue_page(here: Here, catalogue: CatalogueInPath, page: PageAsked = 1, sent: str = "") -> Response:
    """Everything that was ever listed, what can be chosen first."""
    return await _page(here, catalogue, page, await told_of(here.parts, here.who, sent))


@router.post("/{catalogue}/{key}", response_model=None, dependencies=[reads(SENT)])
async def list_entry(request: Request, here: Here, catalogue: CatalogueInPath, key: str) -> Response:
    """One more."""
    county, at, given = here.parts.settings.county, page_of(catalogue), {"catalogue": catalogue.value}
    sent = await submit_one_of(NEW, key, request, here, county, at, OfCatalogue(catalogue), given)
    return await answered(sent, "county", at, lambda again: _page(here, catalogue, again=again))


@router.get("/{catalogue}/{entry}", dependencies=[reads(PUBLIC)])
async def entry_page(here: Here, catalogue: CatalogueInPath, entry: EntryInPath, sent: str = "") -> Response:
    """One of them."""
    return await _one(here, catalogue, entry, await told_of(here.parts, here.who, sent))


@router.post("/{catalogue}/{entry}/{key}", response_model=None, dependencies=[reads(SENT)])
async def change_entry(
    request: Request, here: Here, catalogue: CatalogueInPath, entry: EntryInPath, key: str
) -> Response:
    """As it is from now on."""
    county, at = here.parts.settings.county, page_of(catalogue, entry)
    given = {"catalogue": catalogue.value, "entry": entry}
    sent = await submit_one_of(OF_AN_ENTRY, key, request, here, county, at, OfCatalogue(catalogue), given)
    return await answered(sent, "county", at, lambda again: _one(here, catalogue, entry, again=again))


async def _entries(here: Visit, catalogue: Catalogue) -> list[CatalogueEntry]:
    kept = await document(here.parts.db, Organisation, here.parts.settings.county)
    return [one for one in (kept.catalogues if kept else ()) if one.catalogue is catalogue]


async def _page(
    here: Visit, catalogue: Catalogue, page: int = 1, told: Told | None = None, again: Again | None = None
) -> Response:
    at, name = page_of(catalogue), WORDS["catalogue"][catalogue]
    entries = sorted(await _entries(here, catalogue), key=lambda one: _is_over(one, here))
    may = here.admits(EnterInCatalogue, here.parts.settings.county)
    begun = {ENTER.key: {"valid_from": here.today.isoformat()}}
    offered = offering([ENTER] * may, at, OfCatalogue(catalogue), told, again, begun)
    lines, under = lines_at_hand([_line(one, here) for one in entries], page, Address(at), "项")
    board = Board(name, COUNTED if OfCatalogue(catalogue).is_counted else HEADS, lines, EMPTY, under)
    back = Cell(in_own_words("本县资料"), PAGE)
    return show(
        "county", SubjectPage(f"{name}目录", in_own_words(LEADS[catalogue]), back=back, boards=(board,)), offered
    )


async def _one(
    here: Visit, catalogue: Catalogue, entry: str, told: Told | None = None, again: Again | None = None
) -> Response:
    found = next((one for one in await _entries(here, catalogue) if one.entry == entry), None)
    if found is None:
        raise HTTPException(404)
    may = here.admits(EnterInCatalogue, here.parts.settings.county)
    context, begun = OfCatalogue(catalogue), {CHANGE.key: as_entered(found)}
    offered = offering([CHANGE] * may, page_of(catalogue, entry), context, told, again, begun)
    facts = (
        ("状态", Cell(state=_state(found, here))),
        *((("计量单位", Cell(found.unit)),) if context.is_counted else ()),
        *(_terms(found) if catalogue is Catalogue.AWARD else ()),
        ("启用日期", day_cell(found.since)),
        ("最后一天", day_cell(found.last_day) if found.last_day else Cell(NOTHING)),
        ("程序使用的代号", Cell(found.entry)),
    )
    back = Cell(f"{WORDS['catalogue'][catalogue]}目录", page_of(catalogue))
    return show("county", SubjectPage(found.name, back=back, facts=facts), offered)


def _terms(one: CatalogueEntry) -> Iterator[tuple[str, Cell]]:
    """Of an award: to whom it is given, how often, to how many, and by what it is judged."""
    yield "授予对象", Cell(GIVEN_TO[one.given_to] + ("（流动）" if one.moving else ""))
    yield "评选周期", Cell(RHYTHMS[one.award_rhythm])
    if one.quota:
        yield "名额", number_cell(one.quota, "名")
    if one.criteria:
        yield "评审标准", Cell("、".join(f"{each.name}{each.most}分" for each in one.criteria))


def _is_over(one: CatalogueEntry, here: Visit) -> bool:
    return one.last_day is not None and one.last_day < here.today


def _state(one: CatalogueEntry, here: Visit) -> ShownState:
    if one.is_offered(here.today):
        return ShownState("可选", "good")
    return ShownState("已停用", "") if _is_over(one, here) else ShownState("未启用", "warn")


def _line(one: CatalogueEntry, here: Visit) -> tuple[Cell, ...]:
    unit = (Cell(one.unit),) if OfCatalogue(one.catalogue).is_counted else ()
    last = day_cell(one.last_day) if one.last_day else Cell(NOTHING)
    name = Cell(one.name, page_of(one.catalogue, one.entry))
    return (name, *unit, day_cell(one.since), last, Cell(state=_state(one, here)))
