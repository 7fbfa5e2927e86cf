"""Signing: drafts are numbered, issued and delivered in one."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from typing import Any

from services.feedback.assessment.freezing import assessments_needed, not_assessed, with_result
from services.feedback.documents.drafting import done, drafts_needed, editions, found_drafts, scheme_of
from services.feedback.documents.model import (
    Delivery,
    DocumentScheme,
    Draft,
    DraftState,
    FormerReport,
    HandStep,
    NumbersGiven,
    ReplyState,
    SignedFrom,
)
from services.feedback.documents.numbering import Numbering, Signing, numbers_id
from services.feedback.documents.reviewing import outdated_refusal
from services.feedback.reports.model import Report
from services.feedback.reports.rules import ISSUED
from shared.calendar import due_after
from shared.database.documents import Document, Key, Need
from shared.dates import day_text
from shared.events import Event, Fact
from shared.events.documents import (
    DocumentSeries,
    ReportRevised,
    ReportSigned,
    SignMonthlyReports,
)
from shared.events.vocabulary import ReportKind
from shared.part import without_empty_unknown
from shared.pipeline.decisions import About, Accepted, Refused, State, Verdict
from shared.roster.committees import committee_on
from shared.roster.organisations import county_of
from shared.roster.posts import same_hand

SIGNED = "signed"


def signing_needs(event: Event[Signing]) -> Iterator[Need]:
    """The drafts and figures, what was issued of them before, and the numbers that were given in the year."""
    yield from drafts_needed(event)
    named = [one.report for one in editions(event.data.drafts)]
    yield from (Key(Delivery, report) for report in named)
    yield from assessments_needed(county_of(event.organisation), named)
    for series in DocumentSeries:
        yield Key(NumbersGiven, numbers_id(event, series))


def sign_reports(state: State, event: Event[Signing]) -> Verdict:
    """All that are named or none: each gets its number, is issued with the day of signing, and delivered."""
    found = found_drafts(state, event, event.data.drafts)
    if isinstance(found, Refused):
        return found
    if no := _not_to_be_signed(state, event, found) or outdated_refusal(state, found) or not_assessed(state, found):
        return no
    scheme = _scheme_now(state, event)
    numbering = Numbering(state, event, scheme)
    changes: list[Document] = []
    facts: list[About] = []
    for one in found:
        report = _report(state, event, one, numbering.next(one), scheme)
        delivery = _delivery(state, event, report, scheme)
        before = state.get(Report, one.id)
        kept = [former_report(before)] if before and report.revision else []
        changes += (*kept, done(one, event, SIGNED, state=DraftState.SIGNED), report, delivery)
        facts += _said(report, delivery)
    return Accepted((*numbering.given, *changes), tuple(facts))


def _not_to_be_signed(state: State, event: Event[Signing], found: Sequence[Draft]) -> Refused | None:
    """A signature is a person's, who neither drafted nor reviewed; by authority only what the scheme says."""
    if not event.actor:
        return Refused("signature-without-person")
    for one in found:
        if one.state is not DraftState.REVIEWED:
            return Refused("draft-not-reviewed", organisation=one.organisation, period=one.period)
        if same_hand(event.actor, one.drafted_by, one.reviewed_by):
            return Refused("same-hand-in-document")
        by_authority = one.kind is ReportKind.MONTHLY and scheme_of(state, one).director_signs_monthly
        if isinstance(event.data, SignMonthlyReports) and not by_authority:
            return Refused("not-by-authority", period=one.period)
    return None


def _scheme_now(state: State, event: Event[Signing]) -> SignedFrom:
    schemes = state.get(DocumentScheme, county_of(event.organisation))
    assert schemes is not None, "nothing is drafted without a scheme"
    return schemes.on(event.day) or schemes.history[0]


def _report(state: State, event: Event[Signing], one: Draft, number: str, scheme: SignedFrom) -> Report:
    """As it is issued; in the place of one that became void."""
    void = state.get(Report, one.id)
    report = one.report.having(
        version=void.version if void else 0,
        issued=event.time,
        drafted=one.report.issued,
        opinions=one.advice,
        required=one.required,
        edition=one.edition,
        number=number,
        signed_by=event.actor,
        committee=committee_on(state.roster, one.organisation, event.day).name,
        contact=contact_of(scheme),
        reply_by=due_after(event.day, scheme.reply_days(one.kind)).day if one.required else None,
    )
    report = with_result(state, report).having(closing=_closing(report, scheme))
    return report.having(content=content_hash(report))


def _closing(report: Report, scheme: SignedFrom) -> str:
    """What its recipient is asked to do with it."""
    signed = f"请于收到之日起{scheme.receipt_days}个工作日内签收；"
    objected = f"对数据有异议的，请于签收后{scheme.objection_days}个工作日内提出。"
    replied = f"请于{day_text(report.reply_by)}前逐条报送整改回复。" if report.reply_by else ""
    return signed + objected + replied


def contact_of(scheme: SignedFrom) -> str:
    """（联系人：党委办公室，电话：5500000）, as far as the scheme says it."""
    said = [f"{label}：{value}" for label, value in (("联系人", scheme.contact), ("电话", scheme.telephone)) if value]
    return f"（{'，'.join(said)}）" if said else ""


def former_report(report: Report) -> FormerReport:
    """What was issued is kept as it was."""
    id = f"{report.id}@{report.edition}"
    return FormerReport(id=id, organisation=report.organisation, period=report.period, report=report)


def content_hash(report: Report) -> str:
    """SHA-256 of all that it says, as JSON with sorted keys; what it does not say is left out."""
    said = report.model_dump(mode="json", exclude={"version", "content", "withdrawn"}, exclude_defaults=True)
    without_empty_unknown(report, said)
    return hashlib.sha256(json.dumps(said, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def _delivery(state: State, event: Event[Signing], report: Report, scheme: SignedFrom) -> Delivery:
    void = state.get(Delivery, report.id)
    return Delivery(
        id=report.id,
        version=void.version if void else 0,
        county=county_of(event.organisation),
        organisation=report.organisation,
        period=report.period,
        kind=report.kind,
        edition=report.edition,
        number=report.number,
        issued=event.time,
        due=due_after(event.day, scheme.receipt_days).day,
        signed_by=event.actor,
        required=report.required,
        reminders=void.reminders if void else (),
        because=report.because,
        opinions=void.opinions if void else (),
        **_answered(void, report),
        steps=(*(void.steps if void else ()), HandStep(what=SIGNED, at=event.time, by=event.actor)),
    )


def _answered(before: Delivery | None, report: Report) -> dict[str, Any]:
    """A correction that asks for nothing else goes on with what was objected and replied before."""
    if before is None or not report.revision or before.required != report.required:
        awaited = ReplyState.AWAITED if report.required else ReplyState.NONE
        return {"reply": awaited, "reply_due": report.reply_by}
    goes_on = ("objections", "reply", "reply_due", "replies", "replied_on_time", "returned_reply")
    return {name: getattr(before, name) for name in goes_on}


def _said(report: Report, delivery: Delivery) -> tuple[About, About]:
    signed = ReportSigned(
        report=report.id,
        period=report.period,
        edition=report.edition,
        number=report.number,
        receipt_due=delivery.due,
        content=report.content,
    )
    return About(report.organisation, _issued(report)), About(report.organisation, signed)


def _issued(report: Report) -> Fact:
    """An original counts; a correction is counted apart."""
    if not report.revision:
        return ISSUED[report.kind](report=report.id, period=report.period)
    return ReportRevised(
        report=report.id,
        period=report.period,
        edition=report.edition,
        number=report.number,
        revision=report.revision,
        corrects=report.corrects,
    )
