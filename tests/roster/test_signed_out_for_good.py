"""Whoever signs out is out for good: copies of what a browser kept go on with nothing, however late they come."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest
import pytest_asyncio
from httpx import Response

from services.roster.accounts.letting_in import AT_HOME as DEVICE
from services.roster.accounts.model import OutsNoted
from services.roster.accounts.signing_out import note_outs
from shared.bus.streams import SESSIONS, WORKING_DAY
from shared.events.roster.people import Appoint, Post
from shared.identity.sessions import IDLE, EndedSessions, opened, sealed
from shared.web.cookie import AT_HOME
from shared.web.signing_in import sealing_key
from tests.browsing import browsing
from tests.county import County
from tests.entrants import OURS, PASSWORD, SINCE, WANG, enters, first_time, given_code, is_in, registered
from tests.processes_here import SECRET, Browser
from tests.submitters import START, committee, township

KEY = sealing_key(SECRET)


@pytest_asyncio.fixture
async def client(county: County) -> AsyncIterator[Browser]:
    """Remembers her, who signed in on it."""
    await registered(county, WANG)
    await note_outs(county.db("roster"), EndedSessions(county.bus))
    async with browsing(county, "roster") as client:
        await first_time(client, WANG, await given_code(client, WANG, by=township.code))
        await client.post("/roster/sign-out", headers=OURS)
        assert (await enters(client, WANG, PASSWORD, remember="1")).status_code == 303
        yield client


def copied(client: Browser) -> dict[str, str]:
    """Both cookies, that of the session as it is after half an hour without a sign of her."""
    session = opened(client.cookies[AT_HOME], KEY)
    assert session is not None
    ago = int(time.time()) - IDLE - 60
    over = session._replace(seen=ago, since=min(session.since, ago))
    return {AT_HOME: sealed(over, KEY), DEVICE: client.cookies[DEVICE]}


async def later(county: County, cookies: dict[str, str]) -> Response:
    """The next day: the bus knows nothing any more of who signed out, and somebody goes on with what was copied."""
    await note_outs(county.db("roster"), EndedSessions(county.bus))
    await county.bus.api(f"STREAM.PURGE.{SESSIONS.name}")
    return await goes_on_by(county, cookies)


async def goes_on_by(county: County, cookies: dict[str, str]) -> Response:
    async with browsing(county, "roster") as another:
        another.cookies.update(cookies)
        answer = await another.post("/roster/sign-in/again", data={"back": "/roster/account"}, headers=OURS)
        assert await is_in(another, WANG) is (answer.status_code == 303)
        return answer


async def test_until_somebody_signs_out_a_remembered_browser_goes_on_the_next_day(
    client: Browser, county: County
) -> None:
    assert (await later(county, copied(client))).status_code == 303


@pytest.mark.parametrize("service", ["roster", "inspection"])
async def test_after_signing_out_in_any_service_a_copy_goes_on_no_more(
    client: Browser, county: County, service: str
) -> None:
    cookies = copied(client)
    async with browsing(county, service) as there:
        there.cookies.update(dict(client.cookies))
        assert (await there.post(f"/{service}/sign-out", headers=OURS)).status_code == 303
    answer = await later(county, cookies)
    assert (answer.status_code, "请用密码登录" in answer.text) == (401, True)
    assert (await enters(client, WANG, PASSWORD)).status_code == 303
    assert (await later(county, copied(client))).status_code == 401, "begun, as copied, before she signed out"


async def test_a_copy_of_an_earlier_session_of_the_same_browser_is_worth_nothing_either(
    client: Browser, county: County
) -> None:
    cookies = copied(client)
    assert (await enters(client, WANG, PASSWORD)).status_code == 303
    await client.post("/roster/sign-out", headers=OURS)
    assert (await goes_on_by(county, cookies)).status_code == 401, "at once"
    assert (await later(county, cookies)).status_code == 401


async def test_whoever_signs_out_on_a_page_that_was_over_by_itself_is_out_too(client: Browser, county: County) -> None:
    cookies = copied(client)
    async with browsing(county, "feedback") as left_open:
        left_open.cookies.update(cookies)
        await left_open.post("/feedback/sign-out", headers=OURS)
    assert (await later(county, cookies)).status_code == 401


async def test_a_session_that_another_replaced_goes_on_no_more_and_the_other_does(
    client: Browser, county: County
) -> None:
    said = Appoint(person=WANG.id, post=Post.COMMITTEE_MEMBER, since=START)
    async with county.working():
        await county.hears(committee.says(said, SINCE, committee.code))
        await county.settles()
    before = copied(client)
    assert (await client.post("/roster/account/unit", data={"unit": committee.code}, headers=OURS)).status_code == 303
    assert (await later(county, before)).status_code == 401
    assert (await goes_on_by(county, copied(client))).status_code == 303


async def test_a_session_goes_on_only_with_the_device_on_which_it_began(client: Browser, county: County) -> None:
    async with browsing(county, "roster") as phone:
        await enters(phone, WANG, PASSWORD, remember="1")
        mixed = {**copied(client), DEVICE: phone.cookies[DEVICE]}
    assert (await later(county, mixed)).status_code == 401


async def test_what_ended_a_person_s_sessions_ends_what_they_go_on_by(client: Browser, county: County) -> None:
    for ends in ("end", "disable"):
        await enters(client, WANG, PASSWORD, remember="1")
        cookies = copied(client)
        await by_security(county, ends)
        if ends == "disable":
            await by_security(county, "enable")
        assert (await later(county, cookies)).status_code == 401, ends


async def by_security(county: County, measure: str) -> None:
    async with browsing(county, "roster", by=committee.code) as client:
        answer = await client.post(f"/roster/people/{WANG.id}/account/{measure}", headers=OURS)
        assert answer.status_code == 303, answer.text


async def test_where_the_roster_could_not_hear_for_a_working_day_a_password_is_needed(
    client: Browser, county: County
) -> None:
    cookies, db = copied(client), county.db("roster")
    long_ago = datetime.now(UTC) - timedelta(seconds=WORKING_DAY + 1)
    await db[OutsNoted.collection].update_one({}, {"$set": {"at": long_ago}})
    assert (await later(county, cookies)).status_code == 401
