"""Rules of persons: each is at home in one organisation, with particulars that only the roster can open."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from services.roster.appraisals.closing import with_new_home, without_words
from services.roster.people.model import MOST_PERSONS, Home, Person
from shared.events import Event
from shared.events.roster.people import ErasePerson, PersonErased, PersonRegistered, RegisterPerson
from shared.pipeline.allowance import Opens
from shared.pipeline.decisions import Accepted, Refused, State, Verdict
from shared.roster.particulars import Particulars, UnfitParticulars, read_particulars
from shared.roster.staff import HeldPost, Staff

ID_NUMBER, MOBILE = "id-number", "mobile"
"""What is found again by a keyed hash."""


def register(state: State, event: Event[RegisterPerson]) -> Verdict:
    """Somebody new, corrected, or come from another organisation below the same submitter; no identity number twice."""
    asked, keys = event.data, state.allowed.seals
    if keys is None:
        return Refused("no-people-keys")
    before = state.get(Person, asked.person)
    if no := _unfit_home(state, event, before):
        return no
    known = opened(keys, event)
    if isinstance(known, Refused):
        return known
    if any(one.id != asked.person for one in state.find(Person, same_id_number(keys, known))):
        return Refused("identity-number-registered")
    staff = state.get(Staff, event.organisation) or Staff(id=event.organisation)
    if asked.person not in staff.names and len(staff.names) >= MOST_PERSONS:
        return Refused("too-many-persons", organisation=event.organisation, most=MOST_PERSONS)
    person = _registered(event, before, marks(keys, known))
    here = staff.having(names={**staff.names, asked.person: known.name})
    fact = PersonRegistered(person=asked.person, home=event.organisation, valid_from=asked.valid_from)
    moved = with_new_home(state, event) if asked.moves_from else ()
    return Accepted((person, here, *_left(state, event), *moved), (fact,))


def erase(state: State, event: Event[ErasePerson]) -> Verdict:
    """Only at its home, and when it holds no post any more; said again nothing changes."""
    asked, person = event.data, state.get(Person, event.data.person)
    if person is None:
        return Refused("unknown-person")
    if person.home != event.organisation:
        return Refused("person-elsewhere", organisation=person.home)
    if person.erased:
        return Accepted()
    for staff in state.find(Staff, holding(asked.person)):
        if held := _goes_on(state, staff, asked.person, event.day):
            return Refused("still-in-post", organisation=staff.id, post=held.post)
    erased = person.having(sealed="", marks=(), erased=True)
    without = (*_without(state, event.organisation, asked.person), *without_words(state, asked.person))
    return Accepted((erased, *without), (PersonErased(person=asked.person),))


def home_on(person: Person, day: date) -> str:
    """Where somebody is at home on a day, as far as it is known by now."""
    return next((one.organisation for one in reversed(person.homes) if one.since <= day), person.homes[0].organisation)


def holding(person: str) -> Mapping[str, Any]:
    """The filter of organisations in which somebody ever held a post."""
    return {"posts.person": person}


def opened(keys: Opens, event: Event[RegisterPerson]) -> Particulars | Refused:
    """The particulars, or which of them is wrong: never what stands there."""
    try:
        return read_particulars(keys.open(event.data.sealed, event.data.person, event.organisation))
    except UnfitParticulars as no:
        return Refused(no.slug, field=no.field)
    except ValueError:
        return Refused("unreadable-person")


def same_id_number(keys: Opens, known: Particulars) -> Mapping[str, Any]:
    """The filter of whoever has the same identity number; of nobody where none is known."""
    return {"marks": {"$in": sorted(keys.marks(ID_NUMBER, known.id_number)) if known.id_number else []}}


def marks(keys: Opens, known: Particulars) -> tuple[str, ...]:
    """What is kept of its numbers, under the newest key."""
    numbers = ((ID_NUMBER, known.id_number), (MOBILE, known.mobile))
    return tuple(next(iter(keys.marks(kind, number))) for kind, number in numbers if number)


def _unfit_home(state: State, event: Event[RegisterPerson], before: Person | None) -> Refused | None:
    asked, here = event.data, event.organisation
    if asked.valid_from > event.day:
        return Refused("home-ahead", day=asked.valid_from)
    if state.roster.standing(here, asked.valid_from) is None:
        return Refused("not-standing-then", organisation=here, day=asked.valid_from)
    if asked.moves_from is not None and before is None:
        return Refused("unknown-person")
    if before is None or before.home == here:
        return None
    if before.home != asked.moves_from:
        return Refused("person-elsewhere", organisation=before.home)
    if not state.roster.may_speak_for(event.submitter, before.home, None, event.day):
        return Refused("outside-subtree", organisation=before.home, submitter=event.submitter)
    if asked.valid_from <= before.homes[-1].since:
        return Refused("home-since", day=before.homes[-1].since)
    return None


def _registered(event: Event[RegisterPerson], before: Person | None, numbers: tuple[str, ...]) -> Person:
    """Here from a day on; where it is here already that day is corrected, while it comes after the home before."""
    asked = event.data
    home = Home(organisation=event.organisation, since=asked.valid_from)
    if before is None:
        return Person(id=asked.person, homes=(home,), sealed=asked.sealed, marks=numbers)
    kept = before.homes[:-1] if before.home == event.organisation else before.homes
    if kept and kept[-1].since >= home.since:
        home = before.homes[-1]
    return before.having(homes=(*kept, home), sealed=asked.sealed, marks=numbers, erased=False)


def _left(state: State, event: Event[RegisterPerson]) -> Iterable[Staff]:
    """The home before, where it is called by name no more."""
    former = event.data.moves_from
    return _without(state, former, event.data.person) if former and former != event.organisation else ()


def _without(state: State, organisation: str, person: str) -> Iterable[Staff]:
    staff = state.get(Staff, organisation)
    return (staff.having(names={id: name for id, name in staff.names.items() if id != person}),) if staff else ()


def _goes_on(state: State, staff: Staff, person: str, day: date) -> HeldPost | None:
    """A post that lasts beyond yesterday, in an organisation that stands."""
    if state.roster.standing(staff.id, day) is None:
        return None
    return next((one for one in staff.posts if one.person == person and one.meets(day, None)), None)
