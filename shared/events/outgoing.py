"""A message as it goes out, and how a submission becomes one: subject, headers and body are made here alone.

Nothing here knows a driver: a rule's neighbour may say what is to be submitted without being able to send it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from shared.events.headers import AT_ONCE, message_id, submission_headers
from shared.events.registry import Submission

LONGEST_SUBJECT = 500
"""Bytes; a longer one names nothing that there is, though the bus takes one of 30 kB."""


class Outgoing(NamedTuple):
    """A message to be stored by a stream."""

    subject: str
    body: bytes
    headers: Mapping[str, str]

    @property
    def size(self) -> int:
        """Bytes as a stream's limit counts them: headers and body."""
        lines = (len(name.encode()) + len(value.encode()) + len(": \r\n") for name, value in self.headers.items())
        return len("NATS/1.0\r\n\r\n") + sum(lines) + len(self.body)


def submission_message(
    data: Submission,
    submitter: str,
    organisation: str,
    id: str,
    time: datetime,
    actor: str = "",
    corrects: str = "",
    reason: str = "",
) -> Outgoing:
    """What `submitter` says about `organisation`, as it happened at `time`; the same words are the same bytes."""
    headers = submission_headers(id, data, submitter, organisation, time, actor, corrects, reason)
    body = data.model_dump_json().encode()
    headers["Nats-Msg-Id"] = message_id(headers, body)
    return Outgoing(submission_subject(data.service, data.type, submitter), body, headers)


def submission_subject(service: str = "*", type_name: str = "*", submitter: str = "*") -> str:
    """Where a submission is published; what is left out stands for any."""
    return f"submit.{service}.{type_name}.{submitter}"


def answered_at_once(message: Outgoing) -> Outgoing:
    """Of somebody who waits for the answer over HTTP, and is told there what is wrong with it."""
    return message._replace(headers={**message.headers, AT_ONCE: "http"})


def foretellable(message: Outgoing) -> Outgoing:
    """Without a message id: whoever can work the id out could use it first, and the stream would keep this one away."""
    return message._replace(headers={name: value for name, value in message.headers.items() if name != "Nats-Msg-Id"})
