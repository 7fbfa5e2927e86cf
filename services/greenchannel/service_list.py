"""The page of all green-channel services that a reader may see, by whom they were for, how, and by whom."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from fastapi import APIRouter
from fastapi.responses import Response

from services.greenchannel.model import GreenService
from services.greenchannel.places import SUBJECTS
from shared.database.documents import COUNTS
from shared.identity.reading import PERSONS
from shared.pages.boards import ON_SCREEN, Board, Cell, SubjectPage, narrowing
from shared.pages.cells import day_cell, number_cell
from shared.pages.chinese import CLIENT_UNITS, CLIENTS, MODES
from shared.web.boards import Address, asking, lines_of
from shared.web.offering import Offering
from shared.web.parameters import ClientAsked, CodeAsked, ModeAsked, PageAsked
from shared.web.reading import reads
from shared.web.subjects import named, organisation_cell, record_cell, unit_narrowing
from shared.web.visit import Here, Visit

PAGE = "/greenchannel/services"
HEADS = {
    "日期": "tight",
    "服务对象": "",
    "服务方式": "",
    "数量": "number",
    "服务单位": "",
    "报送记录": ON_SCREEN,
}
ONLY_OWN = "只列本单位可以查看的。"
router = APIRouter(prefix=PAGE)


@router.get("", dependencies=[reads(PERSONS)])
async def services(
    here: Here,
    client: ClientAsked | None = None,
    mode: ModeAsked | None = None,
    organisation: CodeAsked | None = None,
    page: PageAsked = 1,
) -> Response:
    """The newest first."""
    address = Address(PAGE, {"client": client, "mode": mode, "organisation": organisation})
    board = await _board(here, address, page)
    lead = "已登记的绿色通道服务；在“办件与绿色通道”页登记，更正和撤回在报送记录中办理。"
    return SUBJECTS.show("services", SubjectPage("绿色通道服务", lead, boards=(board,)), Offering(()))


async def _board(here: Visit, address: Address, page: int) -> Board:
    def line(one: GreenService) -> Sequence[Cell]:
        return (
            day_cell(one.day),
            Cell(CLIENTS[one.client]),
            Cell(MODES[one.mode]),
            number_cell(one.persons, CLIENT_UNITS[one.client]),
            organisation_cell(here, one.organisation),
            record_cell(here, one.id),
        )

    asked, db = address.by, here.parts.db
    mine: dict[str, Any] = {**COUNTS, **here.reading.filter(PERSONS)}
    place = {"$and": [mine, asking(organisation=asked.get("organisation"))]}
    wanted = {**place, **asking(client=asked.get("client"), mode=asked.get("mode"))}
    lines, pages = await lines_of(db, GreenService, wanted, (("day", -1), ("_id", 1)), page, address, "次", line)
    whose = named(here, await db[GreenService.collection].distinct("organisation", mine))
    narrowings = (
        narrowing("client", "服务对象", asked.get("client"), CLIENTS),
        narrowing("mode", "服务方式", asked.get("mode"), MODES),
        unit_narrowing(here, "服务单位", asked.get("organisation"), whose),
    )
    note = "" if here.reading.sees_all(PERSONS) else ONLY_OWN
    return Board("已登记的服务", HEADS, lines, "还没有登记服务。由窗口或者站点登记。", pages, narrowings, note)
