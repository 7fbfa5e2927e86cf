"""In a browser nothing that was filled in is lost, and no act becomes two; an open page says what is so by now."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import pytest
from playwright.async_api import Error, FilePayload, Page, Route, async_playwright, expect

from deploy.embedded.ports import any_free
from services.station.folder import Folder
from services.station.line.sender import Condition
from services.station.line.troubles import Trouble
from services.station.outbox.rows import Answer, State
from tests.photographs import photograph
from tests.station.agents import STATION, Agent
from tests.station.local_page import hears
from tests.station.test_browser import noted_elsewhere, served
from tests.wants import chromium

expect.set_options(timeout=30_000)
NO = {"slug": "no", "zh": "人次有误。", "en": "Wrong."}
RESTORED, DONE = "已恢复上次未提交的内容", "这张表已经报送"


@asynccontextmanager
async def browser(*more: str) -> AsyncIterator[Page]:
    """A page of a browser started so."""
    async with async_playwright() as playwright:
        started = await playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox", *more])
        yield await started.new_page()
        await started.close()


@pytest.fixture
async def agent(folder: Folder) -> AsyncIterator[Agent]:
    """Enrolled, and without any line."""
    one = Agent.enrolled(folder, ["nats://127.0.0.1:1"])
    hears(one)
    yield one
    one.close()


async def fills(page: Page, persons: str = "7") -> None:
    """A service in the open form."""
    await page.get_by_label("服务对象").select_option("特殊群体")
    await page.get_by_label("服务方式").select_option("代办")
    await page.get_by_label("服务人次").fill(persons)


async def saves(page: Page) -> None:
    """By the button, as long as it takes."""
    await page.get_by_role("button", name="保存并报送").click()
    await expect(page.get_by_role("heading", name="报送内容")).to_be_visible()


@pytest.mark.parametrize("cache", ["BackForwardCache", "Translate"], ids=["page cache off", "page cache on"])
async def test_back_and_save_again_is_one_act_and_a_new_one_is_one_press_away(agent: Agent, cache: str) -> None:
    async with served(agent) as address, browser(f"--disable-features={cache}") as page:
        await page.goto(f"{address}/form/green")
        await fills(page)
        await saves(page)
        await page.go_back()
        await expect(page.get_by_role("status").filter(has_text=DONE)).to_be_visible()
        await expect(page.get_by_label("服务人次")).to_have_value("7")
        await saves(page)
        await page.reload()
        assert len(agent.outbox.latest(9)) == 1
        await page.go_back()
        await page.get_by_role("button", name="新填一张").click()
        await expect(page.get_by_label("服务人次")).to_have_value("1")
        await fills(page, "8")
        await saves(page)
    assert len(agent.outbox.latest(9)) == 2


async def test_two_tabs_are_asked_and_without_a_script_too(agent: Agent) -> None:
    async with served(agent) as address, browser() as page:
        assert page.context.browser
        without = await (await page.context.browser.new_context(java_script_enabled=False)).new_page()
        for tab in (page, without):
            await tab.goto(f"{address}/form/green")
            await fills(tab)
        await saves(page)
        await without.get_by_role("button", name="保存并报送").click()
        await expect(without).to_have_title("还没有保存，请先回答一个问题：绿色通道服务 · 联办")
        await without.get_by_label("不是，不再登记").check()
        await saves(without)
        await expect(without.get_by_text("没有另行登记")).to_be_visible()
    assert len(agent.outbox.latest(9)) == 1


async def test_what_was_filled_in_is_there_when_the_program_is_back_and_goes_when_it_is_saved(agent: Agent) -> None:
    port = any_free()
    async with browser() as page:
        async with served(agent, port) as address:
            await page.goto(f"{address}/form/green")
            await fills(page)
        with suppress(Error):
            await page.reload()
        await page.wait_for_url("chrome-error://**")
        async with served(agent, port):
            await page.goto(f"{address}/form/green")
            await expect(page.get_by_role("status").filter(has_text=RESTORED)).to_be_visible()
            await expect(page.get_by_label("服务人次")).to_have_value("7")
            await page.get_by_role("button", name="清空").click()
            await expect(page.get_by_label("服务人次")).to_have_value("1")
            await fills(page, "9")
            await page.goto(f"{address}/")
            await page.goto(f"{address}/form/green")
            await saves(page)
            await page.goto(f"{address}/form/green")
            await expect(page.get_by_label("服务人次")).to_have_value("1")
            await expect(page.get_by_text(RESTORED)).to_have_count(0)
    (row,) = agent.outbox.latest(9)
    assert b'"persons":9' in row.body


async def test_a_form_that_nobody_takes_stays_with_a_sentence_and_is_saved_when_pressed_again(agent: Agent) -> None:
    port, button = any_free(), "保存并报送"
    async with browser() as page:
        async with served(agent, port) as address:
            await page.goto(f"{address}/form/green")
            await fills(page)
        await page.get_by_role("button", name=button).dblclick()
        unreached = page.get_by_role("alert").filter(has_text="没有应答，这张表还没有提交")
        await expect(unreached).to_have_count(1)
        await expect(page.get_by_label("服务人次")).to_have_value("7")
        async with served(agent, port):
            await saves(page)
    assert len(agent.outbox.latest(9)) == 1


async def test_a_refused_field_is_newer_than_a_draft_and_stays_through_a_reload(agent: Agent) -> None:
    async with served(agent) as address, browser() as page:
        await page.goto(f"{address}/form/green")
        await fills(page, "许多")
        await page.get_by_role("button", name="保存并报送").click()
        await expect(page.get_by_label("服务人次")).to_be_focused()
        await page.get_by_label("服务人次").fill("12")
        await page.goto(f"{address}/form/green")
        await expect(page.get_by_label("服务人次")).to_have_value("12")
        await saves(page)


async def test_photos_go_ahead_and_are_carried_also_after_a_reload(agent: Agent) -> None:
    picture = FilePayload(name="门前.jpg", mimeType="image/jpeg", buffer=photograph())
    text = FilePayload(name="说明.jpg", mimeType="image/jpeg", buffer=b"text")
    async with served(agent) as address, browser() as page:
        await page.goto(f"{address}/form/patrol?plan=daily-stations&about={STATION}")
        await page.get_by_label("照片", exact=False).set_input_files([picture, text])
        await expect(page.get_by_label("门前.jpg，已上传")).to_be_checked()
        await expect(page.get_by_text("“说明.jpg”不是JPEG或者PNG照片")).to_be_visible()
        assert agent.parts.pictures.waiting() == 1
        await page.reload()
        await expect(page.get_by_label("照片1，已上传")).to_be_checked()
        for item in ("按时开门", "环境整洁"):
            await page.get_by_role("radiogroup", name=item).get_by_label("符合", exact=True).check()
        await saves(page)
        await expect(page.get_by_text("照片1")).to_be_visible()
    assert agent.parts.pictures.waiting() == 1


async def test_an_open_page_says_what_came_back_how_the_line_is_and_that_nobody_answers(
    agent: Agent, folder: Folder
) -> None:
    async with browser() as page:
        async with served(agent) as address:
            await page.goto(f"{address}/form/green")
            await fills(page)
            await saves(page)
            (row,) = agent.outbox.latest(9)
            agent.parts.sender.condition = Condition(trouble=Trouble("no-answer"))
            await expect(page.get_by_text("县服务器没有应答")).to_be_visible()
            noted_elsewhere(folder, Answer(STATION, row.id, State.REFUSED, [NO]))
            await expect(page.locator("[data-reasons]")).to_have_text("人次有误。")
            await expect(page.get_by_text("已保存。")).to_have_count(0)
            await expect(page.get_by_role("link", name="更正")).to_have_attribute(
                "href", f"/form/green?corrects={row.id}"
            )
            agent.parts.sender.condition = Condition(connected=True)
            await expect(page.get_by_text("县服务器没有应答")).to_have_count(0)
            await page.goto(f"{address}/")
            await expect(page.locator("[data-line]")).to_have_text("线路畅通")
        await expect(page.locator("[data-line]")).to_have_text("本机程序没有应答")


async def test_a_program_that_hangs_is_said_not_to_answer_until_it_does(agent: Agent) -> None:
    async with browser() as page, served(agent) as address:
        line, hung = page.locator("[data-line]"), list[Route]()

        def hangs(asked: Route) -> None:
            hung.append(asked)

        await page.goto(f"{address}/")
        await page.route("**/state.json*", hangs)
        await expect(line).to_have_text("本机程序没有应答")
        await page.unroute("**/state.json*")
        await expect(line).not_to_have_text("本机程序没有应答")
