"""The office's desk: the drafts of a period, to be reviewed, signed, sent back or made anew, many in one list."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Annotated, NamedTuple

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from services.feedback.asking import Reread
from services.feedback.documents.figures import figures_board
from services.feedback.documents.form import (
    OF_LIST,
    PASS,
    REDRAFT,
    SEND_BACK,
    SIGN,
    SIGN_MONTHLY,
)
from services.feedback.documents.model import Draft, DraftState
from services.feedback.documents.outdated import outdated_board
from services.feedback.documents.words import DRAFT_STATES, document_name, late
from services.feedback.places import SUBJECTS
from services.feedback.reports import periods
from services.feedback.reports.rereading import Rereading
from shared.database.kept import documents
from shared.events.vocabulary import ReportKind
from shared.forms import Form
from shared.identity.reading import COMMITTEE, SENT
from shared.pages.boards import Board, Cell, SubjectPage, choice, narrowing
from shared.pages.cells import Cells, day_cell, number_cell
from shared.pages.chinese import NOTHING
from shared.web.boards import Address, lines_at_hand
from shared.web.confirming import each_confirmed
from shared.web.forms import Again
from shared.web.heavy import HEAVY
from shared.web.offering import offering, submit_one_of
from shared.web.parameters import PageAsked, PeriodAsked, PeriodInPath
from shared.web.persons import Persons, persons
from shared.web.reading import reads
from shared.web.told import Told, told_of
from shared.web.unless_away import unless_away
from shared.web.visit import Here, Visit

PAGE = "/feedback/drafts"
HEADS = {"单位": "", "状态": "", "稿次": "number", "意见": "number", "办理期限": "tight", "拟稿": "", "核稿": ""}
WAITING = (DraftState.DRAFTED, DraftState.REVIEWED)
SIZE = 100
"""Drafts of a period on a page: they are signed in one list."""
StateAsked = Annotated[DraftState, Query()]
router = APIRouter(prefix=PAGE)


class ListedDrafts(NamedTuple):
    """Which drafts of a period are listed: in a state, on a page."""

    state: DraftState | None = None
    page: int = 1


ALL = ListedDrafts()


@router.get("", dependencies=[reads(COMMITTEE), HEAVY])
async def drafts(
    here: Here,
    reread: Reread,
    period: PeriodAsked | None = None,
    state: StateAsked | None = None,
    page: PageAsked = 1,
    sent: str = "",
) -> Response:
    """Of the period whose drafts wait longest, unless another is asked for."""
    return await _page(here, reread, period, ListedDrafts(state, page), await told_of(here.parts, here.who, sent))


@router.get("/of/{period}", dependencies=[reads(COMMITTEE), HEAVY])
async def of_period(here: Here, reread: Reread, period: PeriodInPath, sent: str = "") -> Response:
    """Of one period."""
    return await _page(here, reread, period, ALL, await told_of(here.parts, here.who, sent))


@router.post("/of/{period}/{key}", response_model=None, dependencies=[reads(SENT)])
async def act(request: Request, here: Here, reread: Reread, period: PeriodInPath, key: str) -> Response:
    """With those that were ticked."""
    county, at = here.parts.settings.county, _of(period)
    known = await unless_away(_of_period(here, period))
    sent = await submit_one_of(OF_LIST, key, request, here, county, at, known)
    return await SUBJECTS.answered(sent, "drafts", at, lambda again: _page(here, reread, period, ALL, again=again))


def _of(period: str) -> str:
    return f"{PAGE}/of/{period}"


async def _of_period(here: Visit, period: str) -> list[Draft]:
    wanted = {"county": here.parts.settings.county, "period": period}
    return sorted(await documents(here.parts.db, Draft, wanted), key=lambda one: one.organisation)


async def _page(
    here: Visit,
    reread: Rereading,
    asked: str | None,
    lines: ListedDrafts,
    told: Told | None = None,
    again: Again | None = None,
) -> Response:
    counted = await _waiting(here)
    chosen = asked or next(iter(counted), "") or await _newest(here)
    found = await _of_period(here, chosen) if chosen else []
    shown = [one for one in found if lines.state in (None, one.state)]
    forms = list(_forms(here, found))
    offered = offering(forms, _of(chosen), found, told, again)
    offered = replace(offered, forms=each_confirmed(here, forms, offered.forms, _of(chosen)))
    board = _board(here, shown, await persons(here), chosen, lines, await _periods(here, counted))
    lead = "各期截止后自动拟稿，经核稿、签发后编号、印发、送达。"
    name = f"{periods.in_chinese(chosen)}反馈文稿" if chosen else "反馈文稿"
    outdated = await outdated_board(here, reread, [one for one in found if one.state in WAITING], Address(_of(chosen)))
    figures = [await figures_board(here, chosen[:4], Address(_of(chosen)))] if chosen else []
    boards = (*([outdated] if outdated else []), board, *figures)
    return SUBJECTS.show("drafts", SubjectPage(name, lead, boards=boards), offered)


async def _waiting(here: Visit) -> dict[str, int]:
    """How many drafts of each period wait, the one that waits longest first."""
    county = here.parts.settings.county
    wanted = {"county": county, "state": {"$in": [*WAITING]}}
    waiting = await here.parts.db[Draft.collection].find(wanted, {"period": 1}).to_list(None)
    counted: dict[str, int] = {}
    for one in sorted(waiting, key=lambda one: (periods.last_day(one["period"]), len(one["period"]))):
        counted[one["period"]] = counted.get(one["period"], 0) + 1
    return counted


async def _newest(here: Visit) -> str:
    known = await here.parts.db[Draft.collection].distinct("period", {"county": here.parts.settings.county})
    return max(known, key=periods.last_day, default="")


async def _periods(here: Visit, waiting: Mapping[str, int]) -> dict[str, str]:
    """The newest first, each with how many wait."""
    known = await here.parts.db[Draft.collection].distinct("period", {"county": here.parts.settings.county})
    ordered = sorted(known, key=lambda one: (periods.last_day(one), one), reverse=True)
    named = {one: periods.in_chinese(one) for one in ordered}
    return {one: f"{name}（{waiting[one]}份待办）" if one in waiting else name for one, name in named.items()}


def _forms(here: Visit, found: Sequence[Draft]) -> Iterator[Form]:
    """What there is to do now, and whoever looks may do."""
    states = {one.state for one in found}
    is_monthly = all(one.kind is ReportKind.MONTHLY for one in found)
    if DraftState.REVIEWED in states:
        if here.does(SIGN.submission):
            yield SIGN
        elif is_monthly and here.does(SIGN_MONTHLY.submission):
            yield SIGN_MONTHLY
    if DraftState.DRAFTED in states and here.does(PASS.submission):
        yield PASS
    if DraftState.REVIEWED in states and here.does(SEND_BACK.submission):
        yield SEND_BACK
    if states.intersection(WAITING) and here.does(REDRAFT.submission):
        yield REDRAFT


def _board(
    here: Visit,
    found: Sequence[Draft],
    known: Persons,
    period: str,
    asked: ListedDrafts,
    offered: Mapping[str, str],
) -> Board:
    lines, state = [_line(here, one, known) for one in found], asked.state
    address = Address(PAGE, {"period": period, "state": state and state.value})
    shown, paging = lines_at_hand(lines, asked.page, address, "份", SIZE)
    narrowings = (
        *((choice("period", "期次", period, offered),) if period else ()),
        narrowing("state", "状态", state and state.value, {one.value: said.word for one, said in DRAFT_STATES.items()}),
    )
    empty = "还没有文稿。反馈文件办法施行后，各期截止时自动拟稿。"
    return Board("文稿", HEADS, shown, empty, paging, narrowings)


def _line(here: Visit, one: Draft, known: Persons) -> Cells:
    state = DRAFT_STATES[one.state]
    waits = one.state in WAITING
    drafted = known.within(one.drafted_by, one.county, here.today) if one.drafted_by else "系统"
    reviewed = known.within(one.reviewed_by, one.county, here.today) if one.reviewed_by else NOTHING
    return (
        Cell(one.report.name, f"{PAGE}/{one.id}", document_name(one)),
        Cell(state=late(state, one.due, here.today) if waits else state),
        number_cell(one.edition, "稿"),
        number_cell(len(one.required) + len(one.advice), "条"),
        day_cell(one.due if waits else None),
        Cell(drafted),
        Cell(reviewed),
    )
