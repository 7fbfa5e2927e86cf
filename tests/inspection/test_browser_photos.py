"""At the county's pages a photo larger than may be sent is shrunk by the browser, goes ahead, and is shown upright."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
import pytest_asyncio
import uvicorn
from fastapi import FastAPI
from playwright.async_api import Page, async_playwright, expect

from deploy.embedded.ports import any_free
from deploy.embedded.servers.running import Servers
from services.inspection.web import pages
from shared.bus.photos import digest_of
from shared.events.inspection import LogInspection
from shared.events.photos import MOST_BYTES
from shared.events.vocabulary import PatrolKind
from shared.identity.tokens import token_of
from tests.conftest import county_on
from tests.county import County
from tests.inspection.browsing import decided
from tests.phone_pictures import CORNERS, corners, turned
from tests.photographs import drained, keeping, photograph, sent
from tests.processes_here import SECRET, running
from tests.submitters import moment, station
from tests.wants import chromium

pytestmark = pytest.mark.asyncio(loop_scope="module")
expect.set_options(timeout=60_000)
TORN = photograph(seed=61)[:-9_000]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def county(bus_and_database: Servers) -> AsyncIterator[County]:
    """Decides, and takes photos in."""
    async with county_on(bus_and_database) as county, county.at_work(), keeping(county):
        yield county


@asynccontextmanager
async def served(county: County) -> AsyncIterator[str]:
    """The pages of inspection at their address."""
    app, parts, port = FastAPI(openapi_url=None), running(county, "inspection"), any_free()
    pages(app, parts)
    server = uvicorn.Server(uvicorn.Config(app, port=port, log_level="warning", lifespan="off", ws="none"))
    task = asyncio.create_task(server.serve())
    while not server.started:
        await asyncio.sleep(0.01)
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        await task


@asynccontextmanager
async def phone(address: str) -> AsyncIterator[Page]:
    """Signed in as a station; what the console complains of, as a breach of the page's policy, is an error."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        page, complaints = await browser.new_page(viewport={"width": 390, "height": 844}), list[str]()
        page.on("console", lambda said: complaints.append(said.text))
        await page.goto(f"{address}/inspection/sign-in")
        await page.locator("input[name=code]").fill(station.code)
        await page.locator("input[name=token]").fill(token_of(station.code, SECRET))
        await page.locator("main button[type=submit]").click()
        yield page
        await browser.close()
    assert complaints == []


async def test_a_phone_replaces_a_photo_by_one_that_was_too_large_and_on_its_side(
    county: County, tmp_path: Path
) -> None:
    look = LogInspection(patrol=PatrolKind.STATION, score=9500, photos=[digest_of(TORN)])
    said = await decided(county, station.says(look, moment("2018-06-04")))
    await sent(county, station, TORN)
    await drained(county)
    (tmp_path / "竖拍.jpg").write_bytes(turned(6) + bytes(MOST_BYTES))
    async with served(county) as address, phone(address) as page:
        await page.goto(f"{address}/inspection/inspections/{station.code}/{said.id}")
        await page.locator("input[type=file]").set_input_files(tmp_path / "竖拍.jpg")
        await expect(page.get_by_label("竖拍.jpg，已上传")).to_be_checked()
        await page.get_by_role("button", name="补传", exact=True).click()
        await expect(page.get_by_text("已受理")).to_be_visible()
        await drained(county)
        await page.reload()
        shown = page.get_by_role("img", name="照片1（补传）")
        await expect(shown).to_be_visible()
        whole = await page.request.get(address + str(await shown.locator("..").get_attribute("href")))
        assert corners(await whole.body()) == CORNERS
