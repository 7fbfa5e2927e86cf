"""`python -m tests.browser.screenshots`: pictures of the running county's pages for the README."""

from __future__ import annotations

import os
from pathlib import Path

from playwright.sync_api import sync_playwright

from deploy.embedded.county.folder import program
from deploy.embedded.settings import Settings
from deploy.linxi.county import COUNTY
from tests.wants import chromium

FOLDER = Path(__file__).parents[2] / "docs" / "screenshots"
PICTURES = {
    "overview": "/feedback/?period=2018",
    "report": "/feedback/reports/2018-03_150424100",
    "stations": "/inspection/",
}


def main() -> None:
    """One picture of each page at the size of an old office screen."""
    gateway = os.environ.get("LIANBAN_PAGES_URL", "http://127.0.0.1:8080").rstrip("/")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1366, "height": 768})
        code, token = program(Settings().data, COUNTY)
        page.request.post(f"{gateway}/feedback/sign-in", form={"code": code, "token": token})
        for name, path in PICTURES.items():
            answer = page.goto(gateway + path, wait_until="load")
            if answer is None or not answer.ok:
                raise SystemExit(f"{gateway}{path} does not answer: is the county running?")
            page.screenshot(path=FOLDER / f"{name}.png")
            print(FOLDER / f"{name}.png")
        browser.close()


if __name__ == "__main__":
    main()
