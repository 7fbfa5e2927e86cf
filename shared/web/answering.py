"""What a service answers over HTTP, put together the same way for all: what they share, its pages, its API."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from fastapi import APIRouter, FastAPI
from fastapi.responses import HTMLResponse

from shared.pages.error_pages import answer_errors, crowded, forbidden
from shared.pages.rendering import Pages
from shared.process.running import Running
from shared.todo import deeds
from shared.todo import pages as todo
from shared.todo.kinds import TaskKind
from shared.todo.refused import REFUSED
from shared.todo.waiting import HeaderCount, WaitingCounts
from shared.web import (
    common_pages,
    files,
    help_pages,
    moments,
    monitoring,
    searching,
    sign_in_page,
    submissions,
    verdicts,
)
from shared.web.challenge import challenge_the_unproven
from shared.web.crowd import Crowd
from shared.web.emptied import LeavesOutEmptied
from shared.web.every_answer import EveryAnswer
from shared.web.exporting import EXPORTS
from shared.web.letters import Letters
from shared.web.reading import close_by_default
from shared.web.records.api import router as records_api
from shared.web.records.correctable import Correctable
from shared.web.records.pages import router as records
from shared.web.same_origin import SameOrigin
from shared.web.searching import Searching
from shared.web.senders import Senders
from shared.web.signing_in import remember_who_asks
from shared.web.staying import Staying
from shared.web.told import has_sent
from shared.web.where import Where
from shared.web.whose import Whose

SHOWN: dict[str, Any] = {"include_in_schema": False, "default_response_class": HTMLResponse}
"""How pages are, which the API's description leaves out."""


def answer(
    app: FastAPI,
    parts: Running,
    pages: Pages,
    desk: Iterable[APIRouter] = (),
    api: Iterable[APIRouter] = (),
    correctable: Correctable | None = None,
    tasks: Sequence[TaskKind] = (),
    searches: Searching | None = None,
) -> None:
    """Everything under the service's own path; pages are looked for before the API, as `{report}.html` has to be.

    `tasks` are the kinds that it knows of what waits for somebody, beside what it refused.

    A route that does not say who may read it is an error (`WithoutRule`).
    """
    own, app.state.parts, parts.searches = f"/{parts.service}", parts, searches
    app.state.todo, app.state.waiting = (REFUSED, *tasks), WaitingCounts()
    _guard(app, parts, pages)
    for common in (submissions.router, verdicts.router, monitoring.router, moments.router):
        app.include_router(common, prefix=own)
    app.include_router(sign_in_page.router, prefix=own, include_in_schema=False)
    app.include_router(common_pages.router, prefix=own, include_in_schema=False)
    app.include_router(todo.router, prefix=own, include_in_schema=False)
    app.include_router(deeds.router, prefix=own, include_in_schema=False)
    app.include_router(help_pages.router, prefix=own, include_in_schema=False)
    app.include_router(searching.router, prefix=own, **SHOWN)
    app.include_router(files.router, prefix=own, include_in_schema=False, default_response_class=HTMLResponse)
    if correctable is not None:
        app.state.correctable = correctable
        app.include_router(records_api, prefix=own)
        app.include_router(records, prefix=own, dependencies=[EXPORTS], **SHOWN)
    for shown in desk:
        app.include_router(shown, dependencies=[EXPORTS], **SHOWN)
    for asked in api:
        app.include_router(asked)
    close_by_default(app)


def _guard(app: FastAPI, parts: Running, pages: Pages) -> None:
    """What stands around every route: errors in words, nothing from other origins, who asks."""
    answer_errors(app, pages, lambda request: has_sent(parts, request))
    challenge_the_unproven(app)
    sign_in_page.send_to_sign_in(app)
    app.add_middleware(SameOrigin, otherwise=forbidden)
    app.add_middleware(LeavesOutEmptied)
    app.add_middleware(Staying)
    app.add_middleware(Letters)
    app.add_middleware(HeaderCount, counts=app.state.waiting)
    app.add_middleware(Where)
    app.add_middleware(Whose, owns=lambda: parts.roster.owns(parts.settings.county))
    remember_who_asks(app, parts)
    app.add_middleware(Senders)
    app.add_middleware(Crowd, otherwise=crowded)
    app.add_middleware(EveryAnswer)
