"""A station's PC is told which of its cases are open, whoever took them in, and nobody else's."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.browsing import browsing, token
from tests.county import County
from tests.processes_here import Browser
from tests.submitters import A_MONDAY, committee, station, stations

PAGE = "/greenchannel/api/desk"


@pytest.fixture
async def browser(county: County) -> AsyncIterator[Browser]:
    async with browsing(county, "greenchannel") as client, county.working():
        yield client


async def test_its_open_cases_are_told_with_their_due_days(county: County, browser: Browser) -> None:
    first, second, other = station.opens(n=1), station.opens(n=2), stations[1].opens(n=3)
    await county.hears(committee.publishes("licence", 5), first, second, other)
    await county.settles()
    await county.hears(station.completes(first, A_MONDAY))
    await county.settles()
    listed = (await browser.get(PAGE, auth=token(station.code))).json()["cases"]
    assert [(one["case"], one["organisation"], one["process"]) for one in listed] == [
        (second.id, station.code, "licence")
    ]
    assert (listed[0]["opened"], listed[0]["due"], listed[0]["provisional"]) == ("2018-03-05", "2018-03-12", False)
    assert listed[0]["standard"] == 0
    assert (await browser.get(PAGE)).status_code == 401
