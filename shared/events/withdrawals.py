"""Taking back what was reported, and nothing in its place: a submission to each service, for ledgers are apart."""

from __future__ import annotations

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
