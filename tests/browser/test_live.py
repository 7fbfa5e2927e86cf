"""What waits stays current by itself: the count in the header, the list; and a line that is cut is said quietly."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable

import pytest
from playwright.async_api import Page, expect

from tests.browser.light import inspections_pages, person
from tests.county import County
from tests.submitters import station, stations, township
from tests.todo import others_answer

HALF_A_MINUTE, TWO_MINUTES = 31_000, 125_000
"""Milliseconds: behind a look of the list's page, and two of another's."""


@pytest.fixture
async def light_county(empty_county: County) -> AsyncIterator[County]:
    """Its services decide and answer one another until the test is over."""
    async with empty_county.at_work(), others_answer(empty_county, "inspection"):
        yield empty_county


async def test_what_comes_while_somebody_looks_is_listed_and_counted_without_a_reload(light_county: County) -> None:
    async with inspections_pages(light_county) as address, person(1366, 768) as clerk:
        await clerk.page.clock.install()
        await clerk.signs_in(address, township.code)
        count, rows = clerk.page.locator("[data-waiting]"), clerk.page.locator("li.task")
        await expect(rows).to_have_count(0)
        await expect(count).to_be_hidden()
        opened = station.logs(findings=1)
        await light_county.hears(opened, station.rectifies(opened))
        await light_county.settles()
        await clerk.page.clock.fast_forward(HALF_A_MINUTE)
        await expect(rows).to_have_count(1)
        await expect(count).to_have_text("1")


async def test_what_somebody_is_writing_is_not_taken_away(light_county: County) -> None:
    async with inspections_pages(light_county) as address, person(1366, 768) as clerk:
        await clerk.page.clock.install()
        opened = [one.logs(findings=1) for one in stations[:2]]
        await light_county.hears(opened[0], stations[0].rectifies(opened[0]))
        await light_county.settles()
        await clerk.signs_in(address, township.code)
        await clerk.page.get_by_text("退回重改").click()
        reason = clerk.page.get_by_label("退回理由")
        await reason.fill("仍不能使用")
        await light_county.hears(opened[1], stations[1].rectifies(opened[1]))
        await light_county.settles()
        async with clerk.page.expect_response(lambda one: "/todo" in one.url and "count" not in one.url):
            await clerk.page.clock.fast_forward(HALF_A_MINUTE)
        await expect(reason).to_have_value("仍不能使用")


async def minutes_pass(page: Page, until: Callable[[], Awaitable[bool]]) -> None:
    """As many as it takes: a page asks again only when it has heard, or given up, what it asked before."""
    async with asyncio.timeout(60):
        while not await until():
            await page.clock.fast_forward(TWO_MINUTES)
            await asyncio.sleep(0.1)


async def test_a_page_says_quietly_since_when_nobody_answers(light_county: County) -> None:
    async with inspections_pages(light_county) as address, person(390, 844) as clerk:
        await clerk.page.clock.install()
        await clerk.signs_in(address, station.code)
        await clerk.page.goto(f"{address}/inspection/patrol")
        cut = clerk.page.locator("[data-cut]")
        await expect(cut).to_be_hidden()
        await clerk.page.context.set_offline(True)
        await minutes_pass(clerk.page, until=cut.is_visible)
        await expect(cut).to_contain_text("连接中断，本页是")
        await clerk.page.context.set_offline(False)
        await minutes_pass(clerk.page, until=cut.is_hidden)
