"""The page of the service guide: its items, by who answers for them and by word, and its lists; what enters it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response

from services.roster.committee import within
from services.roster.meetings.guide_form import COMPILE, PUBLISH
from services.roster.meetings.model import IS_IN_THE_GUIDE, GuideList, Process
from services.roster.subject_pages import answered, named, organisation_cell, show, unit_narrowing
from shared.database.documents import COUNTS
from shared.database.kept import documents
from shared.events.roster import CompileGuideList, PublishGuideItem
from shared.events.vocabulary import OrganisationKind
from shared.forms import Shown
from shared.identity.reading import OWN, PUBLIC, SENT
from shared.pages.boards import ON_SCREEN, Board, Cell, Narrowing, SubjectPage
from shared.pages.cells import day_cell, limit_cell, number_cell
from shared.pages.chinese import NOTHING
from shared.pages.words import name_of
from shared.web.boards import Address, asking, lines_of, saying
from shared.web.forms import Again
from shared.web.offering import Offering, offering, submit_one_of
from shared.web.parameters import CodeAsked, CodeInPath, PageAsked, WordsAsked
from shared.web.reading import reads
from shared.web.told import Told, told_of
from shared.web.visit import Here, Visit

PAGE = "/roster/guide"
HEADS = {"事项": "wide", "责任单位": "", "现行时限": "number", "起始日期": "tight"}
LIST_HEADS = {"清单": "wide", "事项数": "number", "登记日期": "tight", "报送记录": ON_SCREEN}
TO_CHOOSE = "发布事项：先在上面按责任单位筛选，再在本页填写。"
router = APIRouter(prefix=PAGE)


@router.get("", dependencies=[reads(PUBLIC)])
async def guide(
    here: Here, organisation: CodeAsked | None = None, words: WordsAsked = "", page: PageAsked = 1, sent: str = ""
) -> Response:
    """In the order of their names; an organisation that is chosen is whose items the committee may publish."""
    address = Address(PAGE, {"organisation": organisation, "words": words})
    return await _page(here, address, page, await told_of(here.parts, here.who, sent))


@router.post("/of/{organisation}/{key}", response_model=None, dependencies=[reads(SENT)])
async def publish(request: Request, here: Here, organisation: CodeInPath, key: str) -> Response:
    """An item for which that organisation answers."""
    address = Address(PAGE, {"organisation": organisation})
    forms = {PUBLISH.key: PUBLISH}
    sent = await submit_one_of(forms, key, request, here, organisation, address.at(), organisation)
    return await answered(sent, "guide", _of(organisation), lambda again: _page(here, address, 1, again=again))


@router.post("/{key}", response_model=None, dependencies=[reads(SENT)])
async def compiled(request: Request, here: Here, key: str) -> Response:
    """A list."""
    county = here.parts.settings.county
    sent = await submit_one_of({COMPILE.key: COMPILE}, key, request, here, county, PAGE)
    return await answered(sent, "guide", PAGE, lambda again: _page(here, Address(PAGE), 1, again=again))


def _of(organisation: str) -> str:
    return f"{PAGE}/of/{organisation}"


async def _page(
    here: Visit, address: Address, page: int, told: Told | None = None, again: Again | None = None
) -> Response:
    offered, may = _offered(here, address.by.get("organisation") or "", told, again)
    boards = (await _items(here, address, page, may), await _lists(here))
    lead = "各事项的责任单位和办理时限，以及组成服务指南的各份清单。"
    chosen = address.by.get("organisation")
    if may and chosen:
        lead += f"下面发布的事项由{_name(here, chosen)}负责。"
    note = TO_CHOOSE if may and not chosen else ""
    return show("guide", SubjectPage("服务指南", lead, boards=boards, note=note), offered)


def _offered(here: Visit, organisation: str, told: Told | None, again: Again | None) -> tuple[Offering, bool]:
    """The forms, each with an address of its own; and whether whoever looks may publish at all."""
    county = here.parts.settings.county
    may = here.admits(PublishGuideItem, organisation or county)
    of_it = again if again and again.form == PUBLISH else None
    items = offering([PUBLISH] * (may and bool(organisation)), _of(organisation), told=told, again=of_it)
    lists = offering(
        [COMPILE] * here.admits(CompileGuideList, county), PAGE, told=told, again=again if not of_it else None
    )
    forms: tuple[Shown, ...] = (*items.forms, *lists.forms)
    return Offering(forms, None if again else told, max(items.status, lists.status)), may


async def _items(here: Visit, address: Address, page: int, may_publish: bool) -> Board:
    def line(one: Process) -> Sequence[Cell]:
        now = one.limit_on(here.today)
        url = f"{PAGE}/{within(one.id)}"
        responsible = organisation_cell(here, one.responsible) if here.who else Cell(_name(here, one.responsible))
        return (
            Cell(one.name, url),
            responsible,
            limit_cell(now.days if now else None),
            day_cell(now.since if now else None),
        )

    asked, db, county = address.by, here.parts.db, here.parts.settings.county
    stands: dict[str, Any] = {"_id": {"$regex": f"^{county}/"}, **IS_IN_THE_GUIDE}
    by = {**asking(responsible=asked.get("organisation")), **saying("name", asked.get("words"))}
    order = (("name", 1), ("_id", 1))
    lines, pages = await lines_of(db, Process, {**stands, **by}, order, page, address, "项", line)
    codes = set(await db[Process.collection].distinct("responsible", stands))
    responsible = named(here, codes | (_departments(here) if may_publish else set()))
    narrowings = (
        unit_narrowing(here, "责任单位", asked.get("organisation"), responsible),
        Narrowing("words", "查找", asked.get("words") or ""),
    )
    return Board("事项", HEADS, lines, "还没有发布事项。由联合党委在本页发布。", pages, narrowings)


def _departments(here: Visit) -> set[str]:
    """Who may answer for an item: whoever stands below the county and is no village."""
    not_one = (OrganisationKind.COUNTY, OrganisationKind.VILLAGE)
    stood = ((one.id, one.on(here.today)) for one in here.roster)
    return {code for code, now in stood if now is not None and now.kind not in not_one}


async def _lists(here: Visit) -> Board:
    """All of them: there are eight."""
    stands: dict[str, Any] = {"_id": {"$regex": f"^{here.parts.settings.county}/"}, **COUNTS}
    found = await documents(here.parts.db, GuideList, stands, (("name", 1),))
    lines = [
        (
            Cell(one.name),
            number_cell(one.items),
            day_cell(one.day),
            _record(here, one.record),
        )
        for one in found
    ]
    return Board("清单", LIST_HEADS, lines, "还没有登记清单。由联合党委在本页登记。")


def _record(here: Visit, key: str) -> Cell:
    may = bool(key) and here.reading.may(OWN, key.split("/")[0])
    return Cell("查看", f"/roster/submissions/{key}") if may else Cell(NOTHING)


def _name(here: Visit, code: str) -> str:
    return name_of(code, here.roster, here.today)
