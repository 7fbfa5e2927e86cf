"""What is about to be saved: a submission with the id and the headers under which it will be sent, however often."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import NamedTuple

from shared.bus.publishing import Outgoing
from shared.events import Submission, submission_headers

LARGEST = 60 * 1024
"""Bytes of a body: with its headers it fits in the 64 KiB of a message."""


class Draft(NamedTuple):
    """A submission on its way into the outbox; `corrects` is the refused one whose place it takes."""

    id: str
    submitter: str
    message: Outgoing
    corrects: str = ""


def draft(
    data: Submission, submitter: str, about: str, at: datetime, corrects: str = "", id: str | None = None
) -> Draft:
    """The submission under a new id, or under the one that its form was given; `at` is when it happened."""
    id = id or uuid7(at)
    headers = submission_headers(id, data, submitter, about, at, corrects=corrects)
    subject = f"submit.{data.service}.{data.type}.{submitter}"
    return Draft(id, submitter, Outgoing(subject, data.model_dump_json().encode(), headers), corrects)


def uuid7(at: datetime) -> str:
    """RFC 9562, version 7: the millisecond, then 74 random bits."""
    stamp, bits = int(at.timestamp() * 1000), secrets.randbits(74)
    number = f"{stamp:012x}7{bits >> 62:03x}{(bits >> 60 & 3) + 8:x}{bits & (1 << 60) - 1:015x}"
    return f"{number[:8]}-{number[8:12]}-{number[12:16]}-{number[16:20]}-{number[20:]}"
