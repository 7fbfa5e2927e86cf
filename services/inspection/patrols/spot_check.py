"""The pages of a spot check: which place, and the form of that place."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, HTTPException, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from services.inspection.patrols import reads as records
from services.inspection.patrols.due import LIST
from services.inspection.patrols.spot_form import (
    SPOT_CHECK,
    PlaceChosen,
    chosen_as_carried,
    chosen_carried,
    spot_url,
)
from services.inspection.photos.sending import send_photos
from services.inspection.places import PAGES
from shared.events.inspection import LogInspection
from shared.forms import shown
from shared.identity.reading import OWN, SENT
from shared.pages.chinese import PATROLS
from shared.pages.words import name_of
from shared.roster.organisations import Roster
from shared.web.asking import County, Db, Parts, RosterNow, SignedIn, Today
from shared.web.by_posts import does
from shared.web.forms import Again, By, entered_in, submit_posted
from shared.web.parameters import CodeAsked
from shared.web.posted import posted
from shared.web.reading import reads

router = APIRouter(prefix="/inspection")


async def place_chosen(
    who: SignedIn, db: Db, county: County, roster: RosterNow, today: Today, organisation: str
) -> PlaceChosen | None:
    """A station or window that somebody else may look at; nothing else has a form."""
    standing = roster.standing(organisation, today)
    may = roster.may_speak_for(who, organisation, LogInspection.office, today)
    if standing is None or standing.patrolled is None or organisation == who or not may:
        return None
    plan = (await records.plans_of(db, county)).daily(standing.patrolled, organisation, roster, today)
    listed = await records.checklist(db, county, plan.checklist) if plan and plan.checklist else None
    version = listed.on(today) if listed else None
    return PlaceChosen(organisation, standing.patrolled, plan.checklist if plan else None, version)


@router.get("/spot-check", dependencies=[reads(OWN)])
async def choose(organisation: CodeAsked | None = None) -> Response:
    """From the list of places to the form of the one chosen."""
    return RedirectResponse(spot_url(organisation) if organisation else LIST, 303)


@router.get("/spot-check/{organisation}", dependencies=[reads(OWN), does(LogInspection)])
async def form(
    place: Annotated[PlaceChosen | None, Depends(place_chosen)], roster: RosterNow, today: Today
) -> HTMLResponse:
    """The form of one place."""
    return _page(_there(place), roster, today)


@router.post("/spot-check/{organisation}", dependencies=[reads(SENT)])
async def send(
    request: Request,
    parts: Parts,
    who: SignedIn,
    db: Db,
    county: County,
    roster: RosterNow,
    today: Today,
    organisation: str,
) -> Response:
    """On to the list, which tells what became of it, or the form again."""
    back, by = f"{LIST}?{urlencode({'organisation': organisation})}", By(who, organisation)
    async with posted(request) as sent:
        place = chosen_carried(sent.entered.values, organisation) or _there(
            await place_chosen(who, db, county, roster, today, organisation)
        )
        again = await submit_posted(sent, parts, SPOT_CHECK, by, to=back, context=place, photos=send_photos)
    return _page(place, roster, today, again) if isinstance(again, Again) else again


def _there(place: PlaceChosen | None) -> PlaceChosen:
    if place is None:
        raise HTTPException(404)
    return place


def _page(place: PlaceChosen, roster: Roster, today: Today, again: Again | None = None) -> HTMLResponse:
    return PAGES.render(
        "patrol_form.html",
        "patrol",
        status=again.status if again else 200,
        called="抽查",
        name=name_of(place.organisation, roster, today),
        lead=f"{PATROLS[place.patrol]}抽查，不计入巡查计划；发现的问题同样限期整改。",
        form=shown(
            SPOT_CHECK, spot_url(place.organisation), place, entered_in(SPOT_CHECK, again), chosen_as_carried(place)
        ),
    )
