"""报送记录 of every service: what was reported about an organisation, and each record with its ways to be put right."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from functools import partial
from typing import Any
from urllib.parse import urlencode

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import HTMLResponse, Response

from shared.dates import time_text
from shared.forms import Entered, Form, Ticket, shown, values_of
from shared.forms.entered import WHEN
from shared.forms.inputs import Option
from shared.forms.tickets import as_entered
from shared.identity.reading import OWN, SENT
from shared.pages.boards import Board
from shared.pages.cells import Cells
from shared.pages.navigation import SENT as SENT_RECORDS
from shared.pages.paging import paging
from shared.pages.tables import MOST_ROWS
from shared.pages.words import Choice, name_of, names_on
from shared.services import TABLE, Listed
from shared.stretch import Stretch
from shared.web.again import in_its_page
from shared.web.asking import OwnPages, SignedIn
from shared.web.exporting import exported_from
from shared.web.forms import Again, By, submit_posted
from shared.web.parameters import CodeAsked, CodeInPath, IdInPath, PageAsked
from shared.web.persons import actors
from shared.web.posted import MOST_BYTES, MOST_WITHOUT_PHOTOS, posted
from shared.web.reading import NotYours, reads
from shared.web.records import showing
from shared.web.records.by_facts import by_facts
from shared.web.records.correctable import Correctable, HowCorrected, Reported, Rewriting
from shared.web.records.lookup import Found, count, found, is_named, listed, named_by, not_amended, ways
from shared.web.signing_in import SignInNeeded
from shared.web.told import Told, told_of
from shared.web.visit import Here, Visit

SHOWN = 50
"""Records on a page of the list."""
AT_A_TIME = 500
"""Records that are read at once for a table."""


router = APIRouter(prefix="/submissions")


@router.get("", dependencies=[reads(OWN)])
async def records(
    here: Here, pages: OwnPages, who: SignedIn, organisation: CodeAsked | None = None, page: PageAsked = 1
) -> Response:
    """About an organisation, one's own unless another below is asked for; the newest first."""
    about = organisation or who
    here.reading.must(OWN, about)
    stretch = Stretch.of(await count(here.parts.db, about, who), page, SHOWN)
    some = await listed(here.parts.db, about, who, SHOWN, stretch.skip)
    place, acted = _place(here), await actors(here, (one.entry["_id"] for one in some))

    async def every() -> AsyncIterator[Cells]:
        for skip in range(0, MOST_ROWS + 1, AT_A_TIME):
            more = await listed(here.parts.db, about, who, AT_A_TIME, skip)
            by = await actors(here, (one.entry["_id"] for one in more))
            for one in more:
                yield showing.cells(one, here.roster, here.today, _actor(here, one, by))
            if len(more) < AT_A_TIME:
                return

    under = paging(stretch, "条", lambda n: f"{place}?organisation={about}&page={n}", every)
    table = Board("报送记录", showing.HEADS, (), "", under, narrowed=name_of(about, here.roster, here.today))
    return exported_from(table) or pages.render(
        "records.html",
        SENT_RECORDS,
        lines=[_line(here, one, acted) for one in some],
        about=name_of(about, here.roster, here.today),
        services=[_of_service(one, place, about) for one in TABLE],
        below=[Option(code, name, code == about) for code, name in _below(here, who).items()],
        paging=under,
    )


def _line(here: Visit, it: Found, acted: Mapping[str, str]) -> showing.Line:
    return showing.line(it, here.roster, here.today, _address(here), _actor(here, it, acted))


def _actor(here: Visit, it: Found, acted: Mapping[str, str]) -> str:
    """Who acted is said of what whoever looks may read."""
    key = it.entry["_id"]
    return acted.get(key, "") if _address(here)(key) else ""


def _of_service(service: Listed, place: str, about: str) -> Choice:
    """Each service has its own ledger, and their lists stand side by side."""
    at = f"/{service.name}{router.prefix}"
    return Choice(service.chinese, f"{at}?{urlencode({'organisation': about})}", at == place)


def _below(here: Visit, who: str) -> dict[str, str]:
    """Itself, and all that stand below it now, by name."""
    paths = ((one.id, here.roster.path(one.id, here.today).split("/")) for one in here.roster)
    called = names_on(here.roster, here.today)
    return {code: called[code] for code, path in paths if who in path}


@router.get("/{submitter}/{id}", dependencies=[reads(OWN)])
async def record(
    here: Here, pages: OwnPages, how: HowCorrected, submitter: CodeInPath, id: IdInPath, sent: str = ""
) -> HTMLResponse:
    """One record: what it says, what became of it, and what may be done."""
    it = await _found(here, submitter, id)
    told = await told_of(here.parts, here.who, sent)
    return await _record(here, pages, how, it, told)


@router.get("/{submitter}/{id}/{key}", dependencies=[reads(OWN)])
async def form(
    here: Here, pages: OwnPages, how: HowCorrected, submitter: CodeInPath, id: IdInPath, key: str
) -> HTMLResponse:
    """The form that corrects it or takes it back, filled in."""
    it = await _found(here, submitter, id)
    if no := not_amended(here, it):
        raise NotYours(why=no)
    return await _form(here, pages, how, it, _of_key(how, it, key), None)


@router.post("/{submitter}/{id}/{key}", response_model=None, dependencies=[reads(SENT)])
async def send(
    request: Request, here: Here, pages: OwnPages, how: HowCorrected, submitter: CodeInPath, id: IdInPath, key: str
) -> Response:
    """Who may not is told so by the service, as every submitter is."""
    it = await _found(here, submitter, id)
    chosen, place = _of_key(how, it, key), f"{_place(here)}/{it.entry['_id']}"
    rewriting, content = await _content(here, how, it, chosen)
    given = {name: content.body[name] for name in chosen.given}
    by = By(here.who or "", it.entry["organisation"], corrects=it.entry["type"])
    photos = rewriting.photos(it.original) if rewriting and rewriting.photos else None
    async with posted(request, MOST_BYTES if chosen.photos is not None else MOST_WITHOUT_PHOTOS) as sent:
        if not await is_named(here.parts.db, by.submitter, it, sent.entered.corrects):
            raise HTTPException(404)
        answer = await submit_posted(sent, here.parts, chosen, by, place, content.context, given, photos)
    if not isinstance(answer, Again):
        return answer
    return await in_its_page(_form(here, pages, how, it, chosen, answer), answer, f"{place}/{key}", pages, "")


async def _found(here: Visit, submitter: str, id: str) -> Found:
    """For its submitter and those above; others learn nothing of it."""
    if here.who is None:
        raise SignInNeeded
    it = await found(here.parts.db, submitter, id, here.acting) if here.reading.may(OWN, submitter) else None
    if it is None:
        raise HTTPException(404)
    return it


async def _content(here: Visit, how: Correctable, it: Found, chosen: Form) -> tuple[Rewriting | None, Reported]:
    """How the chosen form is filled in; taking back says nothing of what was."""
    rewriting = None if chosen.submission.withdraws else how.rewriting(it.entry["type"])
    content = await rewriting.reported(here, it.original) if rewriting else Reported()
    if rewriting and not content.body:
        raise HTTPException(404)
    return rewriting, content


def _place(here: Visit) -> str:
    return f"/{here.parts.service}/submissions"


def _address(here: Visit) -> showing.AddressOf:
    """Of those records that the viewer may read: of its own submitter's and of those below."""
    place, may = _place(here), partial(here.reading.may, OWN)
    return lambda key: f"{place}/{key}" if may(key.split("/")[0]) else ""


def _of_key(how: Correctable, it: Found, key: str) -> Form:
    rewriting = how.rewriting(it.entry["type"])
    for one in (how.withdrawal(it.entry["type"]), rewriting.form if rewriting else None):
        if one is not None and one.key == key and it.entry["verdict"] == "accepted":
            return one
    raise HTTPException(404)


async def _record(here: Visit, pages: Any, how: Correctable, it: Found, told: Told | None) -> HTMLResponse:
    rewriting, may, place = how.rewriting(it.entry["type"]), ways(here, it, how), _place(here)
    is_accepted = it.entry["verdict"] == "accepted"
    is_told = is_accepted and rewriting is not None and not (it.correction and rewriting.is_of_now)
    content = await rewriting.reported(here, it.original) if rewriting and is_told else Reported()
    withdrawal = how.withdrawal(it.entry["type"])
    is_open = is_accepted and it.correction is None and withdrawal is not None
    about, here_at, can = it.entry["organisation"], f"{place}/{it.entry['_id']}", is_open and not may.no
    acted = await actors(here, [it.entry["_id"]])
    page: HTMLResponse = pages.render(
        "record.html",
        SENT_RECORDS,
        name=showing.called(it.entry["type"]),
        state=showing.state_of(it),
        lines=showing.facts_of(it.entry, here.roster, here.today, acted.get(it.entry["_id"], "")),
        links=showing.links(it, _address(here)),
        content=_said(here, it, rewriting, content),
        subject=how.subject(it.original),
        told=told,
        no=may.no if is_open else "",
        correct_at=f"{here_at}/{rewriting.form.key}" if can and rewriting and content.body else "",
        withdraw_at=f"{here_at}/withdraw" if can else "",
        withdraw=withdrawal.title if withdrawal else "",
        back=f"{place}?organisation={about}" if here.reading.may(OWN, about) else place,
    )
    return page


def _said(here: Visit, it: Found, rewriting: Rewriting | None, content: Reported) -> Sequence[tuple[str, str]]:
    """In the words of the form that corrects it; where there is none, as its facts say it."""
    if rewriting and content.body:
        return showing.content(rewriting.form, content)
    return by_facts(it.original, here.roster, here.today)


async def _form(
    here: Visit, pages: Any, how: Correctable, it: Found, chosen: Form, again: Again | None
) -> HTMLResponse:
    rewriting, content = await _content(here, how, it, chosen)
    at = f"{_place(here)}/{it.entry['_id']}"
    needs = ways(here, it, how).needs_reason
    entered = (
        again.entered
        if again
        else Entered(
            {**(values_of(chosen, content.body) if rewriting else {}), WHEN: as_entered(it.entry["time"])},
            Ticket.new(here.now),
            tuple(content.body.get("photos", ())),
            corrects=named_by(here.who or "", it.entry),
            grounds="" if rewriting and needs else None,
        )
    )
    page: HTMLResponse = pages.render(
        "record_form.html",
        SENT_RECORDS,
        again.status if again else 200,
        form=shown(chosen, f"{at}/{chosen.key}", content.context, entered),
        about=f"{time_text(it.entry['time'])}的{showing.called(it.entry['type'])}",
        back=at,
    )
    return page
