"""The local page: the day's tasks, forms, and what became of what was reported; it needs no line."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from datetime import UTC, datetime

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from services.station.line.former import waiting_lines
from services.station.outbox.rows import Saved, State
from services.station.page import showing
from services.station.page.filling import Filling
from services.station.page.forms import FORMS
from services.station.page.guard import Guard
from services.station.page.parts import PAGES, Parts
from shared.calendar import china_day
from shared.pages.chinese import NOT_TAKEN, day_text
from shared.pages.paging import paging
from shared.pages.templates import send_static
from shared.stretch import Stretch

RECORDS = 200
"""Submissions on a page of the list."""
IS_PAGE = re.compile("[0-9]{1,6}").fullmatch
FAILURES = {
    **NOT_TAKEN,
    404: ("没有找到这一页", "地址可能有误。请从首页重新进入。"),
    500: ("本机程序出错", "已保存的内容不受影响。请稍后重试；仍然如此的，请运行 station doctor 检查。"),
}
"""Title and what to do, by status."""


class Page:
    """Handlers of one agent's page."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    async def home(self, request: Request) -> Response:
        """What is due today, how much is on its way, how the line is."""
        parts, now = self._parts, datetime.now(UTC)
        known, today = parts.desk(), china_day(now)
        return PAGES.render(
            "home.html",
            "home",
            station=parts.hub,
            today=day_text(today),
            counts=[(state.value, showing.word(state), count) for state, count in parts.outbox.counts().items()],
            line=showing.line_state(parts.sender.condition),
            remarks=[
                *showing.remarks(known, parts.notes, parts.sender.condition, now),
                *(showing.Level(*one) for one in waiting_lines(parts.hub.station, parts.outbox, parts.former)),
            ],
            tasks=showing.tasks(known, self._reported(now), today),
            heard=showing.heard(parts.notes, known, now),
            photos=parts.pictures.waiting(),
            forms=[(form.title, form.lead, f"/form/{form.key}") for form in FORMS.values()],
        )

    def _reported(self, now: datetime) -> list[tuple[str, str, State]]:
        """Plan, organisation and state of today's patrols, oldest first."""
        found = []
        for row in reversed(self._parts.outbox.of_types(("log-inspection",))):
            happened = datetime.fromisoformat(row.headers["ce-time"])
            if china_day(happened) == china_day(now):
                found.append((json.loads(row.body).get("plan") or "", row.headers["ce-subject"], row.state))
        return found

    async def sent(self, request: Request) -> Response:
        """报送记录, newest first."""
        asked = request.query_params.get("page", "")
        total = sum(self._parts.outbox.counts().values())
        stretch = Stretch.of(total, int(asked) if IS_PAGE(asked) else 1, RECORDS)
        rows = self._parts.outbox.latest(RECORDS, stretch.skip)
        return PAGES.render(
            "sent.html",
            "sent",
            records=[self._record(row) for row in rows],
            photos=self._parts.pictures.refused(),
            paging=paging(stretch, "条", lambda number: f"/sent?page={number}"),
        )

    async def one(self, request: Request) -> Response:
        """One submission; just saved, that is said first."""
        row = self._parts.outbox.one(request.path_params["id"])
        if row is None:
            raise HTTPException(404)
        successor = self._parts.outbox.successor(row.id)
        return PAGES.render(
            "one.html",
            "sent",
            record=self._record(row),
            saved="saved" in request.query_params,
            successor=successor.id if successor else "",
        )

    def _record(self, row: Saved) -> showing.Record:
        is_refused = row.state is State.REFUSED
        return showing.record(row, corrected=is_refused and self._parts.outbox.successor(row.id) is not None)

    async def state(self, request: Request) -> Response:
        """For the page's script."""
        outbox = self._parts.outbox
        state = showing.state_json(outbox.counts(), outbox.latest(RECORDS), self._parts.sender.condition)
        return JSONResponse(state, headers={"Cache-Control": "no-store"})


async def static(request: Request) -> Response:
    """A file of the pages."""
    return await send_static(request.path_params["digest"], request.path_params["path"])


async def failed(request: Request, error: Exception) -> Response:
    """A page that does not exist, or an accident, in words."""
    status = error.status_code if isinstance(error, HTTPException) else 500
    title, advice = FAILURES.get(status) or FAILURES[404 if status < 500 else 500]
    return PAGES.render("failed.html", status=status, code=status, title=title, advice=advice)


def application(parts: Parts, names: Iterable[str] = ()) -> Starlette:
    """The page of one agent, under its own names only."""
    page, filling = Page(parts), Filling(parts)
    routes = [
        Route("/", page.home),
        Route("/form/{key}", filling.form),
        Route("/form/{key}", filling.save, methods=["POST"]),
        Route("/sent", page.sent),
        Route("/sent/{id}", page.one),
        Route("/state.json", page.state),
        Route("/static/{digest}/{path:path}", static),
    ]
    guard = Middleware(Guard, names=tuple(names))
    return Starlette(routes=routes, middleware=[guard], exception_handlers={HTTPException: failed, 500: failed})
