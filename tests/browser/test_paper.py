"""What is printed: lists on few sheets, charts in their place, nothing that is pressed, and nobody signs alone."""

from __future__ import annotations

import re

import pytest

from tests.browser.conftest import Look, ShownCounty
from tests.browser.test_pages import ANNUAL, CHARTED, PAGES

PRESSED = """() => {
  const pressed = 'button, input:not([type=hidden]), select, nav a:not([aria-current]), .button';
  return [...document.querySelectorAll(pressed)].filter(one => one.getClientRects().length).map(one => one.innerText);
}"""
OVERLAID = """() => {
  document.querySelector('main').style.width = '590px';
  return [...document.querySelectorAll('.chart:not(.printed)')].filter(chart => {
    const inside = chart.getBoundingClientRect(), drawn = chart.querySelector('canvas').getBoundingClientRect();
    return drawn.height < 50 || drawn.bottom > inside.bottom + 1 || drawn.right > inside.right + 1;
  }).length;
}"""
KEPT = """() => ['.signature', '.sheet ol', '.sheet ol li:last-child']
  .map(one => getComputedStyle(document.querySelector(one)))
  .map(one => [one.breakBefore, one.breakInside, one.breakAfter])"""


def sheets(look: Look) -> int:
    """How many the page takes on A4, as its style says."""
    return len(re.findall(rb"/Type /Page\b", look.page.pdf(prefer_css_page_size=True)))


@pytest.mark.parametrize("path", ["/inspection/rectifications", "/inspection/inspections?day=2018-11-30"])
def test_fifty_rows_take_two_sheets(county: ShownCounty, same_office: Look, path: str) -> None:
    same_office.page.goto(county.at(path))
    assert same_office.page.locator("main table").first.locator("tbody tr").count() == 50
    assert sheets(same_office) == 2


@pytest.mark.parametrize("path", CHARTED)
def test_a_chart_drawn_for_the_screen_lies_over_nothing_on_paper(
    county: ShownCounty, same_office: Look, path: str
) -> None:
    same_office.page.goto(county.at(path))
    same_office.page.locator("[data-chart] canvas").first.wait_for()
    same_office.page.emulate_media(media="print")
    assert same_office.page.evaluate(OVERLAID) == 0


@pytest.mark.parametrize("path", PAGES)
def test_nothing_is_printed_that_is_pressed(county: ShownCounty, same_office: Look, path: str) -> None:
    same_office.page.goto(county.at(path))
    same_office.page.emulate_media(media="print")
    assert same_office.page.evaluate(PRESSED) == []


def test_who_signs_stays_with_the_last_that_was_said(county: ShownCounty, office: Look) -> None:
    office.page.goto(county.at(f"/feedback/reports/{ANNUAL}"))
    office.page.emulate_media(media="print")
    signature, opinions, last = office.page.evaluate(KEPT)
    assert (signature[0], signature[1], opinions[2], last[2]) == ("avoid", "avoid", "avoid", "avoid")


def test_what_is_chosen_and_as_of_when_stays_on_paper(county: ShownCounty, office: Look) -> None:
    office.page.goto(county.at("/inspection/rectifications?township=150424100"))
    office.page.emulate_media(media="print")
    chosen = office.page.locator("nav[aria-label=筛选] a:visible")
    assert [one.removesuffix("9") for one in chosen.all_inner_texts()][-1] == "林西镇"
    office.page.goto(county.at("/feedback/organisations/150424100?period=2018-03"))
    assert office.page.get_by_text("数据截至").first.is_visible()
