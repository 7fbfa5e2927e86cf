"""Ways round accounts that were tried: each is closed, and each but for the hole it once was goes on as before."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from datetime import date, timedelta

import pyotp
import pytest
import pytest_asyncio

from services.roster.accounts import kept
from services.roster.accounts.model import Account
from shared.events.roster.people import Appoint, Post
from shared.identity.attempts import Attempts
from shared.identity.sessions import EndedSessions, SignIn, opened
from shared.web.cookie import AT_HOME
from shared.web.signing_in import sealing_key
from tests.browsing import browsing, signed_in
from tests.county import County
from tests.entrants import (
    CHIEF,
    DIRECTOR,
    LI,
    OURS,
    PASSWORD,
    SECURITY,
    SINCE,
    WANG,
    enters,
    first_time,
    given_code,
    goes_on,
    is_in,
    registered,
)
from tests.processes_here import SECRET, Browser
from tests.roster.test_second_factor import SECRET as SHOWN
from tests.submitters import START, committee, just_now, office, township

ANOTHER = "Bairin-Right-1949"


@pytest_asyncio.fixture
async def client(county: County, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Browser]:
    """She has signed in; that failing slows somebody down is tried elsewhere."""
    monkeypatch.setattr(Attempts, "wait", lambda *_: 0.0)
    monkeypatch.setattr("shared.identity.attempts.LATEST", 0.0)
    await registered(county, WANG, LI, CHIEF, DIRECTOR, SECURITY)
    async with browsing(county, "roster") as client:
        await first_time(client, WANG, await given_code(client, WANG, by=township.code))
        yield client


def held(client: Browser) -> SignIn:
    session = opened(client.cookies[AT_HOME], sealing_key(SECRET))
    assert session
    return session


async def appointed(county: County, person: str, post: Post, since: date = START) -> None:
    said = Appoint(person=person, post=post, since=since)
    async with county.working():
        await county.hears(committee.says(said, SINCE, committee.code))
        await county.settles()


async def guesses_the_old(client: Browser, times: int) -> None:
    for _ in range(times):
        sent = {"old": "wrong", "password": ANOTHER, "again": ANOTHER}
        assert (await client.post("/roster/account/password", data=sent, headers=OURS)).status_code == 422


async def test_whoever_took_a_session_guesses_the_password_no_more_often_than_who_signs_in(
    client: Browser, county: County
) -> None:
    await guesses_the_old(client, 10)
    sent = {"old": PASSWORD, "password": ANOTHER, "again": ANOTHER}
    assert (await client.post("/roster/account/password", data=sent, headers=OURS)).status_code == 422
    assert (await kept.account_of(county.db("roster"), WANG.id)).locked_until is not None


async def test_going_on_for_another_unit_forgets_none_of_the_guesses(client: Browser, county: County) -> None:
    await appointed(county, WANG.id, Post.COMMITTEE_MEMBER)
    await guesses_the_old(client, 9)
    await client.post("/roster/account/unit", data={"unit": committee.code}, headers=OURS)
    failures = (await kept.account_of(county.db("roster"), WANG.id)).failures
    assert failures is not None
    assert failures.times == 9


@pytest.mark.parametrize("way", ["sessions/end-others", "unit", "password"])
async def test_a_session_that_is_over_makes_itself_none_that_goes_on(client: Browser, county: County, way: str) -> None:
    """Between the account's new number in the database and the moment at which a process hears of it."""
    await appointed(county, WANG.id, Post.COMMITTEE_MEMBER)
    before = held(client)
    db = county.db("roster")
    await db[Account.collection].update_one({"_id": WANG.id}, {"$inc": {"epoch": 1}})
    assert await is_in(client, WANG)
    sent = {"unit": committee.code, "old": PASSWORD, "password": ANOTHER, "again": ANOTHER}
    answer = await client.post(f"/roster/account/{way}", data=sent, headers=OURS)
    assert (answer.status_code, "登录后请重新填写" in answer.text) == (401, True)
    assert held(client).id == before.id
    assert (await kept.account_of(db, WANG.id)).epoch == before.epoch + 1


async def test_a_number_that_comes_late_brings_no_session_back(county: County) -> None:
    here = EndedSessions(county.bus)
    await here.end_before(WANG.id, 7)
    await here.end_before(WANG.id, 6)
    assert await here.has_ended("an-id", WANG.id, 6)
    assert await EndedSessions(county.bus).has_ended("an-id", WANG.id, 6)


async def test_who_comes_to_administer_goes_on_only_with_a_second_factor(client: Browser, county: County) -> None:
    await appointed(county, WANG.id, Post.COMMITTEE_MEMBER)
    await client.post("/roster/account/unit", data={"unit": committee.code}, headers=OURS)
    assert await is_in(client, WANG)
    await appointed(county, WANG.id, Post.SECURITY_ADMIN)
    assert not await is_in(client, WANG)
    assert (await client.get("/roster/accounts")).status_code == 303
    asked = await client.post(
        "/roster/sign-in/person", data={"unit": committee.code, "name": WANG.name, "password": PASSWORD}, headers=OURS
    )
    assert "设置动态口令" in asked.text


async def test_a_browser_remembered_before_somebody_signed_spares_no_setting_up(
    client: Browser, county: County
) -> None:
    await client.post("/roster/sign-out", headers=OURS)
    assert (await enters(client, WANG, PASSWORD, remember="1")).status_code == 303
    await client.post("/roster/sign-out", headers=OURS)
    await appointed(county, WANG.id, Post.COMMITTEE_DEPUTY)
    assert "设置动态口令" in (await enters(client, WANG, PASSWORD)).text


async def test_a_page_of_setting_up_takes_no_second_factors_place(client: Browser, county: County) -> None:
    """Whoever knows the password opens it first, and waits until the right one has set hers up."""
    async with browsing(county, "roster") as right, browsing(county, "roster") as thief:
        await first_time(right, DIRECTOR, await given_code(right, DIRECTOR, by=committee.code))
        pages = [await enters(one, DIRECTOR, PASSWORD) for one in (thief, right)]
        apps = [pyotp.TOTP(found[1].replace(" ", "")) for page in pages if (found := SHOWN.search(page.text))]
        assert (await goes_on(right, pages[1], digits=apps[1].now())).status_code == 303
        late = await goes_on(thief, pages[0], digits=apps[0].at(int(time.time()) + 30))
        assert (late.status_code, "请重新登录" in late.text) == (401, True)
        assert not await is_in(thief, DIRECTOR)


async def test_nobody_of_a_unit_gives_a_code_to_who_will_sign(client: Browser, county: County) -> None:
    page = f"/roster/people/{LI.id}/account/code"
    async with signed_in(client, office.code, "roster"):
        assert (await client.post(page, headers=OURS)).status_code == 200
    await appointed(county, LI.id, Post.COMMITTEE_DEPUTY, since=just_now().date() + timedelta(days=2))
    async with signed_in(client, office.code, "roster"):
        assert (await client.post(page, headers=OURS)).status_code == 403


async def test_a_form_with_a_password_never_waits_in_a_page(client: Browser) -> None:
    client.cookies.clear()
    for way in ("password", "second"):
        sent = {"old": PASSWORD, "password": ANOTHER, "again": ANOTHER}
        answer = await client.post(f"/roster/account/{way}", data=sent, headers=OURS)
        assert (answer.status_code, 'name="back" value="/roster/account"' in answer.text) == (401, True)
        assert ('name="kept"' in answer.text, PASSWORD in answer.text) == (False, False)
