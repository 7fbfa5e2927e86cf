"""A share of what waits is one submitter's at one service, of whichever types: they are kept under one subject.

The bus counts by subject. A station may say some forty types: a share of each were four thousand messages, and nobody
else's is stored or handed out before the last of them is on the disk.
"""

from __future__ import annotations

from collections.abc import Mapping

from shared.events.envelope import IS_TYPE
from shared.events.outgoing import submission_subject

ANY_TYPE = "_"
"""Stands where the type stood; no type is called so."""
SUBMITTED = "submit."
KEPT_TOGETHER = {
    "src": submission_subject(),
    "dest": submission_subject("{{wildcard(1)}}", ANY_TYPE, "{{wildcard(3)}}"),
}
"""As the server takes it."""


def kept_under(subject: str) -> str:
    """Where the stream keeps what is published under this subject."""
    _, service, _, submitter = subject.split(".")
    return submission_subject(service, ANY_TYPE, submitter)


def as_published(subject: str, headers: Mapping[str, str]) -> str:
    """With the type that its header names, where that is the name of one."""
    if not subject.startswith(SUBMITTED) or not IS_TYPE(type_name := headers.get("ce-type", "")):
        return subject
    return subject.replace(f".{ANY_TYPE}.", f".{type_name}.", 1)
