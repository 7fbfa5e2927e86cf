"""The page of what is the county's own: what its committee is called and was called before, and its catalogues."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response

from services.roster.county.form import FORMS, NAME, begun
from services.roster.subject_pages import answered, show
from shared.countys_own import CommitteeName, in_own_words
from shared.database.kept import document
from shared.events.refusals import WORDS
from shared.events.roster import NameCommittee
from shared.events.vocabulary import Catalogue
from shared.identity.reading import PUBLIC, SENT
from shared.pages.boards import Board, Cell, SubjectPage
from shared.pages.cells import day_cell
from shared.pages.words import ShownState
from shared.roster.committees import committee_on
from shared.roster.organisations import Organisation, Roster
from shared.web.boards import Address, lines_at_hand
from shared.web.forms import Again
from shared.web.offering import offering, submit_one_of
from shared.web.parameters import PageAsked
from shared.web.reading import reads
from shared.web.told import Told, told_of
from shared.web.visit import Here, Visit

PAGE = "/roster/county"
HEADS = {"启用日期": "tight", "名称": "wide", "页面简称": "", "状态": ""}
LEAD = (
    "联合党委的名称用于各页和印发的反馈，没有登记的按县名称呼。"
    "荣誉、轮值工作、承诺事项由本县自定，填表时只能选用目录中的。"
)
NEVER = "还没有登记过名称，现按县名称呼。"
router = APIRouter()


@router.get(PAGE, dependencies=[reads(PUBLIC)])
async def county(here: Here, page: PageAsked = 1, sent: str = "") -> Response:
    """As of now; who may is offered the form."""
    return await _page(here, page, await told_of(here.parts, here.who, sent))


@router.post(PAGE + "/{key}", response_model=None, dependencies=[reads(SENT)])
async def send(request: Request, here: Here, key: str) -> Response:
    """The next name, or another for a day."""
    sent = await submit_one_of(FORMS, key, request, here, here.parts.settings.county, PAGE, here.today)
    return await answered(sent, "county", PAGE, lambda again: _page(here, again=again))


async def _page(here: Visit, page: int = 1, told: Told | None = None, again: Again | None = None) -> Response:
    code = here.parts.settings.county
    kept = await document(here.parts.db, Organisation, code)
    now = committee_on(Roster({code: kept} if kept else {}), code, here.today)
    offered = offering(
        [NAME] * here.admits(NameCommittee, code), PAGE, here.today, told, again, {NAME.key: begun(now, here.today)}
    )
    facts = (
        ("联合党委名称", Cell(now.name)),
        ("页面简称", Cell(now.brand)),
        *((f"{name}目录", _listed(kept, Catalogue(one))) for one, name in WORDS["catalogue"].items()),
    )
    return show(
        "county",
        SubjectPage(in_own_words("本县资料"), in_own_words(LEAD), facts=facts, boards=(_board(here, kept, now, page),)),
        offered,
    )


def _listed(kept: Organisation | None, catalogue: Catalogue) -> Cell:
    """How many entries a catalogue has; it leads there."""
    count = sum(one.catalogue is catalogue for one in (kept.catalogues if kept else ()))
    return Cell(f"{count}项" if count else "还没有登记", f"{PAGE}/{catalogue}")


def _board(here: Visit, kept: Organisation | None, now: CommitteeName, page: int) -> Board:
    names = reversed(kept.committee_names if kept else ())
    lines, under = lines_at_hand([_line(one, now, here) for one in names], page, Address(PAGE), "次")
    return Board("历次名称", HEADS, lines, in_own_words(NEVER), under)


def _line(one: CommitteeName, now: CommitteeName, here: Visit) -> tuple[Cell, ...]:
    if one == now:
        state = ShownState("现用", "good")
    else:
        state = ShownState("未启用", "warn") if one.since > here.today else ShownState("已停用", "")
    return (day_cell(one.since), Cell(one.name), Cell(one.brand), Cell(state=state))
