"""The forms of documents: drafts are made anew, reviewed, sent back and signed; issued ones received or sent back."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from services.feedback.documents.model import Delivery, Draft, DraftState
from services.feedback.documents.words import GROUNDS
from services.feedback.reports.model import Required
from shared.events.documents import (
    AnswerObjection,
    JudgeReply,
    ObjectReport,
    PassReports,
    ReceiveReport,
    RedeliverReport,
    RedraftReports,
    ReplyReport,
    ReturnReport,
    ReviewReport,
    SendBackReports,
    SignMonthlyReports,
    SignReports,
    WithdrawReport,
)
from shared.forms import Choosing, Field, Form, Kind, Rows, Ticks
from shared.forms.declared import Context

OFFERED, ADVISED = 3, 2
"""Rows for opinions, and for sentences without a day; more that were entered are shown."""
KNOWN = ("report",)


def _in(*states: DraftState) -> Callable[[Context], list[Choosing]]:
    """The drafts in such a state, each in its edition."""

    def items(context: Context) -> list[Choosing]:
        drafts: Sequence[Draft] = context or ()
        return [Choosing(one.named, one.report.name, f"第{one.edition}稿") for one in drafts if one.state in states]

    return items


def _called(_: Context, named: str) -> str:
    """One that is in that state no more, or has another edition."""
    return f"{named}（已有变化）"


TO_REVIEW = Ticks("drafts", "文稿", _in(DraftState.DRAFTED), is_all=True, called=_called)
TO_SIGN = Ticks("drafts", "文稿", _in(DraftState.REVIEWED), is_all=True, called=_called)
TO_SEND_BACK = Ticks("drafts", "文稿", _in(DraftState.REVIEWED), called=_called)
TO_REDRAFT = Ticks("drafts", "文稿", _in(DraftState.DRAFTED, DraftState.REVIEWED), called=_called)
THE_DRAFT = Rows("drafts", "文稿", 1, (Field("", "文稿", Kind.HIDDEN),))
REVIEW = Form(
    ReviewReport,
    "review",
    "核稿",
    "核稿通过",
    (
        Field("draft", "文稿", Kind.HIDDEN),
        Rows("advice", "总体意见", ADVISED, (Field("", "意见"),), note="没有完成时限的意见，一条一栏。"),
        Rows(
            "opinions",
            "整改意见",
            OFFERED,
            (
                Field("problem", "存在问题"),
                Field("requirement", "整改要求"),
                Field("finish_by", "完成时限"),
                Field("responsible", "责任人"),
            ),
            note="每条写明问题、要求和完成时限；不需要的清空。",
        ),
        Field("note", "核稿说明"),
    ),
    lead="意见可以增加、修改、删去；数据不能改，有误的先补报、更正，再重新生成。拟稿人不得核稿。",
)
PASS = Form(
    PassReports, "pass", "核稿", "核稿通过", (TO_REVIEW,), lead="按现有文字通过。要修改意见的，打开该文稿办理。"
)
SEND_BACK = Form(
    SendBackReports,
    "send-back",
    "退回核稿",
    "退回",
    (TO_SEND_BACK, Field("reason", "退回理由")),
    lead="退回后重新核稿。",
)
REDRAFT = Form(
    RedraftReports,
    "redraft",
    "重新生成",
    "重新生成",
    (TO_REDRAFT,),
    lead="按现有数据重新生成，已有意见保留，原稿存档。重新生成的人不得核稿。",
)
SIGN = Form(
    SignReports,
    "sign",
    "签发",
    "签发",
    (TO_SIGN,),
    lead="签发后编号、印发、送达；一份不能签发的，全部不签发。核稿人不得签发。",
)
SIGN_MONTHLY = replace(SIGN, submission=SignMonthlyReports, key="sign-monthly")
OF_LIST: Mapping[str, Form] = {one.key: one for one in (PASS, SIGN, SIGN_MONTHLY, SEND_BACK, REDRAFT)}
SIGN_ONE = replace(SIGN, key="sign-one", parts=(THE_DRAFT,))
SIGN_MONTHLY_ONE = replace(SIGN_MONTHLY, key="sign-monthly-one", parts=(THE_DRAFT,))
SEND_BACK_ONE = replace(SEND_BACK, key="send-back-one", parts=(THE_DRAFT, Field("reason", "退回理由")))
REDRAFT_ONE = replace(REDRAFT, key="redraft-one", parts=(THE_DRAFT,))
OF_DRAFT: Mapping[str, Form] = {
    one.key: one for one in (REVIEW, SIGN_ONE, SIGN_MONTHLY_ONE, SEND_BACK_ONE, REDRAFT_ONE)
}
RECEIVE = Form(ReceiveReport, "receive", "签收", "签收", given=KNOWN, lead="主送单位有误、无法打开的，请退回。")
RETURN = Form(
    ReturnReport,
    "return",
    "退回",
    "退回",
    (
        Field("ground", "退回原因", Kind.RADIOS, {ground.value: said for ground, said in GROUNDS.items()}),
        Field("note", "说明"),
    ),
    given=KNOWN,
)
REDELIVER = Form(
    RedeliverReport,
    "redeliver",
    "重新送达",
    "重新送达",
    (Field("note", "说明"),),
    given=KNOWN,
    lead="核对后按原主送单位重新送达，签收期限重新计算；内容有误的，由签发人撤回。",
)
WITHDRAW = Form(
    WithdrawReport,
    "withdraw",
    "撤回",
    "撤回作废",
    (Field("reason", "撤回理由"),),
    given=KNOWN,
    lead="签收之前由签发人撤回。撤回后文号作废，不再使用，文稿退回核稿。",
)
OBJECT = Form(
    ObjectReport,
    "object",
    "提出异议",
    "提交异议",
    (Field("item", "异议事项", hint="写明哪一项数据、哪一条意见。"), Field("reason", "理由")),
    given=KNOWN,
    lead="对数据、意见有异议的，在期限内逐条提出。",
)
ANSWER = Form(
    AnswerObjection,
    "answer",
    "答复异议",
    "答复",
    (
        Field("objection", "异议", Kind.CHOICE, lambda one: _objections(one), empty="请选择"),
        Field("upheld", "答复意见", Kind.RADIOS, {"no": "维持", "yes": "予以更正"}),
        Field("answer", "答复内容"),
    ),
    given=KNOWN,
)
REPLY = Form(
    ReplyReport,
    "reply",
    "整改回复",
    "提交回复",
    (
        Rows(
            "replies",
            "整改意见",
            1,
            (
                Field("opinion", "第几条", Kind.HIDDEN),
                Field("cause", "原因"),
                Field("measure", "整改措施"),
                Field("responsible", "责任人"),
                Field("finish_by", "完成时限"),
            ),
            note="对有完成时限的意见逐条回复，按文件的顺序。",
        ),
    ),
    given=KNOWN,
    lead="完成时限不得晚于文件要求；审核同意之前可以重新提交。",
)
JUDGE = Form(
    JudgeReply,
    "judge",
    "审核回复",
    "提交审核结果",
    (
        Field("accepted", "审核结果", Kind.RADIOS, {"yes": "同意", "no": "退回，重新回复"}),
        Field("reason", "理由", hint="退回的必须写明。"),
    ),
    given=KNOWN,
)
OF_REPORT: Mapping[str, Form] = {
    one.key: one for one in (RECEIVE, RETURN, REPLY, OBJECT, JUDGE, ANSWER, REDELIVER, WITHDRAW)
}
BY_OFFICE = (REDELIVER, WITHDRAW, ANSWER, JUDGE)
"""About the county; the others are the recipient's."""


def _objections(one: Delivery | None) -> Mapping[str, str]:
    """Those that may be answered, by number."""
    return {str(n): f"{n}．{each.item}" for n, each in enumerate(one.objections, 1)} if one else {}


def begun_reply(one: Delivery) -> dict[str, Any]:
    """What was replied, or what asks for it: a row for each opinion."""
    said = {each.opinion: each.model_dump(mode="json") for each in one.replies}
    return {"replies": [said.get(n) or _to_reply(n, each) for n, each in enumerate(one.required, 1)]}


def _to_reply(number: int, one: Required) -> dict[str, Any]:
    known = {"finish_by": one.finish_by.isoformat(), "responsible": one.responsible}
    return {"opinion": number, "cause": "", "measure": "", **known}


def begun_review(one: Draft) -> dict[str, Any]:
    """What stands in a draft, as a body of the form."""
    opinions = [each.model_dump(mode="json") for each in one.required]
    return {"draft": one.named, "advice": list(one.advice), "opinions": opinions, "note": ""}
