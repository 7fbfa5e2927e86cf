"""Persons are registered at home, corrected, moved by whoever is above both, and erased when they hold nothing."""

from __future__ import annotations

from datetime import timedelta

import pytest

from services.roster.handlers import HANDLERS
from services.roster.people.model import MOST_PERSONS, Person
from shared.events import Submission
from shared.events.roster import Appoint, ErasePerson, PersonErased, PersonRegistered, Post, RegisterPerson
from shared.pipeline.decisions import Refused
from shared.roster.staff import Staff
from tests.asking import COUNTY, HALL, NEIGHBOUR, OFFICE, OTHER_TOWNSHIP, START, STATION, TOWNSHIP, Desk, asked, roster
from tests.sealed import ALLOWED, FIRST_DAY, KEYS, NEW, id_number, registers

ERASED = ErasePerson(person="p-1", reason="本人申请")


def desk(*registered: tuple[RegisterPerson, str]) -> Desk:
    """With persons, each registered by its home."""
    one = Desk(HANDLERS, roster(), allowed=ALLOWED)
    for data, home in registered or ((registers(), OFFICE),):
        one.agrees(data, home)
    return one


@pytest.mark.parametrize(
    ("home", "by"), [(OFFICE, OFFICE), (OFFICE, COUNTY), (STATION, STATION), (STATION, TOWNSHIP), (STATION, COUNTY)]
)
def test_a_person_is_registered_by_its_home_and_those_above(home: str, by: str) -> None:
    county = Desk(HANDLERS, roster(), allowed=ALLOWED)
    facts = county.agrees(registers(home=home, mobile="13800138000", id_number=id_number()), home, by=by)
    assert facts == ((home, PersonRegistered(person="p-1", home=home, valid_from=START)),)
    assert county.only(Staff).names == {"p-1": "样例甲"}


def test_nothing_that_is_told_or_kept_holds_a_number_in_the_clear() -> None:
    county = desk((registers(mobile="13800138000", id_number=id_number()), OFFICE))
    kept = county.only(Person).model_dump_json()
    assert "13800138000" not in kept
    assert id_number() not in kept
    assert "样例甲" not in kept
    assert set(county.only(Person).marks) == {
        next(KEYS.marks("mobile", "13800138000")),
        next(KEYS.marks("id-number", id_number())),
    }


def test_the_same_id_again_corrects_the_particulars_and_the_day() -> None:
    county = desk()
    county.agrees(registers(name="样例乙", since=FIRST_DAY), OFFICE)
    assert county.only(Staff).names == {"p-1": "样例乙"}
    assert [home.since for home in county.only(Person).homes] == [FIRST_DAY]


@pytest.mark.parametrize("by", [TOWNSHIP, COUNTY])
def test_whoever_is_above_both_moves_a_person_and_it_is_called_by_name_at_its_new_home(by: str) -> None:
    county = desk((registers(home=STATION), STATION))
    county.agrees(registers(home=NEIGHBOUR, since=FIRST_DAY, moves_from=STATION), NEIGHBOUR, by=by)
    assert [home.organisation for home in county.only(Person).homes] == [STATION, NEIGHBOUR]
    assert {one.id: set(one.names) for one in county.kept(Staff)} == {STATION: set(), NEIGHBOUR: {"p-1"}}


REFUSED: dict[str, tuple[Submission, str, str, str]] = {
    "sealed for another": (registers(home=HALL), OFFICE, OFFICE, "unreadable-person"),
    "an unknown key": (registers(key=NEW), OFFICE, OFFICE, "unreadable-person"),
    "a wrong mobile": (registers(mobile="123"), OFFICE, OFFICE, "unfit-mobile"),
    "a wrong identity number": (registers(id_number=id_number()[:17] + "Y"), OFFICE, OFFICE, "unfit-identity-number"),
    "another year of birth": (
        registers(id_number=id_number("19860203")),
        OFFICE,
        OFFICE,
        "identity-number-contradicts",
    ),
    "no name": (registers(name=""), OFFICE, OFFICE, "unfit-particulars"),
    "a day to come": (registers(since=START + timedelta(days=400)), OFFICE, OFFICE, "home-ahead"),
    "before its home": (registers(since=START - timedelta(days=1)), OFFICE, OFFICE, "not-standing-then"),
    "known elsewhere": (registers(home=HALL), HALL, HALL, "person-elsewhere"),
    "taken from elsewhere": (registers(home=HALL, since=FIRST_DAY, moves_from=OFFICE), HALL, HALL, "outside-subtree"),
    "moved on its first day": (registers(home=HALL, moves_from=OFFICE), HALL, COUNTY, "home-since"),
    "moved without being known": (registers("p-9", HALL, moves_from=OFFICE), HALL, COUNTY, "unknown-person"),
    "erased without being known": (ErasePerson(person="p-9", reason="-"), OFFICE, COUNTY, "unknown-person"),
    "erased elsewhere": (ERASED, HALL, COUNTY, "person-elsewhere"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_not_so_is_refused(case: str) -> None:
    data, home, by, slug = REFUSED[case]
    assert desk().refuses(data, home, by=by) == slug


def test_a_refusal_of_numbers_names_the_field_and_not_what_stands_there() -> None:
    verdict = desk().answers(registers(id_number=id_number("19860203")), OFFICE)
    assert isinstance(verdict, Refused)
    assert verdict.details == {"field": "birth_year"}


def test_without_keys_nobody_is_registered() -> None:
    assert Desk(HANDLERS, roster()).refuses(registers(), OFFICE) == "no-people-keys"


def test_an_identity_number_is_of_one_person_wherever_it_is_at_home() -> None:
    county = desk((registers(id_number=id_number()), OFFICE))
    twin = asked(registers("p-2", STATION, id_number=id_number()), STATION)
    (query,) = HANDLERS[RegisterPerson].by_allowance(twin, ALLOWED)
    assert set(county.only(Person).marks) & {*query.filter["marks"]["$in"]}  # type: ignore[union-attr]
    verdict = county.decides(twin, county.kept(Person))
    assert isinstance(verdict, Refused)
    assert verdict.slug == "identity-number-registered"
    assert [*HANDLERS[RegisterPerson].by_allowance(asked(registers()), ALLOWED)] == []


def test_an_organisation_has_no_more_persons_than_its_value_in_the_bucket_holds() -> None:
    full = Staff(id=OFFICE, names={f"p-{n}": "样例" for n in range(2, MOST_PERSONS + 2)})
    county = Desk(HANDLERS, roster(), full, allowed=ALLOWED)
    assert county.refuses(registers(), OFFICE) == "too-many-persons"
    county.agrees(registers("p-2"), OFFICE)


def test_erased_nothing_but_the_id_remains_and_the_same_id_may_come_back() -> None:
    county = desk((registers(mobile="13800138000", id_number=id_number()), OFFICE))
    assert county.agrees(ERASED, OFFICE, by=COUNTY) == ((OFFICE, PersonErased(person="p-1")),)
    person = county.only(Person)
    assert (person.sealed, person.marks, person.erased) == ("", (), True)
    assert county.only(Staff).names == {}
    assert county.agrees(ERASED, OFFICE, by=COUNTY, n=1) == ()
    county.agrees(registers(), OFFICE)
    assert county.only(Staff).names == {"p-1": "样例甲"}


def test_whoever_is_still_in_a_post_is_not_erased() -> None:
    county = desk()
    county.agrees(Appoint(person="p-1", post=Post.PARTY_SECRETARY, since=START), OFFICE)
    verdict = county.decides(asked(ERASED, OFFICE, by=COUNTY), county.kept(Staff))
    assert isinstance(verdict, Refused)
    assert (verdict.slug, verdict.details["post"]) == ("still-in-post", Post.PARTY_SECRETARY)


def test_the_other_township_does_not_take_a_station_s_person() -> None:
    county = desk((registers(home=STATION), STATION))
    moved = registers(home=OTHER_TOWNSHIP, since=FIRST_DAY, moves_from=STATION)
    assert county.refuses(moved, OTHER_TOWNSHIP) == "outside-subtree"
