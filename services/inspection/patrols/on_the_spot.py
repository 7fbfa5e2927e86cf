"""The pages of an inspector with a phone: what is due for the organisation signed in, and the form of one place."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, HTTPException, Query, Request
from fastapi.responses import HTMLResponse, Response

from services.inspection.patrols import reads as records
from services.inspection.patrols.around import by_others, missed_by, spot_choices
from services.inspection.patrols.board import first_day
from services.inspection.patrols.due import LIST, due_card, due_lead, form_url, next_place, rounds_of
from services.inspection.patrols.form import PATROL, PlaceDue, as_carried, carried
from services.inspection.patrols.own_desk import due_of, own_due
from services.inspection.photos.sending import send_photos
from services.inspection.places import PAGES
from shared.database.mongo import Database
from shared.events.inspection import LogInspection
from shared.events.vocabulary import CODE_PATTERN
from shared.forms import shown
from shared.identity.reading import OWN, SENT
from shared.pages.words import acting_name, name_of
from shared.roster.organisations import Roster
from shared.web.asking import County, Db, Parts, RosterNow, SignedIn, Today
from shared.web.by_posts import does
from shared.web.forms import Again, By, entered_in, submit_posted
from shared.web.posted import posted
from shared.web.reading import reads
from shared.web.told import Told, told_of
from shared.web.visit import Here

CodeOrNothing = Annotated[str, Query(pattern=f"^$|{CODE_PATTERN}")]


@dataclass(frozen=True, slots=True)
class LastSent:
    """The place whose form brought a person to the list, and what became of it."""

    url: str = ""
    told: Told | None = None


async def last_sent(
    who: SignedIn,
    parts: Parts,
    roster: RosterNow,
    today: Today,
    plan: str = "",
    organisation: CodeOrNothing = "",
    sent: str = "",
) -> LastSent:
    """By the address to which the form redirected: the verdict bears the place's name."""
    told = await told_of(parts, who, sent)
    if told is None or not organisation:
        return LastSent()
    named = replace(told, word=f"{name_of(organisation, roster, today)}：{told.word}")
    return LastSent(form_url(plan, organisation), named)


@dataclass(frozen=True, slots=True)
class PlaceAsked:
    """The place of an address, and the organisation that signed in to patrol it."""

    who: str
    db: Database
    county: str
    roster: Roster
    plan: str
    organisation: str

    async def due_on(self, day: date) -> PlaceDue | None:
        """Nothing when it is not due for that organisation on that day."""
        due = await own_due(self.db, self.county, self.roster, self.who, day)
        line = next((one for one in due if (one.plan.plan, one.organisation) == (self.plan, self.organisation)), None)
        if line is None:
            return None
        slug = line.plan.checklist
        listed = await records.checklist(self.db, self.county, slug) if slug else None
        return PlaceDue(line, listed.on(day) if listed else None)


async def place_asked(
    who: SignedIn, db: Db, county: County, roster: RosterNow, plan: str, organisation: str
) -> PlaceAsked:
    """Only what is due for the organisation that signed in has a form."""
    return PlaceAsked(who, db, county, roster, plan, organisation)


Asked = Annotated[PlaceAsked, Depends(place_asked)]


async def place_due(asked: Asked, today: Today) -> PlaceDue:
    """Today."""
    return _there(await asked.due_on(today))


def _there(place: PlaceDue | None) -> PlaceDue:
    if place is None:
        raise HTTPException(404)
    return place


Place = Annotated[PlaceDue, Depends(place_due)]
Last = Annotated[LastSent, Depends(last_sent)]
router = APIRouter(prefix="/inspection")


@router.get("/patrol", dependencies=[reads(OWN)])
async def due(here: Here, who: SignedIn, db: Db, county: County, last: Last) -> HTMLResponse:
    """What is still to be patrolled today, what was missed of late, and what else may be looked at."""
    roster, today, may = here.roster, here.today, here.does(LogInspection)
    lines = await records.open_on(db, county, roster, today)
    own = due_of(who, lines)
    places = [due_card(line, roster) for line in own]
    before = await records.due_between(db, county, roster, first_day(today), today - timedelta(days=1))
    return PAGES.render(
        "patrol.html",
        "patrol",
        who=acting_name(who, roster, today),
        word="自查" if places and all(line.is_self_check for line in own) else "巡查",
        open=[one for one in places if not one.done],
        done=[one for one in places if one.done],
        next=next_place(places, last.url) if may else None,
        may=may,
        rounds=rounds_of(own) if may else [],
        told=last.told,
        missed=missed_by(who, before, roster),
        by_others=by_others(who, lines, before, roster),
        choices=spot_choices(who, roster, county, today) if may else (),
    )


@router.get("/patrol/{plan}/{organisation}", dependencies=[reads(OWN), does(LogInspection)])
async def form(place: Place, roster: RosterNow, today: Today) -> HTMLResponse:
    """The form of one place."""
    return _page(place, roster, today)


@router.post("/patrol/{plan}/{organisation}", dependencies=[reads(SENT)])
async def send(request: Request, parts: Parts, asked: Asked, roster: RosterNow, today: Today) -> Response:
    """On to what is due, or the form again: of the place that it was opened for, whatever is due by now."""
    plan, organisation = asked.plan, asked.organisation
    back, by = f"{LIST}?{urlencode({'plan': plan, 'organisation': organisation})}", By(asked.who, organisation)
    async with posted(request) as sent:
        place = carried(sent.entered.values, plan, organisation) or _there(await asked.due_on(today))
        again = await submit_posted(sent, parts, PATROL, by, to=back, context=place, photos=send_photos)
    return _page(place, roster, today, again) if isinstance(again, Again) else again


def _page(place: PlaceDue, roster: Roster, today: date, again: Again | None = None) -> HTMLResponse:
    action = form_url(place.line.plan.plan, place.line.organisation)
    return PAGES.render(
        "patrol_form.html",
        "patrol",
        status=again.status if again else 200,
        called="自查" if place.line.is_self_check else "现场巡查",
        name=name_of(place.line.organisation, roster, today),
        lead=due_lead(place.line),
        form=shown(PATROL, action, place, entered_in(PATROL, again), as_carried(place)),
    )
