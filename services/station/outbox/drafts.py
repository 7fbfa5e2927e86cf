"""What is about to be saved: a submission with the id and the headers under which it will be sent, however often."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from shared.events import Submission
from shared.events.outgoing import Outgoing, submission_message
from shared.uuid7 import uuid7

LARGEST = 60 * 1024
"""Bytes of a body: with its headers it fits in the 64 KiB of a message."""


class Draft(NamedTuple):
    """A submission on its way into the outbox; `corrects` is the one whose place it takes, as it is shown here."""

    id: str
    submitter: str
    message: Outgoing
    corrects: str = ""


def draft(
    data: Submission,
    submitter: str,
    about: str,
    at: datetime,
    corrects: str = "",
    id: str | None = None,
    named: str | None = None,
) -> Draft:
    """The submission under a new id, or under the one that its form was given; `at` is when it happened.

    The county is told what it corrects, or `named` instead: what is corrected here it may not have in its ledger.
    """
    id = id or uuid7(at)
    message = submission_message(data, submitter, about, id, at, corrects=corrects if named is None else named)
    return Draft(id, submitter, message, corrects)
