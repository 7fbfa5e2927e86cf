"""A form of the local page is shown, read, and saved under an id that follows from what it says."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from services.station.outbox.drafts import draft
from services.station.outbox.outbox import DiskFull, NotSaved
from services.station.outbox.rows import Saved
from services.station.page import showing
from services.station.page.forms import BY_TYPE, FORMS
from services.station.page.here import Here, brought_up, of_task, usual_patrol
from services.station.page.parts import PAGES, Parts
from shared.events.envelope import IS_CODE
from shared.events.photos import MOST_BYTES
from shared.events.verdict import is_in_ledger
from shared.forms import Entered, Form, UnfitForm, Wrong, read_all, shown, submission_id, values_of
from shared.forms.tickets import as_entered
from shared.web.posted import posted

NOT_SAVED = "没有保存"
UNFIT, NO_ROOM = 422, 507


class Filling:
    """Handlers of the forms of one agent's page."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    async def form(self, request: Request) -> Response:
        """An empty form, or one filled in with the refused submission that it corrects."""
        form, asked = _form(request), request.query_params
        wrong = self._parts.outbox.one(asked.get("corrects", ""))
        if wrong is not None and BY_TYPE.get(wrong.type) is form:
            return self._shown(form, self._correcting(form, wrong))
        about, known = asked.get("about", ""), self._parts.desk()
        about = about if IS_CODE(about) else self._parts.hub.station
        task = of_task(known, asked.get("plan", "") or known.daily(about), about)
        return self._shown(form, Entered({"about": about, "patrol": usual_patrol(about), **task}))

    def _correcting(self, form: Form, wrong: Saved) -> Entered:
        """Marked by what the place is marked by now; its photos go along, unless they were refused themselves."""
        body, about = json.loads(wrong.body), wrong.headers["ce-subject"]
        refused = {sha256 for sha256, _ in self._parts.pictures.refused()}
        photos = tuple(one for one in body.get("photos", ()) if one not in refused)
        values = {**values_of(form, body), "about": about, "at": as_entered(wrong.headers["ce-time"])}
        values |= of_task(self._parts.desk(), values.get("plan", ""), about)
        return Entered(values, photos=photos, corrects=wrong.id)

    def _shown(self, form: Form, entered: Entered, status: int = 200) -> Response:
        known, about = self._parts.desk(), entered.values["about"]
        task = known.task(entered.values.get("plan", ""), about)
        wrong = self._parts.outbox.one(entered.corrects)
        return PAGES.render(
            "form.html",
            form.key,
            status,
            form=shown(form, f"/form/{form.key}", Here(known, entered.values), entered, {"about": about}),
            about=task["name"] if task else self._name(about),
            wrong=showing.record(wrong, corrected=False) if wrong else None,
        )

    def _name(self, about: str) -> str:
        """This station's own; of another place only the code is known here."""
        hub = self._parts.hub
        return hub.name if about == hub.station else about

    async def save(self, request: Request) -> Response:
        """On the disk when the answer leaves; sent again by an impatient person, it is one submission."""
        form = _form(request)
        async with posted(request) as sent:
            entered = self._entered(sent.entered)
            try:
                return self._saved(form, *await self._pictured(entered, sent.chosen))
            except NotSaved as no:
                wrongs = (Wrong(str(no)),)
                return self._shown(form, replace(entered, notice=NOT_SAVED, wrongs=wrongs), NO_ROOM)

    def _entered(self, sent: Entered) -> Entered:
        """With what follows from the task that it is, where the form does not carry it."""
        about = self._whose(sent.values) or sent.values.get("about") or self._parts.hub.station
        values, wrongs = brought_up(self._parts.desk(), {**sent.values, "about": about})
        return replace(sent, values=values, wrongs=wrongs)

    def _whose(self, values: Mapping[str, str]) -> str:
        """What was begun under another code, as before this place was given a new one, is carried on under that."""
        if case := self._parts.outbox.one(values.get("case", "")):
            return case.headers["ce-subject"]
        chosen = values.get("rectification", "")
        listed = (one for one in self._parts.desk().rectifications if one["rectification"] == chosen)
        return next((str(one["organisation"]) for one in listed), "")

    async def _pictured(self, entered: Entered, files: Iterable[UploadFile]) -> tuple[Entered, list[str]]:
        """Pictures are kept before anything else is looked at, so that none is chosen twice; and why others are not."""
        photos, refused = list(entered.photos), list[str]()
        for file in files:
            try:
                photos.append(self._keep(await file.read(MOST_BYTES + 1)))
            except DiskFull:
                raise
            except NotSaved as no:
                refused.append(f"“{file.filename}”：{no}")
        return replace(entered, photos=tuple(dict.fromkeys(photos))), refused

    def _keep(self, picture: bytes) -> str:
        return self._parts.pictures.save(self._parts.hub.station, picture, datetime.now(UTC))

    def _saved(self, form: Form, entered: Entered, refused: Sequence[str]) -> Response:
        here, now = Here(self._parts.desk(), entered.values), self._parts.notes.time_now(datetime.now(UTC))
        outcome = read_all(form, entered, here, no_photos=refused, now=now)
        wrongs = (*entered.wrongs, *(outcome.wrongs if isinstance(outcome, UnfitForm) else ()))
        if wrongs or isinstance(outcome, UnfitForm):
            return self._shown(form, replace(entered, wrongs=wrongs), UNFIT)
        data, at = outcome
        about, station = entered.values["about"], self._parts.hub.station
        id = submission_id(entered.ticket, data, about, at, entered.corrects)
        made = draft(data, station, about, at, entered.corrects, id, self._named(entered.corrects))
        self._parts.outbox.save([made], datetime.now(UTC))
        self._parts.sender.wake()
        return RedirectResponse(f"/sent/{id}?saved=1", 303)

    def _named(self, corrects: str) -> str | None:
        """What was never entered in the county's ledger is sent anew: in the place of what it was to correct itself."""
        wrong = self._parts.outbox.one(corrects)
        return wrong.headers.get("ce-corrects", "") if wrong and not is_in_ledger({"reasons": wrong.reasons}) else None


def _form(request: Request) -> Form:
    form = FORMS.get(request.path_params["key"])
    if form is None:
        raise HTTPException(404)
    return form
