"""A draft, or an issued report on its way, as its page shows it beside the sheet: how far it is, and who did what."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from services.feedback.documents.model import Delivery, DeliveryState, Draft, Objection, Reply, ReplyState
from services.feedback.documents.opinions import OpinionInHand
from services.feedback.documents.words import (
    DELIVERY_STATES,
    DRAFT_STATES,
    GROUNDS,
    OBJECTION_STATES,
    OPINION_STAGES,
    REPLY_STATES,
    STEP_HEADS,
    document_name,
    issued_life,
    late,
    life,
    put_right_text,
    step_lines,
)
from services.feedback.reports.model import Report
from shared.calendar import china_day
from shared.pages.boards import Board, Cell, each_apart
from shared.pages.cells import Cells, day_cell, number_cell, time_cell
from shared.pages.chinese import NOTHING, day_text
from shared.web.boards import Address, lines_at_hand
from shared.web.offering import Offering
from shared.web.persons import Persons, persons
from shared.web.visit import Visit

MOST_STEPS = 100
LabelledCell = tuple[str, Cell]
OPINION_HEADS = {
    "意见": "tight",
    "存在问题": "wide",
    "整改要求": "wide",
    "完成时限": "tight",
    "进展": "",
    "整改": "tight",
}
REPLY_HEADS = {"意见": "tight", "原因": "", "整改措施": "wide", "责任人": "", "完成时限": "tight"}
OBJECTION_HEADS = {"异议事项": "", "理由": "wide", "答复期限": "tight", "结果": "", "答复": "wide"}


@dataclass(frozen=True, slots=True)
class DocumentSeen:
    """Finished values of a page; `void` says why an issued one is."""

    title: str
    back: Cell
    steps: tuple[tuple[str, bool], ...]
    facts: tuple[tuple[str, Cell], ...]
    history: Board
    offering: Offering
    void: str = ""
    boards: tuple[Board, ...] = ()


async def draft_seen(here: Visit, one: Draft, delivery: Delivery | None, offered: Offering) -> DocumentSeen:
    """To the office."""
    known = await persons(here)
    drafted = known.called(one.drafted_by, one.county, here.today) if one.drafted_by else "系统"
    state = DRAFT_STATES[one.state]
    facts = [
        ("状态", Cell(state=state if delivery else late(state, one.due, here.today))),
        ("稿次", number_cell(one.edition, "稿")),
        ("数据截至", time_cell(one.report.issued)),
        ("拟稿", Cell(drafted)),
    ]
    if one.reviewed_by:
        facts.append(("核稿", Cell(known.called(one.reviewed_by, one.county, here.today))))
    if one.sent_back:
        facts.append(("退回理由", Cell(one.sent_back)))
    if not delivery:
        facts.append(("办理期限", day_cell(one.due)))
    else:
        facts.append(("印发", Cell(delivery.number, f"/feedback/reports/{one.id}")))
    return DocumentSeen(
        title=f"{one.report.name}{document_name(one)}文稿",
        back=Cell("反馈文稿", f"/feedback/drafts/of/{one.period}"),
        steps=life(one, delivery),
        facts=tuple(facts),
        history=_history(one, known, f"/feedback/drafts/{one.id}"),
        offering=offered,
    )


async def report_seen(
    here: Visit, report: Report, one: Delivery | None, offered: Offering, former: Sequence[Report]
) -> DocumentSeen:
    """To the recipient, those above it and the office; of one of before documents were signed what can be done."""
    if one is None:
        return _of_before(report, offered)
    known = await persons(here)
    facts = [
        *_delivered(here, report, one, known),
        *_received(here, one, known),
        *_corrected(report, former),
        *_answers(here, one),
    ]
    history = _history(one, known, f"/feedback/reports/{one.id}")
    history, *boards = each_apart((history, *_opinions(one), *_replies(one), *_objections(one)))
    return DocumentSeen(
        title=document_name(one),
        back=Cell("反馈文件", "/feedback/deliveries"),
        steps=issued_life(one),
        facts=tuple(facts),
        history=history,
        boards=tuple(boards),
        offering=offered,
        void=f"{one.number}不再有效，理由：{report.withdrawn}" if one.state is DeliveryState.WITHDRAWN else "",
    )


def _delivered(here: Visit, report: Report, one: Delivery, known: Persons) -> Iterator[LabelledCell]:
    state = DELIVERY_STATES[one.state]
    waits = one.state is DeliveryState.DELIVERED
    signer = known.called(one.signed_by, one.county, china_day(one.issued))
    yield "状态", Cell(state=late(state, one.due, here.today) if waits else state)
    yield "编号", Cell(one.number)
    yield "签发", Cell(signer, note=time_cell(one.issued).text)
    yield "数据截至", time_cell(report.drafted)


def _received(here: Visit, one: Delivery, known: Persons) -> Iterator[LabelledCell]:
    if one.received:
        note = known.called(one.received_by, one.organisation, here.today) if one.received_by else ""
        yield "签收", Cell(time_cell(one.received).text, note=note)
    elif one.ground:
        yield "退回原因", Cell(GROUNDS[one.ground])
    elif one.state is DeliveryState.DELIVERED:
        yield "签收期限", day_cell(one.due)


def _corrected(report: Report, former: Sequence[Report]) -> Iterator[LabelledCell]:
    if report.corrects:
        yield "更正", Cell(f"更正{report.corrects}", note=f"理由：{report.because}")
    yield from (("原文件", _former_cell(each)) for each in former)


def _answers(here: Visit, one: Delivery) -> Iterator[LabelledCell]:
    if one.reply is not ReplyState.NONE:
        yield "整改回复", _reply_cell(one, here.today)
    if one.opinions:
        yield "整改意见", Cell(put_right_text(one))
    if one.filed:
        yield "办结归档", day_cell(one.filed)
    if one.returned_reply:
        yield "退回理由", Cell(one.returned_reply)
    if one.objection_by and here.today <= one.objection_by:
        yield "异议期限", day_cell(one.objection_by)


def _of_before(report: Report, offered: Offering) -> DocumentSeen:
    lines, paging = lines_at_hand([], 1, Address(f"/feedback/reports/{report.id}"), "条", MOST_STEPS)
    history = Board("办理过程", STEP_HEADS, lines, "本件在施行反馈文件办法以前印发，没有办理过程。", paging)
    issued = ("印发", time_cell(report.issued))
    return DocumentSeen(report.name, Cell("反馈文件", "/feedback/deliveries"), (), (issued,), history, offered)


def _former_cell(report: Report) -> Cell:
    word = f"{report.number}（{'已作废' if report.withdrawn else '已更正'}）"
    return Cell(word, f"/feedback/reports/{report.id}?edition={report.edition}")


def _reply_cell(one: Delivery, today: date) -> Cell:
    state = REPLY_STATES[one.reply]
    waits = one.reply_due is not None
    note = f"期限{day_text(one.reply_due)}" if one.reply_due else ""
    return Cell(note=note, state=late(state, one.reply_due, today) if waits and one.reply_due else state)


def _replies(one: Delivery) -> Iterator[Board]:
    if one.replies:
        lines = [_reply_line(each) for each in one.replies]
        shown, paging = lines_at_hand(lines, 1, Address(f"/feedback/reports/{one.id}"), "条", MOST_STEPS)
        yield Board("整改回复", REPLY_HEADS, shown, "", paging)


def _opinions(one: Delivery) -> Iterator[Board]:
    if one.opinions:
        lines = [_opinion_line(one, each) for each in one.opinions]
        shown, paging = lines_at_hand(lines, 1, Address(f"/feedback/reports/{one.id}"), "条", MOST_STEPS)
        yield Board("整改意见落实情况", OPINION_HEADS, shown, "", paging)


def _objections(one: Delivery) -> Iterator[Board]:
    if one.objections:
        lines = [_objection_line(each) for each in one.objections]
        shown, paging = lines_at_hand(lines, 1, Address(f"/feedback/reports/{one.id}"), "条", MOST_STEPS)
        yield Board("异议", OBJECTION_HEADS, shown, "", paging)


def _reply_line(one: Reply) -> Cells:
    number, day = Cell(f"第{one.opinion}条"), day_cell(one.finish_by)
    return (number, Cell(one.cause), Cell(one.measure), Cell(one.responsible), day)


def _opinion_line(one: Delivery, each: OpinionInHand) -> Cells:
    asked, at = each.asked, f"/inspection/rectifications/{one.organisation}/{each.rectification}"
    state, number = Cell(state=OPINION_STAGES[each.stage]), Cell(f"第{each.opinion}条")
    day = day_cell(asked.finish_by)
    return (number, Cell(asked.problem), Cell(asked.requirement), day, state, Cell("查看整改", at))


def _objection_line(one: Objection) -> Cells:
    state = Cell(state=OBJECTION_STATES[one.upheld])
    return (Cell(one.item), Cell(one.reason), day_cell(one.due), state, Cell(one.answer or NOTHING))


def _history(one: Draft | Delivery, known: Persons, at: str) -> Board:
    lines, paging = lines_at_hand(step_lines(one, known), 1, Address(at), "条", MOST_STEPS)
    return Board("办理过程", STEP_HEADS, lines, "还没有办理。", paging)
