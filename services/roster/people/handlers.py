"""Which rule decides what is said of persons and their posts, and what it needs to look at."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from services.roster.appraisals.closing import of_person
from services.roster.appraisals.model import Sheet
from services.roster.people import appointing, rules
from services.roster.people.model import Person
from shared.events import Event
from shared.events.roster.people import Appoint, EndPost, ErasePerson, RegisterPerson
from shared.pipeline.allowance import Allowance
from shared.pipeline.decisions import Handler, Handlers, Key, Need, Query, Refused
from shared.roster.staff import Staff


def _staff(event: Event[Any]) -> Iterator[Need]:
    yield Key(Staff, event.organisation)


def _with_person(event: Event[Any]) -> Iterator[Need]:
    yield Key(Person, event.data.person)
    yield from _staff(event)


def _registered(event: Event[RegisterPerson]) -> Iterator[Need]:
    yield from _with_person(event)
    if event.data.moves_from:
        yield Key(Staff, event.data.moves_from)
        yield Query(Sheet, of_person(event.data.person))


def _with_the_same_number(event: Event[RegisterPerson], allowed: Allowance) -> Iterator[Need]:
    known = rules.opened(allowed.seals, event) if allowed.seals else None
    if allowed.seals and known and not isinstance(known, Refused) and known.id_number:
        yield Query(Person, rules.same_id_number(allowed.seals, known))


def _with_all_posts(event: Event[ErasePerson]) -> Iterator[Need]:
    yield from _with_person(event)
    yield Query(Staff, rules.holding(event.data.person))
    yield Query(Sheet, of_person(event.data.person))


PEOPLE: Handlers = {
    RegisterPerson: Handler(rules.register, _registered, by_allowance=_with_the_same_number),
    Appoint: Handler(appointing.appoint, _with_person, appointing.undo_appointment, appointing.of_organisation),
    EndPost: Handler(appointing.end, _staff, appointing.undo_end, appointing.of_organisation),
    ErasePerson: Handler(rules.erase, _with_all_posts),
}
