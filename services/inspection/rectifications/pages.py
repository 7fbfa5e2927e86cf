"""The board of rectifications, and the page of one with the forms that the signed-in organisation may send."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Sequence
from typing import Annotated, NamedTuple

from fastapi import APIRouter, Depends, HTTPException, Request
from fastapi.responses import HTMLResponse, Response

from services.inspection.patrols.model.patrols import Inspection
from services.inspection.photos.album import album_of
from services.inspection.photos.form import REPLACE, replacing
from services.inspection.photos.seeing import Evidence, Named, evidence
from services.inspection.photos.sending import send_photos
from services.inspection.places import PAGES
from services.inspection.rectifications import reads as register
from services.inspection.rectifications.api import FindingInPath
from services.inspection.rectifications.board import BOARD, board, line, page_of, url
from services.inspection.rectifications.form import FORMS
from services.inspection.rectifications.history import history, last_step, offered
from services.inspection.rectifications.model import Rectification, Source, Stage, Step, What
from shared.events.inspection import ReplacePhoto
from shared.forms import Form
from shared.identity.reading import PLACES, SENT, SIGNED_IN
from shared.identity.rights import WORK_OF, Job
from shared.pages.cells import Cells
from shared.pages.paging import paging
from shared.pages.tables import MOST_ROWS
from shared.roster.posts import same_hand
from shared.todo.returning import returns_to
from shared.web.again import in_its_page
from shared.web.asking import County, Db, RosterNow, Today
from shared.web.exporting import exported_from
from shared.web.forms import Again, entered_in
from shared.web.offering import address, offering, submit_one_of
from shared.web.parameters import CodeAsked, CodeInPath, IdInPath, PageAsked
from shared.web.persons import actors
from shared.web.reading import reads
from shared.web.told import Told, told_of
from shared.web.visit import Here, Visit

ONE = BOARD + "/{organisation}/{inspection}/{n}"


class AskedRectification(NamedTuple):
    """The rectification of a page's address."""

    organisation: str
    rectification: str

    @property
    def page(self) -> str:
        """Its address."""
        return page_of(self.organisation, self.rectification)


async def asked(organisation: CodeInPath, inspection: IdInPath, n: FindingInPath) -> AskedRectification:
    """By its three parts."""
    return AskedRectification(organisation, f"{inspection}/{n}")


AskedFor = Annotated[AskedRectification, Depends(asked)]
router = APIRouter()


@router.get(BOARD, dependencies=[reads(SIGNED_IN)])
async def rectifications(
    db: Db,
    county: County,
    roster: RosterNow,
    today: Today,
    stage: Stage | None = None,
    township: CodeAsked | None = None,
    organisation: CodeAsked | None = None,
    overdue: bool | None = None,
    source: Source | None = None,
    page: PageAsked = 1,
) -> Response:
    """Those that fit, the overdue first; counts of all."""
    asked_for = register.Wanted(county, stage, organisation, township, overdue or None, source=source)
    wanted = register.placed(asked_for, roster, today)
    counted = await register.counts(db, county, roster, today, source)
    found, stretch = await register.page(db, wanted, page)

    async def every() -> AsyncIterator[Cells]:
        async for one in register.every(db, wanted, MOST_ROWS + 1):
            yield line(one, wanted, roster, today)

    under = paging(stretch, "项", lambda number: url(wanted, number), every)
    seen = board(wanted, counted, found, under, roster, today)
    return exported_from(seen.list) or PAGES.render("rectifications.html", "rectifications", seen=seen)


@router.get(ONE, dependencies=[reads(SIGNED_IN)])
async def one(here: Here, asked: AskedFor, sent: str = "") -> HTMLResponse:
    """One with its history, and the forms that are offered to the viewer."""
    return await _shown(here, asked, told=await told_of(here.parts, here.who, sent))


@router.post(ONE + "/{key}", response_model=None, dependencies=[reads(SENT)])
async def act(request: Request, here: Here, asked: AskedFor, key: str) -> Response:
    """One of the forms as it was filled in, published before anything is looked up; on to where it was sent from."""
    given = {"of" if key == REPLACE.key else "rectification": asked.rectification}
    to = returns_to(request, asked.page)
    answer = await submit_one_of(FORMS, key, request, here, asked.organisation, to, None, given, send_photos)
    if not isinstance(answer, Again):
        return answer
    page = _shown(here, asked, again=answer)
    return await in_its_page(page, answer, address(asked.page, answer.form), PAGES, "rectifications")


async def _found(here: Visit, asked: AskedRectification) -> Rectification:
    found = await register.one(here.parts.db, asked.organisation, asked.rectification)
    if found is None:
        raise HTTPException(404)
    return found


async def _shown(
    here: Visit, asked: AskedRectification, told: Told | None = None, again: Again | None = None
) -> HTMLResponse:
    """The page as it stands now."""
    found = await _found(here, asked)
    may_see = here.reading.may(PLACES, found.organisation)
    patrol = await register.found_in(here.parts.db, found) if may_see else None
    seen = await _photos(here, found, patrol) if may_see else None
    replaced = entered_in(REPLACE, again)
    others = None if replaced else again
    open_now = [one for one in offered(found, here.who, here.roster, here.now) if _is_offered(here, one, found)]
    forms = offering(open_now, asked.page, found, told, others)
    mine = [one for one in _of_its_own(found, seen or ()) if _may_replace(here, one.sender)]
    thumbs = [one.thumbs for one in seen] if seen is not None else None
    acted = await actors(here, (step.key for step in found.steps)) if seen is not None else {}
    return PAGES.render(
        "rectification.html",
        "rectifications",
        again.status if again else forms.status,
        seen=history(found, here.roster, here.today, thumbs, acted),
        replacing_form=replacing(mine, asked.page, replaced),
        offering=forms,
        found_in=patrol.id if patrol else "",
        last_step=last_step(found, here.who, here.roster, here.now),
        board=BOARD,
    )


def _is_offered(here: Visit, form: Form, found: Rectification) -> bool:
    """To whose post it is, and of judging not to who reported the work."""
    own = here.acting is not None and same_hand(here.acting.person, found.worked_by)
    return here.does(form.submission) and not (own and WORK_OF[form.submission.type] is Job.JUDGE)


def _may_replace(here: Visit, sender: str) -> bool:
    """Photos that one sent are replaced by it, and by those above it."""
    if here.who is None or not here.does(ReplacePhoto):
        return False
    return here.roster.may_speak_for(here.who, sender, None, here.now)


async def _photos(here: Visit, found: Rectification, patrol: Inspection | None) -> list[Evidence]:
    """Those of each step, with which it was found those of the patrol; most have none."""
    named = [_named(step, found, patrol) for step in found.steps]
    return await evidence(here.parts.db, album_of(here.parts), named, here.roster, here.now)


def _named(step: Step, found: Rectification, patrol: Inspection | None) -> Named:
    if patrol is not None and step.what is What.OPENED:
        return Named(patrol.submitter, patrol.photos, patrol.captured, patrol.added)
    return Named(step.by, step.photos, step.at, found.added)


def _of_its_own(found: Rectification, seen: Sequence[Evidence]) -> Iterator[Evidence]:
    """The patrol's are replaced on the patrol's page."""
    return (one for step, one in zip(found.steps, seen, strict=False) if step.what is not What.OPENED)
