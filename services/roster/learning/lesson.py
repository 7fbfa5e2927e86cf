"""The pages of one lesson: who attended of all whom a reader may see there, and an organisation's attendance."""

from __future__ import annotations

from collections.abc import Mapping

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import Response

from services.roster.changing import PLANNED, lesson_key
from services.roster.learning.attendance import AttendanceLine, Grid, grid
from services.roster.learning.form import ATTEND
from services.roster.learning.lessons import ONLY_OWN, PAGE, lesson_state
from services.roster.learning.model import Attendance, Lesson
from services.roster.learning.rules import attended_by, not_attended
from services.roster.subject_pages import answered, named, organisation_cell, record_of, show, unit_narrowing
from shared.database.documents import COUNTS
from shared.database.kept import document, documents
from shared.events.roster import RecordAttendance
from shared.identity.reading import PERSONS, SENT
from shared.pages.boards import Board, Cell, Narrowing, SubjectPage, narrowing
from shared.pages.cells import day_cell, number_cell
from shared.pages.chinese import NOTHING, grouped
from shared.pages.words import ShownState
from shared.roster.organisations import of_county
from shared.web.boards import Address, lines_at_hand
from shared.web.forms import Again
from shared.web.offering import offering, submit_one_of
from shared.web.parameters import AttendedAsked, CodeAsked, CodeInPath, NameInPath, PageAsked
from shared.web.reading import reads
from shared.web.records.correctable import HowCorrected
from shared.web.records.planned import ChangeLinks, change_facts, change_links
from shared.web.told import Told, told_of
from shared.web.visit import Here, Visit

HEADS = {"单位": "", "上级": "", "到课人数": "number", "状态": ""}
STATES = {"yes": "已登记", "no": "未登记"}
RECORDED, MISSING, NOT_RECORDED = (
    ShownState("已登记", "good"),
    ShownState("未登记", "warn"),
    ShownState("未登记", ""),
)
router = APIRouter(prefix=PAGE)


@router.get("/{lesson}", dependencies=[reads(PERSONS)])
async def one(
    here: Here,
    how: HowCorrected,
    lesson: NameInPath,
    township: CodeAsked | None = None,
    attended: AttendedAsked | None = None,
    page: PageAsked = 1,
) -> Response:
    """One of them: everybody whom whoever looks may see there, also those who have not said."""
    kept = await _lesson(here, lesson)
    address = Address(f"{PAGE}/{lesson}", {"township": township, "attended": attended})
    seen = await _grid(here, lesson, kept)
    facts = (
        ("日期", day_cell(kept.day)),
        ("状态", Cell(state=lesson_state(kept, here.today))),
        (
            "已登记单位",
            Cell(f"{grouped(seen.recorded)}个，共{grouped(len(seen.lines))}个", f"{address.path}?attended=yes"),
        ),
        ("到课人数", Cell(f"{grouped(seen.people)}人")),
        *await _planned(here, how, lesson, kept),
    )
    boards = (_grid_board(here, seen, address, page),)
    return show(
        "lessons", SubjectPage(kept.title, back=Cell("党课", PAGE), facts=facts, boards=boards), offering((), "")
    )


@router.get("/{lesson}/{organisation}", dependencies=[reads(PERSONS)])
async def attendance(here: Here, lesson: NameInPath, organisation: CodeInPath, sent: str = "") -> Response:
    """An organisation's, or the form by which it is recorded."""
    here.reading.must(PERSONS, organisation)
    return await _attendance(here, lesson, organisation, await told_of(here.parts, here.who, sent))


@router.post("/{lesson}/{organisation}/{key}", response_model=None, dependencies=[reads(SENT)])
async def attend(request: Request, here: Here, lesson: NameInPath, organisation: CodeInPath, key: str) -> Response:
    """Its attendance."""
    at = f"{PAGE}/{lesson}/{organisation}"
    sent = await submit_one_of({ATTEND.key: ATTEND}, key, request, here, organisation, at)
    return await answered(sent, "lessons", at, lambda again: _attendance(here, lesson, organisation, again=again))


async def _lesson(here: Visit, name: str) -> Lesson:
    kept = await document(here.parts.db, Lesson, of_county(here.parts.settings.county, name))
    if kept is None or kept.cancelled:
        raise HTTPException(404)
    return kept


async def _planned(here: Visit, how: HowCorrected, name: str, lesson: Lesson) -> tuple[tuple[str, Cell], ...]:
    """Where it is changed and cancelled while it is only planned, for whoever may."""
    if here.today >= lesson.day:
        return ()
    ways: Mapping[str, ChangeLinks] = await change_links(here, how, PLANNED, [here.parts.settings.county])
    return change_facts(ways.get(lesson_key(name)))


async def _grid(here: Visit, name: str, lesson: Lesson) -> Grid:
    recorded = await documents(here.parts.db, Attendance, {**COUNTS, "lesson": name, **here.reading.filter(PERSONS)})
    return grid(recorded, here.roster, here.parts.settings.county, lesson.day, here.reading.scope(PERSONS))


def _grid_board(here: Visit, seen: Grid, address: Address, page: int) -> Board:
    lines = seen.narrowed(address.by.get("township"), address.by.get("attended"))
    every = [
        (
            Cell(one.name, f"{address.path}/{one.code}"),
            organisation_cell(here, one.above) if one.above else Cell(NOTHING),
            number_cell(one.attended),
            Cell(state=_state(one)),
        )
        for one in lines
    ]
    note = "" if here.reading.sees_all(PERSONS) else ONLY_OWN
    shown, under = lines_at_hand(every, page, address, "个单位")
    return Board("到课情况", HEADS, shown, "开课时没有在册单位。", under, _narrowings(here, seen, address), note)


def _state(one: AttendanceLine) -> ShownState:
    """A station that has not said is asked for it; others attend as they like."""
    if one.attended is not None:
        return RECORDED
    return MISSING if one.is_station else NOT_RECORDED


def _narrowings(here: Visit, seen: Grid, address: Address) -> tuple[Narrowing, ...]:
    """None for whoever sees itself alone."""
    if len(seen.lines) <= 1:
        return ()
    by, townships = address.by, named(here, seen.townships)
    state = narrowing("attended", "状态", by.get("attended"), STATES)
    return (
        (unit_narrowing(here, "乡镇（街道）", by.get("township"), townships, "township"), state)
        if townships
        else (state,)
    )


async def _attendance(
    here: Visit, name: str, organisation: str, told: Told | None = None, again: Again | None = None
) -> Response:
    lesson, db = await _lesson(here, name), here.parts.db
    if here.roster.known(organisation, lesson.day) is None:
        raise HTTPException(404)
    kept = await document(db, Attendance, attended_by(name, organisation))
    no = not_attended(lesson, name, kept, here.today)
    may = no is None and here.admits(RecordAttendance, organisation)
    at, begun = f"{PAGE}/{name}/{organisation}", {ATTEND.key: {"lesson": name}}
    offered = offering([ATTEND] * may, at, told=told, again=again, begun=begun)
    standing = kept if kept is not None and not kept.withdrawn else None
    facts = (
        ("单位", organisation_cell(here, organisation)),
        ("日期", day_cell(lesson.day)),
        ("到课人数", Cell(f"{grouped(standing.attended)}人" if standing else "未登记")),
        *(await record_of(here, standing.record) if standing else ()),
    )
    note = "开课当日起登记到课人数。" if here.today < lesson.day else ""
    back = Cell(lesson.title, f"{PAGE}/{name}")
    return show("lessons", SubjectPage("到课登记", back=back, facts=facts, note=note), offered)
