"""The pages of devices: those of the organisations that a reader may know of, and one with who looked through it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import Response

from services.inspection.places import SUBJECTS
from services.inspection.supervision.keeping import CHANGE, REGISTER, REMOVE, Keeping
from services.inspection.supervision.model import Device, Viewing
from services.inspection.supervision.rules import device_id
from shared.calendar import china_day
from shared.database.kept import document
from shared.events.inspection import RegisterDevice, RemoveDevice
from shared.events.refusals import WORDS
from shared.identity.reading import PLACES, SENT
from shared.pages.boards import Board, Cell, Narrowing, SubjectPage
from shared.pages.cells import day_cell, time_cell
from shared.pages.chinese import day_text
from shared.pages.words import ShownState, acting_name
from shared.web.boards import Address, asking, lines_of
from shared.web.forms import Again
from shared.web.offering import offering, submit_one_of
from shared.web.parameters import CodeAsked, CodeInPath, NameInPath, PageAsked
from shared.web.persons import persons
from shared.web.reading import reads
from shared.web.subjects import named, organisation_cell, unit_narrowing
from shared.web.told import Told, told_of
from shared.web.visit import Here, Visit

PAGE = "/inspection/devices"
HEADS = {"设备": "wide", "所在单位": "", "登记日期": "tight", "状态": ""}
LOOKED_HEADS = {"时间": "tight", "查看人": "", "所属单位": "", "查看权限": ""}
IN_USE, REMOVED = ShownState("在用", "good"), ShownState("已停用", "")
LEAD = "本页登记窗口和站点的监控设备。画面由监控平台提供，本系统只登记设备和每次查看。"
CHOOSE = "需要登记设备的，请先在“所在单位”中选择单位。"
FORMS = {form.key: form for form in (CHANGE, REMOVE)}
router = APIRouter(prefix=PAGE)


@router.get("", dependencies=[reads(PLACES)])
async def devices(here: Here, organisation: CodeAsked | None = None, page: PageAsked = 1, sent: str = "") -> Response:
    """By organisation; of a chosen one with the form that registers another there."""
    if organisation is not None:
        here.reading.must(PLACES, organisation)
    return await _page(here, organisation, page, await told_of(here.parts, here.who, sent))


@router.post("/{organisation}/register", response_model=None, dependencies=[reads(SENT)])
async def register(request: Request, here: Here, organisation: CodeInPath) -> Response:
    """One more of an organisation."""
    back, known = Address(PAGE, {"organisation": organisation}).at(), _keeping(here)
    sent = await submit_one_of({REGISTER.key: REGISTER}, REGISTER.key, request, here, organisation, back, known)
    at = f"{PAGE}/{organisation}"
    return await SUBJECTS.answered(sent, "devices", at, lambda again: _page(here, organisation, 1, again=again))


@router.get("/{organisation}/{device}", dependencies=[reads(PLACES)])
async def one(
    here: Here, organisation: CodeInPath, device: NameInPath, page: PageAsked = 1, sent: str = ""
) -> Response:
    """One device."""
    return await _one(here, organisation, device, page, await told_of(here.parts, here.who, sent))


@router.post("/{organisation}/{device}/{key}", response_model=None, dependencies=[reads(SENT)])
async def send(request: Request, here: Here, organisation: CodeInPath, device: NameInPath, key: str) -> Response:
    """It is changed or removed."""
    at, given = page_of(organisation, device), {"device": device}
    sent = await submit_one_of(FORMS, key, request, here, organisation, at, _keeping(here), given)
    return await SUBJECTS.answered(sent, "devices", at, lambda again: _one(here, organisation, device, 1, again=again))


def page_of(organisation: str, device: str) -> str:
    """Where a device is."""
    return f"{PAGE}/{organisation}/{device}"


def _keeping(here: Visit) -> Keeping:
    return Keeping(here.parts.settings.allowed.cameras)


async def _page(
    here: Visit, organisation: str | None, page: int, told: Told | None = None, again: Again | None = None
) -> Response:
    address = Address(PAGE, {"organisation": organisation})
    may = organisation is not None and organisation in _places(here)
    at = f"{PAGE}/{organisation}" if organisation else PAGE
    offered = offering([REGISTER] * may, at, _keeping(here), told, again)
    board = await _board(here, address, page)
    note = "" if may or not _places(here) else CHOOSE
    return SUBJECTS.show("devices", SubjectPage("监控设备", LEAD, boards=(board,), note=note), offered)


def _places(here: Visit) -> Mapping[str, str]:
    """The windows and stations for which whoever looks may register a device, by name."""
    stood = ((one.id, one.on(here.today)) for one in here.roster)
    patrolled = (code for code, now in stood if now is not None and now.patrolled is not None)
    return named(here, [code for code in patrolled if here.admits(RegisterDevice, code)])


async def _board(here: Visit, address: Address, page: int) -> Board:
    def line(one: Device) -> Sequence[Cell]:
        state = Cell(state=REMOVED if one.removed else IN_USE)
        place = organisation_cell(here, one.organisation)
        return (
            Cell(one.name, page_of(one.organisation, one.device)),
            place,
            day_cell(china_day(one.registered)),
            state,
        )

    scope = {"county": here.parts.settings.county, **here.reading.filter(PLACES)}
    wanted = {"$and": [scope, asking(organisation=address.by.get("organisation"))]}
    order = (("organisation", 1), ("name", 1), ("_id", 1))
    lines, pages = await lines_of(here.parts.db, Device, wanted, order, page, address, "台", line)
    return Board("已登记的设备", HEADS, lines, "还没有登记监控设备。", pages, await _narrowings(here, address, scope))


async def _narrowings(here: Visit, address: Address, scope: Mapping[str, Any]) -> tuple[Narrowing, ...]:
    """Where there are devices, and where there may be some."""
    having = named(here, await here.parts.db[Device.collection].distinct("organisation", scope))
    return (unit_narrowing(here, "所在单位", address.by.get("organisation"), {**_places(here), **having}),)


async def _one(
    here: Visit, organisation: str, device: str, page: int, told: Told | None = None, again: Again | None = None
) -> Response:
    here.reading.must(PLACES, organisation)
    kept = await document(here.parts.db, Device, device_id(organisation, device))
    if kept is None:
        raise HTTPException(404)
    own = page_of(organisation, device)
    offered = offering([*_forms(here, kept)], own, _keeping(here), told, again, {CHANGE.key: _begun(kept)})
    facts = (
        ("所在单位", organisation_cell(here, organisation)),
        ("登记日期", Cell(day_text(china_day(kept.registered)))),
        ("状态", Cell(state=REMOVED if kept.removed else IN_USE)),
        *((("停用日期", Cell(day_text(china_day(kept.removed)))),) if kept.removed else ()),
    )
    board = await _looked(here, kept, Address(own), page)
    return SUBJECTS.show(
        "devices", SubjectPage(kept.name, back=Cell("监控设备", PAGE), facts=facts, boards=(board,)), offered
    )


def _forms(here: Visit, kept: Device) -> Iterator[Any]:
    if here.admits(RegisterDevice, kept.organisation):
        yield CHANGE
    if kept.removed is None and here.admits(RemoveDevice, kept.organisation):
        yield REMOVE


def _begun(kept: Device) -> Mapping[str, str]:
    return {"name": kept.name, "link": kept.link}


async def _looked(here: Visit, kept: Device, address: Address, page: int) -> Board:
    everybody = await persons(here)

    def line(one: Viewing) -> Sequence[Cell]:
        name = everybody.within(one.person, one.viewer, china_day(one.at))
        office = acting_name(one.viewer, here.roster, here.today)
        return time_cell(one.at), Cell(name), Cell(office), Cell(WORDS["role"][one.role])

    wanted, order = {"organisation": kept.organisation, "device": kept.device}, (("at", -1), ("_id", 1))
    lines, pages = await lines_of(here.parts.db, Viewing, wanted, order, page, address, "次", line)
    return Board("查看记录", LOOKED_HEADS, lines, "还没有人查看过。", pages)
