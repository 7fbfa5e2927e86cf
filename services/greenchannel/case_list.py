"""The page of all cases that a reader may see: open and completed, by state, item, organisation and mark."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from fastapi import APIRouter
from fastapi.responses import Response

from services.greenchannel.case_page import PAGE
from services.greenchannel.channels import apart_text, case_state, case_url, process_names
from services.greenchannel.model import Case
from services.greenchannel.places import SUBJECTS
from shared.database.documents import COUNTS
from shared.identity.reading import PERSONS
from shared.pages.boards import Board, Cell, Narrowing, SubjectPage, narrowing
from shared.pages.cells import day_cell, due_cell
from shared.web.boards import Address, asking, lines_of, saying
from shared.web.offering import Offering
from shared.web.parameters import CaseStateAsked, CodeAsked, NameAsked, PageAsked, WordsAsked
from shared.web.reading import reads
from shared.web.subjects import named, organisation_cell, unit_narrowing
from shared.web.visit import Here, Visit

STATES = {"open": "在办", "overdue": "在办，已超期", "completed": "已办结"}
HEADS = {
    "事项": "wide",
    "受理单位": "",
    "受理日期": "tight",
    "到期日": "tight",
    "办结日期": "tight",
    "状态": "",
}
ONLY_OWN = "只列本单位可以查看的。"
router = APIRouter(prefix=PAGE)


@router.get("", dependencies=[reads(PERSONS)])
async def cases(
    here: Here,
    state: CaseStateAsked | None = None,
    process: NameAsked | None = None,
    organisation: CodeAsked | None = None,
    words: WordsAsked = "",
    page: PageAsked = 1,
) -> Response:
    """The last due first."""
    asked = {"state": state, "process": process, "organisation": organisation, "words": words}
    board = await _board(here, Address(PAGE, asked), page)
    lead = "已受理的办件及其办理情况；在“办件与绿色通道”页受理和办结。"
    return SUBJECTS.show("cases", SubjectPage("办件", lead, boards=(board,)), Offering(()))


def of_state(state: str | None, today: date) -> dict[str, Any]:
    """The part of a filter that asks how far a case is."""
    match state:
        case "open":
            return {"completed": None}
        case "overdue":
            return {"completed": None, "due": {"$lt": today.isoformat()}}
        case "completed":
            return {"completed": {"$ne": None}}
        case _:
            return {}


async def _board(here: Visit, address: Address, page: int) -> Board:
    def line(one: Case) -> Sequence[Cell]:
        return (
            Cell(names.get(one.process, one.process), case_url(one), apart_text(one)),
            organisation_cell(here, one.organisation),
            day_cell(one.opened),
            due_cell(one.due, one.provisional),
            day_cell(one.completed),
            Cell(state=case_state(one, here.today)),
        )

    asked, db, names = address.by, here.parts.db, await process_names(here.parts.db)
    mine: dict[str, Any] = {**COUNTS, **here.reading.filter(PERSONS)}
    by = {**asking(process=asked.get("process")), **saying("mark", asked.get("words"))}
    place = {"$and": [mine, asking(organisation=asked.get("organisation"))]}
    wanted = {**place, **by, **of_state(asked.get("state"), here.today)}
    lines, pages = await lines_of(db, Case, wanted, (("due", -1), ("_id", 1)), page, address, "件", line)
    note = "" if here.reading.sees_all(PERSONS) else ONLY_OWN
    narrowings = await _narrowings(here, asked, names, mine)
    return Board("已受理的办件", HEADS, lines, "还没有办件。由窗口或者站点受理。", pages, narrowings, note)


async def _narrowings(
    here: Visit, asked: Mapping[str, str | None], names: Mapping[str, str], mine: Mapping[str, Any]
) -> tuple[Narrowing, ...]:
    kept = here.parts.db[Case.collection]
    called = {one: names.get(one, one) for one in await kept.distinct("process", mine)}
    whose = named(here, await kept.distinct("organisation", mine))
    return (
        narrowing("state", "状态", asked.get("state"), STATES),
        narrowing("process", "事项", asked.get("process"), called),
        unit_narrowing(here, "受理单位", asked.get("organisation"), whose),
        Narrowing("words", "查找编号或标识", asked.get("words") or ""),
    )
