"""Posts are dated, each in its kind of organisation, some held by one at a time, some never in one hand."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from services.roster.handlers import HANDLERS
from services.roster.people import appointing
from services.roster.people.model import MOST_POSTS, Home, Person
from shared.events import Submission
from shared.events.roster import (
    Appoint,
    AppointmentWithdrawn,
    EndPost,
    PersonAppointed,
    Post,
    PostEnded,
    PostEndWithdrawn,
)
from shared.pipeline.decisions import About, Accepted, Consequence, Original, Refused, State
from shared.roster.posts import POSTS, in_one_hand
from shared.roster.staff import HeldPost, Staff
from tests.asking import COUNTY, OFFICE, OUTSIDER, START, STATION, TOWNSHIP, Desk, asked, moment, roster
from tests.sealed import ALLOWED, FIRST_DAY, registers

NEXT_YEAR = date(2019, 1, 1)
CHIEF = Appoint(person="p-1", post=Post.WINDOW_CHIEF, since=START)
ENDED = EndPost(person="p-1", post=Post.WINDOW_CHIEF, last_day=date(2018, 6, 30))


def appointed(person: str, post: Post, since: date = START) -> Appoint:
    return Appoint(person=person, post=post, since=since)


def desk(*said: tuple[Submission, str]) -> Desk:
    """Three persons of the office, and what was said of them by the committee."""
    one = Desk(HANDLERS, roster(), allowed=ALLOWED)
    for person in ("p-1", "p-2", "p-3"):
        one.agrees(registers(person), OFFICE)
    for data, about in said:
        one.agrees(data, about, by=COUNTY)
    return one


def test_a_post_is_held_from_its_day_to_its_last() -> None:
    county = desk()
    assert county.agrees(CHIEF, OFFICE) == (
        (OFFICE, PersonAppointed(person="p-1", post=Post.WINDOW_CHIEF, since=START)),
    )
    assert county.agrees(ENDED, OFFICE) == (
        (OFFICE, PostEnded(person="p-1", post=Post.WINDOW_CHIEF, last_day=ENDED.last_day)),
    )
    (staff,) = county.kept(Staff)
    days = (START - timedelta(days=1), START, ENDED.last_day, ENDED.last_day + timedelta(days=1))
    assert [bool(staff.held("p-1", Post.WINDOW_CHIEF, day)) for day in days] == [False, True, True, False]
    county.agrees(appointed("p-2", Post.WINDOW_CHIEF, ENDED.last_day + timedelta(days=1)), OFFICE)


REFUSED: dict[str, tuple[tuple[tuple[Submission, str], ...], Submission, str, str, str]] = {
    "nobody registered": ((), appointed("p-9", Post.WINDOW_CHIEF), OFFICE, OFFICE, "unknown-person"),
    "before it was registered": (
        ((registers(since=FIRST_DAY), OFFICE),),
        CHIEF,
        OFFICE,
        OFFICE,
        "not-registered-then",
    ),
    "no such post there": ((), CHIEF, STATION, TOWNSHIP, "post-not-here"),
    "before the organisation": (
        (),
        appointed("p-1", Post.WINDOW_CHIEF, START - timedelta(days=1)),
        OFFICE,
        OFFICE,
        "not-registered-then",
    ),
    "by itself to the committee's": (
        (),
        appointed("p-1", Post.DISCIPLINE_OFFICER),
        OFFICE,
        OFFICE,
        "appointed-by-committee",
    ),
    "twice": (((CHIEF, OFFICE),), appointed("p-1", Post.WINDOW_CHIEF, FIRST_DAY), OFFICE, OFFICE, "already-in-post"),
    "another holds it": (((CHIEF, OFFICE),), appointed("p-2", Post.WINDOW_CHIEF), OFFICE, OFFICE, "post-held"),
    "another will hold it": (
        ((appointed("p-2", Post.WINDOW_CHIEF, NEXT_YEAR), OFFICE),),
        CHIEF,
        OFFICE,
        OFFICE,
        "post-held",
    ),
    "clerk and secretary": (
        ((appointed("p-1", Post.OFFICE_CLERK), COUNTY),),
        appointed("p-1", Post.COMMITTEE_SECRETARY),
        COUNTY,
        COUNTY,
        "same-hand",
    ),
    "two administrators": (
        ((appointed("p-1", Post.SYSTEM_ADMIN), COUNTY),),
        appointed("p-1", Post.AUDITOR),
        COUNTY,
        COUNTY,
        "same-hand",
    ),
    "ended without being held": ((), ENDED, OFFICE, OFFICE, "not-in-post"),
    "ended twice": (
        ((CHIEF, OFFICE), (ENDED, OFFICE)),
        ENDED.model_copy(update={"last_day": date(2018, 5, 31)}),
        OFFICE,
        OFFICE,
        "not-in-post",
    ),
    "ended before it began": (
        ((appointed("p-1", Post.WINDOW_CHIEF, NEXT_YEAR), OFFICE),),
        ENDED,
        OFFICE,
        OFFICE,
        "not-in-post",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_not_so_is_refused(case: str) -> None:
    before, data, about, by, slug = REFUSED[case]
    assert desk(*before).refuses(data, about, by=by) == slug


def test_an_organisation_that_has_ended_by_then_has_no_posts() -> None:
    county = Desk(HANDLERS, roster(), Person(id="p-1", homes=(Home(organisation=OFFICE, since=date(2017, 1, 1)),)))
    early = appointed("p-1", Post.WINDOW_CHIEF, START - timedelta(days=1))
    assert county.refuses(early, OFFICE) == "not-standing-then"


def test_an_organisation_has_no_more_posts_than_its_value_in_the_bucket_holds() -> None:
    held = HeldPost(person="p-2", post=Post.WINDOW_CLERK, since=START, until=START)
    county = desk()
    county.keeps([Staff(id=OFFICE, posts=(held,) * MOST_POSTS)])
    assert county.refuses(CHIEF, OFFICE) == "too-many-posts"


def test_several_hold_what_is_not_of_one() -> None:
    county = desk()
    for person in ("p-1", "p-2", "p-3"):
        county.agrees(appointed(person, Post.WINDOW_CLERK), OFFICE)


def test_somebody_of_another_organisation_holds_a_post_of_the_county() -> None:
    county = desk()
    county.agrees(appointed("p-1", Post.COMMITTEE_MEMBER), COUNTY)
    assert {one.id: len(one.posts) for one in county.kept(Staff)} == {COUNTY: 1, OFFICE: 0}


@pytest.mark.parametrize("post", Post)
def test_every_post_exists_somewhere_and_that_of_a_place_alone_on_a_ranch(post: Post) -> None:
    known = roster()
    stands = [known.standing(code, START) for code in (COUNTY, OFFICE, TOWNSHIP, STATION)]
    assert any(POSTS[post].fits(one) for one in stands if one)
    ranch = known.standing(OUTSIDER, START)
    assert ranch
    assert POSTS[post].fits(ranch) is (post is Post.STATION_CLERK)


def test_in_one_hand_is_the_same_both_ways_and_never_against_itself() -> None:
    for post in Post:
        assert in_one_hand(post, post)
        assert all(in_one_hand(post, other) == in_one_hand(other, post) for other in Post)


def original(county: Desk, data: Appoint | EndPost) -> Original:
    """What the desk accepted, as a correction names it."""
    event = asked(data, OFFICE)
    kind = PersonAppointed if isinstance(data, Appoint) else PostEnded
    fact = kind(**{name: value for name, value in data.model_dump().items() if name in kind.model_fields})
    then = moment("2018-03-05")
    return Original(
        event.id, event.key, data.type, OFFICE, OFFICE, then, True, (Consequence(fact, OFFICE, then, OFFICE),)
    )


def undone(county: Desk, data: Appoint | EndPost) -> Accepted | Refused:
    """How it is taken back, as its handler says."""
    handler, said = HANDLERS[type(data)], original(county, data)
    state = State(county.roster)
    state.copy.load(one for one in county.kept(Staff) if one.id == OFFICE)
    assert handler.undo
    assert [*handler.undo_needs(said)] == [*appointing.of_organisation(said)]
    verdict = handler.undo(state, said)
    if isinstance(verdict, Accepted):
        county.keeps([one for one in verdict.changes if isinstance(one, Staff)])
    return verdict


def test_an_appointment_is_taken_back_and_its_end_before_it() -> None:
    county = desk()
    county.agrees(CHIEF, OFFICE)
    county.agrees(ENDED, OFFICE)
    refused = undone(county, CHIEF)
    assert isinstance(refused, Refused)
    assert refused.slug == "post-ended-since"
    reopened = undone(county, ENDED)
    assert isinstance(reopened, Accepted)
    assert [type(one.fact) for one in reopened.facts if isinstance(one, About)] == [PostEndWithdrawn]
    taken = undone(county, CHIEF)
    assert isinstance(taken, Accepted)
    assert [type(one.fact) for one in taken.facts if isinstance(one, About)] == [AppointmentWithdrawn]
    assert county.only(Staff).posts == ()


def test_an_end_is_not_taken_back_once_another_holds_the_post() -> None:
    county = desk()
    county.agrees(CHIEF, OFFICE)
    county.agrees(ENDED, OFFICE)
    county.agrees(appointed("p-2", Post.WINDOW_CHIEF, date(2018, 7, 1)), OFFICE)
    refused = undone(county, ENDED)
    assert isinstance(refused, Refused)
    assert refused.slug == "post-held"
