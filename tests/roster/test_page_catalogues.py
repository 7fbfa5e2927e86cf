"""A county's catalogues on their pages: entered, offered in the forms of every service, ended, and still read."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
import pytest_asyncio

from deploy.embedded.servers.running import Servers
from shared.calendar import CHINA
from shared.events.feedback import GrantAward
from tests.browsing import browsing, does, fills_in, signed_in, wrong_at
from tests.conftest import county_on
from tests.county import County
from tests.processes_here import Browser
from tests.sealed import ALLOWED, registers
from tests.submitters import committee, just_now, office

pytestmark = pytest.mark.asyncio(loop_scope="module")
AWARDS, WORKS = "/roster/county/award", "/roster/county/work"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def county(bus_and_database: Servers) -> AsyncIterator[County]:
    async with county_on(bus_and_database) as county:
        county.allowed = ALLOWED
        async with county.at_work():
            await county.hears(office.says(registers("P-7", office.code, name="赵敏"), just_now()))
            await county.settles()
            yield county


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def client(county: County) -> AsyncIterator[Browser]:
    async with browsing(county, "roster") as client:
        yield client


def slug_in(page: str, name: str) -> str:
    """By which an entry is called in addresses."""
    found = re.search(rf'href="{AWARDS}/([a-z0-9-]+)"[^>]*>{name}<', page)
    assert found, page
    return found.group(1)


async def offered(county: County) -> str:
    """What the form of awards offers, and what the list above it can be narrowed to."""
    async with browsing(county, "feedback") as feedback, signed_in(feedback, committee.code, "feedback"):
        return (await feedback.get(f"/feedback/awards?organisation={office.code}")).text


async def test_an_award_is_entered_granted_and_ended(county: County, client: Browser) -> None:
    today = just_now().astimezone(CHINA).date()
    async with signed_in(client, committee.code, "roster"):
        shown = await does(county, client, AWARDS, "enter-entry", name="最美代办员", valid_from=today.isoformat())
        slug = slug_in(shown, "最美代办员")
        await county.settles()
        assert f'<option value="{slug}">最美代办员</option>' in (await offered(county)).split("<form")[-1]
        await county.hears(committee.says(GrantAward(award=slug, person="P-7"), just_now(), office.code))
        await county.settles()
        at = f"{AWARDS}/{slug}"
        yesterday = (today - timedelta(days=1)).isoformat()
        wrong = await fills_in(client, at, "change-entry", last_day=yesterday)
        said = (await client.get(wrong.headers["location"])).text if wrong.status_code == 303 else wrong.text
        assert "早于启用日期" in said
        ended = {"valid_from": (today - timedelta(days=9)).isoformat(), "last_day": yesterday}
        assert "已停用" in await does(county, client, at, "change-entry", **ended)
        await county.settles()
    page = await offered(county)
    assert (f'"{slug}"' in page.split("<form")[-1], "最美代办员" in page, slug in page) == (False, True, True)


async def test_a_kind_of_work_has_a_unit_and_an_award_has_none(client: Browser) -> None:
    async with signed_in(client, committee.code, "roster"):
        assert ('name="unit"' in (await client.get(AWARDS)).text, 'name="unit"' in (await client.get(WORKS)).text) == (
            False,
            True,
        )
        left_out = await fills_in(client, WORKS, "enter-entry", name="")
        assert (left_out.status_code, wrong_at(left_out.text, "enter-entry-name") != "") == (422, True)


async def test_who_is_not_the_committee_reads_and_enters_nothing(client: Browser) -> None:
    for at in (WORKS, f"{WORKS}/banner"):
        assert (await client.get(at)).status_code == 200
        async with signed_in(client, office.code, "roster"):
            page = (await client.get(at)).text
            assert ("配发宣传条幅" in page, 'name="ticket"' in page) == (True, False)
    assert (await client.get(f"{WORKS}/unheard-of")).status_code == 404
    assert (await client.get("/roster/county/nothing")).status_code in (404, 422)
    listed = (await client.get("/roster/api/county")).json()["catalogues"]
    assert {"award", "work", "commitment"} == {one["catalogue"] for one in listed}
