"""The page of schemes of documents: how reports are drafted, signed and received, from which day on, and the next."""

from __future__ import annotations

from collections.abc import Mapping

from fastapi import APIRouter, Request
from fastapi.responses import Response

from services.feedback.documents.model import DocumentScheme, SignedFrom
from services.feedback.documents.scheme_form import ADOPT, CHANGE
from services.feedback.documents.words import SERIES
from services.feedback.places import SUBJECTS
from shared.database.kept import document
from shared.database.mongo import Database
from shared.events import Submission
from shared.events.documents import AdoptDocumentScheme, DocumentSchemeAdopted
from shared.identity.reading import SENT, SIGNED_IN
from shared.pages.boards import Board, Cell, SubjectPage
from shared.pages.cells import day_cell, limit_cell, number_cell
from shared.pages.chinese import NOTHING
from shared.pages.words import ShownState
from shared.pipeline.decisions import Original, fact_of
from shared.roster.organisations import county_of
from shared.web.forms import Again
from shared.web.offering import offering, submit_one_of
from shared.web.reading import reads
from shared.web.records.correctable import Reported, Rewriting
from shared.web.told import Told, told_of
from shared.web.unless_away import unless_away
from shared.web.visit import Here, Visit

PAGE = "/feedback/document-scheme"
HEADS = {
    "施行日期": "tight",
    "代字": "",
    "季汇总": "",
    "年考核": "",
    "月反馈签发": "",
    "补报宽限": "tight",
    "核稿": "tight",
    "签发": "tight",
    "签收": "tight",
    "回复": "tight",
    "提醒和催办": "tight",
    "联系人": "",
    "状态": "",
}
BEGUN = {
    "quarterly_series": "letter",
    "annual_series": "file",
    "director_signs_monthly": "yes",
    "review_days": "3",
    "signing_days": "2",
    "receipt_days": "2",
    "objection_days": "3",
    "answer_days": "5",
    "monthly_reply_days": "5",
    "quarterly_reply_days": "10",
    "annual_reply_days": "15",
    "judging_days": "3",
    "again_days": "5",
    "grace_days": "3",
    "remind_days": "1",
    "urge_days": "3",
    "escalation_days": "3",
}
"""As the form opens: what holds unless the county says otherwise."""
router = APIRouter()


@router.get(PAGE, dependencies=[reads(SIGNED_IN)])
async def document_scheme(here: Here, sent: str = "") -> Response:
    """All of them, the newest first."""
    return await _page(here, await told_of(here.parts, here.who, sent))


@router.post(PAGE + "/{key}", response_model=None, dependencies=[reads(SENT)])
async def send(request: Request, here: Here, key: str) -> Response:
    """The next one."""
    county = here.parts.settings.county
    known = await unless_away(document(here.parts.db, DocumentScheme, county))
    sent = await submit_one_of({ADOPT.key: ADOPT}, key, request, here, county, PAGE, known)
    return await SUBJECTS.answered(sent, "document-scheme", PAGE, lambda again: _page(here, again=again))


async def _page(here: Visit, told: Told | None = None, again: Again | None = None) -> Response:
    county = here.parts.settings.county
    kept = await document(here.parts.db, DocumentScheme, county) or DocumentScheme(id=county)
    offered = offering([ADOPT] * here.admits(AdoptDocumentScheme, county), PAGE, kept, told, again, {ADOPT.key: BEGUN})
    now = kept.on(here.today)
    lines = [_line(one, _state(here, one, now)) for one in reversed(kept.history)]
    empty = "还没有规定：各期截止时直接印发，不经签发，也不编文号。"
    lead = "反馈怎样拟稿、核稿、签发、编号和签收，自何日起。"
    board = Board("历次办法", HEADS, lines, empty)
    return SUBJECTS.show("document-scheme", SubjectPage("反馈文件办法", lead, boards=(board,)), offered)


def _state(here: Visit, one: SignedFrom, now: SignedFrom | None) -> ShownState:
    if one.effective_from > here.today:
        return ShownState("未施行", "warn")
    return ShownState("现行", "good") if one == now else ShownState("已失效", "")


def _line(one: SignedFrom, state: ShownState) -> tuple[Cell, ...]:
    return (
        day_cell(one.effective_from),
        Cell(one.prefix),
        Cell(SERIES[one.quarterly_series]),
        Cell(SERIES[one.annual_series]),
        Cell("主任" if one.director_signs_monthly else "书记、副书记"),
        number_cell(one.grace_days, "个工作日"),
        limit_cell(one.review_days),
        limit_cell(one.signing_days),
        limit_cell(one.receipt_days),
        Cell(f"月{one.monthly_reply_days}、季{one.quarterly_reply_days}、年{one.annual_reply_days}个工作日"),
        Cell(f"提前{one.remind_days}、催办{one.urge_days}、督办{one.escalation_days}个工作日"),
        Cell(" ".join(filter(None, (one.contact, one.telephone))) or NOTHING),
        Cell(state=state),
    )


async def _read(db: Database, original: Original) -> Reported:
    since = fact_of(original, DocumentSchemeAdopted).effective_from
    kept = await document(db, DocumentScheme, county_of(original.organisation))
    found = next((one for one in kept.history if one.effective_from == since), None) if kept else None
    return Reported(found.model_dump(mode="json") if found else {})


REWRITINGS: Mapping[type[Submission], Rewriting] = {AdoptDocumentScheme: Rewriting(CHANGE, _read, is_of_now=True)}
