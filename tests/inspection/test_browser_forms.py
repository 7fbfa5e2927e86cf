"""A phone's form of a patrol in a real browser: nothing that was filled in is lost, no patrol is logged twice."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime

import pytest
import uvicorn
from fastapi import FastAPI
from playwright.async_api import FilePayload, Page, async_playwright, expect

from deploy.embedded.ports import any_free
from services.inspection.patrols.due import form_url
from services.inspection.web import pages
from shared.calendar import CHINA
from shared.identity.tokens import token_of
from shared.web.asking import now
from tests.county import County
from tests.photographs import photograph
from tests.processes_here import SECRET, running
from tests.submitters import moment, station
from tests.wants import chromium

expect.set_options(timeout=30_000)
PHONE = {"width": 390, "height": 844}
PLACE = form_url("stations-daily", station.code)
NOTE = "消防栓被杂物遮挡"


@pytest.fixture
async def address(county: County) -> AsyncIterator[str]:
    """Inspection's pages at their address, on a working day."""
    app, port = FastAPI(openapi_url=None), any_free()
    pages(app, running(county, "inspection"))
    monday = moment("2018-03-05", "10:00").date()
    app.dependency_overrides[now] = lambda: datetime.combine(monday, datetime.now(CHINA).timetz())
    server = uvicorn.Server(uvicorn.Config(app, port=port, log_level="warning", lifespan="off", ws="none"))
    async with county.working():
        task = asyncio.create_task(server.serve())
        while not server.started:
            await asyncio.sleep(0.01)
        yield f"http://127.0.0.1:{port}"
        server.should_exit = True
        await task


@asynccontextmanager
async def phone(address: str, *more: str) -> AsyncIterator[Page]:
    """A browser started so, on which the station is signed in."""
    async with async_playwright() as playwright:
        started = await playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox", *more])
        page = await started.new_page(viewport={"width": 390, "height": 844})
        await page.goto(f"{address}/inspection/sign-in?back={PLACE}")
        await signs_in(page)
        yield page
        await started.close()


async def signs_in(page: Page) -> None:
    """By code and token, whatever they are called."""
    await page.locator("#code").fill(station.code)
    await page.locator("#token").fill(token_of(station.code, SECRET))
    await page.get_by_role("button", name="登录").click()


async def fills(page: Page) -> None:
    """A score, a finding and a photo that goes ahead."""
    await page.get_by_label("得分").fill("95")
    await page.get_by_label("发现的问题").first.fill(NOTE)
    picture = FilePayload(name="门前.jpg", mimeType="image/jpeg", buffer=photograph())
    await page.locator("#patrol-photos").set_input_files([picture])
    await expect(page.get_by_label("门前.jpg，已上传")).to_be_checked()


async def logged(county: County) -> list[dict[str, object]]:
    await county.settles()
    return await county.db("inspection")["inspections"].find().to_list(None)


@pytest.mark.parametrize("cache", ["BackForwardCache", "Translate"], ids=["page cache off", "page cache on"])
async def test_back_and_sent_again_it_is_one_patrol(county: County, address: str, cache: str) -> None:
    async with phone(address, f"--disable-features={cache}") as page:
        await fills(page)
        await page.get_by_role("button", name="提交").click()
        await expect(page.get_by_text("已受理").first).to_be_visible()
        await page.go_back()
        await expect(page.get_by_text("这张表已经报送")).to_be_visible()
        await expect(page.get_by_label("得分")).to_have_value("95")
        await page.get_by_role("button", name="提交").click()
        await expect(page.get_by_text("已受理").first).to_be_visible()
    (one,) = await logged(county)
    assert len(one["photos"]) == 1  # type: ignore[arg-type]


async def test_a_session_that_ends_while_filling_in_costs_nothing(county: County, address: str) -> None:
    async with phone(address) as page:
        await fills(page)
        await page.context.clear_cookies()
        await page.get_by_role("button", name="提交").click()
        await expect(page.get_by_text("登录已到时，填写的内容还在")).to_be_visible()
        assert await page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
        await signs_in(page)
        await expect(page.get_by_text("已受理").first).to_be_visible()
        await page.goto(f"{address}{PLACE}")
        await expect(page.get_by_text("已恢复上次未提交的内容")).to_have_count(0)
    (one,) = await logged(county)
    assert (one["submitter"], len(one["photos"])) == (station.code, 1)  # type: ignore[arg-type]


async def test_a_line_that_drops_leaves_all_of_it_for_later(county: County, address: str) -> None:
    async with phone(address) as page:
        await fills(page)
        await page.context.set_offline(True)
        await page.get_by_role("button", name="提交").click()
        await expect(page.get_by_role("alert").filter(has_text="没有连上系统，这张表还没有提交")).to_be_visible()
        assert await page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
        await page.goto("about:blank")
        await page.context.set_offline(False)
        await page.goto(f"{address}{PLACE}")
        await expect(page.get_by_text("已恢复上次未提交的内容")).to_be_visible()
        await expect(page.get_by_label("照片1，已上传")).to_be_checked()
        await page.get_by_role("button", name="提交").click()
        await expect(page.get_by_text("已受理").first).to_be_visible()
    (one,) = await logged(county)
    assert (one["score"], one["findings"]) == (9500, 1)
