"""The local page: the day's tasks, forms, and what became of what was reported; it needs no line."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import quote

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from services.station.line.troubles import explained
from services.station.outbox.rows import Saved
from services.station.page import showing
from services.station.page.filling import Filling
from services.station.page.forms import FORMS
from services.station.page.guard import Guard
from services.station.page.help import STATION
from services.station.page.listing import listing
from services.station.page.live import all_remarks, state_json
from services.station.page.parts import MARKS, PAGES, Parts
from services.station.page.photos import photo_lines, refused_photos, replaces
from services.station.page.putting_right import links
from services.station.page.reported import reported
from services.station.page.today import rectifications, reported_today, tasks
from shared.calendar import china_day
from shared.pages.chinese import NOT_TAKEN, clock_text, day_text
from shared.pages.templates import send_static
from shared.web.every_answer import EveryAnswer
from shared.web.letters import Letters, in_large, in_usual
from shared.web.staying import came_from
from shared.web.whose import Whose

FAILURES = {
    **NOT_TAKEN,
    404: ("没有找到这一页", "地址可能有误。请从首页重新进入。"),
    500: ("本机程序出错", "已保存的内容不受影响。请稍后重试；仍然如此的，请运行 station doctor 检查。"),
}
"""Title and what to do, by status."""
NOT_SAVED = ("本次内容没有保存", "本机程序出错。请返回上一页重新保存，已填写的内容仍在；仍然如此的，请联系系统管理员。")
"""Of a form that met an accident."""


class Page:
    """Handlers of one agent's page."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    async def home(self, request: Request) -> Response:
        """What is due today, what is to be put right, how much is on its way, how the line is."""
        parts, now = self._parts, self._parts.now()
        known, today = parts.desk(), china_day(now)
        return PAGES.render(
            "home.html",
            "home",
            station=parts.hub,
            today=day_text(today),
            counts=showing.counts(parts.outbox),
            line=showing.line_state(parts.sender.condition),
            remarks=all_remarks(parts, known, now),
            tasks=tasks(known, reported_today(parts.outbox, now), today),
            no_tasks=showing.no_tasks(known, today),
            rectifications=rectifications(known, today),
            heard=showing.heard(parts.notes, known, now),
            photos=parts.pictures.waiting(),
            forms=[(form.title, form.lead, f"/form/{form.key}") for form in FORMS.values()],
            refreshed=showing.refreshed(MARKS.read(request.query_params.get("refreshed", ""), "refreshed")),
        )

    async def refresh(self, request: Request) -> Response:
        """The day's work is asked for now, and it is said how that went."""
        try:
            await self._parts.refresh()
        except Exception as error:
            return self._refreshed(explained(error).slug)
        return self._refreshed(f"{showing.YES}{clock_text(self._parts.now())}")

    def _refreshed(self, how: str) -> Response:
        return RedirectResponse(f"/?refreshed={quote(MARKS.put(how, 'refreshed'))}", 303)

    async def sent(self, request: Request) -> Response:
        """报送记录, newest first: a page of them, those of a day, or those in a state."""
        listed = listing(self._parts.outbox, request.query_params)
        refused = refused_photos(self._parts.outbox, self._parts.pictures)
        records = [self._record(row) for row in listed.rows]
        return PAGES.render("sent.html", "sent", records=records, photos=refused, listed=listed)

    async def one(self, request: Request) -> Response:
        """One submission and what it reports; just saved, that is said first."""
        row = self._parts.outbox.one(request.path_params["id"])
        if row is None:
            raise HTTPException(404)
        how = MARKS.read(request.query_params.get("saved", ""), "saved", row.id)
        return PAGES.render(
            "one.html",
            "sent",
            record=self._record(row),
            saved=showing.saved(how, row.state, clock_text(row.saved)),
            reported=reported(row, self._parts.desk()),
            photos=photo_lines(row, self._parts.outbox, self._parts.pictures),
            links=[*replaces(row, self._parts.outbox), *links(row, self._parts.outbox)],
        )

    def _record(self, row: Saved) -> showing.Record:
        return showing.record(row, self._parts.outbox, self._parts.hub, china_day(self._parts.now()))

    async def state(self, request: Request) -> Response:
        """For the page's script: of the records that it names."""
        asked = request.query_params.get("of", "").split(",")
        rows = [row for id in asked[: showing.MOST_SHOWN] if (row := self._parts.outbox.one(id))]
        state = state_json(self._parts, [self._record(row) for row in rows])
        return JSONResponse(state, headers={"Cache-Control": "no-store"})


async def helped(request: Request) -> Response:
    """All of the help, and the way back to the page from which somebody comes."""
    return PAGES.render("help.html", helps=STATION, back=came_from(request) or "/")


async def static(request: Request) -> Response:
    """A file of the pages."""
    return await send_static(request.path_params["digest"], request.path_params["path"])


async def failed(request: Request, error: Exception) -> Response:
    """A page that does not exist, or an accident, in words."""
    status = error.status_code if isinstance(error, HTTPException) else 500
    title, advice = FAILURES.get(status) or FAILURES[404 if status < 500 else 500]
    if status >= 500 and request.method == "POST":
        title, advice = NOT_SAVED
    return PAGES.render("failed.html", status=status, code=status, title=title, advice=advice)


def application(parts: Parts, names: Iterable[str] = ()) -> Starlette:
    """The page of one agent, under its own names only."""
    page, filling = Page(parts), Filling(parts)
    routes = [
        Route("/", page.home),
        Route("/refresh", page.refresh, methods=["POST"]),
        Route("/form/{key}", filling.form),
        Route("/form/{key}", filling.save, methods=["POST"]),
        Route("/photos", filling.photo, methods=["POST"]),
        Route("/sent", page.sent),
        Route("/sent/{id}", page.one),
        Route("/state.json", page.state),
        Route("/help", helped),
        Route("/letters/large", in_large, methods=["POST"]),
        Route("/letters/usual", in_usual, methods=["POST"]),
        Route("/static/{digest}/{path:path}", static),
    ]
    whose = Middleware(Whose, owns=parts.owns)
    around = [Middleware(EveryAnswer), Middleware(Guard, names=tuple(names)), Middleware(Letters), whose]
    return Starlette(routes=routes, middleware=around, exception_handlers={HTTPException: failed, 500: failed})
