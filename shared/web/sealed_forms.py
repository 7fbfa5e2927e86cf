"""A form that nobody signed in has sent: it waits, sealed, in the page of signing in, and is sent from there.

Nothing of it is kept on the server. The seal is of the secret that signs the cookies: only what was sent to these
pages is ever sent on from them.
"""

from __future__ import annotations

from typing import NamedTuple
from urllib.parse import urlencode

from fastapi import Request
from itsdangerous import BadData, URLSafeTimedSerializer
from starlette.responses import Response
from starlette.types import Message, Receive, Scope, Send

from shared.web.posted import MOST_WITHOUT_PHOTOS, posted

LONGEST = 128 * 1024
"""Characters of a sealed form: more than the texts of any form that is taken."""
KEPT_FOR = 24 * 3600
"""Seconds for which it may be sent on: a person who left for the day comes back."""


class SealedForm(NamedTuple):
    """A form on its way: where it was sent, what it says, and whether pictures were chosen that do not go along."""

    path: str
    fields: tuple[tuple[str, str], ...]
    had_files: bool = False


async def form_in(request: Request) -> SealedForm:
    """As it was posted; pictures that were sent before it go along by their digests.

    Of somebody unknown only so much is kept until it is read; pictures that were chosen stand behind the texts.
    """
    async with posted(request, MOST_WITHOUT_PHOTOS, may_be_cut=True) as sent:
        return SealedForm(request.url.path + _query(request), sent.fields, bool(sent.chosen))


def _query(request: Request) -> str:
    return f"?{request.url.query}" if request.url.query else ""


def sealed(form: SealedForm, secret: str) -> str:
    """For a hidden field; empty when it is too long for one."""
    text = _sealing(secret).dumps(form)
    text = text.decode() if isinstance(text, bytes) else text
    return text if len(text) <= LONGEST else ""


def unsealed(text: str, secret: str) -> SealedForm | None:
    """Nothing when it was not sealed here, or too long ago."""
    try:
        path, fields, had_files = _sealing(secret).loads(text, max_age=KEPT_FOR)
    except BadData:
        return None
    return SealedForm(path, tuple((name, value) for name, value in fields), had_files)


def _sealing(secret: str) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(secret, salt="lianban/form")


class SentOn(Response):
    """The answer to a sealed form, sent by whoever has signed in just now."""

    def __init__(self, request: Request, form: SealedForm) -> None:
        super().__init__()
        self._request, self._form = request, form

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """By the routes of the same application; around them stands what was around the signing in."""
        body, is_read = urlencode(self._form.fields).encode(), False

        async def once() -> Message:
            nonlocal is_read
            if is_read:
                return await receive()
            is_read = True
            return {"type": "http.request", "body": body, "more_body": False}

        await self._request.app.router(_scope(scope, self._form.path, len(body)), once, send)


def _scope(scope: Scope, address: str, length: int) -> Scope:
    path, _, query = address.partition("?")
    others = [(name, value) for name, value in scope["headers"] if name not in (b"content-type", b"content-length")]
    own = [(b"content-type", b"application/x-www-form-urlencoded"), (b"content-length", str(length).encode())]
    own_address = {"path": path, "raw_path": path.encode(), "query_string": query.encode(), "headers": [*others, *own]}
    kept = {name: value for name, value in scope.items() if name not in ("route", "endpoint", "path_params", "router")}
    return {**kept, **own_address, "method": "POST"}
