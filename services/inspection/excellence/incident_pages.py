"""The page of one incident: what it is about, for those concerned; its answer, and its closing from above."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, HTTPException, Path, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from services.inspection.excellence import lines as excellence
from services.inspection.excellence import reads as records
from services.inspection.excellence.form import may_answer, may_close
from services.inspection.excellence.seen import NOTHING_SENT, Here, Seen, Sent, send
from services.inspection.places import PAGES
from shared.events.vocabulary import CODE_PATTERN, HALL_PATROL, UUID_PATTERN
from shared.web.forms import Told, filled_in
from shared.web.signing_in import SignInNeeded

FORMS = ("answer", "closing")
Code = Annotated[str, Path(pattern=CODE_PATTERN)]
Id = Annotated[str, Path(pattern=UUID_PATTERN)]
NOT_YOURS = Told("不能查看", "bad", ("情况和答复由当事单位、其上级单位和政务服务中心查看。",))


router = APIRouter(prefix="/inspection/incidents/{organisation}/{id}")


@router.get("")
async def incident(here: Here, organisation: Code, id: Id) -> HTMLResponse:
    """For those signed in, whoever they are."""
    if here.who is None:
        raise SignInNeeded
    return await _incident(here, organisation, id)


@router.post("/{form}")
async def submit(request: Request, here: Here, organisation: Code, id: Id, form: str) -> Response:
    """One of its forms."""
    if here.who is None:
        return RedirectResponse(f"/inspection/incidents/{organisation}/{id}", 303)
    if form not in FORMS:
        raise HTTPException(404)
    sent = await send(here, here.who, organisation, form, await filled_in(request), id)
    return await _incident(here, organisation, id, sent)


async def _incident(here: Seen, organisation: str, id: str, sent: Sent = NOTHING_SENT) -> HTMLResponse:
    """Read by the organisation itself, by those above it, and by the hall for its windows."""
    incident = await records.incident(here.parts.db, organisation, id)
    if incident is None:
        raise HTTPException(404)
    may_read = here.may(organisation, HALL_PATROL)
    return PAGES.render(
        "incident.html",
        "stations",
        sent.status if may_read else 403,
        within="excellence",
        line=excellence.incident_line(incident, here.roster, here.today),
        above=f"/inspection/excellence/{organisation}",
        read=list(excellence.told_of(incident).items()) if may_read else [],
        told=sent.told if may_read else NOT_YOURS,
        filled=sent.refill,
        tickets=sent.tickets("answer", "closing"),
        may_answer=may_answer(here.who, incident),
        may_close=may_close(here.who, here.may(organisation), incident),
    )
