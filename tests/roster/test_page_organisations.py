"""The pages of organisations: the committee enters an end there, and everybody sees who followed whom."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack

import pytest
import pytest_asyncio
from httpx import AsyncClient

from services.roster.organisations.form import DISSOLVE
from services.roster.organisations.others import Others
from shared.calendar import china_day
from shared.events.roster import DissolveOrganisation
from shared.forms import read
from shared.roster.organisations import Organisation
from tests.asking import NEIGHBOUR, STATION, TOWNSHIP, roster
from tests.browsing import browsing, does, fills_in, signed_in
from tests.county import County
from tests.processes_here import NOBODY
from tests.submitters import COUNTY, committee, moment, station, stations, township

_, neighbour, third, _ = stations
PAGE = f"/roster/organisations/{station.code}"
AT = moment("2018-06-13")


@pytest_asyncio.fixture
async def client(empty_county: County) -> AsyncIterator[AsyncClient]:
    async with AsyncExitStack() as stack:
        await stack.enter_async_context(empty_county.at_work())
        client = await stack.enter_async_context(browsing(empty_county, "roster", by=committee.code))
        client.looks_at(AT)
        yield client


async def test_the_committee_merges_a_village_and_takes_it_back(client: AsyncClient, empty_county: County) -> None:
    entered = {"last_day": "2018-06-14", "followed_by-0": neighbour.code, "basis": "5号文"}
    async with signed_in(client, committee.code, "roster"):
        page = await does(empty_county, client, PAGE, "dissolve", "2018-06-13", **entered)
        assert "即将撤销" in page
        assert f'后继 <a href="/roster/organisations/{neighbour.code}">' in page
        assert f'前身 <a href="{PAGE}">' in (await client.get(f"/roster/organisations/{neighbour.code}")).text
        listed = (await client.get("/roster/organisations")).text
        assert "2018年6月14日" in listed
        assert "共7个单位" in listed
        page = await does(empty_county, client, PAGE, "withdraw", "2018-06-13", reason="方案调整")
        assert "登记撤销" in page
        assert "共8个单位" in (await client.get("/roster/organisations")).text


async def test_a_split_names_several_in_their_order(client: AsyncClient, empty_county: County) -> None:
    entered = {"last_day": "2018-06-14", "followed_by-0": third.code, "followed_by-2": neighbour.code}
    async with signed_in(client, committee.code, "roster"):
        await does(empty_county, client, PAGE, "dissolve", "2018-06-13", **entered)
    kept = await empty_county.db("roster")[Organisation.collection].find_one({"_id": station.code})
    assert kept is not None
    assert kept["history"][-1]["ended"]["followed_by"] == [third.code, neighbour.code]


async def test_who_may_not_is_offered_nothing_and_an_unknown_one_is_no_page(client: AsyncClient) -> None:
    async with signed_in(client, township.code, "roster"):
        assert "登记撤销" not in (await client.get(PAGE)).text
        assert "数据和报告" not in (await client.get(f"/roster/organisations/{committee.code}")).text
    assert (await client.get(PAGE, headers=NOBODY)).status_code == 303
    assert (await client.get("/roster/organisations/150424199")).status_code == 404


async def test_what_is_refused_comes_again_with_its_reason(client: AsyncClient) -> None:
    page = f"/roster/organisations/{township.code}"
    async with signed_in(client, committee.code, "roster"):
        again = await fills_in(client, page, "dissolve", "2018-06-13", last_day="2018-06-14", basis="5号文")
    assert "没有上级单位" in again.text
    assert 'value="5号文"' in again.text


@pytest.mark.parametrize(
    ("values", "followed_by"),
    [
        ({}, []),
        ({"followed_by-0": NEIGHBOUR}, [NEIGHBOUR]),
        ({"followed_by-1": TOWNSHIP, "followed_by-0": NEIGHBOUR}, [NEIGHBOUR, TOWNSHIP]),
    ],
)
def test_a_list_of_plain_values_is_entered_in_rows(values: dict[str, str], followed_by: list[str]) -> None:
    context = Others(STATION, roster(), china_day(AT))
    data = read(DISSOLVE, {"last_day": "2018-06-14", **values}, context)
    assert isinstance(data, DissolveOrganisation)
    assert data.followed_by == followed_by


def test_nobody_follows_itself_and_no_county_follows_anybody() -> None:
    assert {STATION, COUNTY}.isdisjoint(Others(STATION, roster(), china_day(AT)).names)
