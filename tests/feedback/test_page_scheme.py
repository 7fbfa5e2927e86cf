"""Reporting schemes on their page: the committee adopts the next one, and corrects it before it holds."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from deploy.embedded.servers.running import Servers
from tests.browsing import browsing, does, fills_in, form_in, signed_in, wrong_at
from tests.conftest import county_on
from tests.county import County
from tests.processes_here import Browser
from tests.submitters import committee, moment, office

pytestmark = pytest.mark.asyncio(loop_scope="module")
PAGE = "/feedback/scheme"
NOW = "2018-03-05"
SAID = {"year_replaces_december": "yes", "year_replaces_fourth_quarter": "yes", "quarter_replaces_last_month": "no"}


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def county(bus_and_database: Servers) -> AsyncIterator[County]:
    async with county_on(bus_and_database) as county, county.at_work():
        yield county


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def client(county: County) -> AsyncIterator[Browser]:
    async with browsing(county, "feedback") as client:
        client.looks_at(moment(NOW, "10:00"))
        yield client


async def test_a_scheme_follows_another_from_a_later_day(county: County, client: Browser) -> None:
    async with signed_in(client, committee.code, "feedback"):
        assert "月、季、年各期都照常反馈" in (await client.get(PAGE)).text
        shown = await does(county, client, PAGE, "adopt", NOW, **SAID, effective_from="2018-03-01")
        assert ("现行" in shown, "2018年3月1日" in shown) == (True, True)
        other = SAID | {"year_replaces_december": "no"}
        same = await fills_in(client, PAGE, "adopt", NOW, **other, effective_from="2018-03-01")
        assert (same.status_code, "2018年3月1日" in wrong_at(same.text, "adopt-effective_from")) == (422, True)
        shown = await does(county, client, PAGE, "adopt", NOW, **SAID, effective_from="2018-07-01")
        assert "未施行" in shown


async def test_it_is_read_by_all_and_adopted_by_the_committee_alone(county: County, client: Browser) -> None:
    async with signed_in(client, office.code, "feedback"):
        shown = await client.get(PAGE)
        assert (shown.status_code, 'name="ticket"' in shown.text) == (200, False)


async def test_its_record_says_what_it_says_and_is_corrected(county: County, client: Browser) -> None:
    async with signed_in(client, committee.code, "feedback"):
        records = (await client.get("/feedback/submissions")).text
        for record in dict.fromkeys(re.findall(r'href="(/feedback/submissions/150424/[^"?]+)"', records)):
            if "2018-07-01" in (await client.get(f"{record}/change-scheme")).text:
                form = form_in((await client.get(f"{record}/change-scheme")).text, f"{record}/change-scheme")
                break
        else:
            raise AssertionError("no record of the one that does not hold yet")
        assert form["effective_from"] == "2018-07-01"
