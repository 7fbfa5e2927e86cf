"""What a county brings in of the time before it went live bears a pass, which only the county's own secret makes.

A station may tell of a past day only within the operator's bound; whoever holds one station's key has no such pass.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping

from shared.events.digests import content_digest
from shared.events.outgoing import Outgoing

PASS = "lianban-loaded"
"""The header of a message that bears it."""


class LoadingPass:
    """By the county's secret; a pass is for one submission with one content."""

    def __init__(self, secret: str) -> None:
        self._key = hmac.new(secret.encode(), b"lianban/loading", hashlib.sha256).digest()

    def bearing(self, message: Outgoing) -> Outgoing:
        """The same message with its pass."""
        return message._replace(headers={**message.headers, PASS: self._of(message.headers, message.body)})

    def is_borne(self, headers: Mapping[str, str], body: bytes) -> bool:
        """Whether a message bears the pass that is its own."""
        return hmac.compare_digest(headers.get(PASS, "").encode(), self._of(headers, body).encode())

    def _of(self, headers: Mapping[str, str], body: bytes) -> str:
        said = "\n".join((headers.get("ce-source", ""), headers.get("ce-id", ""), content_digest(headers, body)))
        return hmac.new(self._key, said.encode(), hashlib.sha256).hexdigest()
