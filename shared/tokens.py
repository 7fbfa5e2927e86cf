"""A station's token for HTTP: derived from the county's secret and the station's code, so that none is stored."""

from __future__ import annotations

import hashlib
import hmac


def token_of(submitter: str, secret: str) -> str:
    """The token with which a submitter speaks for itself."""
    return hmac.new(secret.encode(), f"lianban/{submitter}".encode(), hashlib.sha256).hexdigest()


def is_token_of(submitter: str, authorization: str, secret: str) -> bool:
    """Whether an Authorization header bears the submitter's token; compared in constant time."""
    return bool(submitter) and hmac.compare_digest(
        authorization.encode(), f"Bearer {token_of(submitter, secret)}".encode()
    )
