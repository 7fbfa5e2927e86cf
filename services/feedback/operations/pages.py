"""The pages for its administrators: the submissions that nobody could decide, and the system's condition."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any, NamedTuple

from fastapi import APIRouter, Depends, HTTPException, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from services.feedback.asking import StandingCheck
from services.feedback.county.directory import names
from services.feedback.operations import condition, letters
from services.feedback.operations.closing import NAME, closing_form, wrongs_in
from services.feedback.operations.letters import PAGE
from services.feedback.places import PAGES
from shared.bus.connection import Bus
from shared.events.text import as_meant
from shared.forms import Wrong
from shared.identity.acting import Acting, acting_in
from shared.identity.marks import AddressMarks
from shared.identity.reading import RUNNING, SENT
from shared.identity.rights import Job, may
from shared.pipeline.dead_letters import LetterState, close, dead_letter_at, dead_letters, drive_again
from shared.roster.organisations import Roster
from shared.web.asking import County, Now, Parts, RosterNow, Viewer
from shared.web.parameters import AfterMessage, MessageInPath
from shared.web.posted import MOST_WITHOUT_PHOTOS, posted
from shared.web.reading import NotYours, reads
from shared.web.signing_in import SignInNeeded
from shared.web.told import Told

LETTERS = 100
AGAIN, CLOSED = "again", "closed"
"""What an address says, marked, of the letter whose button led there."""

router = APIRouter()


class Office(NamedTuple):
    """The county at its letters; whoever sends a form may be another."""

    bus: Bus
    roster: Roster
    county: str
    is_county: bool
    marks: AddressMarks
    acting: Acting | None

    @property
    def may(self) -> bool:
        """Whether whoever looks drives letters again and closes them: of persons whose post that is."""
        return self.is_county and may(self.acting, Job.OPERATE)

    def at_work(self, page: str) -> None:
        """Others sign in first; whoever is signed in as a person in another post is told so."""
        if not self.is_county:
            raise SignInNeeded(page)
        if not self.may:
            raise NotYours("not-your-posts")


async def office(request: Request, parts: Parts, roster: RosterNow, county: County, who: Viewer) -> Office:
    """A request in these terms."""
    return Office(parts.bus, roster, county, who == county, parts.marks, acting_in(request.scope))


InOffice = Annotated[Office, Depends(office)]


@router.get(PAGE, dependencies=[reads(RUNNING)])
async def dead(
    here: InOffice,
    after: AfterMessage = 0,
    state: LetterState = LetterState.WAITING,
    again: str = "",
    closed: str = "",
) -> HTMLResponse:
    """What could not be decided, and why; after a letter's button was pressed, what is so now."""
    found = await dead_letters(here.bus, LETTERS, after, state)
    return PAGES.render(
        "dead_letters.html",
        "dead-letters",
        letters=letters.lines(found["items"], names(here.roster)),
        choices=letters.choices(found["counts"], state),
        may=here.may,
        state=letters.STATES[state].word,
        total=found["counts"][state],
        told=await _told(here, again, closed),
        first_url=f"{PAGE}?state={state}" if after else "",
        next_url=f"{PAGE}?state={state}&after={found['next']}" if found["next"] else "",
    )


async def _told(here: Office, again: str, closed: str) -> Told | None:
    """Only where a button led here; whoever else made the address, nothing is told."""
    if driven := here.marks.read(again, AGAIN):
        return letters.after_driving(int(driven), await dead_letter_at(here.bus, int(driven)))
    if done_with := here.marks.read(closed, CLOSED):
        return letters.after_closing(int(done_with), await dead_letter_at(here.bus, int(done_with)))
    return None


@router.get(PAGE + "/{sequence}", dependencies=[reads(RUNNING)])
async def letter(here: InOffice, sequence: MessageInPath) -> HTMLResponse:
    """One of them, with what the county may do."""
    return await _one(here, sequence)


@router.post(PAGE + "/{sequence}/again", dependencies=[reads(SENT)])
async def drive(here: InOffice, sequence: MessageInPath) -> Response:
    """Only the county drives a letter again, and once: what fails anew is a letter of its own."""
    here.at_work(PAGE)
    found = await dead_letter_at(here.bus, sequence)
    if found and not found["driven"]:
        await drive_again(here.bus, sequence)
    return RedirectResponse(f"{PAGE}?{AGAIN}={here.marks.put(str(sequence), AGAIN)}", 303)


@router.post(PAGE + "/{sequence}/close", response_model=None, dependencies=[reads(SENT)])
async def archive(request: Request, here: InOffice, sequence: MessageInPath) -> Response:
    """Only the county closes a letter, and says why."""
    here.at_work(f"{PAGE}/{sequence}")
    async with posted(request, MOST_WITHOUT_PHOTOS) as sent:
        reason = str(as_meant(sent.entered.values.get(NAME, "")))
    if wrongs := wrongs_in(reason):
        return await _one(here, sequence, reason, wrongs)
    await close(here.bus, sequence, here.county, reason)
    return RedirectResponse(f"{PAGE}?{CLOSED}={here.marks.put(str(sequence), CLOSED)}", 303)


async def _one(here: Office, sequence: int, reason: str = "", wrongs: Sequence[Wrong] = ()) -> HTMLResponse:
    found: dict[str, Any] | None = await dead_letter_at(here.bus, sequence)
    if found is None:
        raise HTTPException(404)
    seen = letters.line(found, names(here.roster))
    return PAGES.render(
        "dead_letter.html",
        "dead-letters",
        422 if wrongs else 200,
        letter=seen,
        may=here.may,
        board=PAGE,
        form=closing_form(f"{seen.url}/close", reason, wrongs),
    )


@router.get("/feedback/health", dependencies=[reads(RUNNING)])
async def health(parts: Parts, checking: StandingCheck, at: Now, check: bool = False) -> HTMLResponse:
    """How bus, database, consumers, streams and figures are."""
    seen = await condition.read(parts, checking, at, check)
    return PAGES.render("health.html", "health", seen=seen)
