"""How often a person taps for a day's work, from signing in to its end: counted, as every tap is one."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

import pytest
from playwright.async_api import expect

from shared.events.roster import RegisterOrganisation, StationDepartment
from shared.events.vocabulary import Hall, OrganisationKind
from tests.browser.light import inspections_pages, person
from tests.county import County
from tests.submitters import COUNTY, START, Said, committee, hall, moment, stations, township
from tests.todo import others_answer

WINDOWS = 35
"""With the one that every county of tests has."""
VERIFIES, PATROLS = 12, 80
"""Taps at most; the round took 210."""


def windows() -> Iterator[Said]:
    """Departments with a window each."""
    for n in range(1, WINDOWS):
        code = f"{COUNTY}-D{n + 30}"
        stands = RegisterOrganisation(
            code=code,
            name=f"第{n}窗口",
            kind=OrganisationKind.DEPARTMENT,
            parent=COUNTY,
            due_in_hall=True,
            valid_from=START,
        )
        yield committee.says(stands, moment("2018-01-01", "00:00"), code)
        yield committee.says(StationDepartment(hall=Hall.HALL, valid_from=START), moment("2018-01-01", "00:01"), code)


@pytest.fixture
async def light_county(empty_county: County) -> AsyncIterator[County]:
    """Its services decide and answer one another until the test is over."""
    async with empty_county.at_work(), others_answer(empty_county, "inspection"):
        yield empty_county


@pytest.fixture
async def address(light_county: County) -> AsyncIterator[str]:
    """Of inspection's pages."""
    async with inspections_pages(light_county) as at:
        yield at


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
async def test_a_township_verifies_three_items_with_few_taps(light_county: County, address: str, scripts: bool) -> None:
    opened = [one.logs(findings=1) for one in stations[:3]]
    done = [one.rectifies(said) for one, said in zip(stations, opened, strict=False)]
    await light_county.hears(*opened, *done)
    await light_county.settles()
    async with person(1366, 768, scripts) as clerk:
        await clerk.signs_in(address, township.code)
        for left in (3, 2, 1):
            rows = clerk.page.locator("li.task", has=clerk.page.get_by_role("button", name="核验通过"))
            await expect(rows).to_have_count(left)
            await clerk.taps_on(rows.first.get_by_role("button", name="核验通过"))
            await expect(clerk.page.get_by_text("整改核验已受理")).to_be_in_viewport()
            await expect(clerk.page.get_by_text("有误的，恢复整改")).to_be_in_viewport()
        await expect(clerk.page.get_by_role("button", name="核验通过")).to_have_count(0)
    kept = await light_county.db("inspection")["rectifications"].find().to_list(None)
    assert [one["stage"] for one in kept] == ["verified"] * 3
    assert clerk.taps <= VERIFIES


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
async def test_the_hall_goes_its_round_of_windows_without_findings_with_few_taps(
    light_county: County, address: str, scripts: bool
) -> None:
    await light_county.hears(*windows())
    await light_county.settles()
    async with person(390, 844, scripts) as inspector:
        await inspector.signs_in(address, hall.code)
        round_of_windows = inspector.page.locator("li.task", has_text="窗口日巡查")
        await inspector.taps_on(round_of_windows.get_by_role("link", name="开始"))
        boxes = inspector.page.get_by_role("checkbox")
        await expect(boxes).to_have_count(WINDOWS)
        assert await inspector.page.get_by_role("checkbox", checked=True).count() == 0
        for box in (await boxes.all())[1:]:
            await inspector.taps_on(box)
        await inspector.taps_on(inspector.page.get_by_role("button", name="登记勾选的窗口"))
        await expect(inspector.page.get_by_text(f"已登记{WINDOWS - 1}处").first).to_be_visible()
    await light_county.settles()
    logged = await light_county.db("inspection")["inspections"].find().to_list(None)
    assert len({one["organisation"] for one in logged}) == len(logged) == WINDOWS - 1
    assert {one["score"] for one in logged} == {10000}
    assert inspector.taps <= PATROLS
