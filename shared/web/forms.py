"""A form on a page goes the way of every submission: published, its verdict waited for; then a safe redirect.

What was not taken comes again with everything that was entered, under the same ticket.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from fastapi import Request
from fastapi.responses import RedirectResponse, Response
from starlette.datastructures import UploadFile

from shared.bus.publishing import SlowDown
from shared.bus.verdicts import content_of, verdict_within
from shared.calendar import CHINA
from shared.events.outgoing import Outgoing, answered_at_once, submission_message
from shared.forms import Entered, Form, ReadForm, Ticket, UnfitForm, Wrong, read_all, submission_id
from shared.forms.declared import Context
from shared.forms.questions import (
    NO,
    YES,
    Act,
    Question,
    another,
    chosen_time,
    is_left_open,
    is_same_act,
    left_open,
)
from shared.forms.tickets import happened_at
from shared.identity.audit import AuditKind
from shared.pages.chinese import clock_text
from shared.patience import is_fault
from shared.process.running import Running
from shared.web import acts
from shared.web.auditing import audited, audited_submission
from shared.web.by_posts import hindrance
from shared.web.posted import MOST_BYTES as MOST_WITH_PHOTOS
from shared.web.posted import MOST_WITHOUT_PHOTOS, Posted, posted
from shared.web.submissions import MOST_BYTES
from shared.web.told import PENDING, SENT, Told, marked, verdict_in_words

VERDICT_WAIT = 2.0
"""Seconds for which a form waits for its verdict; then the page says that it is under way."""
SendPhotos = Callable[[Running, str, Sequence[UploadFile], Sequence[str]], Awaitable[tuple[list[str], list[str]]]]
"""Sends pictures in an organisation's name, beside those sent before: all digests, and why others were not sent."""


NOT_STORED = "系统暂时无法连接，本次报送尚未收到，请稍后在本页重新提交。"
TOO_MUCH = "填写的内容合计过多，请精简文字说明后重新提交。"
TOO_FAST = "本单位报送过快，此前的报送正在依次办理，本次报送尚未收到，请稍候再提交。"
UNANSWERED = "还没有报送，请先回答一个问题"
AWAY = "尚未收到"


@dataclass(frozen=True, slots=True)
class By:
    """Who submits, and about which organisation; `actor` is the person who sent the form, where it is known.

    On the page of a record `corrects` is the type of what stands there.
    """

    submitter: str
    organisation: str
    actor: str = ""
    corrects: str = ""


@dataclass(frozen=True, slots=True)
class Again:
    """A form that was not taken: it is shown again with what was entered, and answered with this status."""

    form: Form
    entered: Entered
    status: int = 422


def entered_in(form: Form, again: Again | None) -> Entered | None:
    """What the form shows: what was entered in it, when it is the one that comes again."""
    return again.entered if again is not None and again.form == form else None


async def submit(
    request: Request,
    parts: Running,
    form: Form,
    by: By,
    to: str,
    context: Context = None,
    given: Mapping[str, Any] | None = None,
    photos: SendPhotos | None = None,
    fresh: timedelta | None = None,
) -> Response | Again:
    """Accepted or under way it is a redirect to the page `to`; anything else is the form again.

    With `fresh` a form that was opened longer ago is one of its own, opened now: it says what is done at once.
    """
    most = MOST_WITH_PHOTOS if form.photos is not None else MOST_WITHOUT_PHOTOS
    async with posted(request, most) as sent:
        return await submit_posted(sent, parts, form, by, to, context, given, photos, fresh)


async def submit_posted(
    sent: Posted,
    parts: Running,
    form: Form,
    by: By,
    to: str,
    context: Context = None,
    given: Mapping[str, Any] | None = None,
    photos: SendPhotos | None = None,
    fresh: timedelta | None = None,
) -> Response | Again:
    """Of what was posted; it is published from what it carries, for the database may be away."""
    entered, refused = sent.entered, list[str]()
    if no := hindrance(sent.acting, parts, form, entered, by.corrects, to):
        if sent.scope is not None:
            audited(sent.scope, AuditKind.NO_RIGHT, form.submission.type, no.outcome)
        wrongs = (Wrong(no.sentence),)
        return Again(form, replace(entered, notice=no.notice, wrongs=wrongs, confirming=no.confirming), 403)
    by = replace(by, actor=sent.acting.person) if sent.acting and not by.actor else by
    if photos is not None and form.photos is not None:
        digests, refused = await photos(parts, by.submitter, sent.chosen, entered.photos)
        entered = replace(entered, photos=tuple(digests))
    entered = replace(entered, ticket=_as_answered(_fresh(entered.ticket, fresh), entered.answers.get("opened", "")))
    outcome = read_all(form, entered, context, given, refused)
    if isinstance(outcome, UnfitForm):
        return Again(form, replace(entered, wrongs=outcome.wrongs))
    if not form.asks_when and (asked := _left_open(entered, datetime.now(CHINA))):
        return _asked(form, entered, asked)
    answer = await _sent(parts, form, by, to, entered, outcome)
    if not (isinstance(answer, Again) and answer.entered.question):
        id = submission_id(
            entered.ticket, outcome.data, by.organisation, outcome.happened, entered.corrects, entered.why
        )
        said = "refused" if isinstance(answer, Again) else "taken"
        if sent.scope is not None:
            audited_submission(sent.scope, form.submission.type, by.submitter, id, by.organisation, said)
    return answer


def _fresh(ticket: Ticket, within: timedelta | None) -> Ticket:
    age = abs(datetime.now(CHINA) - datetime.fromisoformat(ticket.time))
    return Ticket.new() if within is not None and age > within else ticket


def _as_answered(ticket: Ticket, answer: str) -> Ticket:
    """What happened at another time than that of the opening is a form of that time."""
    at = happened_at(chosen_time(answer))
    return ticket if at is None else replace(ticket, time=at.isoformat())


def _left_open(entered: Entered, now: datetime) -> Question | None:
    """Left open since yesterday a form does not say by itself when it was."""
    opened, is_answered = datetime.fromisoformat(entered.ticket.time), entered.answers.get("opened") == YES
    return None if is_answered or entered.corrects or not is_left_open(opened, now) else left_open(opened, now)


async def _sent(parts: Running, form: Form, by: By, to: str, entered: Entered, read: ReadForm) -> Response | Again:
    """What may be an act that was reported already is asked about, wherever that can be looked up."""
    id = submission_id(entered.ticket, read.data, by.organisation, read.happened, entered.corrects, entered.why)
    words, now = acts.words_of(by.submitter, by.organisation, read.data), datetime.now(CHINA)
    answer = entered.answers.get("another")
    may_ask = form.is_counted and not entered.corrects and answer != YES
    if may_ask and (same := await _same(parts, words, id, read.happened, now)):
        is_no_other = answer == NO
        asked = another(form.title, same, clock_text(same.sent))
        return _landed(parts, by.submitter, to, same.id, entered) if is_no_other else _asked(form, entered, asked)
    outcome = await _published(parts, form, by, to, entered, read, id)
    if not isinstance(outcome, Again) and form.is_counted:
        await acts.remember(parts.db, words, Act(id, read.happened, now))
    return outcome


async def _published(
    parts: Running, form: Form, by: By, to: str, entered: Entered, read: ReadForm, id: str
) -> Response | Again:
    """A refused form names what it corrects, so that the same once more is decided anew.

    What is in no ledger under its id, as after another content under it, comes again under an id of its own.
    """
    about = (by.submitter, by.organisation, id, read.happened, by.actor, entered.corrects, entered.why)
    message = submission_message(read.data, *about)
    if len(message.body) > MOST_BYTES:
        return Again(form, replace(entered, wrongs=(Wrong(TOO_MUCH),)))
    try:
        told = await _told_within(parts, message)
    except SlowDown:
        return Again(form, replace(entered, notice=AWAY, wrongs=(Wrong(TOO_FAST),)), 429)
    if told is None:
        return Again(form, replace(entered, notice=AWAY, wrongs=(Wrong(NOT_STORED),)), 503)
    if told.level == "bad":
        wrongs = tuple(Wrong(reason) for reason in told.reasons)
        again = replace(entered, notice=told.word, wrongs=wrongs)
        anew = {"corrects": id} if told.is_in_ledger else {"ticket": entered.ticket.another()}
        return Again(form, replace(again, **anew))
    return _landed(parts, by.submitter, to, id, entered)


async def _same(parts: Running, words: str, id: str, happened: datetime, now: datetime) -> Act | None:
    """What was reported before and may be the same act; the same form sent twice is one submission anyway."""
    before = await acts.earlier(parts.db, words)
    is_same = before is not None and before.id != id and is_same_act(before, happened, now)
    return before if is_same else None


def _asked(form: Form, entered: Entered, question: Question) -> Again:
    wrongs = (Wrong(question.sentence, question.field),)
    return Again(form, replace(entered, notice=UNANSWERED, wrongs=wrongs, question=question))


def _landed(parts: Running, submitter: str, to: str, id: str, entered: Entered) -> Response:
    """At the page that tells of the submission; by its ticket the browser knows which form is done with."""
    sent, (page, place, at) = marked(parts, id, submitter), to.partition("#")
    return RedirectResponse(
        f"{page}{'&' if '?' in page else '?'}{SENT}={sent}&ticket={entered.ticket.id}{place}{at}", 303
    )


async def _told_within(parts: Running, message: Outgoing) -> Told | None:
    """None while it is not known to be stored; a verdict that cannot be looked up is one that has not come.

    `SlowDown` when the submitter's share is used up.
    """
    is_stored = False
    try:
        await parts.bus.publish([answered_at_once(message)])
        is_stored = True
        return verdict_in_words(await verdict_within(parts.bus, content_of(message), VERDICT_WAIT))
    except SlowDown:
        raise
    except Exception as error:
        if not is_fault(error):
            raise
        return PENDING if is_stored else None
