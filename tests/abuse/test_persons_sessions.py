"""A person's sessions end by themselves when nobody is there, and all at once everywhere by the account's number."""

from __future__ import annotations

import asyncio
import time
from types import SimpleNamespace
from typing import Any, cast

import pytest
from itsdangerous import URLSafeSerializer

from shared.bus.connection import Bus
from shared.events.roster.people import Appoint, EndPost, Post
from shared.identity.sessions import IDLE, EndedSessions, SignIn, lapsed, opened, sealed
from shared.services import SERVICES
from shared.web.cookie import AT_HOME
from shared.web.signing_in import sealing_key
from tests.browsing import browsing
from tests.county import County
from tests.entrants import LI, OURS, SINCE, WANG, in_session, is_in, registered
from tests.processes_here import SECRET
from tests.submitters import committee, office

PROMISED, BORNE = 2.0, 10
MINUTE = 60


def begun(seconds_ago: int = 0, seen_ago: int = 0, **more: Any) -> SignIn:
    now = int(time.time())
    return SignIn("an-id", WANG.organisation, "", now - seconds_ago, WANG.id, now - seen_ago, **more)


@pytest.mark.parametrize(
    ("since", "seen", "is_on"),
    [
        (0, 0, True),
        (IDLE + MINUTE, IDLE - MINUTE, True),
        (IDLE + MINUTE, IDLE + MINUTE, False),
        (10 * 3600 - MINUTE, 0, True),
        (10 * 3600 + MINUTE, 0, False),
    ],
)
def test_half_an_hour_without_a_sign_of_the_person_ends_it_and_so_does_a_working_day(
    since: int, seen: int, is_on: bool
) -> None:
    text = sealed(begun(since, seen), SECRET)
    assert ((opened(text, SECRET) is not None), (lapsed(text, SECRET) is None)) == (is_on, is_on)
    assert lapsed(text, SECRET[1:]) is None


def test_an_organisations_session_has_no_idle_end() -> None:
    ago = SignIn("an-id", office.code, "k0", int(time.time()) - 5 * 3600)
    assert opened(sealed(ago, SECRET), SECRET) == ago
    assert ago.seen_now() is None


def test_a_cookie_of_before_these_sessions_is_read_as_it_was_meant() -> None:
    five = ["an-id", office.code, "k0", int(time.time()), ""]
    text = URLSafeSerializer(SECRET, salt="lianban/session").dumps(five)
    assert opened(str(text), SECRET) == SignIn("an-id", office.code, "k0", five[3])  # type: ignore[arg-type]


async def test_a_sign_of_the_person_is_kept_once_a_minute_and_a_page_that_asks_by_itself_is_none(
    county: County,
) -> None:
    await registered(county, WANG)
    async with browsing(county, "inspection") as client:
        for ago, headers, is_anew in (
            (2 * MINUTE, {}, True),
            (2 * MINUTE, {"sec-fetch-mode": "navigate"}, True),
            (2 * MINUTE, {"sec-fetch-mode": "cors"}, False),
            (MINUTE // 2, {}, False),
        ):
            client.cookies.clear()
            client.cookies.set(AT_HOME, sealed(begun(ago, ago), sealing_key(SECRET)))
            answer = await client.get("/inspection/patrol", headers=headers)
            assert ((answer.status_code), ("set-cookie" in answer.headers)) == (200, is_anew)
            if is_anew:
                newer = opened(answer.cookies[AT_HOME], sealing_key(SECRET))
                assert newer is not None
                assert time.time() - newer.seen < MINUTE


async def test_all_of_a_persons_are_over_everywhere_and_those_that_begin_afterwards_go_on(county: County) -> None:
    here = EndedSessions(county.bus)
    there = [EndedSessions(county.bus) for _ in SERVICES]
    assert not any([await one.has_ended("an-id", WANG.id, 0) for one in there])
    await here.end_before(WANG.id, 1)
    assert await here.has_ended("an-id", WANG.id, 0)
    since = time.monotonic()
    for one in there:
        while not await one.has_ended("an-id", WANG.id, 0):
            assert time.monotonic() - since < BORNE * PROMISED
            await asyncio.sleep(0.01)
        assert not await one.has_ended("another-id", WANG.id, 1)
        assert not await one.has_ended("an-id", LI.id, 0)


async def test_what_is_told_while_the_bus_is_away_holds_here_and_everywhere_once_it_is_back(county: County) -> None:
    bus = SimpleNamespace(connected=False, last_stored=county.bus.last_stored, following=county.bus.following)
    bus.publish = county.bus.publish
    here, there = EndedSessions(cast(Bus, bus)), EndedSessions(county.bus)
    await here.end_before(WANG.id, 3)
    assert not await there.has_ended("an-id", WANG.id, 2)
    bus.connected = True
    await here.has_ended("another")
    async with asyncio.timeout(BORNE * PROMISED):
        while not await there.has_ended("an-id", WANG.id, 2):
            await asyncio.sleep(0.01)
    assert await here.has_ended("an-id", WANG.id, 2)


async def test_who_leaves_post_and_home_is_out_wherever_the_cookie_says_otherwise(county: County) -> None:
    await registered(county, LI._replace(organisation=committee.code, post=Post.COMMITTEE_MEMBER))
    at_office = LI
    async with browsing(county, "inspection") as client:
        async with in_session(client, at_office):
            assert not await is_in(client, at_office, "inspection")
        member = LI._replace(organisation=committee.code)
        async with in_session(client, member):
            assert await is_in(client, member, "inspection")


async def test_with_the_last_post_elsewhere_ends_the_session_there(county: County) -> None:
    await registered(county, LI)
    elsewhere = LI._replace(organisation=committee.code)
    async with county.working():
        said = Appoint(person=LI.id, post=Post.COMMITTEE_MEMBER, since=SINCE.date())
        await county.hears(committee.says(said, SINCE, committee.code))
        await county.settles()
        async with browsing(county, "greenchannel") as client, in_session(client, elsewhere):
            assert await is_in(client, elsewhere, "greenchannel")
            end = EndPost(person=LI.id, post=Post.COMMITTEE_MEMBER, last_day=SINCE.date())
            await county.hears(committee.says(end, SINCE, committee.code, n=1))
            await county.settles()
            async with asyncio.timeout(BORNE * PROMISED):
                while await is_in(client, elsewhere, "greenchannel"):
                    await asyncio.sleep(0.01)


async def test_a_form_is_sent_on_from_its_own_service_alone_and_by_nobody_else(county: County) -> None:
    await registered(county, WANG)
    async with browsing(county, "inspection") as client:
        answer = await client.post("/inspection/patrol/stations-daily/x", data={"note": "说"}, headers=OURS)
        assert answer.status_code in (401, 404)
        for kept in ("", "made up"):
            sent = await client.post("/inspection/send-on", data={"kept": kept}, headers=OURS)
            assert sent.status_code == 404
