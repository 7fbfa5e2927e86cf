"""Under which trace what becomes of a submission is found: W3C Trace Context, with an id that anybody can work out.

A submission's trace is named by the first 16 bytes of SHA-256 of `<submitter>/<ce-id>`: whoever knows the submission
finds its trace, no sender needs to know of traces, and what is told again is told under the same one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from hashlib import sha256
from typing import NamedTuple

TRACEPARENT = "traceparent"
TRACEPARENT_PATTERN = r"^00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$"
NAMES = (TRACEPARENT, f"ce-{TRACEPARENT}")
"""W3C's own header first, then that of the distributed tracing extension of CloudEvents."""
IS_TRACEPARENT = re.compile(TRACEPARENT_PATTERN).fullmatch


class SpanPlace(NamedTuple):
    """A span of a trace, by its number and the trace's; neither is 0."""

    trace: int
    span: int

    @property
    def header(self) -> str:
        """As `traceparent` says it; whoever says it has recorded the span."""
        return f"00-{self.trace:032x}-{self.span:016x}-01"


def trace_of(submission: str) -> int:
    """The number of the trace of `<submitter>/<ce-id>`."""
    return int.from_bytes(sha256(submission.encode()).digest()[:16])


def place_in(headers: Mapping[str, str]) -> SpanPlace | None:
    """Which span a message says it comes of; None where it says none, or none that can be."""
    said = next((headers[name] for name in NAMES if name in headers), "")
    if not IS_TRACEPARENT(said):
        return None
    _, trace, span, _ = said.split("-")
    place = SpanPlace(int(trace, 16), int(span, 16))
    return place if all(place) else None
