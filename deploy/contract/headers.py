"""The headers of each kind of message as JSON Schema: what `envelope` and `verdict` write and ask for."""

from __future__ import annotations

from typing import Any

from shared.events.envelope import FACT_ID_PATTERN, MAX_ACTOR, MAX_GROUND, TYPE_PATTERN
from shared.events.photos import MOST_CHUNKS
from shared.events.tracing import TRACEPARENT, TRACEPARENT_PATTERN
from shared.events.vocabulary import CODE_PATTERN, SHA256_PATTERN, TIME_PATTERN, UUID_PATTERN
from shared.services import SERVICES

CODE = CODE_PATTERN.strip("^$")
UUID = UUID_PATTERN.strip("^$")
SHA256 = SHA256_PATTERN.strip("^$")
FACT_KEY = f"^{CODE}/{UUID}$"
ENCODED = r"^([!#$&-~]|%[0-9A-Fa-f]{2})*$"


def _text(pattern: str, description: str) -> dict[str, Any]:
    return {"type": "string", "pattern": pattern, "description": description}


def _one_of(*values: str) -> dict[str, Any]:
    return {"type": "string", "enum": list(values)}


def _headers(required: dict[str, Any], optional: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "required": list(required), "properties": {**required, **optional}}


VERSION = {"type": "string", "const": "1.0"}
JSON_BODY = {"type": "string", "const": "application/json"}
TRACE = (
    "W3C Trace Context. A submission's trace has the id that is the first 16 bytes of SHA-256 of <submitter>/<ce-id>, "
)
HAPPENED = _text(TIME_PATTERN, "When it happened, RFC 3339 with its offset.")

SUBMISSION_HEADERS = _headers(
    {
        "ce-specversion": VERSION,
        "ce-id": _text(UUID_PATTERN, "Made where the thing happened (UUID, v7 advised); the same on resending."),
        "ce-type": _text(TYPE_PATTERN, "The submission's type, as in the subject."),
        "ce-source": _text(CODE_PATTERN, "The submitter, as in the subject."),
        "ce-subject": _text(CODE_PATTERN, "The organisation concerned."),
        "ce-time": HAPPENED,
    },
    {
        "ce-actor": _text(
            ENCODED, f"Who acted, vouched for by the submitter: UTF-8, percent-encoded, {MAX_ACTOR} characters."
        ),
        "ce-corrects": _text(
            rf"^({CODE}/)?{UUID}$",
            "The earlier submission that this one takes the place of: its ce-id, or <submitter>/<ce-id> of another's. "
            "Refused before, it was never counted; accepted before, it is undone as of its own day.",
        ),
        "ce-reason": _text(
            ENCODED,
            f"Why it is corrected: UTF-8, percent-encoded, {MAX_GROUND} characters; needed when its month is over.",
        ),
        "Nats-Msg-Id": _text(
            rf"^{CODE}/{UUID}(/[0-9A-Za-z]{{1,64}})?$",
            "<submitter>/<ce-id>/<digits of a digest of attributes and body>: makes resending within two minutes free, "
            "and lets another content under a used id be answered (refused, id-reused). The digest may be left out.",
        ),
        TRACEPARENT: _text(
            TRACEPARENT_PATTERN,
            f"{TRACE}whatever this says: of that trace it names the parent, of any other the sender's own span, "
            "which is linked to. ce-traceparent is read as well.",
        ),
        "content-type": JSON_BODY,
    },
)
FACT_HEADERS = _headers(
    {
        "Nats-Msg-Id": _text(FACT_ID_PATTERN, "The fact's id."),
        "ce-specversion": VERSION,
        "ce-id": _text(FACT_ID_PATTERN, "<service>/<submitter>/<submission>/<n>: a repeat is recognised by it."),
        "ce-type": _text(TYPE_PATTERN, "The fact's type, as in the subject."),
        "ce-source": _one_of(*SERVICES),
        "ce-subject": _text(CODE_PATTERN, "The organisation concerned, as in the subject."),
        "ce-time": HAPPENED,
        "ce-path": _text(
            rf"^({CODE}(/{CODE})*)?$",
            "The organisation's place in the tree when it happened; empty before it stood. "
            "Once it has ended: the place of whoever answers for it, where this counts.",
        ),
        "ce-cause": _text(FACT_KEY, "<submitter>/<ce-id> of the submission that caused it."),
        "content-type": JSON_BODY,
    },
    {
        "ce-undoes": _text(FACT_ID_PATTERN, "The fact that it takes back: it counts wherever that one counts now."),
        TRACEPARENT: _text(
            TRACEPARENT_PATTERN, f"{TRACE}of ce-cause here; only where the county records traces, and this one's."
        ),
    },
)
VERDICT_HEADERS = _headers(
    {
        "ce-specversion": VERSION,
        "ce-id": _text(
            rf"^({'|'.join(SERVICES)})/{CODE}/{UUID}/verdict$", "<service>/<submitter>/<submission>/verdict."
        ),
        "ce-type": _one_of("submission-accepted", "submission-refused", "submission-unreadable"),
        "ce-source": _one_of(*SERVICES),
        "ce-subject": _text(CODE_PATTERN, "The submitter."),
        "content-type": JSON_BODY,
    },
    {"ce-time": HAPPENED | {"description": "The submission's own; absent when it could not be read."}},
)
DEAD_HEADERS = _headers(
    {
        "Nats-Msg-Id": _text(r"^dead:[A-Z]+:[0-9]+$", "Stream and sequence of the message."),
        "lianban-subject": {"type": "string", "description": "The subject under which it came; cut above 500 bytes."},
        "lianban-reason": _text(r"^[a-z]+(-[a-z]+)*$", "The slug of the reason."),
        "lianban-why": {"type": "string", "description": "What exactly, as a JSON string."},
        "lianban-stream": _text(r"^[A-Z]+:[0-9]+$", "Stream and sequence of the message."),
    },
    {"lianban-again": {"type": "string", "description": "The dead letter that it was driven again from."}},
)
PHOTO_HEADERS = _headers(
    {"photo-chunks": _text(r"^[1-9][0-9]{0,2}$", f"Into how many chunks the photo was cut, at most {MOST_CHUNKS}.")}, {}
)
PHOTO_VERDICT_HEADERS = _headers(
    {
        "ce-specversion": VERSION,
        "ce-id": _text(rf"^inspection/{CODE}/{SHA256}/verdict$", "inspection/<station>/<sha256>/verdict."),
        "ce-type": _one_of("photo-accepted", "photo-refused"),
        "ce-source": _one_of("inspection"),
        "ce-subject": _text(CODE_PATTERN, "The sender."),
        "content-type": JSON_BODY,
    },
    {},
)
