"""The page of one issue: its three stages with what each said, whom it was discussed with, the next stage's form."""

from __future__ import annotations

from collections.abc import Mapping

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import Response

from services.roster.committee import STAGES, within
from services.roster.meetings.form import HOLD, STUDY, process_names
from services.roster.meetings.issues import PAGE, REACHED
from services.roster.meetings.model import Issue, Process, Stage
from services.roster.meetings.rules import not_to_be_resolved, not_to_be_studied
from services.roster.subject_pages import answered, organisation_cell, record_of, show
from shared.database.kept import document, documents
from shared.events.roster import HoldJointMeeting, StudyIssue
from shared.forms import Form
from shared.identity.reading import SENT, SIGNED_IN
from shared.pages.boards import Board, Cell, SubjectPage
from shared.pages.cells import day_cell
from shared.pages.chinese import limit_text
from shared.pages.words import name_of
from shared.web.forms import Again
from shared.web.offering import offering, submit_one_of
from shared.web.parameters import CodeInPath, NameInPath
from shared.web.reading import reads
from shared.web.told import Told, told_of
from shared.web.visit import Here, Visit

FORMS: Mapping[str, Form] = {form.key: form for form in (STUDY, HOLD)}
HEADS = {"事项": "", "原时限": "number", "新时限": "number", "施行日期": "tight"}
router = APIRouter(prefix=PAGE)


@router.get("/{place}/{name}", dependencies=[reads(SIGNED_IN)])
async def one(here: Here, place: CodeInPath, name: NameInPath, sent: str = "") -> Response:
    """Under whose name it is: the county's, or that of whoever raised another of the same name."""
    return await _page(here, place, name, await told_of(here.parts, here.who, sent))


@router.post("/{place}/{name}/{key}", response_model=None, dependencies=[reads(SENT)])
async def send(request: Request, here: Here, place: CodeInPath, name: NameInPath, key: str) -> Response:
    """The committee goes on with it."""
    at, county = f"{PAGE}/{place}/{name}", here.parts.settings.county
    sent = await submit_one_of(FORMS, key, request, here, county, at, given={"issue": name})
    return await answered(sent, "issues", at, lambda again: _page(here, place, name, again=again))


async def _page(here: Visit, place: str, name: str, told: Told | None = None, again: Again | None = None) -> Response:
    issue, county = await document(here.parts.db, Issue, f"{place}/{name}"), here.parts.settings.county
    if issue is None or issue.withdrawn:
        raise HTTPException(404)
    names = await process_names(here.parts.db, county)
    whose = {"raised_by": issue.raised_by or ""}
    at, begun = f"{PAGE}/{issue.id}", {form.key: whose for form in FORMS.values()}
    offered = offering(_next(here, issue, name), at, names, told, again, begun)
    seen = SubjectPage(
        issue.title,
        back=Cell("议题", PAGE),
        facts=await _facts(here, issue),
        boards=await _boards(here, issue, name),
        steps=tuple((STAGES[one], reached(issue, one)) for one in Stage),
    )
    return show("issues", seen, offered)


def _next(here: Visit, issue: Issue, name: str) -> list[Form]:
    """The form of the stage that follows, for who may send it."""
    county = here.parts.settings.county
    studies = not_to_be_studied(issue, name) is None and here.admits(StudyIssue, county)
    resolves = not_to_be_resolved(issue, name) is None and here.admits(HoldJointMeeting, county)
    return [STUDY] * studies + [HOLD] * resolves


def reached(issue: Issue, stage: Stage) -> bool:
    """Whether it has come so far."""
    order = list(Stage)
    return order.index(stage) <= order.index(issue.stage)


async def _facts(here: Visit, issue: Issue) -> tuple[tuple[str, Cell], ...]:
    consulted = "、".join(name_of(code, here.roster, here.today) for code in issue.consulted)
    said = {
        Stage.RAISED: (("征求意见单位", Cell(consulted)),),
        Stage.STUDIED: (("研究方案", Cell(issue.plan)),),
        Stage.RESOLVED: (("议定事项", Cell(issue.resolution)),),
    }
    facts: list[tuple[str, Cell]] = [("环节", Cell(state=REACHED[issue.stage]))]
    if issue.raised_by:
        facts.append(("提出单位", organisation_cell(here, issue.raised_by)))
    for stage in (one for one in Stage if reached(issue, one)):
        day = issue.days.get(stage)
        facts += [(STAGES[stage], day_cell(day)), *said[stage]]
        facts += await record_of(here, issue.records.get(stage, ""))
    return tuple(facts)


async def _boards(here: Visit, issue: Issue, name: str) -> tuple[Board, ...]:
    """The limits that its meeting set; none while it set none."""
    if issue.stage is not Stage.RESOLVED:
        return ()
    lines = []
    for one in await documents(here.parts.db, Process, {"limits.issue": name}):
        for before, limit in zip(one.limits, one.limits[1:], strict=False):
            if limit.issue == name:
                url = f"/roster/guide/{within(one.id)}"
                days = (Cell(limit_text(before.days)), Cell(limit_text(limit.days)))
                lines.append((Cell(one.name, url), *days, day_cell(limit.since)))
    return (Board("调整的办理时限", HEADS, lines, "没有调整办理时限。"),)
