"""The one 401: a program has to say who it is, by code and token, and is told why it was not believed."""

from __future__ import annotations

from typing import cast

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse

from shared.events.refusals import reason

CHALLENGE = {"WWW-Authenticate": 'Basic realm="lianban", charset="UTF-8"', "Cache-Control": "no-store"}


class Unproven(Exception):
    """Whoever asks has not shown who it is; `slug` and its details are the reason that it reads."""

    def __init__(self, slug: str, **details: str) -> None:
        super().__init__(slug)
        self.slug, self.details = slug, details


def challenge_the_unproven(app: FastAPI) -> None:
    """A route raises `Unproven`; what is answered is written here."""
    app.add_exception_handler(Unproven, _challenged)


async def _challenged(_: Request, error: Exception) -> JSONResponse:
    unproven = cast(Unproven, error)
    return JSONResponse({"reasons": [reason(unproven.slug, **unproven.details)]}, 401, CHALLENGE)
