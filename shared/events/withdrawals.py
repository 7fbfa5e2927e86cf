"""Taking back what was reported, and nothing in its place: a submission to each service, for ledgers are apart."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, ClassVar

from pydantic import Field

from shared.events.registry import EventData, Submission
from shared.events.vocabulary import Statement


class Withdrawal(EventData):
    """What `ce-corrects` names counts no longer, as of its own day."""

    withdraws: ClassVar[bool] = True

    reason: Annotated[Statement, Field(description="Why it is taken back.")]


class WithdrawFromRoster(Withdrawal, Submission, service="roster", carries_on=True):
    """What the roster accepted (`ce-corrects`) is taken back as of its own day, and nothing takes its place."""


class WithdrawFromInspection(Withdrawal, Submission, service="inspection", carries_on=True):
    """What inspection accepted (`ce-corrects`) is taken back as of its own day, and nothing takes its place."""


class WithdrawFromGreenchannel(Withdrawal, Submission, service="greenchannel", carries_on=True):
    """What greenchannel accepted (`ce-corrects`) is taken back as of its own day, and nothing takes its place."""


class WithdrawFromFeedback(Withdrawal, Submission, service="feedback", carries_on=True):
    """What feedback accepted (`ce-corrects`) is taken back as of its own day, and nothing takes its place."""


TAKEN_BACK_BY: Mapping[str, str] = {
    "adopt-package": "adopt-package",
    "answer-appeal": "answer-appeal",
    "answer-nomination-objection": "answer-nomination-objection",
    "answer-objection": "answer-objection",
    "appeal-appraisal": "sign-appraisal",
    "appraise-home": "appraise-home",
    "appraise-member": "appraise-member",
    "appraise-peers": "appraise-peers",
    "appraise-self": "appraise-self",
    "archive-appraisal": "reopen-appraisal",
    "cancel-locked-revision": "order-locked-revision",
    "cancel-revision": "order-revision",
    "dissolve-organisation": "withdraw-dissolution",
    "enter-in-catalogue": "enter-in-catalogue",
    "erase-person": "register-person",
    "grant-excellence-mark": "withdraw-excellence-mark",
    "grant-viewing": "withdraw-viewing",
    "judge-nomination": "judge-nomination",
    "judge-reply": "judge-reply",
    "name-committee": "name-committee",
    "object-report": "answer-objection",
    "open-appraisal": "withdraw-appraisal",
    "order-locked-revision": "cancel-revision",
    "order-revision": "cancel-revision",
    "pass-reports": "send-back-reports",
    "publish-commitment": "withdraw-commitment",
    "publish-working-days": "publish-working-days",
    "re-place-facts": "re-place-facts",
    "receive-package": "return-package",
    "receive-report": "return-report",
    "redeliver-report": "withdraw-report",
    "redraft-reports": "redraft-reports",
    "redraw-assessment": "redraw-assessment",
    "register-device": "remove-device",
    "register-organisation": "register-organisation",
    "register-person": "register-person",
    "remove-device": "register-device",
    "reopen-appraisal": "archive-appraisal",
    "reply-report": "reply-report",
    "return-package": "receive-package",
    "return-report": "receive-report",
    "review-report": "review-report",
    "send-back-reports": "pass-reports",
    "settle-appraisal": "settle-appraisal",
    "sign-appraisal": "appeal-appraisal",
    "sign-monthly-reports": "withdraw-report",
    "sign-reports": "withdraw-report",
    "verify-rectification": "reopen-rectification",
    "withdraw-appraisal": "open-appraisal",
    "withdraw-commitment": "publish-commitment",
    "withdraw-dissolution": "dissolve-organisation",
    "withdraw-excellence-mark": "grant-excellence-mark",
    "withdraw-report": "sign-reports",
    "withdraw-viewing": "grant-viewing",
}
"""What has a submission of its own that takes it back, or is said again and then holds: it is not corrected."""
NEVER_TAKEN_BACK = frozenset(
    {
        "close-day",
        "close-period",
        "enrol-station",
        "invite-station",
        "issue-token",
        "mark-documents-overdue",
        "mark-appraisals-overdue",
        "mark-overdue",
        "mark-unanswered",
        "note-connected",
        "note-disconnected",
        "renew-token",
        "revoke-station",
        "revoke-token",
        "rotate-duty",
        "settle-answer-days",
        "settle-deadlines",
        "settle-due-days",
        "settle-patrol-days",
        "view-device",
    }
)
"""Ticks, what the watch notes, keys, tokens and the record of who looked: nobody enters them by mistake."""
