"""The office's list of what is overdue of documents: which step, whose it is, how often it was urged."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import Response

from services.feedback.documents.late import LateStep, by_step, late_steps
from services.feedback.documents.naming import name_of_period
from services.feedback.documents.words import DOCUMENT_STEPS
from services.feedback.places import SUBJECTS
from shared.calendar import working_days_between
from shared.events.documents import DocumentStep
from shared.identity.reading import COMMITTEE
from shared.pages.boards import Board, Cell, SubjectPage, narrowing
from shared.pages.cells import Cells, day_cell, number_cell
from shared.pages.sorting import in_order, pattern_of, sorting
from shared.pages.words import acting_name, name_of
from shared.web.boards import Address, lines_at_hand
from shared.web.offering import offering
from shared.web.parameters import PageAsked
from shared.web.reading import reads
from shared.web.visit import Here, Visit

PAGE = "/feedback/overdue-documents"
HEADS = {"文件": "", "主送单位": "", "环节": "", "办理单位": "", "期限": "tight", "逾期": "number", "催办": ""}
SORTS = {"unit": "主送单位", "due": "期限", "-overdue": "逾期", "-urged": "催办"}
StepAsked = Annotated[DocumentStep, Query()]
LateSortAsked = Annotated[str, Query(pattern=pattern_of(SORTS))]
router = APIRouter(prefix=PAGE)


@router.get("", dependencies=[reads(COMMITTEE)])
async def overdue_documents(
    here: Here, step: StepAsked | None = None, sort: LateSortAsked | None = None, page: PageAsked = 1
) -> Response:
    """Of all steps or one, what is due longest first unless another order is asked for."""
    found = await late_steps(here.parts.db, here.parts.settings.county, here.today)
    shown = in_order((one for one in found if step in (None, one.step)), sort, _value)
    address = Address(PAGE, {"step": step and step.value, "sort": sort})
    lines, paging = lines_at_hand([_line(here, one) for one in shown], page, address, "项")
    offered = {one.value: f"{DOCUMENT_STEPS[one]}（{count}项）" for one, count in by_step(found).items()}
    if step:
        offered.setdefault(step.value, DOCUMENT_STEPS[step])
    by = (narrowing("step", "环节", step and step.value, offered),)
    sorts = sorting(SORTS, sort, address.sorted_by)
    board = Board("逾期事项", HEADS, lines, "没有逾期的反馈文件。", paging, by, sorting=sorts)
    lead = "过了期限还没有办理的签收、回复、审核、答复、核稿和签发；系统按反馈文件办法催办和提请督办。"
    return SUBJECTS.show("overdue-documents", SubjectPage("反馈文件逾期", lead, boards=(board,)), offering((), PAGE))


def _value(one: LateStep, column: str) -> str | int | date:
    """By when it was due it is overdue by so long."""
    values: dict[str, str | int | date] = {
        "unit": one.organisation,
        "due": one.due,
        "overdue": -one.due.toordinal(),
        "urged": one.urged,
    }
    return values[column]


def _line(here: Visit, one: LateStep) -> Cells:
    urged = f"已催办{one.urged}次" if one.urged else "尚未催办"
    return (
        Cell(name_of_period(one.period), one.url),
        Cell(name_of(one.organisation, here.roster, here.today)),
        Cell(DOCUMENT_STEPS[one.step]),
        Cell(acting_name(here.roster.answering(one.late, here.now), here.roster, here.today)),
        day_cell(one.due),
        number_cell(working_days_between(one.due, here.today), "个工作日"),
        Cell(f"{urged}，已提请督办" if one.is_escalated else urged),
    )
