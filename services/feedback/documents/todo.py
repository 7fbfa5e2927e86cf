"""What waits of documents: drafts of a period to review and to sign, documents to sign for, and those sent back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from services.feedback.documents.deadlines import urged
from services.feedback.documents.desk_pages import PAGE
from services.feedback.documents.late_todo import waits_too_long
from services.feedback.documents.model import Delivery, DeliveryState, Draft, DraftState, ReplyState
from services.feedback.documents.naming import name_of_period
from services.feedback.documents.words import GROUNDS, document_name
from shared.calendar import china_day
from shared.database.kept import documents
from shared.events.documents import (
    AnswerObjection,
    JudgeReply,
    PassReports,
    ReceiveReport,
    RedeliverReport,
    ReplyReport,
    SignMonthlyReports,
    SignReports,
)
from shared.events.vocabulary import ReportKind
from shared.pages.chinese import day_text, grouped
from shared.pages.words import acting_name, name_of
from shared.todo.kinds import NOTHING_FOUND, AskedTasks, FoundTasks, TaskKind, soonest
from shared.todo.tasks import Task


async def to_review(asked: AskedTasks) -> FoundTasks:
    """The drafts of each period in one line."""
    if not asked.is_committees(PassReports):
        return NOTHING_FOUND
    return await _by_period(asked, DraftState.DRAFTED, tuple(ReportKind), "待核稿", "核稿")


async def to_sign(asked: AskedTasks) -> FoundTasks:
    """Those that whoever looks may sign."""
    if asked.is_committees(SignReports):
        return await _by_period(asked, DraftState.REVIEWED, tuple(ReportKind), "待签发", "签发")
    if asked.is_committees(SignMonthlyReports):
        return await _by_period(asked, DraftState.REVIEWED, (ReportKind.MONTHLY,), "待签发", "签发")
    return NOTHING_FOUND


async def _by_period(
    asked: AskedTasks, state: DraftState, kinds: Sequence[ReportKind], word: str, button: str
) -> FoundTasks:
    wanted = {"county": asked.county, "state": state.value, "kind": {"$in": [one.value for one in kinds]}}
    shown = {"period": 1, "due": 1}
    waiting = await asked.here.parts.db[Draft.collection].find(wanted, shown).to_list(None)
    due: dict[str, list[date]] = {}
    for one in waiting:
        due.setdefault(one["period"], []).append(date.fromisoformat(one["due"]))
    return asked.cut([_of_period(asked, period, days, state, word, button) for period, days in due.items()])


def _of_period(asked: AskedTasks, period: str, days: Sequence[date], state: DraftState, word: str, button: str) -> Task:
    name = name_of_period(period)
    return Task(
        id=f"{state}/{period}",
        title=f"{name}：{grouped(len(days))}份{word}",
        says=f"{day_text(min(days))}前办理",
        url=f"{PAGE}/of/{period}",
        button="" if asked.is_all else button,
        due=min(days),
        is_overdue=min(days) < asked.here.today,
    )


async def to_receive(asked: AskedTasks) -> FoundTasks:
    """What was delivered and not signed for."""
    there = asked.places(ReceiveReport)
    wanted: dict[str, Any] = {"state": DeliveryState.DELIVERED.value, "organisation": {"$in": there}}

    def task(one: Delivery) -> Task:
        whose = asked.answering(one.organisation)
        return Task(
            id=one.id,
            title=f"签收：{document_name(one)}",
            says=f"{one.number}，{day_text(china_day(one.issued))}印发"
            + (f"，已催办{n}次" if (n := urged(one)) else ""),
            url=f"/feedback/reports/{one.id}",
            button="" if asked.is_all else "签收",
            whose=acting_name(whose, asked.here.roster, asked.here.today) if whose != asked.who else "",
            since=china_day(one.issued),
            due=one.due,
            is_overdue=one.due < asked.here.today,
        )

    return await soonest(asked, Delivery, wanted, "due", task)


async def to_reply(asked: AskedTasks) -> FoundTasks:
    """What asks for a reply, first or again."""
    there = asked.places(ReplyReport)
    states = [ReplyState.AWAITED.value, ReplyState.RETURNED.value]
    wanted: dict[str, Any] = {
        "state": DeliveryState.RECEIVED.value,
        "organisation": {"$in": there},
        "reply": {"$in": states},
    }
    return await soonest(asked, Delivery, wanted, "reply_due", lambda one: _waits_at(asked, one, "整改回复", "回复"))


async def to_judge(asked: AskedTasks) -> FoundTasks:
    """Replies that nobody has judged."""
    if not asked.is_committees(JudgeReply):
        return NOTHING_FOUND
    wanted = {"county": asked.county, "reply": ReplyState.REPLIED.value}
    return await soonest(asked, Delivery, wanted, "reply_due", lambda one: _waits_at(asked, one, "审核回复", "审核"))


def _waits_at(asked: AskedTasks, one: Delivery, word: str, button: str) -> Task:
    called = name_of(one.organisation, asked.here.roster, asked.here.today)
    returned = f"退回理由：{one.returned_reply}" if one.reply is ReplyState.RETURNED else ""
    assert one.reply_due is not None
    return Task(
        id=f"{one.reply}/{one.id}",
        title=f"{word}：{document_name(one)}" + (f"（{called}）" if one.organisation != asked.who else ""),
        says=returned or f"{len(one.required)}条整改意见，{day_text(one.reply_due)}前{button}",
        url=f"/feedback/reports/{one.id}",
        button="" if asked.is_all else button,
        due=one.reply_due,
        is_overdue=one.reply_due < asked.here.today,
    )


async def to_answer(asked: AskedTasks) -> FoundTasks:
    """Objections that nobody has answered."""
    if not asked.is_committees(AnswerObjection):
        return NOTHING_FOUND
    wanted = {"county": asked.county, "objections": {"$elemMatch": {"upheld": None}}}
    return asked.cut([_to_answer(asked, one) for one in await documents(asked.here.parts.db, Delivery, wanted)])


def _to_answer(asked: AskedTasks, one: Delivery) -> Task:
    called = name_of(one.organisation, asked.here.roster, asked.here.today)
    waiting = [each for each in one.objections if each.upheld is None]
    due = min(each.due for each in waiting)
    return Task(
        id=f"objections/{one.id}",
        title=f"{called}对{document_name(one)}提出异议{len(waiting)}条",
        says=waiting[0].item,
        url=f"/feedback/reports/{one.id}",
        button="" if asked.is_all else "答复",
        due=due,
        is_overdue=due < asked.here.today,
    )


async def sent_back(asked: AskedTasks) -> FoundTasks:
    """What recipients sent back, for the office to deliver again or have withdrawn."""
    if not asked.is_committees(RedeliverReport):
        return NOTHING_FOUND
    found = await documents(
        asked.here.parts.db, Delivery, {"county": asked.county, "state": DeliveryState.RETURNED.value}
    )
    return asked.cut([_sent_back(asked, one) for one in found])


def _sent_back(asked: AskedTasks, one: Delivery) -> Task:
    called = name_of(one.organisation, asked.here.roster, asked.here.today)
    back = china_day(one.steps[-1].at)
    return Task(
        id=f"returned/{one.id}",
        title=f"{called}退回：{document_name(one)}",
        says=f"{day_text(back)}退回，{GROUNDS[one.ground]}" if one.ground else f"{day_text(back)}退回",
        url=f"/feedback/reports/{one.id}",
        button="" if asked.is_all else "处理",
        since=back,
        state=("已退回", "bad"),
    )


TASKS = (
    TaskKind("review-reports", "核稿", to_review),
    TaskKind("sign-reports", "签发", to_sign),
    TaskKind("receive-reports", "签收", to_receive),
    TaskKind("reply-reports", "整改回复", to_reply),
    TaskKind("judge-replies", "审核回复", to_judge),
    TaskKind("answer-objections", "答复异议", to_answer),
    TaskKind("returned-reports", "退回的文件", sent_back),
    TaskKind("overdue-documents", "逾期办理", waits_too_long),
)
