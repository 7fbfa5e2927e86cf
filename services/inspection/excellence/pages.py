"""The pages of the excellence programme: all windows, and one of them with its commitments, marks and forms."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

from fastapi import APIRouter, HTTPException, Path, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from services.inspection.excellence import lines as excellence
from services.inspection.excellence import reads as records
from services.inspection.excellence.model.incidents import Incident
from services.inspection.excellence.seen import NOTHING_SENT, Here, Seen, Sent, send
from services.inspection.places import PAGES
from shared.events.vocabulary import CODE_PATTERN, HALL_PATROL, PatrolKind
from shared.hundredths import decimal
from shared.pages.chinese import COMMITMENT_ITEMS, INCIDENTS, day_text
from shared.web.forms import Ticket, filled_in

SHOWN = 60
"""Incidents in the list, the newest first."""
FORMS = ("commitment", "withdrawal", "incident")
Code = Annotated[str, Path(pattern=CODE_PATTERN)]


router = APIRouter(prefix="/inspection/excellence")


@router.get("")
async def board(here: Here) -> HTMLResponse:
    """All windows, and the newest incidents."""
    incidents = await records.incidents(here.parts.db, here.parts.settings.county)
    return PAGES.render(
        "excellence.html",
        "stations",
        within="excellence",
        windows=await _windows(here, incidents),
        incidents=[excellence.incident_line(one, here.roster, here.today) for one in incidents[:SHOWN]],
        total=len(incidents),
        own=f"/inspection/excellence/{here.who}" if here.who and here.who in here.roster else "",
    )


@router.get("/{organisation}")
async def window(here: Here, organisation: Code) -> HTMLResponse:
    """One window or station with its forms."""
    return await _window(here, organisation)


@router.post("/{organisation}/{form}")
async def submit(request: Request, here: Here, organisation: Code, form: str) -> Response:
    """One of its forms."""
    if here.who is None:
        return RedirectResponse(f"/inspection/excellence/{organisation}", 303)
    if form not in FORMS:
        raise HTTPException(404)
    sent = await send(here, here.who, organisation, form, await filled_in(request))
    return await _window(here, organisation, sent)


async def _windows(here: Seen, incidents: Sequence[Incident]) -> Sequence[excellence.WindowLine]:
    """A line for each."""
    db, county = here.parts.db, here.parts.settings.county
    places = here.roster.patrolled(county, here.today).items()
    windows = [code for code, kind in places if kind is PatrolKind.WINDOW]
    commitments, marks = await records.commitments(db, county), await records.marks(db, county)
    return excellence.window_lines(commitments, marks, incidents, windows, here.roster, here.today)


async def _window(here: Seen, organisation: str, sent: Sent = NOTHING_SENT) -> HTMLResponse:
    standing = here.roster.standing(organisation, here.now)
    if standing is None:
        raise HTTPException(404)
    takes_part = standing.patrolled is not None
    return PAGES.render(
        "excellence_window.html",
        "stations",
        sent.status,
        within="excellence",
        name=standing.name,
        code=organisation,
        told=sent.told,
        filled={form: sent.refill if sent.form == form else {} for form in FORMS},
        tickets=sent.tickets("commitment", "incident"),
        may_commit=takes_part and here.may(organisation),
        may_report=here.may(organisation, HALL_PATROL),
        items=list(COMMITMENT_ITEMS.items()),
        kinds=list(INCIDENTS.items()),
        **await _known(here, organisation),
    )


async def _known(here: Seen, organisation: str) -> dict[str, Any]:
    """What is known of a window or station, in words."""
    db, county = here.parts.db, here.parts.settings.county
    incidents = await records.incidents(db, county, organisation)
    marks = await records.marks(db, county, organisation)
    commitments = await records.commitments(db, county, organisation)
    checks = await records.facility_checks(db, organisation)
    return {
        "commitments": [(excellence.commitment_line(one), Ticket.new()) for one in commitments],
        "marks": [excellence.mark_line(one, incidents) for one in reversed(marks)],
        "incidents": [excellence.incident_line(one, here.roster, here.today) for one in incidents],
        "checks": [_check(one) for one in checks],
    }


def _check(one: dict[str, Any]) -> tuple[str, str, str]:
    """Day, address and score of a facility check."""
    return day_text(one["day"]), f"/inspection/inspections/{one['id']}", decimal(one["score"])
