"""Ways round the provider of unified identities that were tried: gone ways, borrowed browsers and pages."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio

from tests.county import County
from tests.entrants import LI, OURS, PASSWORD, WANG, enters, first_time, given_code, hidden_in, is_in
from tests.processes_here import Browser
from tests.roster.identities import Identities, providing, rsa_key, signed
from tests.roster.unified import (
    START,
    bound_browsing,
    comes_back_by,
    enters_by_it,
    leads_to,
    there_and_back,
    unified_browsing,
)
from tests.submitters import office

NOT_IN = 401


@pytest_asyncio.fixture
async def identities(tmp_path: Path) -> AsyncIterator[Identities]:
    async with providing(tmp_path) as identities:
        yield identities


@pytest_asyncio.fixture
async def client(county: County, identities: Identities) -> AsyncIterator[Browser]:
    async with bound_browsing(county, identities) as client:
        yield client


async def test_a_way_is_gone_once_and_only_by_the_browser_that_began_it(
    client: Browser, county: County, identities: Identities
) -> None:
    back = await comes_back_by(identities, leads_to(await client.get(START)))
    async with unified_browsing(county, identities) as another:
        assert (await another.get(back)).status_code == NOT_IN
        await another.get(START)
        assert (await another.get(back)).status_code == NOT_IN
    for changed in (
        back.replace("state=", "state=x"),
        back.partition("&state=")[0],
        f"{START}/return",
        f"{back}&iss=x",
    ):
        async with unified_browsing(county, identities) as another:
            another.cookies.update(client.cookies)
            assert (await another.get(changed)).status_code == NOT_IN, changed
    kept = dict(client.cookies)
    page = await client.get(back)
    assert page.status_code == 200
    assert (await client.get(back)).status_code == NOT_IN
    client.cookies.update(kept)
    assert (await client.get(back)).status_code == NOT_IN


async def test_the_page_after_it_lets_in_once_and_not_who_presses_back_after_signing_out(
    client: Browser, identities: Identities
) -> None:
    page = await there_and_back(client, identities)
    assert (await enters_by_it(client, page)).status_code == 303
    await client.post("/roster/sign-out", headers=OURS)
    assert (await enters_by_it(client, page)).status_code == NOT_IN
    assert not await is_in(client, WANG)
    for step in ("", "made up", hidden_in(page.text)["step"][:-1]):
        assert (await client.post(f"{START}/enter", data={"step": step}, headers=OURS)).status_code == NOT_IN


async def test_what_was_shown_for_one_thing_is_worth_nothing_for_another(
    client: Browser, county: County, identities: Identities
) -> None:
    """A thief leads her browser to bind his identity; he brings her page of entering to the digits of his account."""
    page = await there_and_back(client, identities)
    step = hidden_in(page.text)["step"]
    for to in ("/roster/sign-in/digits", "/roster/sign-in/new-password"):
        assert (await client.post(to, data={"step": step, "digits": "1"}, headers=OURS)).status_code == NOT_IN
    async with unified_browsing(county, identities) as his:
        await first_time(his, LI, await given_code(his, LI, by=office.code))
        sent = await his.post("/roster/account/unified/bind", data={"step": step}, headers=OURS)
        assert sent.status_code == NOT_IN
        identities.who = {"sub": "thief"}
        begun = await his.post("/roster/account/unified", data={"old": PASSWORD}, headers=OURS)
        thiefs = await his.get(await comes_back_by(identities, leads_to(begun)))
        async with unified_browsing(county, identities) as hers:
            await enters(hers, WANG, PASSWORD)
            data = hidden_in(thiefs.text)
            assert (await hers.post("/roster/account/unified/bind", data=data, headers=OURS)).status_code == NOT_IN


async def test_another_site_begins_no_way_and_nobody_is_led_elsewhere_by_it(
    client: Browser, identities: Identities
) -> None:
    begun = await client.get(START, headers={"sec-fetch-site": "cross-site"})
    assert (begun.status_code, begun.headers["location"], "set-cookie" in begun.headers) == (
        303,
        "/roster/sign-in",
        False,
    )
    for to in ("https://elsewhere.example/", "//elsewhere.example", "/\\elsewhere.example", "javascript:alert(1)"):
        page = await there_and_back(client, identities, to)
        entered = await enters_by_it(client, page, back=to)
        assert "elsewhere" not in entered.headers["location"]
        assert entered.headers["location"].startswith("/")
        client.cookies.clear()


async def test_another_site_presses_none_of_its_buttons(client: Browser, identities: Identities) -> None:
    page = await there_and_back(client, identities)
    from_elsewhere = {"origin": "https://elsewhere.example", "host": "county"}
    for to in (f"{START}/enter", "/roster/account/unified", "/roster/account/unified/bind"):
        assert (await client.post(to, data=hidden_in(page.text), headers=from_elsewhere)).status_code == 403
    assert not await is_in(client, WANG)


async def test_its_cookie_lets_nobody_in_and_comes_along_to_its_own_pages_alone(client: Browser) -> None:
    said = (await client.get(START)).headers["set-cookie"]
    attributes = {one.strip().lower() for one in said.split(";")[1:]}
    assert {"httponly", "samesite=lax", "path=/roster/sign-in/unified", "max-age=600"} <= attributes
    over_tls = await client.get(START, headers={"x-forwarded-proto": "https"})
    assert "__Secure-lianban-unified=" in over_tls.headers["set-cookie"]
    assert "; Secure" in over_tls.headers["set-cookie"]


async def test_names_of_keys_that_are_made_up_have_the_keys_read_once(client: Browser, identities: Identities) -> None:
    before = identities.asked.count("/keys")
    stranger = rsa_key("made-up")
    identities.signs = lambda claims: signed(claims, stranger)
    for _ in range(4):
        assert (await there_and_back(client, identities)).status_code == NOT_IN
    assert identities.asked.count("/keys") == before
