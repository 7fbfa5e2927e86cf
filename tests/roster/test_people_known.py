"""Persons and posts on their way to all services: as the roster decided them, by day, and with no number among them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from pymongo.errors import AutoReconnect

from shared.bus.streams import PEOPLE
from shared.events.roster import Appoint, DissolveOrganisation, EndPost, Post
from shared.roster.feed import FollowedRoster
from shared.roster.people import KnownPeople, People
from shared.roster.staff import HeldPost, Staff
from tests.asking import COUNTY, OFFICE, START, organisation, roster
from tests.county import County
from tests.sealed import ALLOWED, id_number, registers
from tests.submitters import Said, committee, just_now, office

MARCH = date(2018, 3, 5)
CHIEF = HeldPost(person="p-1", post=Post.WINDOW_CHIEF, since=START, until=MARCH)
MEMBER = HeldPost(person="p-1", post=Post.COMMITTEE_MEMBER, since=MARCH)
PEOPLE_THEN = People(
    {OFFICE: Staff(id=OFFICE, names={"p-1": "样例甲"}, posts=(CHIEF,)), COUNTY: Staff(id=COUNTY, posts=(MEMBER,))}
)


def test_posts_are_those_of_the_day() -> None:
    days = (START - timedelta(days=1), START, MARCH, MARCH + timedelta(days=1))
    held = [[one.held.post for one in PEOPLE_THEN.posts("p-1", day, roster())] for day in days]
    assert held == [
        [],
        [Post.WINDOW_CHIEF],
        [Post.COMMITTEE_MEMBER, Post.WINDOW_CHIEF],
        [Post.COMMITTEE_MEMBER],
    ]
    assert PEOPLE_THEN.holders(OFFICE, Post.WINDOW_CHIEF, MARCH, roster()) == ["p-1"]
    assert PEOPLE_THEN.holders(OFFICE, Post.WINDOW_CHIEF, days[-1], roster()) == []


def test_with_an_organisation_end_the_posts_in_it() -> None:
    nobody = roster().having(organisation(OFFICE))
    nobody = nobody.having(organisation(OFFICE, *roster().organisation(COUNTY).history))  # type: ignore[union-attr]
    assert PEOPLE_THEN.posts("p-1", START, nobody)
    later = organisation(OFFICE, roster().standing(OFFICE, MARCH).model_copy(update={"since": MARCH}))  # type: ignore[union-attr]
    assert PEOPLE_THEN.posts("p-1", START, roster().having(later)) == []
    assert PEOPLE_THEN.holders(OFFICE, Post.WINDOW_CHIEF, START, roster().having(later)) == []


def test_a_name_is_known_at_home_wherever_the_post_is() -> None:
    assert (PEOPLE_THEN.name_of("p-1"), PEOPLE_THEN.home_of("p-1")) == ("样例甲", OFFICE)
    assert PEOPLE_THEN.name_of("p-9") is None
    assert PEOPLE_THEN.having([Staff(id=OFFICE)]).name_of("p-1") is None


def said(*more: Said) -> list[Said]:
    """Somebody with a mobile and an identity number becomes a window's chief."""
    known = office.says(registers(mobile="13800138000", id_number=id_number()), just_now())
    chief = Appoint(person="p-1", post=Post.WINDOW_CHIEF, since=START)
    return [known, office.says(chief, just_now()), *more]


async def decides(county: County, *said: Said) -> People:
    """What every service knows afterwards."""
    county.allowed = ALLOWED
    async with county.working():
        await county.hears(*said)
        await county.settles()
    return await KnownPeople(county.bus).current()


@pytest.mark.asyncio
async def test_what_was_decided_is_known_everywhere_at_once(county: County) -> None:
    following = KnownPeople(county.bus)
    assert [*await following.current()] == []
    await decides(county, *said())
    people, known = await following.current(), await FollowedRoster(county.bus).current()
    assert people.name_of("p-1") == "样例甲"
    assert people.holders(office.code, Post.WINDOW_CHIEF, MARCH, known) == ["p-1"]
    ended = EndPost(person="p-1", post=Post.WINDOW_CHIEF, last_day=MARCH)
    await decides(county, office.says(ended, just_now()))
    assert (await following.current()).of(office.code).posts[0].until == MARCH


@pytest.mark.asyncio
async def test_the_bucket_holds_names_and_posts_and_nothing_else(county: County) -> None:
    await decides(county, *said())
    held = await county.bus.last(PEOPLE.name, f"$KV.people.{office.code}")
    assert held
    staff = Staff.model_validate_json(held.body)
    post = HeldPost(person="p-1", post=Post.WINDOW_CHIEF, since=START)
    assert staff == Staff(id=office.code, version=staff.version, names={"p-1": "样例甲"}, posts=(post,))
    assert b"by" not in held.body.replace(b"birth", b"")


@pytest.mark.asyncio
async def test_what_stood_but_was_answered_too_late_reaches_the_others(county: County) -> None:
    faults = [AutoReconnect("the answer was lost")]

    async def step(point: str) -> None:
        if point == "committed" and faults:
            raise faults.pop()

    county.allowed = ALLOWED
    async with county.working(step=step):
        await county.hears(*said())
        await county.settles()
    assert (await KnownPeople(county.bus).current()).name_of("p-1") == "样例甲"


@pytest.mark.asyncio
async def test_an_organisation_that_ended_has_no_holders_and_its_histories_stay(county: County) -> None:
    ended = DissolveOrganisation(last_day=MARCH, followed_by=["150424-D01"])
    people = await decides(county, *said(committee.says(ended, just_now(), about=office.code)))
    known = await FollowedRoster(county.bus).current()
    assert people.holders(office.code, Post.WINDOW_CHIEF, MARCH, known) == ["p-1"]
    assert people.holders(office.code, Post.WINDOW_CHIEF, MARCH + timedelta(days=1), known) == []
    assert [one.organisation for one in people.ever("p-1")] == [office.code]


@pytest.mark.asyncio
async def test_the_largest_organisation_that_the_rules_allow_fits_into_its_value(county: County) -> None:
    names = {f"{n:036}": "长" * 40 for n in range(300)}
    posts = tuple(HeldPost(person=f"{n:036}", post=Post.PERSONNEL_CLERK, since=START, until=MARCH) for n in range(400))
    full = Staff(id=office.code, version=1, names=names, posts=posts)
    assert len(full.for_the_bus()) < PEOPLE.max_message
