"""How drafts and deliveries read: states, steps and grounds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from services.feedback.documents.answering import AGREED, ANSWERED, OBJECTED, REPLIED, RETURNED_REPLY
from services.feedback.documents.cancelling import CANCELLED
from services.feedback.documents.drafting import DRAFTED, REDRAFTED
from services.feedback.documents.model import Delivery, DeliveryState, Draft, DraftState, HandStep, ReplyState
from services.feedback.documents.naming import name_of_period
from services.feedback.documents.opinions import OpinionStage
from services.feedback.documents.putting_right import FILED
from services.feedback.documents.receiving import RECEIVED, REDELIVERED, RETURNED
from services.feedback.documents.reviewing import REVIEWED, SENT_BACK
from services.feedback.documents.revising import ORDERED
from services.feedback.documents.signing import SIGNED
from services.feedback.documents.waiting import Reminder, Urgency
from services.feedback.documents.withdrawing import WITHDRAWN
from shared.calendar import china_day
from shared.events.documents import DocumentSeries, DocumentStep, ReturnGround
from shared.pages.boards import Cell
from shared.pages.cells import Cells, time_cell
from shared.pages.chinese import NOTHING, day_text
from shared.pages.words import ShownState
from shared.web.persons import Persons

DRAFT_STATES: Mapping[DraftState, ShownState] = {
    DraftState.DRAFTED: ShownState("待核稿", "warn"),
    DraftState.REVIEWED: ShownState("待签发", "warn"),
    DraftState.SIGNED: ShownState("已印发", "good"),
}
DELIVERY_STATES: Mapping[DeliveryState, ShownState] = {
    DeliveryState.DELIVERED: ShownState("待签收", "warn"),
    DeliveryState.RECEIVED: ShownState("已签收", "good"),
    DeliveryState.RETURNED: ShownState("已退回", "bad"),
    DeliveryState.WITHDRAWN: ShownState("已作废", ""),
}
GROUNDS: Mapping[ReturnGround, str] = {
    ReturnGround.WRONG_ADDRESSEE: "主送单位有误",
    ReturnGround.UNREADABLE: "无法打开或者字迹不清",
    ReturnGround.OTHER: "其他（请写明）",
}
SERIES: Mapping[DocumentSeries, str] = {DocumentSeries.FILE: "文件", DocumentSeries.LETTER: "函"}
STEPS: Mapping[str, str] = {
    DRAFTED: "拟稿",
    REDRAFTED: "重新生成",
    REVIEWED: "核稿",
    SENT_BACK: "退回核稿",
    SIGNED: "签发、送达",
    WITHDRAWN: "撤回作废",
    RECEIVED: "签收",
    RETURNED: "退回",
    REDELIVERED: "重新送达",
    OBJECTED: "提出异议",
    ANSWERED: "答复异议",
    REPLIED: "整改回复",
    ORDERED: "决定更正",
    CANCELLED: "取消更正",
    AGREED: "审核同意",
    RETURNED_REPLY: "退回回复",
    FILED: "办结、归档",
}
DOCUMENT_STEPS: Mapping[DocumentStep, str] = {
    DocumentStep.REVIEW: "核稿",
    DocumentStep.SIGNATURE: "签发",
    DocumentStep.RECEIPT: "签收",
    DocumentStep.REPLY: "回复",
    DocumentStep.JUDGING: "审核回复",
    DocumentStep.ANSWER: "答复异议",
}
URGENCIES: Mapping[Urgency, str] = {
    Urgency.SOON: "将到期，提醒",
    Urgency.OVERDUE: "逾期，催办",
    Urgency.AGAIN: "逾期，再次催办",
    Urgency.ESCALATED: "逾期，提请督办",
}
OF_LIFE = ("拟稿", "核稿", "签发", "送达", "签收")
OF_REPLY = ("回复", "审核同意")
OF_OPINIONS = ("整改销号", "办结归档")
BY_ITSELF = (DRAFTED, FILED)
BY_RECIPIENT = (RECEIVED, RETURNED, OBJECTED, REPLIED)
REPLY_STATES: Mapping[ReplyState, ShownState] = {
    ReplyState.NONE: ShownState("无须回复", ""),
    ReplyState.AWAITED: ShownState("待回复", "warn"),
    ReplyState.REPLIED: ShownState("待审核", "warn"),
    ReplyState.RETURNED: ShownState("退回，待重新回复", "bad"),
    ReplyState.ACCEPTED: ShownState("已审核同意", "good"),
}
FILED_STATE = ShownState("办结归档", "good")
OPINION_STAGES: Mapping[OpinionStage, ShownState] = {
    OpinionStage.TO_DO: ShownState("整改中", ""),
    OpinionStage.SUBMITTED: ShownState("待核验", "warn"),
    OpinionStage.VERIFIED: ShownState("已核验", "good"),
    OpinionStage.CLOSED: ShownState("已销号", "good"),
}
OBJECTION_STATES: Mapping[bool | None, ShownState] = {
    None: ShownState("待答复", "warn"),
    True: ShownState("予以更正", "good"),
    False: ShownState("维持", ""),
}
STEP_HEADS = {"时间": "tight", "环节": "tight", "办理人": "", "说明": "wide"}


def document_name(one: Draft | Delivery) -> str:
    """2018年3月反馈, 2018年度考核."""
    return name_of_period(one.period)


def life(draft: Draft, delivery: Delivery | None) -> tuple[tuple[str, bool], ...]:
    """The stages in their order, each with whether it is reached."""
    reached = {DraftState.DRAFTED: 1, DraftState.REVIEWED: 2, DraftState.SIGNED: 4}[draft.state]
    is_received = delivery is not None and delivery.state is DeliveryState.RECEIVED
    return of_life(reached + (is_received and draft.state is DraftState.SIGNED))


def issued_life(one: Delivery) -> tuple[tuple[str, bool], ...]:
    """Of one that was issued; with its reply and what is put right, where it asks for that."""
    is_received = one.state is DeliveryState.RECEIVED
    steps = of_life(5 if is_received else 4)
    if one.reply is ReplyState.NONE:
        return steps
    replied = one.reply in (ReplyState.REPLIED, ReplyState.ACCEPTED)
    is_done = bool(one.opinions) and not one.left_open
    reached = (is_received and replied, one.reply is ReplyState.ACCEPTED, is_done, one.filed is not None)
    return (*steps, *zip((*OF_REPLY, *OF_OPINIONS), reached, strict=True))


def put_right_text(one: Delivery) -> str:
    """意见2条，已销号1条; nothing where none was signed for."""
    if not one.opinions:
        return NOTHING
    return f"{len(one.opinions)}条，已销号{len(one.opinions) - one.left_open}条"


def of_life(reached: int) -> tuple[tuple[str, bool], ...]:
    """So many of the stages."""
    return tuple((name, n < reached) for n, name in enumerate(OF_LIFE))


def late(state: ShownState, due: date, today: date) -> ShownState:
    """What waits past its day says so."""
    return ShownState(f"{state.word}，已逾期", "bad") if due < today else state


def step_lines(one: Draft | Delivery, persons: Persons) -> list[Cells]:
    """The newest first, with what it was reminded of; what its recipient did its own persons did."""
    done: Sequence[HandStep | Reminder] = sorted((*one.steps, *one.reminders), key=lambda each: each.at, reverse=True)
    return [_reminded(each) if isinstance(each, Reminder) else _step(each, persons, _unit(one, each)) for each in done]


def _unit(one: Draft | Delivery, step: HandStep) -> str:
    return one.organisation if step.what in BY_RECIPIENT else one.county


def _reminded(one: Reminder) -> Cells:
    word = f"{DOCUMENT_STEPS[one.step]}{URGENCIES[one.what]}"
    return (time_cell(one.at), Cell(word), Cell("系统"), Cell(f"期限{day_text(one.due)}"))


def _step(one: HandStep, persons: Persons, unit: str) -> Cells:
    acted = persons.called(one.by, unit, china_day(one.at)) if one.by else "系统" if one.what in BY_ITSELF else NOTHING
    return (time_cell(one.at), Cell(STEPS[one.what]), Cell(acted), Cell(one.note or NOTHING))
