"""The headers under which events are published; `envelope` reads them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from urllib.parse import quote

from shared.events.digests import content_digest
from shared.events.envelope import VISIBLE
from shared.events.registry import Submission

AT_ONCE = "lianban-at-once"
"""Of what was submitted over HTTP, and is answered there: that its id was used needs no dead letter."""
SHORT = 16
"""Characters of a digest that a message id carries: enough to tell contents under one id apart."""


def submission_headers(
    event_id: str,
    data: Submission,
    submitter: str,
    organisation: str,
    time: datetime,
    actor: str = "",
    corrects: str = "",
    reason: str = "",
) -> dict[str, str]:
    """The headers under which a submission is published; the message id makes resending harmless.

    `corrects` is the id of the submission whose place it takes, with its submitter where that is another; `reason` says
    why.
    """
    headers = _headers(event_id, data.type, submitter, organisation, time)
    headers["Nats-Msg-Id"] = f"{submitter}/{event_id}"
    if actor:
        headers["ce-actor"] = quote(actor, safe=VISIBLE)
    if corrects:
        headers["ce-corrects"] = corrects
    if reason:
        headers["ce-reason"] = quote(reason, safe=VISIBLE)
    return headers


def message_id(headers: Mapping[str, str], body: bytes) -> str:
    """Within its duplicate window the bus keeps away what comes again, not another content under a used id."""
    return f"{headers['ce-source']}/{headers['ce-id']}/{content_digest(headers, body)[:SHORT]}"


def fact_headers(
    fact_id: str, type_name: str, organisation: str, time: str, path: str, cause: str, undoes: str = ""
) -> dict[str, str]:
    """The headers under which a fact is published; `path` is the organisation's place in the tree at that time.

    `undoes` is the id of the fact that it takes back.
    """
    headers = {
        "Nats-Msg-Id": fact_id,
        "ce-specversion": "1.0",
        "ce-id": fact_id,
        "ce-type": type_name,
        "ce-source": fact_id.split("/", 1)[0],
        "ce-subject": organisation,
        "ce-time": time,
        "ce-path": path,
        "ce-cause": cause,
        "content-type": "application/json",
    }
    return headers | {"ce-undoes": undoes} if undoes else headers


def _headers(event_id: str, type_name: str, source: str, subject: str, time: datetime) -> dict[str, str]:
    return {
        "ce-specversion": "1.0",
        "ce-id": event_id,
        "ce-type": type_name,
        "ce-source": source,
        "ce-subject": subject,
        "ce-time": time.isoformat(),
        "content-type": "application/json",
    }
