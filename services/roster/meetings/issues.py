"""The page of issues: all of them with how far each is, and the form by which one is raised."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response

from services.roster.committee import STAGES
from services.roster.meetings.form import RAISE, Consulting
from services.roster.meetings.model import Issue, Stage
from services.roster.subject_pages import answered, organisation_cell, show
from shared.database.documents import COUNTS
from shared.events.roster import RaiseIssue
from shared.events.vocabulary import OrganisationKind
from shared.identity.reading import SENT, SIGNED_IN
from shared.pages.boards import Board, Cell, Narrowing, SubjectPage, narrowing
from shared.pages.cells import day_cell
from shared.pages.chinese import NOTHING
from shared.pages.words import ShownState, names_on
from shared.web.boards import Address, asking, lines_of, saying
from shared.web.forms import Again
from shared.web.offering import offering, submit_one_of
from shared.web.parameters import IssueStageAsked, PageAsked, WordsAsked
from shared.web.reading import reads
from shared.web.told import Told, told_of
from shared.web.visit import Here, Visit

PAGE = "/roster/issues"
HEADS = {"议题": "wide", "提出单位": "", "提出日期": "tight", "环节": ""}
NOT_CONSULTED = (OrganisationKind.COUNTY, OrganisationKind.VILLAGE)
"""Kinds that are no departments concerned."""
REACHED = {
    Stage.RAISED: ShownState("待联合党委研究", "warn"),
    Stage.STUDIED: ShownState("待联席会议议定", "warn"),
    Stage.RESOLVED: ShownState("已议定", "good"),
}
router = APIRouter(prefix=PAGE)


@router.get("", dependencies=[reads(SIGNED_IN)])
async def issues(
    here: Here, stage: IssueStageAsked | None = None, words: WordsAsked = "", page: PageAsked = 1, sent: str = ""
) -> Response:
    """The newest first."""
    address = Address(PAGE, {"stage": stage, "words": words})
    return await _page(here, address, page, await told_of(here.parts, here.who, sent))


@router.post("/{key}", response_model=None, dependencies=[reads(SENT)])
async def send(request: Request, here: Here, key: str) -> Response:
    """One that whoever is signed in raises."""
    sent = await submit_one_of({RAISE.key: RAISE}, key, request, here, here.who or "", PAGE, _consulting(here))
    return await answered(sent, "issues", PAGE, lambda again: _page(here, Address(PAGE), 1, again=again))


async def _page(
    here: Visit, address: Address, page: int, told: Told | None = None, again: Again | None = None
) -> Response:
    may = here.admits(RaiseIssue, here.who or "")
    offered = offering([RAISE] * may, PAGE, _consulting(here), told, again)
    lead = "议题按“三段式”推进：小微联席会议提出，联合党委研究，联席会议议定。"
    return show("issues", SubjectPage("议题", lead, boards=(await _board(here, address, page),)), offered)


def _consulting(here: Visit) -> Consulting:
    """Who stands today: members and townships, by name."""
    called = names_on(here.roster, here.today)
    stood = ((one.id, one.on(here.today)) for one in here.roster)
    codes = [code for code, now in stood if now is not None and now.kind not in NOT_CONSULTED]
    return Consulting({code: called[code] for code in codes}, here.today.year)


async def _board(here: Visit, address: Address, page: int) -> Board:
    def line(one: Issue) -> Sequence[Cell]:
        raised = one.days.get(Stage.RAISED)
        return (
            Cell(one.title, page_of(one)),
            organisation_cell(here, one.raised_by) if one.raised_by else Cell(NOTHING),
            day_cell(raised),
            Cell(state=REACHED[one.stage]),
        )

    asked = address.by
    wanted: dict[str, Any] = {**COUNTS, **asking(stage=asked.get("stage")), **saying("title", asked.get("words"))}
    order = ((f"days.{Stage.RAISED}", -1), ("_id", 1))
    lines, pages = await lines_of(here.parts.db, Issue, wanted, order, page, address, "个", line)
    narrowings = (
        narrowing("stage", "环节", asked.get("stage"), {str(one): STAGES[one] for one in Stage}),
        Narrowing("words", "查找", asked.get("words") or ""),
    )
    return Board("已提出的议题", HEADS, lines, "还没有议题。由小微联席会议的牵头单位在本页提出。", pages, narrowings)


def page_of(issue: Issue) -> str:
    """The page of one."""
    return f"{PAGE}/{issue.id}"
