"""The operator gives a one-time code where nobody else can: to administrators, and to whoever is first."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field, ValidationError

from services.roster.accounts.noted import noted
from services.roster.accounts.person_account import administrators_in, given
from services.roster.accounts.rules import CODE_GOOD_FOR, as_typed
from services.roster.people.reads import people_in
from shared.calendar import china_day
from shared.events.refusals import reason
from shared.identity.reading import SENT
from shared.identity.tokens import NOW
from shared.pages.words import acting_name
from shared.roster.people import People
from shared.roster.posts import ADMINISTRATORS
from shared.web.bodies import body_within
from shared.web.challenge import Unproven
from shared.web.reading import reads
from shared.web.signing_in import token_shown
from shared.web.visit import Here, Visit

MOST_BYTES = 4096
router = APIRouter(prefix="/roster/api")


class AskedFor(BaseModel):
    """Whose account: by name or id."""

    person: str = Field(min_length=1, max_length=60)


@router.post("/accounts/codes", dependencies=[reads(SENT)], include_in_schema=False)
async def codes(request: Request, here: Here) -> JSONResponse:
    """By the county's secret alone, which only the operator has; with several of a name it says who they are."""
    if here.who != here.parts.settings.county or token_shown(request) != NOW:
        raise Unproven("county-sign-in-needed")
    asked, people = await _asked(request), await people_in(here.parts.db)
    found = _called(asked, people) if asked else []
    if len(found) != 1:
        named = [{"id": one, **_who(here, people, one)} for one in found]
        return JSONResponse({"several": named}) if named else _no("unknown-person")
    (person,) = found
    posts = {one.held.post for one in people.posts(person, here.today, here.roster)}
    county = here.parts.settings.county
    if not posts & ADMINISTRATORS and await administrators_in(here.parts.db, people, county, here):
        return _no("code-by-security")
    code, account = await given(here.parts.db, person, here)
    await here.parts.sessions.end_before(person, account.epoch)
    noted(request.scope, "code given by the operator", person)
    until = china_day(here.now + CODE_GOOD_FOR).isoformat()
    answered = {"code": code, "until": until, **_who(here, people, person)}
    return JSONResponse(answered, headers={"Cache-Control": "no-store"})


async def _asked(request: Request) -> str:
    body = await body_within(request, MOST_BYTES)
    try:
        return AskedFor.model_validate_json(body or b"").person
    except ValidationError:
        return ""


def _called(asked: str, people: People) -> list[str]:
    if people.name_of(asked):
        return [asked]
    meant = as_typed(asked)
    return [id for staff in people for id, name in staff.names.items() if as_typed(name) == meant]


def _who(here: Visit, people: People, person: str) -> dict[str, Any]:
    home = people.home_of(person) or ""
    return {"name": people.name_of(person), "unit": acting_name(home, here.roster, here.today)}


def _no(slug: str) -> JSONResponse:
    return JSONResponse({"reasons": [reason(slug)]}, 422)
