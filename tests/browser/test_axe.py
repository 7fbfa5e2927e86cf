"""axe finds nothing on any page, at either size: WCAG 2.2 AA and what its makers think best."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from deploy.embedded.settings import ROOT
from shared.pages.navigation import PLACES
from tests.browser.conftest import Look, ShownCounty
from tests.browser.test_pages import PAGES
from tests.wants import JAVASCRIPT, not_tried, wants

AXE = ROOT / "tests/journeys/node_modules/axe-core/axe.min.js"
MORE = (
    "/roster/organisations/150424100",
    "/roster/submissions",
    "/feedback/sign-in",
    "/roster/help",
    "/inspection/help/rectification",
)
EVERY = dict.fromkeys([*PAGES, *(one.url for one in PLACES), *MORE])
FOUND = """async () => (await axe.run({resultTypes: ['violations']})).violations
  .map(one => one.id + ': ' + one.nodes.map(node => node.target.join(' ')).slice(0, 3).join(', '))"""


def axe() -> str:
    """Its source."""
    wants(JAVASCRIPT)
    if not AXE.exists():
        not_tried(f"{JAVASCRIPT.what} (`make test` installs its packages)")
    return AXE.read_text(encoding="utf-8")


@pytest.mark.parametrize("path", EVERY)
def test_it_finds_nothing(county: ShownCounty, same_office: Look, same_phone: Look, path: str) -> None:
    for look in (same_office, same_phone):
        look.page.goto(county.at(path))
        look.page.evaluate(axe())
        assert look.page.evaluate(FOUND) == []


def test_what_it_would_find_is_found(browser: Browser) -> None:
    page = browser.new_page()
    page.set_content("<html><body><img src='x.png'><button></button></body></html>")
    page.evaluate(axe())
    found = {one.split(":")[0] for one in page.evaluate(FOUND)}
    page.close()
    assert {"image-alt", "button-name", "html-has-lang"} <= found
