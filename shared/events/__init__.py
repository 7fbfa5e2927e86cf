"""The contract: every submission, verdict and fact, their envelope, schemas and samples."""

from shared.events import (
    assessment,
    documents,
    enrolment,
    feedback,
    greenchannel,
    inspection,
    packages,
    roster,
    tokens,
    training_up,
    withdrawals,
)
from shared.events.envelope import Event, Unreadable, read_fact, read_submission
from shared.events.headers import fact_headers, submission_headers
from shared.events.registry import EventData, Fact, Submission

__all__ = [
    "Event",
    "EventData",
    "Fact",
    "Submission",
    "Unreadable",
    "assessment",
    "documents",
    "enrolment",
    "fact_headers",
    "feedback",
    "greenchannel",
    "inspection",
    "packages",
    "read_fact",
    "read_submission",
    "roster",
    "submission_headers",
    "tokens",
    "training_up",
    "withdrawals",
]
