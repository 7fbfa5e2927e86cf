"""The page of one incident: what it is about, for those concerned; its answer, and its closing from above."""

from __future__ import annotations

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import HTMLResponse, Response

from services.inspection.excellence import lines as excellence
from services.inspection.excellence import reads as records
from services.inspection.excellence.form import ANSWER, CLOSING, OF_AN_INCIDENT, may_answer, may_close
from services.inspection.excellence.lines import incident_page, page_of
from services.inspection.excellence.model.incidents import Incident
from services.inspection.places import PAGES
from shared.events.inspection import AnswerIncident, CloseIncident
from shared.forms import Form
from shared.identity.reading import PLACES, SENT
from shared.web.again import in_its_page
from shared.web.forms import Again
from shared.web.offering import address, offering, submit_one_of
from shared.web.parameters import CodeInPath, IdInPath
from shared.web.persons import actors, persons
from shared.web.reading import reads
from shared.web.told import Told, told_of
from shared.web.visit import Here, Visit

router = APIRouter(prefix="/inspection/incidents/{organisation}/{id}")


@router.get("", dependencies=[reads(PLACES)])
async def incident(here: Here, organisation: CodeInPath, id: IdInPath, sent: str = "") -> HTMLResponse:
    """As it stands."""
    return await _incident(here, organisation, id, told=await told_of(here.parts, here.who, sent))


@router.post("/{key}", response_model=None, dependencies=[reads(SENT)])
async def send(request: Request, here: Here, organisation: CodeInPath, id: IdInPath, key: str) -> Response:
    """One of its forms."""
    page, given = incident_page(organisation, id), {"incident": id}
    answer = await submit_one_of(OF_AN_INCIDENT, key, request, here, organisation, page, given=given)
    if not isinstance(answer, Again):
        return answer
    return await in_its_page(
        _incident(here, organisation, id, again=answer), answer, address(page, answer.form), PAGES, "excellence"
    )


async def _incident(
    here: Visit, organisation: str, id: str, told: Told | None = None, again: Again | None = None
) -> HTMLResponse:
    """Read by the organisation itself, by those above it, and by the hall for its windows."""
    here.reading.must(PLACES, organisation)
    incident = await records.incident(here.parts.db, organisation, id)
    if incident is None:
        raise HTTPException(404)
    offered = offering(_offered(here, incident), incident_page(organisation, id), told=told, again=again)
    acted = await actors(here, incident.records.values())
    return PAGES.render(
        "incident.html",
        "excellence",
        offered.status,
        line=excellence.incident_line(incident, here.roster, here.today),
        above=page_of(organisation),
        read=list(excellence.particulars(incident, await persons(here), acted).items()),
        offering=offered,
    )


def _offered(here: Visit, incident: Incident) -> list[Form]:
    whose = here.roster.answering(incident.organisation, here.now)
    may_end = may_close(here.who, whose, here.admits(CloseIncident, incident.organisation), incident)
    answers = may_answer(here.who, whose, incident) and here.does(AnswerIncident)
    return [ANSWER] * answers + [CLOSING] * may_end
