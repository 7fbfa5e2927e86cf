"""A question as it goes over the bus: sealed in this county, so that nobody asks for another or keeps it for later."""

from __future__ import annotations

import hashlib
import hmac
from typing import TypeVar

from itsdangerous import BadData, URLSafeTimedSerializer
from pydantic import BaseModel, ValidationError

FRESH = 30
"""Seconds for which a question holds: one that was kept on the way is no question any more."""
Q = TypeVar("Q", bound=BaseModel)


def sealed_question(question: BaseModel, subject: str, secret: str) -> bytes:
    """For the subject under which it is asked, and no other."""
    text = _sealing(subject, secret).dumps(question.model_dump_json())
    return text if isinstance(text, bytes) else text.encode()


def opened_question(sealed: bytes, subject: str, secret: str, kind: type[Q]) -> Q | None:
    """Nothing when it was not sealed in this county, for this subject, or a while ago."""
    try:
        return kind.model_validate_json(_sealing(subject, secret).loads(sealed, max_age=FRESH))
    except (BadData, TypeError, ValidationError):
        return None


def _sealing(subject: str, secret: str) -> URLSafeTimedSerializer:
    key = hmac.new(secret.encode(), b"lianban/ask", hashlib.sha256).hexdigest()
    return URLSafeTimedSerializer(key, salt=f"lianban/{subject}")
