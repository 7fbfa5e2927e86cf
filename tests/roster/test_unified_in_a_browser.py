"""In a browser: bound on one's own account, signed in by it from another site, with a script and without one."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
import uvicorn
from playwright.async_api import Page, async_playwright, expect

from deploy.embedded.ports import any_free
from tests.browsing import browsing
from tests.county import County
from tests.entrants import PASSWORD, WANG, first_time, given_code, registered
from tests.roster.identities import Identities, providing
from tests.roster.unified import START, unified
from tests.submitters import township
from tests.wants import chromium

expect.set_options(timeout=30_000)
PHONE: Any = {"width": 390, "height": 844}


@pytest_asyncio.fixture
async def identities(tmp_path: Path) -> AsyncIterator[Identities]:
    async with providing(tmp_path) as identities:
        yield identities


@pytest_asyncio.fixture
async def address(county: County, identities: Identities) -> AsyncIterator[str]:
    """The county is at an address; the provider is another site."""
    await registered(county, WANG)
    port = any_free()
    at = f"http://127.0.0.1:{port}"
    app, _ = unified(county, identities, f"{at}{START}/return")
    quiet: dict[str, Any] = {"log_level": "warning", "lifespan": "off", "ws": "none", "timeout_graceful_shutdown": 1}
    server = uvicorn.Server(uvicorn.Config(app, port=port, **quiet))
    task = asyncio.create_task(server.serve())
    async with asyncio.timeout(60):
        while not server.started:
            await asyncio.sleep(0.01)
    async with browsing(county, "roster") as elsewhere:
        await first_time(elsewhere, WANG, await given_code(elsewhere, WANG, by=township.code))
    yield at
    server.should_exit = True
    await task


@pytest.fixture(params=[True, False], ids=["with a script", "without a script"])
def has_script(request: pytest.FixtureRequest) -> bool:
    return bool(request.param)


@pytest_asyncio.fixture
async def page(has_script: bool) -> AsyncIterator[Page]:
    """On a phone."""
    async with async_playwright() as playwright:
        started = await playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        context = await started.new_context(viewport=PHONE, ignore_https_errors=True, java_script_enabled=has_script)
        page = await context.new_page()
        page.on("pageerror", lambda error: pytest.fail(str(error)))
        yield page
        await started.close()


async def pictured(page: Page, name: str) -> None:
    """Where somebody wants to look at it."""
    if folder := os.environ.get("LIANBAN_PICTURES"):
        await page.screenshot(path=f"{folder}/{name}.png", full_page=True)


async def test_she_binds_it_and_signs_in_by_it(address: str, page: Page, has_script: bool) -> None:
    await page.goto(f"{address}/roster/sign-in")
    await pictured(page, "unified-sign-in")
    await page.locator("#unit").fill(WANG.unit)
    await page.get_by_label("姓名").fill(WANG.name)
    await page.get_by_label("密码").fill(PASSWORD)
    await page.get_by_role("button", name="登录", exact=True).click()
    await expect(page.get_by_text(f"{WANG.name} · ")).to_be_visible()
    await page.goto(f"{address}/roster/account")
    await pictured(page, "unified-account")
    await page.locator("#unified-old").fill(PASSWORD)
    await page.get_by_role("button", name="绑定统一身份").click()
    await expect(page.get_by_role("heading", name="绑定统一身份")).to_be_visible()
    await pictured(page, "unified-bind")
    await page.get_by_role("button", name="确认绑定").click()
    await expect(page.get_by_text("今后可以用统一身份认证登录")).to_be_visible()
    await pictured(page, "unified-bound")
    await page.get_by_role("banner").get_by_role("button", name="退出", exact=True).click()
    await page.get_by_role("link", name="统一身份认证登录").click()
    if not has_script:
        await expect(page.get_by_role("heading", name="统一身份认证成功")).to_be_visible()
        await pictured(page, "unified-in")
        await page.get_by_role("button", name="进入系统").click()
    await expect(page.get_by_text(f"{WANG.name} · ")).to_be_visible()
