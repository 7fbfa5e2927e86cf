"""In browsers of 2019 and 2020 a photo is added to a patrol, the page is left, the draft is found again, and sent."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from shared.identity.tokens import token_of
from tests.browser.conftest import ShownCounty
from tests.browser.old_chromium import OldBrowser, old_browser, unpacked
from tests.photographs import photograph

SIZES = {"78": (390, 844), "88": (1366, 768)}
TOWNSHIP = "150424100"
PLACES = {"78": "150424100222", "88": "150424100203"}
"""A place for each, for the same again is asked about; a spot check is due on no day and may be made on any."""
FORM = "document.querySelector('form[data-draft]')"
CHOOSES = f"""[...{FORM}.querySelectorAll('[role=radiogroup]')].forEach(one => {{
  if (!one.querySelector(':checked')) one.querySelector('input[type=radio]').click(); }})"""
CARRIED = f"{FORM}.querySelectorAll('input[name=photo]:checked').length"
ENTERED = f"{FORM}.elements['findings-0-item'].value"
MARKED = f"{FORM}.querySelectorAll('input[type=radio]:checked').length"
MINOR = f"""(one => {{ one.value = 'minor'; one.dispatchEvent(new Event('change', {{bubbles: true}})); }})
  ({FORM}.elements['findings-0-severity'])"""
RESTORED = "(document.querySelector('.told.kept') || {innerText: ''}).innerText"
FOUND = "柜台前的灯不亮"


@pytest.fixture(params=["78", "88"])
def at(request: pytest.FixtureRequest) -> str:
    """A phone of 2019, a PC of 2020."""
    return str(request.param)


@pytest.fixture
def browser(at: str, county: ShownCounty, quick_folder: Path) -> Iterator[OldBrowser]:
    """Of a township that has signed in."""
    if not county.secret:
        pytest.skip("LIANBAN_PAGES_SECRET is not set: nobody can sign in")
    with old_browser(unpacked(at, quick_folder)) as browser:
        browser.is_wide(*SIZES[at])
        said = {"code": TOWNSHIP, "token": token_of(TOWNSHIP, county.secret)}
        answer = httpx.post(county.at("/inspection/sign-in"), data=said, trust_env=False, timeout=30)
        for name, value in answer.cookies.items():
            browser.send("Network.setCookie", name=name, value=value, url=county.gateway)
        yield browser


def chooses(browser: OldBrowser, file: Path) -> None:
    """A picture, as in the dialogue of the system."""
    root = browser.send("DOM.getDocument")["root"]["nodeId"]
    field = browser.send("DOM.querySelector", nodeId=root, selector="input[type=file][data-upload]")["nodeId"]
    browser.send("DOM.setFileInputFiles", files=[str(file)], nodeId=field)


def fills_in(browser: OldBrowser) -> None:
    """Every mark, and what was found."""
    browser.says(CHOOSES)
    browser.says(f"{FORM}.querySelector('details').open = true")
    for field, text in (("item", FOUND), ("rectify_within", "5")):
        browser.says(f"{FORM}.elements['findings-0-{field}'].focus()")
        browser.send("Input.insertText", text=text)
    browser.says(MINOR)


def test_a_photo_and_a_draft_are_there_when_one_comes_back_and_are_sent(
    browser: OldBrowser, county: ShownCounty, at: str, tmp_path: Path
) -> None:
    picture, page = tmp_path / "现场.jpg", county.at(f"/inspection/spot-check/{PLACES[at]}")
    picture.write_bytes(photograph(1600, 1200, seed=int(at)))
    browser.goes_to(page)
    assert browser.says(RESTORED) == ""
    fills_in(browser)
    chooses(browser, picture)
    browser.until(f"{CARRIED} === 1")
    marked = browser.says(MARKED)
    browser.goes_to(county.at("/inspection/rectifications"))
    browser.goes_to(page)
    assert "已恢复上次未提交的内容" in browser.says(RESTORED)
    assert (browser.says(ENTERED), browser.says(CARRIED), browser.says(MARKED)) == (FOUND, 1, marked)
    assert browser.says("document.documentElement.scrollWidth") <= SIZES[at][0]
    browser.follows(f"{FORM}.querySelector('button[type=submit]:not(.quiet)').click()")
    assert "已受理" in browser.says("document.body.innerText")
    assert browser.taken() == []
    browser.goes_to(page)
    assert (browser.says(RESTORED), browser.says(ENTERED), browser.says(CARRIED)) == ("", "", 0), (
        "nothing is left of it"
    )
