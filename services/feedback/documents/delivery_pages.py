"""Issued documents on their way: delivered, signed for, sent back; and what is done with one on its page."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Any

from fastapi import APIRouter, Query
from fastapi.responses import Response

from services.feedback.documents.figures import summed
from services.feedback.documents.form import (
    BY_OFFICE,
    OF_REPORT,
    REPLY,
    begun_reply,
)
from services.feedback.documents.model import Delivery, DeliveryState, Draft, FormerReport
from services.feedback.documents.offered import offered_now, ordered_now
from services.feedback.documents.opinion_reads import OpinionsAsked, by_opinions, opinions_summed
from services.feedback.documents.ordering import OF_ONE
from services.feedback.documents.seen import DocumentSeen, report_seen
from services.feedback.documents.words import DELIVERY_STATES, FILED_STATE, document_name, late, put_right_text
from services.feedback.places import SUBJECTS
from services.feedback.reports import periods
from services.feedback.reports.model import Report, recipient_of
from shared.database.kept import document, documents
from shared.forms.reading import values_of
from shared.identity.reading import REPORTS
from shared.pages.boards import Board, Cell, SubjectPage, narrowing
from shared.pages.cells import Cells, day_cell, time_cell
from shared.web.boards import Address, asking, lines_of
from shared.web.confirming import each_confirmed
from shared.web.forms import Again
from shared.web.offering import offering
from shared.web.parameters import CodeAsked, PageAsked, PeriodAsked
from shared.web.reading import reads
from shared.web.subjects import named, unit_narrowing
from shared.web.told import Told
from shared.web.visit import Here, Visit

PAGE = "/feedback/deliveries"
HEADS = {
    "文件": "",
    "编号": "tight",
    "主送单位": "",
    "印发": "tight",
    "签收期限": "tight",
    "状态": "",
    "签收": "tight",
    "整改意见": "",
}
OPINIONS = {"open": "未销号", "done": "已销号", "filed": "已办结归档"}
DeliveryStateAsked = Annotated[DeliveryState, Query()]
NEWEST = (("issued", -1), ("_id", 1))
router = APIRouter(prefix=PAGE)


@router.get("", dependencies=[reads(REPORTS)])
async def deliveries(
    here: Here,
    period: PeriodAsked | None = None,
    state: DeliveryStateAsked | None = None,
    opinions: OpinionsAsked | None = None,
    organisation: CodeAsked | None = None,
    page: PageAsked = 1,
) -> Response:
    """Those to whoever looks, and of the office all; the newest first."""
    mine: dict[str, Any] = {"county": here.parts.settings.county, **here.reading.filter(REPORTS)}
    by = asking(period=period, state=state and state.value)
    wanted = {"$and": [mine, asking(organisation=organisation), by_opinions(opinions)], **by}
    asked = {"period": period, "state": state and state.value, "opinions": opinions, "organisation": organisation}
    lines, paging = await lines_of(
        here.parts.db, Delivery, wanted, NEWEST, page, Address(PAGE, asked), "份", lambda one: _line(here, one)
    )
    kept = here.parts.db[Delivery.collection]
    known = sorted(await kept.distinct("period", mine), key=lambda one: (periods.last_day(one), one), reverse=True)
    narrowings = (
        narrowing("period", "期次", period, {one: periods.in_chinese(one) for one in known}),
        narrowing(
            "state", "状态", state and state.value, {one.value: said.word for one, said in DELIVERY_STATES.items()}
        ),
        narrowing("opinions", "整改意见", opinions, OPINIONS),
        unit_narrowing(here, "主送单位", organisation, named(here, await kept.distinct("organisation", mine))),
    )
    empty = "还没有经签发印发的反馈文件。"
    of = {"$and": [mine, asking(organisation=organisation)], **asking(period=period)}
    note = await summed(here, of) + await opinions_summed(here.parts.db, of)
    board = Board("反馈文件", HEADS, lines, empty, paging, narrowings, note)
    lead = "经签发印发的反馈，送达后由主送单位签收；整改意见自签收起列入整改台账，全部销号后办结归档。"
    return SUBJECTS.show("deliveries", SubjectPage("反馈文件", lead, boards=(board,)), offering((), PAGE))


def _line(here: Visit, one: Delivery) -> Cells:
    state, waits = DELIVERY_STATES[one.state], one.state is DeliveryState.DELIVERED
    called = named(here, [one.organisation])
    return (
        Cell(document_name(one), f"/feedback/reports/{one.id}"),
        Cell(one.number),
        Cell(called[one.organisation]),
        time_cell(one.issued),
        day_cell(one.due),
        Cell(state=late(state, one.due, here.today) if waits else state),
        time_cell(one.received),
        Cell(state=FILED_STATE, note=put_right_text(one)) if one.filed else Cell(put_right_text(one)),
    )


def concerned(here: Visit, report: str, key: str) -> str:
    """About whom a form of a report's page is sent: of the office about the county, else about its recipient."""
    is_of_office = OF_REPORT.get(key) in BY_OFFICE or key in OF_ONE
    return here.parts.settings.county if is_of_office else recipient_of(report)


def former_word(report: Report) -> str:
    """What became of one that was issued before."""
    return "已撤回作废" if report.withdrawn else "已更正"


async def life_seen(
    here: Visit, report: Report, told: Told | None, again: Again | None, has_changed: bool
) -> DocumentSeen | None:
    """How far an issued report is; None of one that was issued as soon as its period was closed, and stands."""
    one = await document(here.parts.db, Delivery, report.id)
    orders = ordered_now(here, await document(here.parts.db, Draft, report.id)) if has_changed else []
    if one is None and not orders:
        return None
    forms, page = [*(offered_now(here, one) if one else ()), *orders], f"/feedback/reports/{report.id}"
    begun = {form.key: values_of(form, {"reports": [report.id]}) for form in orders}
    if one and REPLY in forms:
        begun[REPLY.key] = values_of(REPLY, begun_reply(one))
    offered = offering(forms, page, one, told, again, begun)
    confirmed = replace(offered, forms=each_confirmed(here, forms, offered.forms, page))
    former = await documents(here.parts.db, FormerReport, {"_id": {"$regex": f"^{report.id}@"}})
    return await report_seen(here, report, one, confirmed, [kept.report for kept in former])
