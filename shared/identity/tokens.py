"""A submitter's token for HTTP: derived from the county's secret, the code and a number, so that none is stored.

The number is how many keys of the organisation have ended (`Organisation.keys_ended`): whoever revokes a station's key
makes its token void as well.
"""

from __future__ import annotations

import hashlib
import hmac


def token_of(submitter: str, secret: str, keys_ended: int = 0) -> str:
    """The token with which a submitter speaks for itself; each key that ended makes another of it."""
    text = f"lianban/{submitter}/{keys_ended}" if keys_ended else f"lianban/{submitter}"
    return hmac.new(secret.encode(), text.encode(), hashlib.sha256).hexdigest()


def is_token_of(submitter: str, authorization: str, secret: str, keys_ended: int = 0) -> bool:
    """Whether an Authorization header bears the submitter's token; compared in constant time."""
    return bool(submitter) and hmac.compare_digest(
        authorization.encode(), f"Bearer {token_of(submitter, secret, keys_ended)}".encode()
    )
