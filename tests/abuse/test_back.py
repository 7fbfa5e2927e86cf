"""After signing out on a shared PC the browser's Back shows nothing of what was confidential, in no tab."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest
import uvicorn
from fastapi import FastAPI
from playwright.async_api import Page, async_playwright, expect

from deploy.embedded.ports import any_free
from services.inspection.web import pages
from shared.identity.tokens import token_of
from tests.county import County
from tests.processes_here import SECRET, running
from tests.submitters import station
from tests.wants import chromium

expect.set_options(timeout=30_000)
NOTE = "一名老人在窗口前滑倒"


@pytest.fixture
async def address(county: County) -> AsyncIterator[str]:
    """Inspection's pages at their address."""
    app, port = FastAPI(openapi_url=None), any_free()
    pages(app, running(county, "inspection"))
    server = uvicorn.Server(uvicorn.Config(app, port=port, log_level="warning", lifespan="off", ws="none"))
    task = asyncio.create_task(server.serve())
    while not server.started:
        await asyncio.sleep(0.01)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    await task


async def signs_in(page: Page, address: str) -> None:
    await page.goto(f"{address}/inspection/sign-in?back=/inspection/patrol")
    await page.locator("#code").fill(station.code)
    await page.locator("#token").fill(token_of(station.code, SECRET))
    await page.get_by_role("button", name="登录").click()
    await expect(page.get_by_role("button", name="退出")).to_be_visible()


@pytest.mark.parametrize("cache", ["BackForwardCache", "Translate"], ids=["page cache off", "page cache on"])
async def test_back_after_signing_out_shows_the_sign_in_page(address: str, cache: str) -> None:
    async with async_playwright() as playwright:
        started = await playwright.chromium.launch(
            executable_path=chromium(),
            args=["--no-sandbox", f"--disable-features={cache}"],
            ignore_default_args=["--disable-back-forward-cache"],
        )
        context = await started.new_context()
        page, other = await context.new_page(), await context.new_page()
        await signs_in(page, address)
        await other.goto(f"{address}/inspection/submissions")
        await other.evaluate(f"sessionStorage.setItem('lianban.draft:a', '{NOTE}')")
        await page.goto(f"{address}/inspection/submissions")
        await page.get_by_role("button", name="退出").click()
        await expect(page.get_by_role("heading", name="登录")).to_be_visible()
        for _ in range(2):
            await page.go_back()
            await expect(page.get_by_role("heading", name="登录")).to_be_visible()
            await expect(page.get_by_role("button", name="退出")).to_have_count(0)
        assert await other.evaluate("sessionStorage.length") == 0
        await other.reload()
        await expect(other.get_by_role("heading", name="登录")).to_be_visible()
        await started.close()
