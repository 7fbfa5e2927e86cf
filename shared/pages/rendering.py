"""The pages of the services: one navigation over all of them, static files under each service's own path."""

from __future__ import annotations

from collections.abc import Mapping
from contextvars import ContextVar
from pathlib import Path
from typing import Any, NamedTuple

from fastapi.responses import HTMLResponse

from shared.help.everywhere import EVERYWHERE
from shared.help.shelf import Shelf
from shared.help.written import Help
from shared.identity.audience import Posts
from shared.pages.navigation import ROWS, PlacedPage, ViewerKind, beside, in_a_line, open_to, place_of, ways
from shared.pages.templates import ASKED, Templates

FIRST = ROWS[ViewerKind.NOBODY][0].leads_to
"""The page that is found without a word, under the county's own address."""


class WhoIsSignedIn(NamedTuple):
    """Who looks at the pages of a service that knows its viewers; no code when nobody is signed in."""

    code: str = ""
    name: str = ""
    county: str = ""
    kind: ViewerKind = ViewerKind.NOBODY
    person: str = ""
    """The name of the person who signed in for it, where one did."""
    posts: Posts = None
    """Of a person, those that it holds there."""

    @property
    def is_county(self) -> bool:
        """Whether it is the committee itself."""
        return bool(self.code) and self.code == self.county

    def finds(self) -> list[PlacedPage]:
        """The pages that open to it."""
        return open_to(self.code, self.county, self.posts)


SIGNED_IN: ContextVar[WhoIsSignedIn | None] = ContextVar("signed_in", default=None)
"""Of the request that is answered; None in a service that nobody signs in to."""
NO_HELP: Mapping[str, Help] = {}


WAITING: ContextVar[int | None] = ContextVar("waiting", default=None)
"""How much waits for whoever asks, as it was counted last; None where that is not known."""


class Pages(Templates):
    """The pages of one service: its own templates, the shared layout, its static files, the help of each."""

    def __init__(self, service: str, folder: Path, helps: Mapping[str, Help] = NO_HELP) -> None:
        super().__init__(folder, f"/{service}/static", FIRST)
        self._service = service
        self.shelf = Shelf(service, {**EVERYWHERE, **helps})

    def render(self, template: str, here: str = "", status: int = 200, **finished: Any) -> HTMLResponse:
        """As every template, and it knows who is signed in; `here` is the page's key in the table, or its parent's."""
        who = SIGNED_IN.get()
        looks = who or WhoIsSignedIn()
        opening = looks.finds()
        row = tuple(ways(looks.kind, looks.code, self._service, here, opening))
        known = {"signed_in": who, "own_path": f"/{self._service}", "ways": row, "home": row[0].url}
        places = in_a_line(beside(place_of(self._service, here), opening))
        known["help_url"] = self.shelf.url(ASKED.get(), here)
        waits = {"waiting": WAITING.get(), **finished}
        return super().render(template, here, status, places=places, **known, **waits)
