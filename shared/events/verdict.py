"""What a submitter is told: accepted, refused with reasons, or unreadable, under `verdict.<submitter>.<submission>`."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from shared.events.refusals import reason
from shared.events.refusals.sentences import InBoth
from shared.events.vocabulary import Sha256, Slug, Uuid

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
    digest: Annotated[
        Sha256 | None,
        Field(
            description="Of the content that it was given on: with another than that of the verdict which stands, it "
            "says only that another content came under this id. SHA-256 of the attributes in Python's notation, "
            "('<ce-type>', '<ce-subject>', '<ce-time>', '<ce-actor decoded>'), with '<submitter>/<id corrected>' and "
            "'<ce-reason decoded>' behind where either is given, and of the body's bytes. Verdicts of before lack it."
        ),
    ] = None


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


def verdict_body(
    submission: str, type: str, verdict: str, reasons: Sequence[dict[str, str]], facts: int, digest: str
) -> bytes:
    """A `VerdictBody` without the cost of building one: there is a verdict for every submission."""
    body = {
        "submission": submission,
        "type": type,
        "verdict": verdict,
        "reasons": reasons,
        "facts": facts,
        "digest": digest,
    }
    return encode(body).encode()


REUSED = "id-reused"


def verdict_for(digest: str, verdict: Mapping[str, Any]) -> dict[str, Any] | None:
    """What a verdict under a submission's id means for whoever sent the content of a digest; None: nothing yet.

    The one that stands may have been given on another content under the same id: then this one was refused for that.
    Without a digest it is the one that stands that is asked for.
    """
    given = verdict.get("digest")
    if not given or given == digest:
        return dict(verdict)
    if verdict["verdict"] == "unreadable" or is_reused(verdict):
        return None
    if not digest:
        return dict(verdict)
    return {**verdict, "verdict": "refused", "reasons": [reason(REUSED)], "facts": 0, "digest": digest}


NOT_FOR_OTHERS = InBoth("具体原因仅告知报送单位", "why is told to its submitter alone")


def for_others(verdict: Mapping[str, Any]) -> dict[str, Any]:
    """What anybody but its submitter reads of a verdict: why a body cannot be read may quote the sender's own words."""
    if verdict["verdict"] != "unreadable":
        return dict(verdict)
    return {**verdict, "reasons": [reason("unreadable", why=NOT_FOR_OTHERS)]}


def is_reused(verdict: Mapping[str, Any]) -> bool:
    """Whether it says that the id was used for another content before."""
    return any(one["slug"] == REUSED for one in verdict["reasons"])


UNHEARD = frozenset({REUSED, "unreadable", "too-large"})
"""Reasons for a no to what is in no ledger: whoever sends it again cannot name it as what is corrected."""


def is_in_ledger(verdict: Mapping[str, Any]) -> bool:
    """Whether what it was given on can be corrected by its id."""
    return not any(one["slug"] in UNHEARD for one in verdict["reasons"])
