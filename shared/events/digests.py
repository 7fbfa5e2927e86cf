"""What tells two contents under one id apart: SHA-256 of what a submission's headers say and of its body as it came."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from urllib.parse import unquote

from shared.events.text import in_one_line


def content_digest(headers: Mapping[str, str], body: bytes) -> str:
    """That of the submission in a message, and of a message that is none."""
    time, corrects = headers.get("ce-time", ""), headers.get("ce-corrects", "")
    with suppress(ValueError):
        time = datetime.fromisoformat(time).isoformat()
    actor, why = (str(in_one_line(unquote(headers.get(name, "")))) for name in ("ce-actor", "ce-reason"))
    said = (headers.get("ce-type", ""), headers.get("ce-subject", ""), time, actor)
    return digest_of(said, (corrected_key(corrects, headers.get("ce-source", "")), why), body)


def digest_of(said: tuple[str, ...], correction: tuple[str, str], body: bytes) -> str:
    """Type, organisation, time and actor always count; what is corrected and why only where one of them is said."""
    return hashlib.sha256(repr((*said, *correction) if any(correction) else said).encode() + body).hexdigest()


def corrected_key(named: str, submitter: str) -> str:
    """The key of what `ce-corrects` names: of the submitter's own the id alone is said."""
    return f"{submitter}/{named}" if named and "/" not in named else named
