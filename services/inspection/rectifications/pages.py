"""The board of rectifications, and the page of one with the forms that the signed-in organisation may send."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, NamedTuple

from fastapi import APIRouter, Depends, HTTPException, Query, Request
from fastapi.responses import HTMLResponse, Response

from services.inspection.photos.seeing import Thumb, thumbs
from services.inspection.photos.sending import send_photos
from services.inspection.places import PAGES
from services.inspection.rectifications import reads as register
from services.inspection.rectifications.api import FindingInPath
from services.inspection.rectifications.board import BOARD, board, page_of
from services.inspection.rectifications.form import FORMS
from services.inspection.rectifications.history import history, offered
from services.inspection.rectifications.model import Rectification, Stage
from shared.events.vocabulary import HALL_PATROL
from shared.process.running import Running
from shared.roster.organisations import Roster
from shared.web.asking import County, Db, Now, Parts, RosterNow, Today, Viewer
from shared.web.forms import Again, By, Told, submit, told_of
from shared.web.offering import offering, sender
from shared.web.parameters import CodeAsked, CodeInPath, IdInPath
from shared.web.signing_in import may_see

ONE = BOARD + "/{organisation}/{inspection}/{n}"


class AskedRectification(NamedTuple):
    """Who looks at which rectification, or sends a form of its page, and when."""

    who: str | None
    organisation: str
    rectification: str
    now: datetime

    @property
    def page(self) -> str:
        """Its address."""
        return page_of(self.organisation, self.rectification)


async def asked(
    who: Viewer, now: Now, organisation: CodeInPath, inspection: IdInPath, n: FindingInPath
) -> AskedRectification:
    """By the address of its page."""
    return AskedRectification(who, organisation, f"{inspection}/{n}", now)


AskedFor = Annotated[AskedRectification, Depends(asked)]
router = APIRouter()


@router.get(BOARD)
async def rectifications(
    db: Db,
    county: County,
    roster: RosterNow,
    today: Today,
    stage: Stage | None = None,
    township: CodeAsked | None = None,
    organisation: CodeAsked | None = None,
    overdue: bool | None = None,
    page: Annotated[int, Query(ge=1, le=10_000)] = 1,
) -> HTMLResponse:
    """Those that fit, the overdue first; counts of all."""
    wanted = register.Wanted(county, stage, organisation, township, overdue or None)
    counted, found = await register.counts(db, county), await register.page(db, wanted, page)
    seen = board(wanted, counted, found, page, roster, today)
    return PAGES.render("rectifications.html", "stations", within="rectifications", seen=seen)


@router.get(ONE)
async def one(parts: Parts, roster: RosterNow, asked: AskedFor, sent: str = "") -> HTMLResponse:
    """One with its history, and the forms that are offered to the viewer."""
    return await _shown(parts, roster, asked, told=await told_of(parts, asked.who, sent))


@router.post(ONE + "/{key}", response_model=None)
async def act(request: Request, parts: Parts, roster: RosterNow, asked: AskedFor, key: str) -> Response:
    """One of the forms as it was filled in."""
    if key not in FORMS:
        raise HTTPException(404)
    by = By(sender(asked.who, asked.page), asked.organisation)
    found, given = await _found(parts, asked), {"rectification": asked.rectification}
    answer = await submit(request, parts, FORMS[key], by, asked.page, found, given, send_photos)
    return await _shown(parts, roster, asked, again=answer) if isinstance(answer, Again) else answer


async def _found(parts: Running, asked: AskedRectification) -> Rectification:
    found = await register.one(parts.db, asked.organisation, asked.rectification)
    if found is None:
        raise HTTPException(404)
    return found


async def _shown(
    parts: Running,
    roster: Roster,
    asked: AskedRectification,
    told: Told | None = None,
    again: Again | None = None,
) -> HTMLResponse:
    """The page as it stands now."""
    found = await _found(parts, asked)
    is_concerned = may_see(asked.who, found.organisation, HALL_PATROL, roster, asked.now)
    return PAGES.render(
        "rectification.html",
        "stations",
        again.status if again else 200,
        within="rectifications",
        seen=history(found, roster, await _photos(parts, found) if is_concerned else None),
        offering=offering(offered(found, asked.who, roster, asked.now), asked.page, found, told, again),
        is_signed_in=asked.who is not None,
        board=BOARD,
    )


async def _photos(parts: Running, found: Rectification) -> list[tuple[Thumb, ...]]:
    """Those of each step; most have none."""
    return [await thumbs(parts.db, step.by, step.photos) if step.photos else () for step in found.steps]
