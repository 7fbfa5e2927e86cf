"""A county of a few organisations whose inspection is at an address of its own, and a person whose taps are counted."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime

import uvicorn
from fastapi import FastAPI
from playwright.async_api import Locator, Page, async_playwright, expect

from deploy.embedded.ports import any_free
from services.inspection.web import pages
from shared.calendar import CHINA
from shared.identity.tokens import token_of
from shared.web.asking import now
from tests.county import County
from tests.processes_here import SECRET, running
from tests.submitters import moment
from tests.wants import chromium

expect.set_options(timeout=30_000)
A_MONDAY = moment("2018-03-05", "10:00")


@asynccontextmanager
async def inspections_pages(county: County) -> AsyncIterator[str]:
    """At this address, on a working day."""
    app, port = FastAPI(openapi_url=None), any_free()
    pages(app, running(county, "inspection"))
    app.dependency_overrides[now] = lambda: datetime.combine(A_MONDAY.date(), datetime.now(CHINA).timetz())
    server = uvicorn.Server(uvicorn.Config(app, port=port, log_level="warning", lifespan="off", ws="none"))
    task = asyncio.create_task(server.serve())
    while not server.started:
        await asyncio.sleep(0.01)
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        await task


class Person:
    """Somebody at a page, whose every tap is counted; typing is none."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.taps = 0

    async def taps_on(self, what: Locator) -> None:
        """Once."""
        self.taps += 1
        await what.click()

    async def signs_in(self, address: str, code: str) -> None:
        """From the page that asks for it: two fields and a button."""
        await self.page.goto(f"{address}/inspection/sign-in")
        for field, text in (("#code", code), ("#token", token_of(code, SECRET))):
            await self.taps_on(self.page.locator(field))
            await self.page.keyboard.type(text)
        await self.taps_on(self.page.get_by_role("button", name="登录"))
        await expect(self.page.get_by_role("heading", level=1)).to_contain_text("待办")


@asynccontextmanager
async def person(width: int, height: int, scripts: bool = True) -> AsyncIterator[Person]:
    """At a screen of this size."""
    async with async_playwright() as playwright:
        started = await playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        page = await started.new_page(viewport={"width": width, "height": height}, java_script_enabled=scripts)
        yield Person(page)
        await started.close()
