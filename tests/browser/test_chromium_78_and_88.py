"""Every page in the browsers of 2019 and 2020 that offices still have: drawn as it should be, and its scripts work."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest

from shared.identity.audience import To
from shared.identity.tokens import token_of
from shared.pages.navigation import PLACES
from tests.browser.acting import COUNTY, HALL
from tests.browser.conftest import ShownCounty
from tests.browser.old_chromium import OldBrowser, old_browser, unpacked
from tests.browser.test_pages import CHARTED, PAGES, PAINTED

OPENING = (one.url for one in PLACES if one.page.to is not To.AUDIT)
EVERY = tuple(dict.fromkeys([*PAGES, *OPENING, "/feedback/sign-in", "/roster/help"]))
SIZES = {"office": (1366, 768), "phone": (390, 844)}
BANDED = "getComputedStyle(document.querySelector('header.top')).borderBottomColor"
RED = "rgb(166, 27, 27)"
ONE_ROW = """[...document.querySelectorAll('nav[aria-label=栏目] a')].filter(one => one.offsetParent !== null)
  .map(one => Math.round(one.getBoundingClientRect().top)).filter((top, n, all) => all.indexOf(top) === n).length"""
NAVIGATION_ENDS = "Math.round(document.querySelector('nav[aria-label=栏目]').getBoundingClientRect().bottom)"
BESIDE = """[...document.querySelector('.columns').children].slice(0, 2).map(one => one.getBoundingClientRect())
  .map(box => [Math.round(box.top), Math.round(box.left)])"""
QUICK_CLOCK = (
    "(function (set) { window.setInterval = function (f, t) { return set(f, t / 300); }; })(window.setInterval)"
)


@pytest.fixture(scope="module", params=["78", "88"])
def browser(request: pytest.FixtureRequest, county: ShownCounty, quick_folder: Path) -> Iterator[OldBrowser]:
    """The county has signed in."""
    with old_browser(unpacked(request.param, quick_folder)) as browser:
        assert f"Chrome/{request.param}." in browser.says("navigator.userAgent")
        comes_in(browser, county)
        yield browser


def comes_in(browser: OldBrowser, county: ShownCounty) -> None:
    """With the cookie that signing in gives."""
    if not county.secret:
        pytest.skip("LIANBAN_PAGES_SECRET is not set: nobody can sign in")
    said = {"code": COUNTY, "token": token_of(COUNTY, county.secret)}
    answer = httpx.post(county.at("/feedback/sign-in"), data=said, trust_env=False, timeout=30)
    for name, value in answer.cookies.items():
        browser.send("Network.setCookie", name=name, value=value, url=county.gateway)


def looks_at(browser: OldBrowser, county: ShownCounty, path: str, size: str = "office") -> None:
    browser.is_wide(*SIZES[size])
    browser.taken()
    browser.goes_to(county.at(path))


@pytest.mark.parametrize("path", EVERY)
def test_a_page_is_drawn_at_both_sizes_and_nothing_goes_wrong(
    browser: OldBrowser, county: ShownCounty, path: str
) -> None:
    for size, (width, height) in SIZES.items():
        looks_at(browser, county, path, size)
        assert browser.taken() == []
        assert browser.says("document.documentElement.scrollWidth") <= width
        if browser.says("document.querySelector('header.top') !== null"):
            assert (browser.says(BANDED), browser.says(ONE_ROW)) == (RED, 1)
            assert size == "office" or browser.says(NAVIGATION_ENDS) == height


def test_what_goes_wrong_in_a_page_is_heard(browser: OldBrowser) -> None:
    browser.taken()
    browser.goes_to("data:text/html,<p style='width:2000px'>1<script>nothing.at.all</script>")
    assert ["nothing is not defined" in one for one in browser.taken()] == [True]
    assert browser.says("document.documentElement.scrollWidth") >= 2000


def test_panels_stand_beside_each_other(browser: OldBrowser, county: ShownCounty) -> None:
    looks_at(browser, county, "/feedback/")
    (top, left), (beside, further) = browser.says(BESIDE)
    assert (top == beside, left < further) == (True, True)


@pytest.mark.parametrize("path", CHARTED)
def test_a_chart_is_drawn(browser: OldBrowser, county: ShownCounty, path: str) -> None:
    looks_at(browser, county, path)
    browser.until("document.querySelector('[data-chart] canvas') !== null")
    assert browser.says(f"({PAINTED})(document.querySelector('[data-chart] canvas'))")


def test_a_list_is_sorted_by_its_head(browser: OldBrowser, county: ShownCounty) -> None:
    looks_at(browser, county, "/feedback/organisations?period=2018")
    assert browser.says("document.querySelector('th[aria-sort]') === null")
    browser.follows("document.querySelector('th.number a').click()")
    assert browser.says("document.querySelector('th[aria-sort]') !== null")


def test_the_count_of_what_waits_becomes_current_by_itself(browser: OldBrowser, county: ShownCounty) -> None:
    quick = browser.send("Page.addScriptToEvaluateOnNewDocument", source=QUICK_CLOCK)
    looks_at(browser, county, "/roster/turns")
    browser.until("/^\\d+$/.test(document.querySelector('[data-waiting]').textContent)")
    browser.says("document.querySelector('[data-waiting]').textContent = '?'")
    browser.until("document.querySelector('[data-waiting]').textContent !== '?'")
    browser.send("Page.removeScriptToEvaluateOnNewDocument", identifier=quick["identifier"])
    assert browser.taken() == []


def test_the_question_mark_leads_to_help(browser: OldBrowser, county: ShownCounty) -> None:
    looks_at(browser, county, "/inspection/rectifications")
    browser.follows("document.dispatchEvent(new KeyboardEvent('keydown', {key: '?', bubbles: true}))")
    assert "/help/" in browser.says("location.pathname")


def test_a_unit_is_found_by_two_letters_and_a_form_is_sent(browser: OldBrowser, county: ShownCounty) -> None:
    browser.send("Network.clearBrowserCookies")
    looks_at(browser, county, "/inspection/rectifications", "phone")
    assert urlsplit(browser.says("location.href")).path == "/inspection/sign-in"
    browser.says("document.querySelector('input[data-units]').focus()")
    browser.send("Input.insertText", text="民政")
    browser.until("document.querySelectorAll('#units [role=option]').length > 0")
    token = token_of(HALL, county.secret)
    browser.says(
        f"document.querySelector('#code').value = '{HALL}'; document.querySelector('#token').value = '{token}'"
    )
    browser.follows("document.querySelector('#token').form.querySelector('button').click()")
    assert browser.says("location.pathname") == "/inspection/rectifications"
    assert browser.taken() == []
    browser.send("Network.clearBrowserCookies")
    comes_in(browser, county)
