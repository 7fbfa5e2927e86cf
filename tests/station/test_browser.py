"""The local page as a phone and an old office screen show it; its script brings what becomes of a submission."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime

import pytest
import uvicorn
from playwright.async_api import Page, ViewportSize, async_playwright, expect

from deploy.embedded.ports import any_free
from services.station.folder import Folder
from services.station.outbox.notes import PATROLS
from services.station.outbox.outbox import Outbox
from services.station.outbox.rows import Answer, State
from services.station.page.web import application
from tests.station.agents import STATION, Agent
from tests.station.local_page import DESK, hears
from tests.submitters import A_MONDAY
from tests.wants import chromium

expect.set_options(timeout=30_000)
SIZES = (ViewportSize(width=390, height=844), ViewportSize(width=1366, height=768))


@asynccontextmanager
async def served(agent: Agent, port: int = 0) -> AsyncIterator[str]:
    """The page at its address, without any line."""
    port = port or any_free()
    config = uvicorn.Config(application(agent.parts), port=port, log_level="warning", lifespan="off", ws="none")
    server = uvicorn.Server(config)
    task = asyncio.create_task(server.serve())
    while not server.started:
        await asyncio.sleep(0.01)
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        await task


@asynccontextmanager
async def screen(size: ViewportSize) -> AsyncIterator[Page]:
    """A browser's page; what its console complains of is an error, but for a form that comes again."""
    place = chromium()
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=place, args=["--no-sandbox"])
        page, complaints = await browser.new_page(viewport=size), list[str]()
        page.on("console", lambda said: complaints.append(said.text) if "422" not in said.text else None)
        yield page
        await browser.close()
        assert complaints == []


@pytest.mark.parametrize("size", SIZES, ids=("phone", "office"))
async def test_a_service_is_entered_saved_refused_and_corrected_on_any_screen(
    folder: Folder, size: ViewportSize
) -> None:
    agent = Agent.enrolled(folder, ["nats://127.0.0.1:1"])
    hears(agent)
    async with served(agent) as address, screen(size) as page:
        for path in ("/", f"/form/patrol?plan=daily-stations&about={STATION}", "/form/rectification-done", "/sent"):
            await page.goto(address + path)
            assert await page.evaluate("document.documentElement.scrollWidth") <= size["width"]
        await enters_a_service(page, address)
        (row,) = agent.outbox.latest(9)
        await expect(page.locator("[data-state]")).to_have_text("待发送")
        no = Answer(STATION, row.id, State.REFUSED, [{"slug": "no", "zh": "人次有误。", "en": "Wrong."}])
        noted_elsewhere(folder, no)
        await expect(page.locator("[data-state]")).to_have_text("退回更正")
        await page.reload()
        await page.get_by_role("link", name="更正").click()
        await expect(page.get_by_label("服务人次")).to_have_value("2")
        await page.get_by_role("button", name="保存并报送").click()
        await expect(page.get_by_role("status")).to_contain_text("已保存")
    assert [one.corrects for one in agent.outbox.latest(9)] == [row.id, ""]
    agent.close()


@pytest.mark.parametrize("size", SIZES, ids=("phone", "office"))
async def test_what_is_wrong_has_the_focus_and_the_list_leads_to_the_rest(folder: Folder, size: ViewportSize) -> None:
    agent = Agent.enrolled(folder, ["nats://127.0.0.1:1"])
    hears(agent)
    async with served(agent) as address, screen(size) as page:
        await page.goto(f"{address}/form/patrol?plan=daily-stations&about={STATION}")
        await page.get_by_role("button", name="保存并报送").click()
        await expect(page.get_by_role("alert").get_by_role("link")).to_have_count(2)  # at once, and in our words
        await page.get_by_role("radiogroup", name="按时开门").get_by_label("部分符合").check()
        await page.get_by_role("radiogroup", name="环境整洁").get_by_label("部分符合").check()
        await page.locator("summary", has_text="问题3").click()
        await page.get_by_role("group", name="问题3").get_by_label("说明").fill("门口有积雪")
        await page.get_by_role("group", name="问题3").get_by_label("整改期限").fill("三天")
        await page.get_by_role("button", name="保存并报送").click()
        item, days = page.locator("#patrol-findings-2-item"), page.locator("#patrol-findings-2-rectify_within")
        await expect(item).to_be_focused()
        await expect(item).to_have_accessible_description("请填写问题3的“发现的问题”。")
        await page.get_by_role("alert").get_by_role("link", name="整改期限").click()
        await expect(days).to_be_focused()
        await expect(days).to_have_attribute("aria-invalid", "true")
        assert await page.evaluate("document.documentElement.scrollWidth") <= size["width"]
        await days.fill("3")
        await item.fill("积雪未清理")
        await page.keyboard.press("Enter")
        await expect(page.get_by_role("status")).to_contain_text("已保存")
    (row,) = agent.outbox.latest(9)
    (found,) = json.loads(row.body)["findings"]
    assert (found["note"], found["item"], json.loads(row.body)["score"]) == ("门口有积雪", "积雪未清理", 5000)
    agent.close()


async def test_what_is_overdue_for_years_can_still_be_reported_on_a_phone(folder: Folder) -> None:
    """Its state is long; what is to be done about it stands within the screen all the same."""
    agent = Agent.enrolled(folder, ["nats://127.0.0.1:1"])
    (found,) = DESK["rectifications"]
    agent.parts.notes.keep(PATROLS, {**DESK, "rectifications": [{**found, "stage": "accepted"}]}, A_MONDAY)
    async with served(agent) as address, screen(SIZES[0]) as page:
        await page.goto(address)
        await expect(page.get_by_text(re.compile(r"逾期\d{4}天")).first).to_be_visible()
        box = await page.get_by_role("link", name="报送结果", exact=True).bounding_box()
        panel = await page.get_by_role("region", name="待整改").bounding_box()
        assert box is not None
        assert panel is not None
        assert box["x"] + box["width"] <= panel["x"] + panel["width"]
    agent.close()


async def enters_a_service(page: Page, address: str) -> None:
    """From the first page on."""
    await page.goto(address)
    await page.get_by_role("link", name="绿色通道服务").click()
    await page.get_by_label("服务对象").select_option("特殊群体")
    await page.get_by_label("服务方式").select_option("代办")
    await page.get_by_label("服务人次").fill("2")
    await page.get_by_role("button", name="保存并报送").click()
    await expect(page.get_by_role("status")).to_contain_text("已保存")


def noted_elsewhere(folder: Folder, answer: Answer) -> None:
    """The county's answer is noted while the page is open."""
    outbox = Outbox(folder.outbox)
    outbox.decided([answer], datetime.now(UTC))
    outbox.close()
