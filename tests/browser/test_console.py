"""The frame of the console in a browser: four entries for the thumb, targets, lengths, the keyboard, large letters."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import Look, ShownCounty
from tests.browser.test_pages import PAGES

LONG = (
    "/inspection/",
    "/inspection/patrols",
    "/inspection/patrols?day=2018-11-30",
    "/inspection/inspections?day=2018-11-30",
    "/inspection/rectifications",
    "/roster/organisations",
    "/roster/ideas",
    "/roster/lessons/deepening-reform",
    "/roster/certificates",
    "/feedback/organisations?period=2018-03",
    "/feedback/todo?tab=all",
)
MOST = {"office": 3500, "phone": 6000}
"""Pixels that a list is long at most: of the stations it was 5,700, of a day's plan on a phone 12,900."""
SMALL = """least => [...document.querySelectorAll('button, .button, input:not([type=hidden]), select, nav a, summary')]
  .filter(one => one.offsetParent !== null && !one.matches('[type=radio], [type=checkbox], .skip'))
  .map(one => [one.getBoundingClientRect(), (one.innerText || one.name || '').trim().slice(0, 12)])
  .filter(([box]) => box.height < least || box.width < 24).map(([box, said]) => said + ' ' + box.height)"""
ROWS = """() => [...document.querySelectorAll('td > a, th > a')].filter(one => one.offsetParent !== null)
  .filter(one => one.getBoundingClientRect().height < 23.9).map(one => one.innerText)"""


@pytest.mark.parametrize("path", PAGES)
def test_what_is_pressed_is_44_pixels_high_and_what_is_followed_in_a_table_24(
    county: ShownCounty, same_phone: Look, path: str
) -> None:
    same_phone.page.goto(county.at(path))
    assert same_phone.page.evaluate(SMALL, 43.9) == []
    assert same_phone.page.evaluate(ROWS) == []


@pytest.mark.parametrize("path", LONG)
def test_a_list_is_never_longer_than_one_looks_through(
    county: ShownCounty, same_office: Look, same_phone: Look, path: str
) -> None:
    for name, look in (("office", same_office), ("phone", same_phone)):
        look.page.goto(county.at(path))
        assert look.page.evaluate("document.documentElement.scrollHeight") <= MOST[name], name


def test_on_a_phone_four_entries_lie_below_and_hide_neither_the_end_of_a_page_nor_what_has_the_focus(
    county: ShownCounty, phone: Look
) -> None:
    page = phone.page
    page.goto(county.at("/inspection/rectifications"))
    row = page.locator("nav[aria-label=栏目]")
    shown = [one for one in row.locator("a").all() if one.is_visible()]
    assert [one.inner_text().split()[0].strip("0123456789") for one in shown] == ["待办", "巡查", "整改", "更多"]
    assert all(one.locator("svg").is_visible() for one in shown)
    box = row.bounding_box()
    assert box is not None
    assert (box["y"] + box["height"], box["height"] >= 56) == (844, True)
    page.evaluate("window.scrollTo(0, document.documentElement.scrollHeight)")
    last = page.locator("footer.bottom").bounding_box()
    assert last is not None
    assert last["y"] + last["height"] <= box["y"]
    header = page.locator("header .inner").bounding_box()
    assert header is not None
    assert header["height"] <= 56
    for link in page.locator("tbody a").all()[5:40:7]:
        link.focus()
        place = link.bounding_box()
        assert place is not None
        assert place["y"] + place["height"] <= box["y"]


def test_a_keyboard_comes_to_the_content_at_once_and_through_the_row_soon(county: ShownCounty, office: Look) -> None:
    page = office.page
    page.goto(county.at("/inspection/rectifications"))
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.innerText") == "跳到正文"
    before = page.evaluate(
        "[...document.querySelectorAll('a, button, input, select, summary')]"
        ".filter(one => one.compareDocumentPosition(document.querySelector('main')) & 4).length"
    )
    assert before <= 14
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


def test_large_letters_are_a_quarter_larger_everywhere_until_the_usual_ones_are_chosen(
    county: ShownCounty, office: Look
) -> None:
    page, size = office.page, "parseFloat(getComputedStyle(document.body).fontSize)"
    page.goto(county.at("/inspection/rectifications"))
    assert page.evaluate(size) == 16
    page.get_by_role("button", name="大字").click()
    page.wait_for_load_state()
    assert (page.url, page.evaluate(size)) == (county.at("/inspection/rectifications"), 20)
    page.goto(county.at("/feedback/"))
    assert page.evaluate(size) == 20
    assert page.evaluate("document.documentElement.scrollWidth") <= 1366
    page.get_by_role("button", name="标准字").click()
    page.wait_for_load_state()
    assert page.evaluate(size) == 16
    assert office.wrong == []


def test_a_county_with_a_long_name_has_its_header_in_one_row_too(county: ShownCounty, office: Look) -> None:
    page = office.page
    page.goto(county.at("/feedback/"))
    called = {".brand": "巴林右旗联办", ".you .name": "巴林右旗政务服务联合党委"}
    page.evaluate(
        "called => Object.entries(called).map(([at, name]) => document.querySelector(at).textContent = name)", called
    )
    assert page.evaluate("document.querySelector('.top').offsetHeight") < 2 * 44
    assert page.evaluate("document.documentElement.scrollWidth") <= 1366


@pytest.mark.parametrize("path", PAGES)
def test_a_phone_never_scrolls_sideways_in_large_letters(county: ShownCounty, same_phone: Look, path: str) -> None:
    cookie = {"name": "lianban-letters", "value": "large", "url": county.at("/")}
    same_phone.page.context.add_cookies([cookie])  # type: ignore[list-item]
    same_phone.page.goto(county.at(path))
    assert same_phone.page.evaluate("document.documentElement.scrollWidth") <= 390


def test_without_a_script_large_letters_are_chosen_all_the_same(county: ShownCounty, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(county.at("/greenchannel/"))
    page.get_by_role("button", name="大字").click()
    assert page.url == county.at("/greenchannel/")
    assert page.locator("html").get_attribute("class") == "large"
    context.close()
