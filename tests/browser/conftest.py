"""A county that a browser can look at, and the browser: Debian's Chromium, driven by Playwright."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Response, sync_playwright

from deploy.embedded.county import record
from deploy.embedded.county.folder import secrets, token_secret
from deploy.embedded.settings import ROOT
from deploy.linxi.county import COUNTY
from shared.identity.access import Access
from shared.identity.tokens import token_of
from tests.journeys.running import LOOK, PATIENCE, outside, year_of_kills
from tests.keys import everything
from tests.wants import chromium


@dataclass(frozen=True)
class ShownCounty:
    """One origin with all four services, the year 2018 in them; the bus, where tests may publish nonsense.

    With the secret of its tokens tests may sign in.
    """

    gateway: str
    nats_url: str = ""
    access: Access = field(default_factory=Access)
    secret: str = ""
    data: Path | None = None

    def at(self, path: str) -> str:
        """The address of a page."""
        return self.gateway.rstrip("/") + path


@pytest.fixture(scope="session")
def county(quick_folder: Path) -> Iterator[ShownCounty]:
    """The running county that the environment names, or one of our own with its whole year.

    It is the one that was killed all through its year, where that test ran before.
    """
    if gateway := os.environ.get("LIANBAN_PAGES_URL"):
        yield ShownCounty(
            gateway, os.environ.get("LIANBAN_PAGES_NATS_URL", ""), secret=os.environ.get("LIANBAN_PAGES_SECRET", "")
        )
        return
    data = year_of_kills(quick_folder)
    data.mkdir(exist_ok=True)
    with (data / "supervisor.log").open("w") as said:
        process = subprocess.Popen(
            (sys.executable, "-m", "deploy.embedded"),
            cwd=ROOT,
            env={**outside(), "LIANBAN_DATA": str(data)},
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            yield _shown(data, process)
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(60)


def _shown(data: Path, process: subprocess.Popen[bytes]) -> ShownCounty:
    """Once it has its year."""
    until = time.monotonic() + PATIENCE
    while (found := record.read(data)) is None or found.stage != "running":
        going_on = process.poll() is None and time.monotonic() < until
        assert going_on, (data / "supervisor.log").read_text()
        time.sleep(LOOK)
    gateway, bus = found.addresses.gateway_url, found.addresses.nats_url
    assert gateway
    return ShownCounty(gateway, bus, everything(secrets(data)), token_secret(data), data)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One browser for a module; while it runs no other test's event loop can, so it ends with the module."""
    place = chromium()
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=place, args=["--no-sandbox"])
        yield running
        running.close()


@dataclass
class Look:
    """A page in a browser, and everything that went wrong in it: errors, violations of the policy, failed loads."""

    page: Page
    wrong: list[str] = field(default_factory=list)
    cookies: list[Any] = field(default_factory=list)

    def begins_anew(self) -> None:
        """As when it was opened, on an empty page: on the screen, with the cookies of who has signed in alone."""
        self.page.goto("about:blank")
        self.page.emulate_media(media="null")
        self.page.context.clear_cookies()
        self.page.context.add_cookies(self.cookies)
        self.wrong.clear()

    def listen(self) -> None:
        """Notes what the browser complains of."""
        self.page.on("console", self._said)
        self.page.on("pageerror", lambda error: self.wrong.append(str(error)))
        self.page.on("response", self._answered)

    def _said(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.wrong.append(message.text)

    def _answered(self, response: Response) -> None:
        if response.status >= 400:
            self.wrong.append(f"{response.status} {response.url}")


@pytest.fixture
def office(browser: Browser, county: ShownCounty) -> Iterator[Look]:
    """An old office screen, at which the committee has signed in."""
    yield from _look(browser, county, 1366, 768)


@pytest.fixture
def phone(browser: Browser, county: ShownCounty) -> Iterator[Look]:
    """A phone held upright, of the committee too."""
    yield from _look(browser, county, 390, 844)


@pytest.fixture(scope="module")
def _office_for_all(browser: Browser, county: ShownCounty) -> Iterator[Look]:
    yield from _look(browser, county, 1366, 768)


@pytest.fixture(scope="module")
def _phone_for_all(browser: Browser, county: ShownCounty) -> Iterator[Look]:
    yield from _look(browser, county, 390, 844)


@pytest.fixture
def same_office(_office_for_all: Look) -> Look:
    """An office that looks and does nothing: one window for a module, for opening it takes longer than a page."""
    _office_for_all.begins_anew()
    return _office_for_all


@pytest.fixture
def same_phone(_phone_for_all: Look) -> Look:
    """A phone on which somebody looks and does nothing."""
    _phone_for_all.begins_anew()
    return _phone_for_all


def sign_in(context: BrowserContext, county: ShownCounty) -> None:
    """The committee, with whatever it looks at from here on."""
    said: dict[str, str | float | bool] = {"code": COUNTY, "token": token_of(COUNTY, county.secret)}
    assert context.request.post(county.at("/feedback/sign-in"), form=said).ok


def _look(browser: Browser, county: ShownCounty, width: int, height: int) -> Iterator[Look]:
    context = browser.new_context(viewport={"width": width, "height": height})
    sign_in(context, county)
    cookies = context.cookies()
    look = Look(context.new_page(), cookies=cookies)
    look.listen()
    yield look
    context.close()
