"""What may be shown to others, or logged, of how a message names itself: what the contract knows, and nothing else.

A sender can write anybody's name where a type, a code or an id should stand.
"""

from __future__ import annotations

from collections.abc import Mapping

from shared.events.envelope import IS_CODE, IS_FACT_ID, IS_KEY, IS_UUID
from shared.events.registry import Fact, Submission
from shared.services import SERVICES

STRANGE = "?"
NOBODY = "unknown"
LEADING = frozenset({"submit", "fact", "photo", "heartbeat"})


def subject_known(subject: str) -> str:
    """A subject with `?` where a token is no service, no type, no organisation and no number."""
    return ".".join(token if _is_known(token) else STRANGE for token in subject.split("."))


def _is_known(token: str) -> bool:
    return (
        token in LEADING
        or token in SERVICES
        or type_known(token) == token
        or IS_CODE(token) is not None
        or (token.isascii() and token.isdigit() and len(token) < 5)
    )


def type_known(name: str) -> str:
    """The name of a type that there is."""
    return name if name in Submission.registry or name in Fact.registry else STRANGE


def submitter_known(code: str) -> str:
    """The code of an organisation, or that it is none."""
    return code if IS_CODE(code) else NOBODY


def id_known(headers: Mapping[str, str]) -> str:
    """The id under which a message was sent; empty when that is none."""
    id = headers.get("ce-id", "")
    return id if IS_UUID(id) or IS_FACT_ID(id) else ""


def submission_known(headers: Mapping[str, str]) -> str:
    """`<submitter>/<id>` of the submission that a message is, or that it followed from; empty when that is unclear."""
    named = headers.get("ce-cause") or f"{headers.get('ce-source', '')}/{headers.get('ce-id', '')}"
    return named if IS_KEY(named) else ""
