"""The pages of the services: one navigation over all of them, static files under each service's own path."""

from __future__ import annotations

from collections.abc import Sequence
from contextvars import ContextVar
from pathlib import Path
from typing import Any, NamedTuple

from fastapi.responses import HTMLResponse

from shared.identity.audience import opens
from shared.pages.templates import PagePlace, Templates
from shared.services import navigation

PLACES = tuple(PagePlace(one.key, one.name, url, one.to, one.below) for one, url in navigation())


class WhoIsSignedIn(NamedTuple):
    """Who looks at the pages of a service that knows its viewers; no code when nobody is signed in."""

    code: str = ""
    name: str = ""
    county: str = ""

    @property
    def is_county(self) -> bool:
        """Whether it is the committee itself."""
        return bool(self.code) and self.code == self.county

    def finds(self, places: Sequence[PagePlace]) -> tuple[PagePlace, ...]:
        """The places that open to it; one to which another of these leads is not named beside that."""
        open_to = {one.key: one for one in places if opens(one.to, self.code or None, self.county)}
        return tuple(one for one in open_to.values() if one.below not in open_to)


SIGNED_IN: ContextVar[WhoIsSignedIn | None] = ContextVar("signed_in", default=None)
"""Of the request that is answered; None in a service that nobody signs in to."""


class Pages(Templates):
    """The pages of one service: its own templates, the shared layout, its own address of the static files."""

    def __init__(self, service: str, folder: Path, within: Sequence[PagePlace] = ()) -> None:
        """`within` are the service's own places, in a row under the heading."""
        super().__init__(folder, f"/{service}/static", PLACES[0].url, PLACES, within)
        self._service, self._within = service, within

    def render(self, template: str, here: str = "", status: int = 200, **finished: Any) -> HTMLResponse:
        """As every template, and it knows who is signed in."""
        who = SIGNED_IN.get()
        looks = who or WhoIsSignedIn()
        rows = {"places": looks.finds(PLACES), "within_places": looks.finds(self._within)}
        known = {"signed_in": who, "own_path": f"/{self._service}", **rows}
        return super().render(template, here, status, **known, **finished)
