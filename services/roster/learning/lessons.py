"""The page of lessons: all of them with how many attended; the committee schedules the next."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from fastapi import APIRouter, Request
from fastapi.responses import Response

from services.roster.committee import within
from services.roster.learning.form import SCHEDULE
from services.roster.learning.model import Attendance, Lesson
from services.roster.subject_pages import answered, show
from shared.countys_own import in_own_words
from shared.database.documents import COUNTS
from shared.database.kept import documents
from shared.events.roster import ScheduleLesson
from shared.identity.reading import PERSONS, SENT, SIGNED_IN
from shared.pages.boards import Board, Cell, Narrowing, SubjectPage
from shared.pages.cells import day_cell, number_cell
from shared.pages.words import ShownState
from shared.web.boards import Address, lines_of, saying
from shared.web.forms import Again
from shared.web.offering import offering, submit_one_of
from shared.web.parameters import PageAsked, WordsAsked
from shared.web.reading import reads
from shared.web.told import Told, told_of
from shared.web.visit import Here, Visit

PAGE = "/roster/lessons"
HEADS = {"党课": "wide", "日期": "tight", "已登记单位": "number", "到课人数": "number", "状态": ""}
ONLY_OWN = "只列本单位可以查看的。"
router = APIRouter(prefix=PAGE)


@router.get("", dependencies=[reads(SIGNED_IN)])
async def lessons(here: Here, words: WordsAsked = "", page: PageAsked = 1, sent: str = "") -> Response:
    """The last to come first."""
    return await _all(here, Address(PAGE, {"words": words}), page, await told_of(here.parts, here.who, sent))


@router.post("/{key}", response_model=None, dependencies=[reads(SENT)])
async def schedule(request: Request, here: Here, key: str) -> Response:
    """The committee schedules one."""
    sent = await submit_one_of({SCHEDULE.key: SCHEDULE}, key, request, here, here.parts.settings.county, PAGE)
    return await answered(sent, "lessons", PAGE, lambda again: _all(here, Address(PAGE), 1, again=again))


async def _all(
    here: Visit, address: Address, page: int, told: Told | None = None, again: Again | None = None
) -> Response:
    county, db = here.parts.settings.county, here.parts.db
    offered = offering([SCHEDULE] * here.admits(ScheduleLesson, county), PAGE, told=told, again=again)
    stands = {"_id": {"$regex": f"^{county}/"}, "cancelled": {"$ne": True}}
    attendances = await documents(db, Attendance, {**COUNTS, **here.reading.filter(PERSONS)})
    by_lesson = defaultdict[str, list[int]](list)
    for each in attendances:
        by_lesson[each.lesson].append(each.attended)

    def line(one: Lesson) -> Sequence[Cell]:
        return _line(one, by_lesson[within(one.id)], here.today)

    wanted, order = {**stands, **saying("title", address.by.get("words"))}, (("day", -1), ("_id", -1))
    lines, pages = await lines_of(db, Lesson, wanted, order, page, address, "次", line)
    words = (Narrowing("words", "查找", address.by.get("words") or ""),)
    note = "" if here.reading.sees_all(PERSONS) else f"已登记单位和到课人数{ONLY_OWN}"
    board = Board("历次党课", HEADS, lines, "还没有安排党课。由联合党委在本页安排。", pages, words, note)
    lead = "党课在县政务服务大厅授课，各单位、各站点同听；开课当日起，在该党课的页面登记到课人数。"
    return show("lessons", SubjectPage("党课", in_own_words(lead), boards=(board,)), offered)


def _line(one: Lesson, attended: Sequence[int], today: date) -> Sequence[Cell]:
    url = f"{PAGE}/{within(one.id)}"
    recorded_url = f"{url}?attended=yes" if attended else ""
    return (
        Cell(one.title, url),
        day_cell(one.day),
        number_cell(len(attended), url=recorded_url),
        number_cell(sum(attended), url=recorded_url),
        Cell(state=lesson_state(one, today)),
    )


def lesson_state(lesson: Lesson, today: date) -> ShownState:
    """Whether it is held already."""
    if today < lesson.day:
        return ShownState("未开课", "")
    return ShownState("今日开课", "good") if today == lesson.day else ShownState("已开课", "")
