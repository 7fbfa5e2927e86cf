"""The pages of rebuilds (汇总重算): one is begun, and how far it is and what it put right is looked at."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, HTTPException, Request
from fastapi.responses import RedirectResponse, Response

from services.feedback.places import SUBJECTS
from services.feedback.rebuilding import words
from services.feedback.rebuilding.beginning import Workers, begun
from services.feedback.rebuilding.model import Rebuild
from shared.database.kept import document, page_of_documents
from shared.forms import Shown
from shared.identity.audit import AuditKind
from shared.identity.reading import RUNNING, SENT
from shared.identity.rights import Job, may
from shared.pages.boards import Board, Cell, SubjectPage
from shared.pages.words import name_of, names_on
from shared.web.auditing import audited
from shared.web.boards import Address, lines_at_hand, lines_of
from shared.web.offering import Offering
from shared.web.parameters import IdInPath, PageAsked
from shared.web.persons import Persons, persons
from shared.web.reading import NotYours, reads
from shared.web.signing_in import SignInNeeded
from shared.web.told import Told
from shared.web.visit import Here, Visit

PAGE = "/feedback/rebuilds"
LEAD = (
    "各月汇总和问题清单按办理底账逐条重新计算；与底账不一致的，按底账更正，并逐项列出。重算期间照常受理、查询；"
    "反馈文件印发后数据不变，有变化的列入“待更正的反馈”。"
)
EMPTY = "还没有重算过。各月汇总每10分钟自动核对，核对一致的不用重算。"
HEADS = {"开始": "tight", "发起人": "", "状态": "", "已读底账（条）": "number", "更正（项）": "number", "完成": "tight"}
FIGURES = {"月份": "tight", "单位": "", "指标": "", "重算前": "number", "重算后": "number"}
NONE_WRONG = "各月汇总与办理底账一致，没有需要更正的数据。"
ALREADY = Told("正在重算", "warn", ("上一次重算尚未结束，结束以后再开始。",))

router = APIRouter()


async def workers(request: Request) -> Workers:
    """The process's one."""
    found: Workers = request.app.state.rebuilds
    return found


AtWork = Annotated[Workers, Depends(workers)]


@router.get(PAGE, dependencies=[reads(RUNNING)])
async def rebuilds(here: Here, page: PageAsked = 1) -> Response:
    """All of them, the last begun first."""
    return await _page(here, page)


@router.post(PAGE, response_model=None, dependencies=[reads(SENT)])
async def begin(request: Request, here: Here, at_work: AtWork) -> Response:
    """Another one, unless one is under way."""
    if here.who != here.parts.settings.county:
        raise SignInNeeded(PAGE)
    one = await one_more(request, here, at_work)
    if one is None:
        return await _page(here, 1, ALREADY, 409)
    return RedirectResponse(f"{PAGE}/{one.id}", 303)


@router.get(PAGE + "/{rebuild}", dependencies=[reads(RUNNING)])
async def rebuild(here: Here, rebuild: IdInPath, page: PageAsked = 1) -> Response:
    """One of them: how far it is, and each figure that it put right."""
    one = await document(here.parts.db, Rebuild, rebuild)
    if one is None or one.county != here.parts.settings.county:
        raise HTTPException(404)
    called = names_on(here.roster, here.today)
    lines = [words.line(each, called) for each in one.lines]
    shown, under = lines_at_hand(lines, page, Address(f"{PAGE}/{one.id}"), "项")
    empty = "正在重算，尚未发现不一致的数据。" if one.is_running else NONE_WRONG
    board = Board("按办理底账更正的数据", FIGURES, shown, empty, under)
    facts = tuple(words.facts_of(one, _by(here, one, await persons(here)), here.now))
    note = f"另有{one.count - len(one.lines)}项，未逐项列出。" if one.count > len(one.lines) else ""
    title, back = "一次汇总重算", Cell("汇总重算", PAGE)
    return SUBJECTS.show("rebuilds", SubjectPage(title, LEAD, back, facts, (board,), note=note), Offering(()))


async def one_more(request: Request, here: Visit, at_work: Workers) -> Rebuild | None:
    """Begun by whoever runs the county, and told to the audit; None while another is under way."""
    if not may(here.acting, Job.OPERATE):
        raise NotYours("not-your-posts")
    by, person = here.who or "", here.acting.person if here.acting else ""
    one = await begun(here.parts.db, here.parts.settings.county, by, person, here.now)
    if one is not None:
        audited(request.scope, AuditKind.OPERATION, f"{PAGE}/{one.id}", "begun")
        await at_work.start(one)
    return one


async def _page(here: Visit, page: int, told: Told | None = None, status: int = 200) -> Response:
    db, county = here.parts.db, here.parts.settings.county
    known, now = await persons(here), here.now
    wanted, order = {"county": county}, (("begun", -1), ("_id", 1))
    lines, under = await lines_of(
        db,
        Rebuild,
        wanted,
        order,
        page,
        Address(PAGE),
        "次",
        lambda one: words.in_list(one, _by(here, one, known), now),
    )
    (last, *_), _ = await page_of_documents(db, Rebuild, wanted, order, 1, 1) if lines else ((None,), None)
    may_begin = here.who == county and may(here.acting, Job.OPERATE) and not (last and last.is_running)
    forms = (BEGIN,) if may_begin else ()
    board = Board("历次重算", HEADS, lines, EMPTY, under)
    return SUBJECTS.show("rebuilds", SubjectPage("汇总重算", LEAD, boards=(board,)), Offering(forms, told, status))


def _by(here: Visit, one: Rebuild, known: Persons) -> str:
    if not one.person:
        return name_of(one.by, here.roster, here.today)
    return known.called(one.person, one.by, here.today)


BEGIN = Shown(
    key="begin",
    title="重新汇总",
    button="开始重算",
    lead="一般不用重算；“系统状况”中账实核对有不一致的，由系统管理员开始重算。",
    action=PAGE,
    notice="",
    wrongs=(),
    hidden=(),
    boxes=(),
    has_photos=False,
)
