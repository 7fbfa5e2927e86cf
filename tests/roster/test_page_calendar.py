"""The page of the calendar: the committee registers a year's notice, everybody sees by which days the county counts."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from datetime import date

import pytest
import pytest_asyncio
from httpx import AsyncClient

from services.roster.notices.form import holidays
from services.roster.notices.lines import year_lines
from shared.calendar import forget, is_working_day, know
from shared.holidays import FIRST_YEAR, statutory
from shared.notices import Notice
from tests.browsing import browsing, does, fills_in, form_in, signed_in
from tests.county import County
from tests.submitters import committee, moment, station

PAGE = "/roster/calendar"


@pytest_asyncio.fixture
async def client(empty_county: County) -> AsyncIterator[AsyncClient]:
    async with AsyncExitStack() as stack:
        stack.callback(forget)
        await stack.enter_async_context(empty_county.at_work())
        client = await stack.enter_async_context(browsing(empty_county, "roster"))
        client.looks_at(moment("2026-11-26"))
        yield client


async def test_a_years_notice_is_registered_from_what_the_decree_says(
    client: AsyncClient, empty_county: County
) -> None:
    async with signed_in(client, committee.code, "roster"):
        begun = form_in((await client.get(PAGE)).text, f"{PAGE}/publish")
        assert (begun["year"], begun["days_off-1-name"], begun["days_off-1-first"]) == ("2027", "春节", "2027-02-05")
        entered = {"days_off-1-last": "2027-02-12", "working_days-0": "2027-02-20", "basis": "国办发明电〔2026〕9号"}
        page = await does(empty_county, client, PAGE, "publish", **entered)
    assert "已登记" in page
    assert "2月5日至2月14日（10天）" in page  # with the weekend that follows
    assert "2月20日" in page
    assert not is_working_day(date(2027, 2, 12))


async def test_what_cannot_be_so_comes_back_filled_with_its_reason(client: AsyncClient) -> None:
    async with signed_in(client, committee.code, "roster"):
        wrong = await fills_in(client, PAGE, "publish", **{"days_off-1-last": "2027-01-20"})
    assert "“春节”的放假末日2027年1月20日早于首日2027年2月5日" in wrong.text
    assert form_in(wrong.text, f"{PAGE}/publish")["days_off-1-last"] == "2027-01-20"


async def test_a_notice_is_corrected_as_it_was_registered(client: AsyncClient, empty_county: County) -> None:
    async with signed_in(client, committee.code, "roster"):
        await does(empty_county, client, PAGE, "publish", **{"days_off-0-last": "2027-01-03"})
        again = form_in((await client.get(f"{PAGE}?year=2027")).text, f"{PAGE}/publish")
        assert (again["days_off-0-name"], again["days_off-0-last"]) == ("元旦", "2027-01-03")


async def test_who_may_not_sees_the_days_and_no_form(client: AsyncClient) -> None:
    async with signed_in(client, station.code, "roster"):
        page = (await client.get(PAGE)).text
    assert (
        "未登记，暂定" in page,
        "联合党委登录后登记" in page,
        '<form method="post" action="/roster/calendar' in page,
    ) == (
        True,
        True,
        False,
    )
    assert (await client.get(f"{PAGE}?year=1990")).status_code == 422


@pytest.mark.parametrize("year", range(FIRST_YEAR, 2100))
def test_every_years_holidays_have_their_names(year: int) -> None:
    found = holidays(year)
    names = "、".join(one.name for one in found).split("、")
    assert sorted(names) == sorted(["元旦", "春节", "清明节", "劳动节", "端午节", "中秋节", "国庆节"])
    (national,) = [one for one in found if "国庆节" in one.name]
    assert national.first <= date(year, 10, 1) <= national.last
    assert {day for one in found for day in (one.first, one.last)} <= statutory(year)


def test_a_weekend_by_itself_is_no_holiday() -> None:
    know([Notice(year=2028, off=(date(2028, 1, 1),), worked=(date(2028, 2, 12),))])
    try:
        line = next(one for one in year_lines([], date(2027, 5, 1)) if one.year == "2028年")
    finally:
        forget()
    assert line.off[0] == "1月1日至1月2日（2天）"
    assert "2月13日（1天）" not in line.off  # the Sunday after a Saturday that is worked
    assert line.worked == "2月12日"
