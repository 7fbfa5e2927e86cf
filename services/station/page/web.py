"""The local page: the day's tasks, forms, and what became of what was reported; it needs no line."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from starlette.applications import Starlette
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from services.station.desk import Desk, desk
from services.station.folder import Hub
from services.station.line.sender import Sender
from services.station.outbox.drafts import draft
from services.station.outbox.notes import Notes
from services.station.outbox.outbox import NotSaved, Outbox
from services.station.outbox.pictures import Pictures
from services.station.outbox.rows import Saved, State
from services.station.page import showing
from services.station.page.fields import Form, Group, Unfit, Values
from services.station.page.forms import BY_TYPE, FORMS, open_cases, submission
from services.station.page.guard import Guard
from shared.calendar import CHINA, china_day
from shared.events.photos import MOST_BYTES
from shared.pages.chinese import day_text
from shared.pages.templates import Place, Templates, send_static
from shared.uuid7 import uuid7

PLACES = (
    Place("home", "首页", "/"),
    Place("patrol", "日巡查", "/form/patrol"),
    Place("green", "绿色通道", "/form/green"),
    Place("sent", "报送记录", "/sent"),
)
RECORDS = 200
FAILURES = {
    404: ("没有找到这一页", "地址可能有误。请从首页重新进入。"),
    500: ("本机程序出错", "已保存的内容不受影响。请稍后重试；仍然如此的，请运行 station doctor 检查。"),
}
"""Title and what to do, by status."""
PHOTOS = 9
PAGES = Templates(Path(__file__).parents[1] / "pages", "/static", "/", PLACES, ())


@dataclass(frozen=True, slots=True)
class Parts:
    """What the page shows and writes to."""

    hub: Hub
    outbox: Outbox
    pictures: Pictures
    notes: Notes
    sender: Sender

    def desk(self) -> Desk:
        """As it is known here now."""
        return desk(self.notes, open_cases(self.outbox))


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
            remarks=showing.remarks(known, parts.notes, parts.sender.condition, now),
            tasks=showing.tasks(known, self._reported(now), today),
            heard=showing.heard(parts.notes, known, now),
            photos=parts.pictures.waiting(),
            forms=[(form.name, form.lead, f"/form/{form.key}") for form in FORMS.values()],
        )

    def _reported(self, now: datetime) -> list[tuple[str, str, State]]:
        """Plan, organisation and state of today's patrols, oldest first."""
        found = []
        for row in reversed(self._parts.outbox.latest(RECORDS)):
            happened = datetime.fromisoformat(row.headers["ce-time"])
            if row.type == "log-inspection" and china_day(happened) == china_day(now):
                found.append((json.loads(row.body).get("plan") or "", row.headers["ce-subject"], row.state))
        return found

    async def form(self, request: Request) -> Response:
        """An empty form, or one filled in with the refused submission that it corrects."""
        form, asked = _form(request), request.query_params
        wrong = self._parts.outbox.one(asked.get("corrects", ""))
        if wrong is not None and BY_TYPE.get(wrong.type) is form:
            entered = {**form.values(json.loads(wrong.body)), "about": wrong.headers["ce-subject"]}
            entered |= {"corrects": wrong.id, "at": _local(wrong.headers["ce-time"]), "kept": self._pictures_of(wrong)}
            return self._shown(form, entered)
        plan = asked.get("plan", "") or self._parts.desk().daily(asked.get("about") or self._parts.hub.station)
        return self._shown(form, {"plan": plan, "about": asked.get("about", "")})

    def _pictures_of(self, wrong: Saved) -> str:
        """Those of the refused submission go along with its correction, unless they were refused themselves."""
        refused = {sha256 for sha256, _ in self._parts.pictures.refused()}
        return " ".join(one for one in json.loads(wrong.body).get("photos", ()) if one not in refused)

    def _shown(self, form: Form, values: Values, no: str = "", status: int = 200) -> Response:
        parts, now = self._parts, datetime.now(CHINA)
        known = parts.desk()
        about = values.get("about") or parts.hub.station
        task = known.task(values.get("plan", ""), about)
        hidden = {
            "id": uuid7(now),
            "corrects": "",
            "kept": "",
            "plan": "",
            "checklist": "",
            "patrol": _kind(about),
            **values,
        }
        hidden |= {"about": about, **({"patrol": task["patrol"]} if task else {})}
        wrong, groups = parts.outbox.one(hidden["corrects"]), form.groups(known, hidden)
        return PAGES.render(
            "form.html",
            form.key,
            status=status,
            form=form,
            groups=groups,
            hidden=_hidden(hidden, groups),
            about=task["name"] if task else about,
            at=values.get("at") or _local(now.isoformat()),
            kept=len(hidden["kept"].split()),
            no=no,
            wrong=showing.record(wrong, corrected=False) if wrong else None,
        )

    async def save(self, request: Request) -> Response:
        """On the disk when the answer leaves; sent again by an impatient person, it is one submission."""
        form = _form(request)
        async with request.form(max_files=PHOTOS, max_fields=200, max_part_size=64 * 1024) as entered:
            values = {name: value for name, value in entered.items() if isinstance(value, str)}
            try:
                id = await self._saved(form, values, entered)
            except (Unfit, NotSaved) as no:
                return self._shown(form, values, str(no), 422 if isinstance(no, Unfit) else 507)
        self._parts.sender.wake()
        return RedirectResponse(f"/sent/{id}?saved=1", 303)

    async def _saved(self, form: Form, values: Values, entered: FormData) -> str:
        parts, now = self._parts, datetime.now(UTC)
        files = [
            await _picture(file) for file in entered.getlist("photos") if isinstance(file, UploadFile) and file.size
        ]
        submission(form, parts.desk(), values, ())
        new = [parts.pictures.save(parts.hub.station, file, now) for file in files]
        photos = [*values.get("kept", "").split(), *new]
        data = submission(form, parts.desk(), values, photos)
        told = {name: values.get(name, "") for name in ("about", "corrects", "id")}
        made = draft(data, parts.hub.station, at=_happened(values), **told)
        before = parts.outbox.one(made.id)
        if before is not None and before.body != made.message.body:
            raise Unfit("这张表已经保存过，不能改作他用。请从首页重新打开表单填写。")
        parts.outbox.save([made], now)
        return made.id

    async def sent(self, request: Request) -> Response:
        """报送记录, newest first."""
        rows = self._parts.outbox.latest(RECORDS)
        refused = self._parts.pictures.refused()
        return PAGES.render("sent.html", "sent", records=[self._record(row) for row in rows], photos=refused)

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
        told = showing.state_json(outbox.counts(), outbox.latest(RECORDS), self._parts.sender.condition)
        return JSONResponse(told, headers={"Cache-Control": "no-store"})


async def static(request: Request) -> Response:
    """A file of the pages."""
    return await send_static(request.path_params["digest"], request.path_params["path"])


async def failed(request: Request, error: Exception) -> Response:
    """A page that does not exist, or an accident, in words."""
    status = error.status_code if isinstance(error, HTTPException) else 500
    title, advice = FAILURES[404 if status < 500 else 500]
    return PAGES.render("failed.html", status=status, code=status, title=title, advice=advice)


def application(parts: Parts, names: Iterable[str] = ()) -> Starlette:
    """The page of one agent, under its own names only."""
    page = Page(parts)
    routes = [
        Route("/", page.home),
        Route("/form/{key}", page.form),
        Route("/form/{key}", page.save, methods=["POST"]),
        Route("/sent", page.sent),
        Route("/sent/{id}", page.one),
        Route("/state.json", page.state),
        Route("/static/{digest}/{path:path}", static),
    ]
    guard = Middleware(Guard, names=tuple(names))
    return Starlette(routes=routes, middleware=[guard], exception_handlers={HTTPException: failed, 500: failed})


def _form(request: Request) -> Form:
    form = FORMS.get(request.path_params["key"])
    if form is None:
        raise HTTPException(404)
    return form


def _hidden(values: Values, groups: Iterable[Group]) -> dict[str, str]:
    """What goes along unseen, unless the form asks for it."""
    asked = {field.name for group in groups for field in group.fields}
    names = ("id", "corrects", "kept", "plan", "checklist", "about", "patrol")
    return {name: values[name] for name in names if name not in asked}


async def _picture(file: UploadFile) -> bytes:
    return await file.read(MOST_BYTES + 1)


def _local(time: str) -> str:
    """As the browser's field for a time wants it, in the county's time."""
    return datetime.fromisoformat(time).astimezone(CHINA).strftime("%Y-%m-%dT%H:%M")


def _happened(values: Values) -> datetime:
    try:
        return datetime.strptime(values.get("at", ""), "%Y-%m-%dT%H:%M").replace(tzinfo=CHINA)
    except ValueError as error:
        raise Unfit("“发生时间”应当填写年月日和时分。") from error


def _kind(about: str) -> str:
    return "window" if "-" in about else "station"
