"""The page of schemes of appraisal: how Party members at windows are appraised, from which day on, and the next."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response

from services.roster.appraisals.model import AppraisalRules, AppraisalScheme
from services.roster.appraisals.scheme_form import ADOPT, CHANGE
from services.roster.subject_pages import answered, show
from shared.database.kept import document
from shared.database.mongo import Database
from shared.events.roster.appraisals import AdoptAppraisalScheme, AppraisalSchemeAdopted
from shared.identity.reading import SENT, SIGNED_IN
from shared.pages.boards import Board, Cell, SubjectPage
from shared.pages.cells import Cells, day_cell
from shared.pages.words import ShownState
from shared.pipeline.decisions import Original, fact_of
from shared.roster.organisations import county_of
from shared.web.boards import Address, lines_at_hand
from shared.web.forms import Again
from shared.web.offering import offering, submit_one_of
from shared.web.reading import reads
from shared.web.records.correctable import Reported, Rewriting
from shared.web.told import Told, told_of
from shared.web.unless_away import unless_away
from shared.web.visit import Here, Visit

PAGE = "/roster/appraisal-scheme"
HEADS = {
    "施行日期": "tight",
    "权重": "",
    "四项满分": "",
    "三无扣分": "tight",
    "等次折算": "",
    "优秀上限": "tight",
    "期限": "wide",
    "状态": "",
}
MOST_SCHEMES = 100
router = APIRouter(prefix=PAGE)


@router.get("", dependencies=[reads(SIGNED_IN)])
async def appraisal_scheme(here: Here, sent: str = "") -> Response:
    """All of them, the newest first."""
    return await _page(here, await told_of(here.parts, here.who, sent))


@router.post("/{key}", response_model=None, dependencies=[reads(SENT)])
async def send(request: Request, here: Here, key: str) -> Response:
    """The next one."""
    county = here.parts.settings.county
    known = await unless_away(document(here.parts.db, AppraisalScheme, county))
    sent = await submit_one_of({ADOPT.key: ADOPT}, key, request, here, county, PAGE, known)
    return await answered(sent, "appraisal-scheme", PAGE, lambda again: _page(here, again=again))


async def _page(here: Visit, told: Told | None = None, again: Again | None = None) -> Response:
    county = here.parts.settings.county
    kept = await document(here.parts.db, AppraisalScheme, county) or AppraisalScheme(id=county)
    begun = {name: str(value) for name, value in kept.on(here.today).model_dump(exclude={"effective_from"}).items()}
    forms = [ADOPT] * here.admits(AdoptAppraisalScheme, county)
    offered = offering(forms, PAGE, kept, told, again, {ADOPT.key: begun})
    now = kept.on(here.today)
    lines = [_line(one, _state(here, one, now)) for one in (*reversed(kept.history), *_without(kept))]
    shown, paging = lines_at_hand(lines, 1, Address(PAGE), "次", MOST_SCHEMES)
    lead = "窗口党员的双重考核和双重评议怎样办理，自何日起。"
    board = Board("历次办法", HEADS, shown, "还没有办法。", paging)
    return show("appraisal-scheme", SubjectPage("窗口党员考核办法", lead, boards=(board,)), offered)


def _without(kept: AppraisalScheme) -> tuple[AppraisalRules, ...]:
    """What holds where the county adopted nothing."""
    return () if kept.history else (AppraisalRules(),)


def _state(here: Visit, one: AppraisalRules, now: AppraisalRules) -> ShownState:
    if one.effective_from > here.today:
        return ShownState("未施行", "warn")
    return ShownState("现行", "good") if one == now else ShownState("已失效", "")


def _line(one: AppraisalRules, state: ShownState) -> Cells:
    parts = f"日常{one.daily_points}、服务{one.service_points}、组织生活{one.party_life_points}、作用{one.role_points}"
    grades = f"{one.excellent_points}、{one.qualified_points}、{one.basic_points}、{one.unqualified_points}分"
    days = (
        f"自评{one.self_days}、互评{one.peers_days}、联合党委{one.committee_days}、成员党组织{one.home_days}、"
        f"会商{one.settling_days}、阅签{one.reading_days}、答复{one.appeal_days}个工作日"
    )
    return (
        day_cell(one.effective_from),
        Cell(f"联合党委{one.committee_weight}%、成员党组织{100 - one.committee_weight}%"),
        Cell(parts),
        Cell(f"每件{one.incident_points}分"),
        Cell(grades),
        Cell(f"{one.excellent_percent}%"),
        Cell(days),
        Cell(state=state),
    )


async def _read(db: Database, original: Original) -> Reported:
    since = fact_of(original, AppraisalSchemeAdopted).effective_from
    kept = await document(db, AppraisalScheme, county_of(original.organisation))
    found = next((one for one in kept.history if one.effective_from == since), None) if kept else None
    return Reported(found.model_dump(mode="json") if found else {})


CHANGING = Rewriting(CHANGE, _read, is_of_now=True)
