"""Ticking several of many in a browser: all at once by a script and one by one without, by thumb and by keyboard."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
import pytest_asyncio
import uvicorn
from fastapi import FastAPI, Request
from playwright.async_api import Page, async_playwright, expect
from starlette.responses import HTMLResponse, Response

from deploy.embedded.ports import any_free
from shared.forms import Entered, UnfitForm, read_all, shown
from shared.pages.templates import FOLDER, SECURITY, Templates, static_files
from shared.web.posted import posted
from tests.shared.ticking import DRAFTS, HALL, OFFICE, batch
from tests.wants import chromium

expect.set_options(timeout=30_000)
FORM = batch(is_all=True)
TEXT = """<!doctype html><html lang="zh"><head><meta charset="utf-8"><title>签发</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="{{ static('icon.svg') }}"><link rel="stylesheet" href="{{ static('pages.css') }}"></head>
<body>{% import "forms.html" as forms %}<main id="content" class="inner"><section class="panel">{{ forms.form(form) }}
</section></main><script src="{{ static('drafts.js') }}" defer></script>
<script src="{{ static('ticks.js') }}" defer></script></body></html>"""
PAGE = Templates(FOLDER, "/static", "/")._environment.from_string(TEXT)


def application() -> FastAPI:
    """One page with the form, under the security policy of every page."""
    app = FastAPI(openapi_url=None)

    def answer(entered: Entered | None = None) -> Response:
        return HTMLResponse(PAGE.render(form=shown(FORM, "/", DRAFTS, entered)), headers=SECURITY)

    @app.get("/")
    async def page() -> Response:
        return answer()

    @app.post("/")
    async def sent(request: Request) -> Response:
        async with posted(request) as came:
            found = read_all(FORM, came.entered, DRAFTS)
        if isinstance(found, UnfitForm):
            return answer(Entered(came.entered.values, came.entered.ticket, wrongs=found.wrongs))
        return HTMLResponse(f"<!doctype html><p>{found.data.reason}</p>")  # type: ignore[attr-defined]

    @app.get("/static/{digest}/{path:path}")
    async def static(digest: str, path: str) -> Response:
        file = static_files()[path]
        return Response(file.body, media_type=file.type)

    return app


@pytest_asyncio.fixture
async def address() -> AsyncIterator[str]:
    port = any_free()
    server = uvicorn.Server(uvicorn.Config(application(), port=port, log_level="warning", lifespan="off", ws="none"))
    task = asyncio.create_task(server.serve())
    async with asyncio.timeout(60):
        while not server.started:
            await asyncio.sleep(0.01)
    yield f"http://127.0.0.1:{port}/"
    server.should_exit = True
    await task


@asynccontextmanager
async def looking(address: str, width: int, has_script: bool = True) -> AsyncIterator[Page]:
    async with async_playwright() as playwright:
        started = await playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        context = await started.new_context(
            viewport={"width": width, "height": 768}, java_script_enabled=has_script, has_touch=True
        )
        page = await context.new_page()
        page.on("pageerror", lambda error: pytest.fail(str(error)))
        await page.goto(address)
        yield page
        await started.close()


async def pictured(page: Page, name: str) -> None:
    """Where somebody wants to look at it."""
    if folder := os.environ.get("LIANBAN_PICTURES"):
        await page.screenshot(path=f"{folder}/{name}.png", full_page=True)


@pytest.mark.parametrize("width", [390, 1366])
async def test_all_are_ticked_at_once_or_none_and_what_is_ticked_is_kept_while_one_is_away(
    address: str, width: int
) -> None:
    async with looking(address, width) as page:
        group = page.get_by_role("group", name="文件")
        boxes = group.get_by_role("checkbox")
        await expect(boxes).to_have_count(len(DRAFTS))
        assert await page.evaluate("document.documentElement.scrollWidth") <= width
        heights = await group.locator("label, button").evaluate_all("all => all.map(one => one.offsetHeight)")
        assert min(heights) >= 44, heights
        await group.get_by_role("button", name="全不选").click()
        await expect(group.get_by_role("checkbox", checked=True)).to_have_count(0)
        await group.get_by_role("checkbox", name=HALL.label).check()
        await pictured(page, f"ticks-{width}")
        await page.goto("about:blank")
        await page.goto(address)
        await expect(page.get_by_text("已恢复上次未提交的内容")).to_be_visible()
        await expect(group.get_by_role("checkbox", checked=True)).to_have_count(1)
        await group.get_by_role("button", name="全选").click()
        await page.get_by_role("button", name="签发").click()
        await expect(page.get_by_role("link", name="“文件”最多选择3项，现选4项")).to_be_visible()
        await expect(boxes.first).to_be_focused()
        await pictured(page, f"ticks-again-{width}")
        await boxes.last.uncheck()
        await boxes.first.uncheck()
        await page.get_by_role("button", name="签发").click()
        await expect(page.get_by_text("2018-03-office 2018-03-township |")).to_be_visible()


async def test_without_a_script_and_by_the_keyboard_it_is_the_same(address: str) -> None:
    async with looking(address, 1366, has_script=False) as page:
        group = page.get_by_role("group", name="文件")
        await expect(group.get_by_role("button")).to_have_count(0)
        await group.get_by_role("checkbox").first.focus()
        for _ in DRAFTS:
            await page.keyboard.press("Space")
            await page.keyboard.press("Tab")
        await page.get_by_role("button", name="签发").press("Enter")
        await expect(page.get_by_role("link", name="请选择“文件”。")).to_be_visible()
        await expect(group.get_by_role("checkbox", checked=True)).to_have_count(0)
        await group.get_by_role("checkbox", name=OFFICE.label).press("Space")
        await page.get_by_role("button", name="签发").press("Enter")
        await expect(page.get_by_text("2018-03-office |")).to_be_visible()
