"""The page of reporting schemes: which shorter periods a longer one replaces, from which day on, and the next one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from fastapi import APIRouter, Request
from fastapi.responses import Response

from services.feedback.places import SUBJECTS
from services.feedback.reports.model import ReportingScheme, SchemeFrom
from shared.database.kept import document
from shared.database.mongo import Database
from shared.events import Submission
from shared.events.feedback import AdoptReportingScheme, ReportingSchemeAdopted
from shared.events.reasonable import Unreasonable
from shared.forms import Field, Form, Kind
from shared.identity.reading import SENT, SIGNED_IN
from shared.pages.boards import Board, Cell, SubjectPage
from shared.pages.cells import day_cell
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

PAGE = "/feedback/scheme"
EITHER = {"yes": "由较长一期代替，不再单独反馈", "no": "照常反馈"}
SAID = {
    "year_replaces_december": "12月的月反馈（全年）",
    "year_replaces_fourth_quarter": "第四季度的季反馈（全年）",
    "quarter_replaces_last_month": "季末月份的月反馈（季度）",
}
HEADS = {"施行日期": "tight", **dict.fromkeys(SAID.values(), ""), "状态": ""}
router = APIRouter()


def _not_later(known: ReportingScheme | None, asked: AdoptReportingScheme, _: datetime) -> Unreasonable | None:
    """Schemes follow one another by day; the one that is kept just so was sent before, and is answered as it was."""
    if known and SchemeFrom(**asked.model_dump()) in known.history:
        return None
    last = known.history[-1].effective_from if known and known.history else None
    if last is None or asked.effective_from > last:
        return None
    return Unreasonable("effective_from", "scheme-exists", {"effective_from": last})


ADOPT = Form(
    AdoptReportingScheme,
    "adopt",
    "调整反馈办法",
    "施行",
    (
        Field("effective_from", "施行日期"),
        *(Field(path, called, Kind.RADIOS, EITHER) for path, called in SAID.items()),
    ),
    lead="自施行日期起截止的各期按此办理，已经截止的各期不变；施行日期的前一日为止可以更正、撤回。",
    foresees=_not_later,
)
CHANGE = replace(ADOPT, key="change-scheme", title="更正反馈办法", button="提交更正", foresees=None)


@router.get(PAGE, dependencies=[reads(SIGNED_IN)])
async def scheme(here: Here, sent: str = "") -> Response:
    """All of them, the newest first."""
    return await _page(here, await told_of(here.parts, here.who, sent))


@router.post(PAGE + "/{key}", response_model=None, dependencies=[reads(SENT)])
async def send(request: Request, here: Here, key: str) -> Response:
    """The next one."""
    county = here.parts.settings.county
    known = await unless_away(document(here.parts.db, ReportingScheme, county))
    sent = await submit_one_of({ADOPT.key: ADOPT}, key, request, here, county, PAGE, known)
    return await SUBJECTS.answered(sent, "scheme", PAGE, lambda again: _page(here, again=again))


async def _page(here: Visit, told: Told | None = None, again: Again | None = None) -> Response:
    county = here.parts.settings.county
    kept = await document(here.parts.db, ReportingScheme, county) or ReportingScheme(id=county)
    offered = offering([ADOPT] * here.admits(AdoptReportingScheme, county), PAGE, kept, told, again)
    now = kept.on(here.today)
    lines = [_line(one, _state(here, one, now)) for one in reversed(kept.history)]
    empty = "还没有规定反馈办法：月、季、年各期都照常反馈。"
    lead = "较长一期的反馈可以代替同时截止的较短一期，例如全年的代替12月的。"
    return SUBJECTS.show(
        "scheme", SubjectPage("反馈办法", lead, boards=(Board("历次办法", HEADS, lines, empty),)), offered
    )


def _state(here: Visit, one: SchemeFrom, now: SchemeFrom | None) -> ShownState:
    if one.effective_from > here.today:
        return ShownState("未施行", "warn")
    return ShownState("现行", "good") if one == now else ShownState("已失效", "")


def _line(one: SchemeFrom, state: ShownState) -> tuple[Cell, ...]:
    replaced = [Cell("代替" if getattr(one, path) else "照常反馈") for path in SAID]
    return (day_cell(one.effective_from), *replaced, Cell(state=state))


async def _read(db: Database, original: Original) -> Reported:
    since = fact_of(original, ReportingSchemeAdopted).effective_from
    kept = await document(db, ReportingScheme, county_of(original.organisation))
    found = next((one for one in kept.history if one.effective_from == since), None) if kept else None
    return Reported(found.model_dump(mode="json") if found else {})


REWRITINGS: Mapping[type[Submission], Rewriting] = {AdoptReportingScheme: Rewriting(CHANGE, _read, is_of_now=True)}
