"""The pages of the services: one navigation over all of them, static files under each service's own path."""

from __future__ import annotations

from collections.abc import Sequence
from contextvars import ContextVar
from pathlib import Path
from typing import Any, NamedTuple

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from shared.pages.templates import PagePlace, Templates, send_static
from shared.services import navigation

PLACES = tuple(PagePlace(*one) for one in navigation())


class WhoIsSignedIn(NamedTuple):
    """Who looks at the pages of a service that knows its viewers; no code when nobody is signed in."""

    code: str = ""
    name: str = ""


SIGNED_IN: ContextVar[WhoIsSignedIn | None] = ContextVar("signed_in", default=None)
"""Of the request that is answered; None in a service that nobody signs in to."""


class Pages(Templates):
    """The pages of one service: its own templates, the shared layout, its own address of the static files."""

    def __init__(self, service: str, folder: Path, within: Sequence[PagePlace] = ()) -> None:
        """`within` are the service's own places, in a row under the heading."""
        super().__init__(folder, f"/{service}/static", PLACES[0].url, PLACES, within)
        self._service = service

    def render(self, template: str, here: str = "", status: int = 200, **finished: Any) -> HTMLResponse:
        """As every template, and it knows who is signed in."""
        known = {"signed_in": SIGNED_IN.get(), "own_path": f"/{self._service}"}
        return super().render(template, here, status, **known, **finished)


static_router = APIRouter()
"""The static files, under the service's own path."""
static_router.add_api_route("/static/{digest}/{path:path}", send_static, methods=["GET", "HEAD"])
