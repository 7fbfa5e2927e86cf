"""What a recipient says to a document it signed for: objections, which are answered; replies, which are judged."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from services.feedback.documents.deadlines import done_by, marked
from services.feedback.documents.model import Delivery, DeliveryState, HandStep, Objection, Reply, ReplyState
from services.feedback.documents.receiving import delivered, scheme_then
from shared.calendar import due_after
from shared.events import Event, Fact
from shared.events.documents import (
    MOST_OBJECTIONS,
    AnswerObjection,
    DocumentStep,
    JudgeReply,
    ObjectionAnswered,
    ObjectReport,
    OpinionReply,
    ReplyJudged,
    ReplyReport,
    ReportObjected,
    ReportReplied,
)
from shared.pipeline.decisions import About, Accepted, Refused, State, Verdict
from shared.roster.organisations import county_of

OBJECTED, ANSWERED, REPLIED, AGREED, RETURNED_REPLY = "objected", "answered", "replied", "agreed", "returned-reply"


def object_report(state: State, event: Event[ObjectReport]) -> Verdict:
    """Within some working days after it was signed for; answered within others."""
    one = _received(state, event)
    if isinstance(one, Refused):
        return one
    if one.objection_by and event.day > one.objection_by:
        return Refused("objection-too-late", day=one.objection_by)
    if len(one.objections) >= MOST_OBJECTIONS:
        return Refused("too-many-objections", most=MOST_OBJECTIONS)
    asked, due = event.data, due_after(event.day, scheme_then(state, one, event.day).answer_days).day
    objections = (*one.objections, Objection(item=asked.item, reason=asked.reason, due=due))
    fact = ReportObjected(report=one.id, period=one.period, objection=len(objections), answer_due=due)
    return _further(one, event, OBJECTED, asked.item, fact, objections=objections)


def answer_objection(state: State, event: Event[AnswerObjection]) -> Verdict:
    """Said again, the last answer holds."""
    one, asked = _of_county(state, event), event.data
    if isinstance(one, Refused):
        return one
    if asked.objection > len(one.objections):
        return Refused("objection-unknown", nth=asked.objection)
    before = one.objections[asked.objection - 1]
    answered = before.model_copy(update={"upheld": asked.upheld, "answer": asked.answer})
    objections = tuple(answered if each is before else each for each in one.objections)
    on_time = event.day <= before.due
    fact = ObjectionAnswered(
        report=one.id, period=one.period, objection=asked.objection, upheld=asked.upheld, on_time=on_time
    )
    reminders, unmarked = done_by(one, event, DocumentStep.ANSWER, asked.objection)
    return _further(one, event, ANSWERED, asked.answer, *unmarked, fact, objections=objections, reminders=reminders)


def reply_report(state: State, event: Event[ReplyReport]) -> Verdict:
    """To every opinion, each to be done by its own day; until it is agreed to, another reply takes its place."""
    one = _received(state, event)
    if isinstance(one, Refused):
        return one
    if one.reply is ReplyState.NONE:
        return Refused("nothing-to-reply", organisation=one.organisation, period=one.period)
    if one.reply is ReplyState.ACCEPTED:
        return Refused("reply-agreed", organisation=one.organisation, period=one.period)
    if no := _unfit(one, event, event.data.replies):
        return no
    assert one.reply_due is not None
    is_first = one.replied_on_time is None
    on_time = event.day <= one.reply_due if is_first else bool(one.replied_on_time)
    due = due_after(event.day, scheme_then(state, one, event.day).judging_days).day
    is_late = is_first and not on_time and marked(one, DocumentStep.REPLY) is not None
    reminders, unmarked = done_by(one, event, DocumentStep.REPLY)
    fact = ReportReplied(report=one.id, period=one.period, on_time=on_time, again=not is_first, was_overdue=is_late)
    replies = tuple(Reply(**each.model_dump()) for each in event.data.replies)
    return _further(
        one,
        event,
        REPLIED,
        "",
        *unmarked,
        fact,
        reminders=reminders,
        reply=ReplyState.REPLIED,
        replies=replies,
        reply_due=due,
        replied_on_time=on_time,
        returned_reply="",
    )


def judge_reply(state: State, event: Event[JudgeReply]) -> Verdict:
    """Agreed to, or returned for a reason, to be sent again within some working days."""
    one, asked = _of_county(state, event), event.data
    if isinstance(one, Refused):
        return one
    if one.reply is not ReplyState.REPLIED:
        return Refused("no-reply-waits", organisation=one.organisation, period=one.period)
    reminders, unmarked = done_by(one, event, DocumentStep.JUDGING)
    one = one.having(reminders=reminders)
    if asked.accepted:
        fact = ReplyJudged(report=one.id, period=one.period, accepted=True)
        return _further(one, event, AGREED, asked.reason, *unmarked, fact, reply=ReplyState.ACCEPTED, reply_due=None)
    if not asked.reason:
        return Refused("ground-without-words")
    again = due_after(event.day, scheme_then(state, one, event.day).again_days).day
    fact = ReplyJudged(report=one.id, period=one.period, accepted=False, again_by=again)
    return _further(
        one,
        event,
        RETURNED_REPLY,
        asked.reason,
        *unmarked,
        fact,
        reply=ReplyState.RETURNED,
        reply_due=again,
        returned_reply=asked.reason,
    )


def _received(state: State, event: Event[ObjectReport] | Event[ReplyReport]) -> Delivery | Refused:
    """The recipient's own, which it has signed for."""
    one = delivered(state, event)
    if isinstance(one, Refused):
        is_void = one.slug == "report-void"
        return Refused("reply-to-withdrawn", document=one.details["document"]) if is_void else one
    if one.state is not DeliveryState.RECEIVED:
        return Refused("not-received", organisation=one.organisation, period=one.period)
    return one


def _of_county(state: State, event: Event[AnswerObjection] | Event[JudgeReply]) -> Delivery | Refused:
    one = state.get(Delivery, event.data.report)
    if one is None or one.county != county_of(event.organisation):
        return Refused("report-unknown", period=event.data.report.partition("_")[0])
    return Refused("reply-to-withdrawn", document=one.number) if one.state is DeliveryState.WITHDRAWN else one


def _unfit(one: Delivery, event: Event[ReplyReport], replies: Sequence[OpinionReply]) -> Refused | None:
    """Each opinion once, and nothing later than it asks."""
    by_number = {each.opinion: each for each in replies}
    for number, opinion in enumerate(one.required, 1):
        if number not in by_number:
            return Refused("opinion-unanswered", nth=number)
        if by_number[number].finish_by > opinion.finish_by:
            return Refused("reply-beyond-due", nth=number, day=opinion.finish_by)
        if by_number[number].finish_by < event.day and opinion.finish_by >= event.day:
            return Refused("opinion-due-past", nth=number, day=by_number[number].finish_by)
    unknown = next((each.opinion for each in replies if each.opinion > len(one.required)), None)
    return Refused("opinion-unknown", nth=unknown) if unknown else None


def _further(
    one: Delivery, event: Event[Any], what: str, note: str, *facts: Fact | About, **changed: object
) -> Accepted:
    step = HandStep(what=what, at=event.time, by=event.actor, note=note)
    said = (each if isinstance(each, About) else About(one.organisation, each) for each in facts)
    return Accepted((one.having(steps=(*one.steps, step), **changed),), tuple(said))
