"""What a submitter is told: accepted, refused with reasons, or unreadable, under `verdict.<submitter>.<submission>`."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from shared.events.vocabulary import Slug, Uuid

VerdictKind = Literal["accepted", "refused", "unreadable"]
encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False).encode
"""Made once: `json.dumps` with other than its defaults makes an encoder at every call."""


class Reason(BaseModel):
    """Why not, for a program (the slug) and for a person, in Chinese and English."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    slug: Slug
    zh: str
    en: str


class VerdictBody(BaseModel):
    """The answer to one submission; the same again whenever the submission is repeated."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    submission: Uuid
    type: Annotated[str, Field(description="The submission's type as it stood in its subject.")]
    verdict: VerdictKind
    reasons: Annotated[list[Reason], Field(description="Empty when accepted.")]
    facts: Annotated[
        int,
        Field(
            ge=0,
            description="How many: <service>/<submitter>/<submission>/0 and on; accepted with none changed nothing.",
        ),
    ]


def verdict_subject(submitter: str, id: str) -> str:
    """Where a submitter waits for, and later looks up, the answer to one submission."""
    return f"verdict.{submitter}.{id}"


def verdict_headers(service: str, submitter: str, id: str, kind: VerdictKind | str, time: str | None) -> dict[str, str]:
    """`time` is the submission's own; what could not be read has none."""
    headers = {
        "ce-specversion": "1.0",
        "ce-id": f"{service}/{submitter}/{id}/verdict",
        "ce-type": f"submission-{kind}",
        "ce-source": service,
        "ce-subject": submitter,
        "content-type": "application/json",
    }
    if time is not None:
        headers["ce-time"] = time
    return headers


def is_own_verdict(subject: str, headers: Mapping[str, str] | None) -> bool:
    """Whether a verdict that is heard was given on what its subject says: to be asked of every one that comes unasked.

    A station cannot publish under another's subject, but it can name one as the place for an answer to itself; what
    then arrives there (an acknowledgement, a verdict of its own looked up) does not bear this submission's id.
    """
    _, submitter, id = subject.split(".")
    parts = (headers or {}).get("ce-id", "").split("/")
    return len(parts) == 4 and parts[1:] == [submitter, id, "verdict"]


def verdict_body(submission: str, type: str, verdict: str, reasons: Sequence[dict[str, str]], facts: int) -> bytes:
    """A `VerdictBody` without the cost of building one: there is a verdict for every submission."""
    body = {"submission": submission, "type": type, "verdict": verdict, "reasons": reasons, "facts": facts}
    return encode(body).encode()
