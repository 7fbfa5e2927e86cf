"""A window's mark of a quarter on its page: given and taken back by the committee, and by nobody else."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from deploy.embedded.servers.running import Servers
from services.inspection.excellence.lines import page_of
from services.inspection.excellence.marking import quarters_before
from tests.browsing import does, fills_in, wrong_at
from tests.conftest import county_on
from tests.county import County
from tests.inspection.browsing import browsing, signed_in
from tests.processes_here import Browser
from tests.submitters import committee, hall, moment, office

pytestmark = pytest.mark.asyncio(loop_scope="module")
PAGE = page_of(office.code)
NOW = "2018-07-05"
FOUR = {f"scores-{one}": "95" for one in ("environment", "service", "management", "integrity")}


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def county(bus_and_database: Servers) -> AsyncIterator[County]:
    async with county_on(bus_and_database) as county, county.at_work():
        yield county


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def client(county: County) -> AsyncIterator[Browser]:
    async with browsing(county) as client:
        client.looks_at(moment(NOW, "10:00"))
        yield client


async def test_quarters_that_are_over_are_offered_the_newest_first() -> None:
    assert quarters_before(moment(NOW).date())[:3] == ["2018-Q2", "2018-Q1", "2017-Q4"]
    assert quarters_before(moment("2018-01-01").date())[0] == "2017-Q4"


async def test_a_mark_is_given_and_taken_back_on_the_windows_page(county: County, client: Browser) -> None:
    async with signed_in(client, committee.code):
        low = await fills_in(client, PAGE, "mark", NOW, **FOUR | {"scores-management": "80"}, quarter="2018-Q2")
        assert (low.status_code, "90" in wrong_at(low.text, "mark-scores-management")) == (422, True)
        shown = await does(county, client, PAGE, "mark", NOW, **FOUR, quarter="2018-Q2")
        assert ("2018年第二季度" in shown, f'action="{PAGE}/unmark"' in shown) == (True, True)
        shown = await does(county, client, PAGE, "unmark", NOW, quarter="2018-Q2", reason="复核未通过")
        assert ("已撤销" in shown, "复核未通过" in shown, f'action="{PAGE}/unmark"' in shown) == (True, True, False)


async def test_nobody_else_is_offered_it(county: County, client: Browser) -> None:
    for code in (office.code, hall.code):
        async with signed_in(client, code):
            assert f'action="{PAGE}/mark"' not in (await client.get(PAGE)).text
    async with signed_in(client, committee.code):
        page = page_of(committee.code)
        assert f'action="{page}/mark"' not in (await client.get(page)).text, "no window and no station"
