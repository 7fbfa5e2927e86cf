"""`python -m tests.browser.screenshots`: the README's pictures, and each page of the running county as each sees it.

Those of all pages lie beside the county's data (`.data/screenshots/<who>/<size>/`) and are in no repository.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, sync_playwright

from deploy.embedded.county.folder import token_secret
from deploy.embedded.settings import Settings
from deploy.linxi.county import COUNTY
from shared.identity.tokens import token_of
from shared.pages.navigation import open_to
from tests.wants import chromium

FOLDER = Path(__file__).parents[2] / "docs" / "screenshots"
README = {
    "overview": "/feedback/?period=2018",
    "report": "/feedback/reports/2018-03_150424100",
    "stations": "/inspection/",
}
SIZES = {"office": ViewportSize(width=1366, height=768), "phone": ViewportSize(width=390, height=844)}
MORE = {"window": "/inspection/excellence/150424-D09", "more": "/roster/more", "sign-in": "/feedback/sign-in"}
AT_WORK = {
    "overview-2018": "/feedback/?period=2018",
    "greenchannel-2018": "/greenchannel/?year=2018",
    "patrols-2018": "/inspection/patrols?day=2018-11-30",
    "inspections-2018": "/inspection/inspections?day=2018-11-30",
    "devices": "/inspection/supervision?person=150424-P007",
    "reports-2018": "/feedback/organisations?period=2018-03",
    "records": "/inspection/submissions",
    "people-import": "/roster/people/import",
    "person": "/roster/people/150424-D16-P003",
    "organisation": "/roster/organisations/150424100",
    "report": "/feedback/reports/2018-03_150424100",
    "unknown": "/feedback/nothing",
    "todo": "/feedback/todo",
    "todo-all": "/feedback/todo?tab=all",
    "todo-done": "/feedback/todo?tab=done",
    "todo-copied": "/feedback/todo?tab=copied",
}
WHO = {
    "county": COUNTY,
    "township": "150424100",
    "department": "150424-D09",
    "hall": "150424-D01",
    "village": "150424100202",
    "nobody": "",
}
FOLLOWED = {
    "one-rectification": ("/inspection/rectifications", "td a, th a"),
    "one-inspection": ("/inspection/inspections?day=2018-11-30", "tbody a"),
    "one-patrol": ("/inspection/patrol", ".due a"),
    "one-record": ("/inspection/submissions", "tbody a"),
}
"""Pages whose address nobody knows beforehand: the first link of a list leads there."""


def main() -> None:
    """At the size of an old office screen, and of a phone."""
    gateway = os.environ.get("LIANBAN_PAGES_URL", "http://127.0.0.1:8080").rstrip("/")
    data = Settings().data
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        for who, code in WHO.items():
            for size, viewport in SIZES.items():
                context = signed_in(browser, gateway, code, token_secret(data), viewport)
                takes(context.new_page(), gateway, pages(code), data / "screenshots" / who / size)
                context.close()
        page = signed_in(browser, gateway, COUNTY, token_secret(data), SIZES["office"]).new_page()
        for name, path in README.items():
            picture(page, gateway + path, FOLDER / f"{name}.png", whole=False)
        browser.close()


def signed_in(browser: Browser, gateway: str, code: str, secret: str, viewport: ViewportSize) -> BrowserContext:
    """A browser of an organisation, or of nobody."""
    context = browser.new_context(viewport=viewport)
    if code:
        form: dict[str, str | float | bool] = {"code": code, "token": token_of(code, secret)}
        context.request.post(f"{gateway}/feedback/sign-in", form=form)
    return context


def pages(code: str) -> dict[str, str]:
    """Those that open to an organisation, by name, and of whoever works some that hold what happened in 2018."""
    listed = {f"{one.service}-{one.page.key}": one.url for one in open_to(code, COUNTY)} | MORE
    own = f"/feedback/organisations/{code}?period=2018-03"
    return listed | AT_WORK | {"own": own} if code else listed


def takes(page: Page, gateway: str, found: Mapping[str, str], folder: Path) -> None:
    """Each page, and what the first link of some of them leads to."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, path in found.items():
        picture(page, gateway + path, folder / f"{name}.png")
    for name, (path, link) in FOLLOWED.items() if "own" in found else ():
        page.goto(gateway + path)
        if page.locator(f"main {link}").count():
            to = page.locator(f"main {link}").first.get_attribute("href")
            picture(page, f"{gateway}{to}", folder / f"{name}.png")


def picture(page: Page, address: str, file: Path, whole: bool = True) -> None:
    """All of a page, or what is seen first."""
    answer = page.goto(address, wait_until="load")
    if answer is None or answer.status >= 500:
        raise SystemExit(f"{address} does not answer: is the county running?")
    page.screenshot(path=file, full_page=whole)
    print(file)


if __name__ == "__main__":
    main()
