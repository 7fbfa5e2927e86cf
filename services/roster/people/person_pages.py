"""One person's page: particulars, homes, posts, and what those who keep them may change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Annotated

from fastapi import APIRouter, HTTPException, Path, Request
from fastapi.responses import HTMLResponse, Response

from services.roster.people.entered import PeopleDesk, particulars_of
from services.roster.people.form import CORRECT, ERASE, MOVE
from services.roster.people.lines import ERASED, PAGE, facts_of, homes_of, of_organisation, page_of, posts_of
from services.roster.people.model import Person
from services.roster.people.reads import Seals, people_in
from services.roster.places import PAGES
from shared.database.kept import document
from shared.events.roster.people import ErasePerson, RegisterPerson
from shared.events.vocabulary import PERSON_PATTERN
from shared.forms import Entered, Form, Shown, shown, values_of
from shared.identity.audit import AuditKind
from shared.identity.reading import PEOPLE, PERSON, SENT
from shared.identity.sealing import SealKeys
from shared.roster.particulars import Particulars
from shared.web.again import in_its_page
from shared.web.auditing import audited
from shared.web.confirming import once_confirmed
from shared.web.forms import Again, By, entered_in, submit
from shared.web.offering import Offering, address, no_longer, sender
from shared.web.parameters import CodeAsked, CodeInPath
from shared.web.reading import reads
from shared.web.subjects import record_url
from shared.web.told import Told, told_of
from shared.web.visit import Here, Visit

PersonInPath = Annotated[str, Path(pattern=PERSON_PATTERN)]
FORMS: Mapping[str, Form] = {form.key: form for form in (CORRECT, ERASE)}
router = APIRouter()


@dataclass(frozen=True, slots=True)
class Looked:
    """Whom somebody looks at: as it is kept, what is known, and whether whoever looks keeps it."""

    person: Person
    known: Particulars | None
    keeps: bool
    desk: PeopleDesk


@router.get(PAGE + "/{person}", dependencies=[reads(PERSON)])
async def one(
    here: Here, seals: Seals, person: PersonInPath, into: CodeAsked | None = None, sent: str = ""
) -> Response:
    """One of those whose home whoever looks may read; with `into` the form that moves it there."""
    return await _page(here, await _looked(here, seals, person), into, told=await told_of(here.parts, here.who, sent))


@router.post(PAGE + "/{person}/{key}", response_model=None, dependencies=[reads(SENT)])
async def send(request: Request, here: Here, seals: Seals, person: PersonInPath, key: str) -> Response:
    """Corrected or erased, about its home."""
    if key not in FORMS:
        raise HTTPException(404)
    looked = await _looked(here, seals, person)
    by = By(sender(here.who, page_of(person)), looked.person.home)
    given = {"person": person} if key == ERASE.key else {}
    sent = await submit(request, here.parts, FORMS[key], by, page_of(person), looked.desk, given)
    return await _answer(here, looked, None, sent, address(page_of(person), FORMS[key]))


@router.post(PAGE + "/{person}/move/{to}", response_model=None, dependencies=[reads(SENT)])
async def move(request: Request, here: Here, seals: Seals, person: PersonInPath, to: CodeInPath) -> Response:
    """Moved, about its new home."""
    looked = await _looked(here, seals, person)
    desk = PeopleDesk(to, here.roster, looked.desk.people, seals, here.today)
    by = By(sender(here.who, page_of(person)), to)
    sent = await submit(request, here.parts, MOVE, by, page_of(person), desk)
    return await _answer(here, looked, to, sent, _moving(person, to))


async def _answer(here: Visit, looked: Looked, to: str | None, sent: Response | Again, action: str) -> Response:
    if not isinstance(sent, Again):
        return sent
    return await in_its_page(_page(here, looked, to, again=sent), sent, action, PAGES, "people")


async def _looked(here: Visit, seals: SealKeys | None, id: str) -> Looked:
    """Whether there is such a person is told to nobody who may not read it."""
    person = await document(here.parts.db, Person, id)
    if person is None and here.who != here.parts.settings.county:
        here.reading.must(PEOPLE, here.parts.settings.county)
    if person is None:
        raise HTTPException(404)
    if not here.acting or here.acting.person != id:
        here.reading.must(PEOPLE, person.home)
    people = await people_in(here.parts.db)
    desk = PeopleDesk(person.home, here.roster, people, seals, here.today, here.who == here.parts.settings.county)
    return Looked(person, particulars_of(seals, person), here.admits(RegisterPerson, person.home), desk)


async def _page(
    here: Visit, looked: Looked, to: str | None, told: Told | None = None, again: Again | None = None
) -> HTMLResponse:
    person, people = looked.person, looked.desk.people
    if looked.known and looked.keeps and here.who:
        audited(here.reading.request.scope, AuditKind.PERSONAL, person.id, "seen")
    forms = tuple(_forms(here, looked, to, again))
    if again and again.form.key not in {one.key for one in forms}:
        told = no_longer(shown(again.form, "", looked.desk, again.entered))
    offered = Offering(forms, told, again.status if again else 200)
    return PAGES.render(
        "person.html",
        "people",
        offered.status,
        name=people.name_of(person.id) or ERASED,
        board=PAGE,
        place=here.roster.called(person.home, here.today),
        home_url=of_organisation(person.home),
        facts=facts_of(looked.known, looked.keeps) if looked.known else (),
        homes=homes_of(person, here.roster, here.today),
        posts=posts_of(person.id, people, here.roster, here.today, partial(record_url, here)),
        elsewhere=_elsewhere(here, looked) if looked.keeps and looked.known else {},
        own_url=page_of(person.id),
        to=to or "",
        offering=offered,
    )


def _forms(here: Visit, looked: Looked, to: str | None, again: Again | None) -> list[Shown]:
    """Those that whoever keeps the person is offered, filled in with what is known."""
    person, own = looked.person, page_of(looked.person.id)
    forms: list[Shown] = []
    if looked.keeps and looked.known:
        since = person.homes[-1].since.isoformat()
        if to and to != person.home and here.admits(RegisterPerson, to):
            kept = _filled(MOVE, looked, again, valid_from=here.today.isoformat(), moves_from=person.home)
            forms.append(shown(MOVE, _moving(person.id, to), looked.desk, kept))
        kept = _filled(CORRECT, looked, again, valid_from=since)
        forms.append(shown(CORRECT, address(own, CORRECT), looked.desk, kept))
    if looked.desk.is_county and not person.erased and here.does(ErasePerson):
        erase = shown(ERASE, address(own, ERASE), None, entered_in(ERASE, again))
        forms.append(once_confirmed(here, ERASE, erase, own))
    return forms


def _filled(form: Form, looked: Looked, again: Again | None, **more: str) -> Entered:
    """What was entered and not taken, else what is known."""
    assert looked.known is not None
    known = looked.known.model_dump(mode="json", exclude_none=True)
    body = {**known, "person": looked.person.id, **more}
    return entered_in(form, again) or Entered(values_of(form, body))


def _elsewhere(here: Visit, looked: Looked) -> dict[str, str]:
    """Where whoever keeps it may move it."""
    codes = (one.id for one in here.roster if one.id != looked.person.home and here.admits(RegisterPerson, one.id))
    named = ((code, here.roster.standing(code, here.now)) for code in codes)
    return {code: f"{stands.name}（{code}）" for code, stands in named if stands}


def _moving(person: str, to: str) -> str:
    return f"{page_of(person)}/{MOVE.key}/{to}"
