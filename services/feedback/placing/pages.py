"""The page of moves that were entered late: what still counts at the old place, and the county's button beside it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from services.feedback.places import PAGES
from services.feedback.placing.form import FORMS, button
from services.feedback.placing.reads import LeftBehind, left_behind
from shared.forms import Shown
from shared.identity.reading import COMMITTEE, SENT
from shared.pages.chinese import day_text, grouped
from shared.pages.words import name_of
from shared.roster.organisations import Roster
from shared.web.again import in_its_page
from shared.web.asking import County, Db, RosterNow
from shared.web.forms import Again
from shared.web.offering import offering, submit_one_of
from shared.web.parameters import CodeInPath
from shared.web.reading import reads
from shared.web.signing_in import SignInNeeded
from shared.web.told import Told, told_of
from shared.web.visit import Here, Visit

PAGE = "/feedback/moved"
router = APIRouter()
api = APIRouter(prefix="/feedback/api")


@dataclass(frozen=True, slots=True)
class LeftLine:
    """An organisation whose facts were left behind."""

    name: str
    count: str
    since: str
    at: str
    due: str
    button: Shown


@router.get(PAGE, dependencies=[reads(COMMITTEE)])
async def moves(here: Here, sent: str = "") -> HTMLResponse:
    """For the county: which organisations, how many facts, and the button."""
    return await _page(here, await told_of(here.parts, here.who, sent))


@router.post(PAGE + "/{organisation}/{key}", response_model=None, dependencies=[reads(SENT)])
async def send(request: Request, here: Here, organisation: CodeInPath, key: str) -> Response:
    """The button of one organisation."""
    sent = await submit_one_of(FORMS, key, request, here, organisation, PAGE)
    if not isinstance(sent, Again):
        return sent
    page = f"{PAGE}/{organisation}"
    refused = offering([], page, again=sent)
    return await in_its_page(_page(here, refused.told, refused.status), sent, f"{page}/{key}", PAGES, "moved")


@api.get(
    "/moved-facts",
    summary="Facts that count where their organisation stood before a move that was entered late",
    dependencies=[reads(COMMITTEE)],
)
async def moved_facts(db: Db, county: County, roster: RosterNow) -> dict[str, Any]:
    return {"items": [one.answer() for one in await left_behind(db, county, roster)], "next": None}


async def _page(here: Visit, told: Told | None, status: int = 200) -> HTMLResponse:
    county, db = here.parts.settings.county, here.parts.db
    if here.who != county:
        raise SignInNeeded(PAGE)
    lines = [_line(one, here.roster) for one in await left_behind(db, county, here.roster)]
    return PAGES.render("moved.html", "moved", status, lines=lines, told=told)


def _line(one: LeftBehind, roster: Roster) -> LeftLine:
    return LeftLine(
        name=name_of(one.organisation, roster, one.since),
        count=grouped(one.facts),
        since=day_text(one.since),
        at=_named(one.path, roster, one),
        due=_named(one.due, roster, one),
        button=button(one.since.isoformat(), f"{PAGE}/{one.organisation}/re-place"),
    )


def _named(path: str, roster: Roster, one: LeftBehind) -> str:
    """Who was above it at a place; where another answers or answered for it, at whose place it counts."""
    is_own = all(at.rpartition("/")[2] == one.organisation for at in (one.path, one.due))
    there = path.split("/")[-2:-1] if is_own else path.split("/")[-1:]
    return name_of(there[0], roster, one.since) if there else ""
