"""The board of rectifications, and the page of one with the forms that the signed-in organisation may send."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Annotated, NamedTuple

from fastapi import APIRouter, Depends, HTTPException, Path, Query, Request
from fastapi.responses import HTMLResponse, Response
from starlette.datastructures import FormData, UploadFile

from services.inspection.photos.seeing import Thumb, thumbs
from services.inspection.photos.sending import send_photos, sent_before
from services.inspection.places import PAGES
from services.inspection.rectifications import reads as register
from services.inspection.rectifications.board import BOARD, board, page_of
from services.inspection.rectifications.form import Filled, submission
from services.inspection.rectifications.history import Action, Form, history, offered
from services.inspection.rectifications.model import Rectification, Stage
from shared.events.vocabulary import CODE_PATTERN, HALL_PATROL, UUID_PATTERN
from shared.process.running import Running
from shared.roster.organisations import Roster
from shared.web.asking import County, Db, Now, Parts, RosterNow, Today, Viewer
from shared.web.forms import NOT_STORED, Ticket, Told, submit_form, ticket_of
from shared.web.signing_in import SignInNeeded, may_see

AskedCode = Annotated[str | None, Query(pattern=CODE_PATTERN)]
Code = Annotated[str, Path(pattern=CODE_PATTERN)]
Inspection = Annotated[str, Path(pattern=UUID_PATTERN)]
Finding = Annotated[int, Path(ge=0, le=99)]
ONE = BOARD + "/{organisation}/{inspection}/{n}"
AGAIN = "本次报送尚未提交，请重新选择未上传的照片，或者直接再次提交。"


class Sent(NamedTuple):
    """A form that was sent, and what became of it."""

    action: Action
    filled: Filled
    ticket: Ticket
    told: Told

    def again(self, form: Form) -> Form:
        """With what was filled in, when it was not accepted; what was not stored is the same submission still."""
        if form.action is not self.action or self.told.level != "bad":
            return form
        kept = replace(form, filled=self.filled.text, days=self.filled.working_days, photos=self.filled.photos)
        return replace(kept, ticket=self.ticket) if NOT_STORED in self.told.reasons else kept


class Asked(NamedTuple):
    """Who looks at which rectification, or sends a form of its page, and when."""

    who: str | None
    organisation: str
    rectification: str
    now: datetime


async def asked(who: Viewer, now: Now, organisation: Code, inspection: Inspection, n: Finding) -> Asked:
    """By the address of its page."""
    return Asked(who, organisation, f"{inspection}/{n}", now)


AskedFor = Annotated[Asked, Depends(asked)]
router = APIRouter()


@router.get(BOARD)
async def rectifications(
    db: Db,
    county: County,
    roster: RosterNow,
    today: Today,
    stage: Stage | None = None,
    township: AskedCode = None,
    organisation: AskedCode = None,
    overdue: bool | None = None,
    page: Annotated[int, Query(ge=1, le=10_000)] = 1,
) -> HTMLResponse:
    """Those that fit, the overdue first; counts of all."""
    wanted = register.Wanted(county, stage, organisation, township, overdue or None)
    counted, found = await register.counts(db, county), await register.page(db, wanted, page)
    seen = board(wanted, counted, found, page, roster, today)
    return PAGES.render("rectifications.html", "stations", within="rectifications", seen=seen)


@router.get(ONE)
async def one(parts: Parts, roster: RosterNow, asked: AskedFor) -> HTMLResponse:
    """One with its history, and the forms that are offered to the viewer."""
    return await _shown(parts, roster, asked)


@router.post(ONE + "/{action}")
async def act(request: Request, parts: Parts, roster: RosterNow, asked: AskedFor, action: Action) -> Response:
    """One of the forms as it was filled in."""
    if asked.who is None:
        raise SignInNeeded(page_of(asked.organisation, asked.rectification))
    async with request.form() as form:
        sent = await _send(parts, asked.who, asked, action, form)
    return await _shown(parts, roster, asked, sent)


async def _send(parts: Running, who: str, asked: Asked, action: Action, form: FormData) -> Sent:
    """Photos first, so that none is chosen twice: if one was not taken, or a field is wrong, nothing is submitted."""
    fields = {name: value for name, value in form.items() if isinstance(value, str)}
    ticket, before = ticket_of(fields), [value for value in form.getlist("photo") if isinstance(value, str)]
    chosen = [file for file in form.getlist("photos") if isinstance(file, UploadFile)]
    photos, refused = await send_photos(parts, who, chosen, sent_before(before))
    filled = Filled.of(asked.rectification, fields, photos)
    if refused:
        return Sent(action, filled, ticket, Told("照片未全部上传", "bad", (*refused, AGAIN)))
    data = submission(action, filled)
    told = data if isinstance(data, Told) else await submit_form(parts, ticket, data, who, asked.organisation)
    return Sent(action, filled, ticket, told)


async def _shown(parts: Running, roster: Roster, asked: Asked, sent: Sent | None = None) -> HTMLResponse:
    """The page as it stands now; a form that was refused comes back with 422 and the reasons."""
    found = await register.one(parts.db, asked.organisation, asked.rectification)
    if found is None:
        raise HTTPException(404)
    is_concerned = may_see(asked.who, found.organisation, HALL_PATROL, roster, asked.now)
    forms = offered(found, asked.who, roster, asked.now)
    return PAGES.render(
        "rectification.html",
        "stations",
        422 if sent and sent.told.level == "bad" else 200,
        within="rectifications",
        seen=history(found, roster, await _photos(parts, found) if is_concerned else None),
        forms=[sent.again(form) for form in forms] if sent else forms,
        is_signed_in=asked.who is not None,
        told=sent.told if sent else None,
        board=BOARD,
    )


async def _photos(parts: Running, found: Rectification) -> list[tuple[Thumb, ...]]:
    """Those of each step; most have none."""
    return [await thumbs(parts.db, step.by, step.photos) if step.photos else () for step in found.steps]
