"""What a browser keeps while somebody is at the provider: signed here, out of reach of scripts, for ten minutes.

Its cookie comes along when the provider sends the browser back, which that of a session does not; it lets nobody in.
Several may be under way, in as many tabs.
"""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import NamedTuple

from fastapi import Request, Response
from itsdangerous import BadData, URLSafeTimedSerializer

from shared.web.cookie import is_over_tls, write_named

GOOD_FOR, MOST = 600, 3
"""Seconds, and how many are kept, the last that began."""
OVER_TLS, AT_HOME = "__Secure-lianban-unified", "lianban-unified"
PATH = "/roster/sign-in/unified"


class Flow(NamedTuple):
    """One way to the provider and back; `began` in milliseconds; with a person it is to be bound to the account."""

    state: str
    nonce: str
    verifier: str
    began: int
    back: str = ""
    person: str = ""

    @classmethod
    def new(cls, at: datetime, back: str = "", person: str = "") -> Flow:
        """None of it can be guessed."""
        state, nonce, verifier = (secrets.token_urlsafe(32) for _ in range(3))
        return cls(state, nonce, verifier, _milliseconds(at), back[:1000], person)


def flows_in(request: Request, secret: str, at: datetime) -> list[Flow]:
    """Those under way in this browser."""
    try:
        kept = _sealing(secret).loads(request.cookies.get(_name(request), ""), max_age=GOOD_FOR)
        return [flow for flow in (Flow(*one) for one in kept) if _milliseconds(at) - flow.began < GOOD_FOR * 1000]
    except (BadData, TypeError):
        return []


def keep_flows(request: Request, answer: Response, flows: list[Flow], secret: str) -> None:
    """With what is answered."""
    text = _sealing(secret).dumps(flows[-MOST:])
    value = (text.decode() if isinstance(text, bytes) else text) if flows else None
    write_named(answer.headers, request.scope, _name(request), value, GOOD_FOR, PATH, "lax")


def _milliseconds(at: datetime) -> int:
    return int(at.timestamp() * 1000)


def _name(request: Request) -> str:
    return OVER_TLS if is_over_tls(request.scope) else AT_HOME


def _sealing(secret: str) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(secret, salt="lianban/unified")
