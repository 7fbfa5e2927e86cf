"""A form of the local page is shown, read, and saved under an id that follows from what it says."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from urllib.parse import urlencode

from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from services.station.outbox.drafts import draft
from services.station.outbox.failures import DiskFull, NotSaved
from services.station.outbox.rows import Saved
from services.station.page.forms import ALL, BY_TYPE, REPLACED
from services.station.page.here import Here, brought_up, of_task, usual_patrol
from services.station.page.parts import MARKS, PAGES, Parts
from services.station.page.patrol_form import PATROL
from services.station.page.photos import before_replacing, carried, replacing
from services.station.page.putting_right import before_the_form
from services.station.page.same_act import same_act
from services.station.page.when import clocks, doubt
from shared.events.envelope import IS_CODE
from shared.events.photos import MOST_BYTES
from shared.events.verdict import is_in_ledger
from shared.forms import Entered, Form, ReadForm, Ticket, UnfitForm, Wrong, read_all, shown, submission_id, values_of
from shared.forms.entered import WHEN
from shared.forms.questions import NO, YES, Question, another, chosen_time
from shared.forms.tickets import as_entered
from shared.pages.chinese import clock_text
from shared.web.posted import posted

NOT_SAVED, UNANSWERED = "没有保存", "还没有保存，请先回答一个问题"
IMPATIENT = timedelta(seconds=10)
"""So soon after saving the same form comes from a double click."""
UNFIT, NO_ROOM = 422, 507


class Filling:
    """Handlers of the forms of one agent's page."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    async def form(self, request: Request) -> Response:
        """An empty form, or one filled in with the submission that it corrects or takes back."""
        form, asked = _form(request), request.query_params
        wrong = self._parts.outbox.one(asked.get("corrects", ""))
        if wrong is not None and BY_TYPE.get(wrong.type) is form:
            return self._shown(form, self._correcting(form, wrong))
        if form.submission.withdraws:
            return self._shown(form, self._withdrawing(form, wrong))
        if form is REPLACED:
            return self._shown(form, Entered(self._replacing(asked), Ticket.new(self._parts.now())))
        about, known = asked.get("about", ""), self._parts.desk()
        about = about if IS_CODE(about) else self._parts.hub.station
        task = of_task(known, asked.get("plan", "") or known.daily(about), about)
        chosen = {"rectification": which} if (which := asked.get("rectification", "")) else {}
        values = {"about": about, "patrol": usual_patrol(about), **task, **chosen}
        return self._shown(form, Entered(values, Ticket.new(self._parts.now())))

    def _replacing(self, asked: Mapping[str, str]) -> dict[str, str]:
        values = replacing(self._parts.outbox, asked)
        if values is None:
            raise HTTPException(404)
        return values

    def _correcting(self, form: Form, wrong: Saved) -> Entered:
        """Marked by what the place is marked by now; its photos go along, unless they were refused themselves."""
        body, about = json.loads(wrong.body), wrong.headers["ce-subject"]
        photos = carried(wrong, self._parts.outbox, self._parts.pictures)
        values = {**values_of(form, body), "about": about, "at": as_entered(wrong.headers["ce-time"])}
        values |= of_task(self._parts.desk(), values.get("plan", ""), about)
        return Entered(values, Ticket.new(self._parts.now()), photos, wrong.id)

    def _withdrawing(self, form: Form, wrong: Saved | None) -> Entered:
        """Only of something that this PC has sent to the same service."""
        if wrong is None or wrong.subject.split(".")[1] != form.submission.service:
            raise HTTPException(404)
        return Entered({"about": wrong.headers["ce-subject"]}, Ticket.new(self._parts.now()), corrects=wrong.id)

    def _shown(self, form: Form, entered: Entered, status: int = 200) -> Response:
        known, about = self._parts.desk(), entered.values["about"]
        task = known.task(entered.values.get("plan", ""), about)
        wrong = self._parts.outbox.one(entered.corrects)
        return PAGES.render(
            "form.html",
            form.key,
            status,
            form=shown(
                form, f"/form/{form.key}", Here(known, entered.values), entered, {"about": about}, _draft(form, entered)
            ),
            about=task["name"] if task else self._parts.hub.called(about),
            wrong=before_the_form(wrong, form.submission.withdraws) if wrong else self._before(form, entered),
        )

    def _before(self, form: Form, entered: Entered) -> str:
        return before_replacing(entered.values, self._parts.outbox, self._parts.pictures) if form is REPLACED else ""

    async def save(self, request: Request) -> Response:
        """On the disk when the answer leaves; sent again by an impatient person, it is one submission."""
        form = _form(request)
        async with posted(request) as sent:
            entered = self._entered(sent.entered)
            if form.submission.withdraws:
                self._withdrawing(form, self._parts.outbox.one(entered.corrects))
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
        known = self._parts.desk()
        found = [one for one in known.county_cases if one["case"] == values.get("case", "")]
        found += [one for one in known.rectifications if one["rectification"] == values.get("rectification", "")]
        return next((str(one["organisation"]) for one in found), "")

    async def _pictured(self, entered: Entered, files: Iterable[UploadFile]) -> tuple[Entered, list[str]]:
        """Pictures are kept before anything else is looked at, so that none is chosen twice; and why others are not."""
        photos, refused = list(entered.photos), list[str]()
        for file in files:
            try:
                photos.append(self._keep(await file.read(MOST_BYTES + 1), file.filename or "照片"))
            except DiskFull:
                raise
            except NotSaved as no:
                refused.append(str(no))
        return replace(entered, photos=tuple(dict.fromkeys(photos))), refused

    def _keep(self, picture: bytes, name: str) -> str:
        return self._parts.pictures.save(self._parts.hub.station, picture, self._parts.now(), name)

    async def photo(self, request: Request) -> Response:
        """One sent ahead while its form is filled in: its digest, or why it is not kept."""
        async with posted(request) as sent:
            try:
                kept, refused = await self._pictured(Entered(), sent.chosen[:1])
            except NotSaved as no:
                kept, refused = Entered(), [str(no)]
        if not kept.photos:
            return JSONResponse({"why": "".join(refused)}, UNFIT)
        return JSONResponse({"photo": kept.photos[0]})

    def _saved(self, form: Form, entered: Entered, refused: Sequence[str]) -> Response:
        if chosen := chosen_time(entered.answers.get("opened", "")):
            entered = replace(entered, values={**entered.values, WHEN: chosen})
        here, known = Here(self._parts.desk(), entered.values), clocks(self._parts.notes, self._parts.now())
        outcome = read_all(form, entered, here, no_photos=refused, now=known.latest)
        wrongs = (*entered.wrongs, *(outcome.wrongs if isinstance(outcome, UnfitForm) else ()))
        if wrongs or isinstance(outcome, UnfitForm):
            return self._shown(form, replace(entered, wrongs=wrongs), UNFIT)
        return self._unless_doubted(form, entered, outcome)

    def _unless_doubted(self, form: Form, entered: Entered, read: ReadForm) -> Response:
        """What may not be meant so is asked about before anything is saved."""
        parts, about = self._parts, entered.values["about"]
        now, station = parts.now(), parts.hub.station
        id = submission_id(entered.ticket, read.data, about, read.happened, entered.corrects)
        named = self._named(entered.corrects)
        made = draft(read.data, station, about, read.happened, entered.corrects, id, named)
        if before := parts.outbox.one(id):
            return _landed(id, entered, "before" if now - before.saved > IMPATIENT else "1")
        oldest = parts.desk().oldest_days if about == station else None
        if no := doubt(entered, read.happened, clocks(parts.notes, now), oldest):
            return self._doubted(form, entered, no)
        same = same_act(parts.outbox, made, read.happened, now) if form.is_counted and not entered.corrects else None
        if same and (answer := entered.answers.get("another")) != YES:
            question = another(form.title, same, clock_text(same.sent))
            return _landed(same.id, entered, "same") if answer == NO else self._doubted(form, entered, question)
        parts.outbox.save([made], now)
        parts.sender.wake()
        return _landed(id, entered, "1")

    def _doubted(self, form: Form, entered: Entered, no: Wrong | Question) -> Response:
        if isinstance(no, Wrong):
            return self._shown(form, replace(entered, wrongs=(no,)), UNFIT)
        wrongs = (Wrong(no.sentence, no.field),)
        return self._shown(form, replace(entered, notice=UNANSWERED, question=no, wrongs=wrongs), UNFIT)

    def _named(self, corrects: str) -> str | None:
        """What was never entered in the county's ledger is sent anew: in the place of what it was to correct itself.

        What was submitted under another code of this PC is named with it.
        """
        wrong = self._parts.outbox.one(corrects)
        if wrong is None:
            return None
        if not is_in_ledger({"reasons": wrong.reasons}):
            return wrong.headers.get("ce-corrects", "")
        return f"{wrong.submitter}/{wrong.id}" if wrong.submitter != self._parts.hub.station else None


def _landed(id: str, entered: Entered, how: str) -> Response:
    """At the record; by its ticket the browser knows which form is done with."""
    return RedirectResponse(f"/sent/{id}?saved={MARKS.put(how, 'saved', id)}&ticket={entered.ticket.id}", 303)


def _draft(form: Form, entered: Entered) -> str:
    """The same of the same form about the same place, wherever it was opened."""
    names = ("about", *({PATROL.key: ("plan",), REPLACED.key: ("missing",)}.get(form.key, ())))
    of = {name: entered.values.get(name, "") for name in names} | {"corrects": entered.corrects}
    return f"/form/{form.key}?{urlencode(of)}"


def _form(request: Request) -> Form:
    form = ALL.get(request.path_params["key"])
    if form is None:
        raise HTTPException(404)
    return form
