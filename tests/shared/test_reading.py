"""Who may read what, asked of the rules alone: of oneself, from above, and by an office of the day."""

from __future__ import annotations

import pytest

from shared.events import Submission
from shared.events.roster import Office
from shared.events.roster.people import Post
from shared.events.vocabulary import DISCIPLINE_INSPECTION, ORGANISATION_DEPARTMENT, OrganisationKind
from shared.identity.audience import OF_THE_COUNTY, READ_BY, Matter, To
from shared.identity.reading import (
    AUDIT,
    COMMITTEE,
    KEYS,
    MONITORING,
    OWN,
    PEOPLE,
    PERSONS,
    PLACES,
    PUBLIC,
    REPORTS,
    RUNNING,
    SIGNED_IN,
    Reader,
    Rule,
)
from tests.asking import (
    COUNTY,
    HALL,
    NEIGHBOUR,
    OFFICE,
    OTHER_TOWNSHIP,
    STATION,
    TOWNSHIP,
    moment,
    organisation,
    roster,
    standing,
)

DISCIPLINE, PERSONNEL = "150424-D91", "150424-D92"
KNOWN = roster(
    organisation(
        DISCIPLINE,
        standing(OrganisationKind.DEPARTMENT, COUNTY, offices=(Office(office=DISCIPLINE_INSPECTION, scope=COUNTY),)),
    ),
    organisation(
        PERSONNEL,
        standing(OrganisationKind.DEPARTMENT, COUNTY, offices=(Office(office=ORGANISATION_DEPARTMENT, scope=COUNTY),)),
    ),
)


def reader(code: str | None) -> Reader:
    return Reader(code, COUNTY, KNOWN, moment("2018-03-05"))


@pytest.mark.parametrize(
    ("code", "rule", "about", "may"),
    [
        (None, PUBLIC, STATION, True),
        (None, SIGNED_IN, STATION, False),
        (NEIGHBOUR, SIGNED_IN, STATION, True),
        (None, OWN, STATION, False),
        (STATION, OWN, STATION, True),
        (NEIGHBOUR, OWN, STATION, False),
        (TOWNSHIP, OWN, STATION, True),
        (OTHER_TOWNSHIP, OWN, STATION, False),
        (COUNTY, OWN, STATION, True),
        (COUNTY, OWN, "150424999", True),
        (STATION, OWN, TOWNSHIP, False),
        (HALL, OWN, OFFICE, False),
        (HALL, PLACES, OFFICE, True),
        (HALL, PERSONS, OFFICE, False),
        (HALL, REPORTS, OFFICE, False),
        (HALL, KEYS, STATION, False),
        (DISCIPLINE, PLACES, STATION, True),
        (DISCIPLINE, PERSONS, STATION, True),
        (DISCIPLINE, REPORTS, OFFICE, True),
        (DISCIPLINE, KEYS, STATION, False),
        (DISCIPLINE, OWN, STATION, False),
        (DISCIPLINE, COMMITTEE, COUNTY, False),
        (PERSONNEL, REPORTS, OFFICE, True),
        (PERSONNEL, PLACES, OFFICE, False),
        (COUNTY, COMMITTEE, COUNTY, True),
        (TOWNSHIP, COMMITTEE, TOWNSHIP, False),
        (COUNTY, MONITORING, COUNTY, False),
    ],
)
def test_matters_are_read_by_oneself_from_above_and_by_an_office(
    code: str | None, rule: Rule, about: str, may: bool
) -> None:
    assert reader(code).may(rule, about) is may


@pytest.mark.parametrize(
    ("code", "post", "rule", "may"),
    [
        (OFFICE, Post.WINDOW_CLERK, OWN, True),
        (OFFICE, Post.WINDOW_CLERK, PEOPLE, False),
        (OFFICE, Post.WINDOW_CHIEF, PEOPLE, True),
        (OFFICE, None, OWN, False),
        (OFFICE, None, SIGNED_IN, True),
        (HALL, Post.PARTY_LIAISON, PLACES, True),
        (HALL, Post.PARTY_LIAISON, PERSONS, False),
        (COUNTY, Post.DISCIPLINE_OFFICER, PERSONS, True),
        (COUNTY, Post.DISCIPLINE_OFFICER, PEOPLE, True),
        (COUNTY, Post.DISCIPLINE_OFFICER, RUNNING, False),
        (COUNTY, Post.OFFICE_CLERK, RUNNING, False),
        (COUNTY, Post.OFFICE_CLERK, COMMITTEE, True),
        (COUNTY, Post.PERSONNEL_CLERK, REPORTS, True),
        (COUNTY, Post.PERSONNEL_CLERK, PLACES, False),
        (COUNTY, Post.SYSTEM_ADMIN, RUNNING, True),
        (COUNTY, Post.SYSTEM_ADMIN, PERSONS, False),
        (COUNTY, Post.SYSTEM_ADMIN, AUDIT, False),
        (COUNTY, Post.MONITOR, RUNNING, True),
        (COUNTY, Post.SECURITY_ADMIN, PEOPLE, True),
        (COUNTY, Post.SECURITY_ADMIN, AUDIT, False),
        (COUNTY, Post.AUDITOR, AUDIT, True),
        (COUNTY, Post.AUDITOR, OWN, False),
        (COUNTY, Post.AUDITOR, RUNNING, False),
        (OFFICE, Post.AUDITOR, AUDIT, False),
    ],
)
def test_a_person_reads_what_its_posts_read_and_no_more_than_its_organisation(
    code: str, post: Post | None, rule: Rule, may: bool
) -> None:
    posts = frozenset([post] if post else [])
    one = Reader(code, COUNTY, KNOWN, moment("2018-03-05"), posts)
    assert one.may(rule, OFFICE) is may
    if rule.to is To.CONCERNED:
        assert may or OFFICE not in (one.scope(rule) or ())


def test_the_audit_is_read_by_no_token_and_every_post_is_said_what_it_reads() -> None:
    assert not reader(COUNTY).may(AUDIT, COUNTY)
    assert {*READ_BY} == {*Post}
    assert frozenset[str]().union(*OF_THE_COUNTY.values()) <= {*Post}
    assert {*Matter} == {rule.kind for rule in (OWN, KEYS, PERSONS, PEOPLE, PLACES, REPORTS)}


def test_a_list_is_read_as_far_as_each_of_its_matters_is() -> None:
    assert reader(COUNTY).scope(PERSONS) is None
    assert reader(None).scope(PERSONS) == frozenset()
    assert reader(TOWNSHIP).scope(PERSONS) == frozenset({TOWNSHIP, STATION, NEIGHBOUR})
    assert reader(STATION).scope(PERSONS) == frozenset({STATION})
    assert reader(DISCIPLINE).scope(PERSONS) == frozenset({one.id for one in KNOWN})
    assert reader("150424-D99").scope(PERSONS) == frozenset({"150424-D99"})


@pytest.mark.parametrize(
    ("code", "rule", "sees"),
    [
        (COUNTY, PERSONS, True),
        (DISCIPLINE, PERSONS, True),
        (HALL, PLACES, False),
        (HALL, PERSONS, False),
        (TOWNSHIP, PERSONS, False),
        (None, PERSONS, False),
    ],
)
def test_who_reads_of_everybody_is_known(code: str | None, rule: Rule, sees: bool) -> None:
    assert reader(code).sees_all(rule) is sees


def test_an_office_reads_from_the_day_on_which_it_is_held() -> None:
    later = standing(
        OrganisationKind.DEPARTMENT,
        COUNTY,
        since=moment("2018-06-01").date(),
        offices=(Office(office=DISCIPLINE_INSPECTION, scope=TOWNSHIP),),
    )
    known = KNOWN.having(organisation(DISCIPLINE, standing(OrganisationKind.DEPARTMENT, COUNTY), later))
    before, after = (Reader(DISCIPLINE, COUNTY, known, moment(day)) for day in ("2018-05-31", "2018-06-01"))
    assert (before.may(PERSONS, STATION), after.may(PERSONS, STATION)) == (False, True)
    assert not after.may(PERSONS, OFFICE)


def test_who_reads_by_an_office_submits_nothing_by_it() -> None:
    submitting = {kind.office for kind in Submission.registry.values()}
    assert submitting.isdisjoint({DISCIPLINE_INSPECTION, ORGANISATION_DEPARTMENT})
