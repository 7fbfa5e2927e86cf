"""Persons at the sign-in page in a browser: a unit by two letters, a form that waited goes on, next day one tap."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio
import uvicorn
from fastapi import FastAPI
from playwright.async_api import Page, async_playwright, expect

from deploy.embedded.ports import any_free
from services.roster.accounts.kept import changed
from services.roster.accounts.passwords import hashed
from services.roster.accounts.signing_out import note_outs
from shared.identity.sessions import IDLE, EndedSessions, SignIn, opened, sealed
from shared.services import SERVICES
from shared.web.cookie import AT_HOME
from shared.web.signing_in import sealing_key
from tests.browsing import browsing
from tests.county import County
from tests.entrants import DIRECTOR, PASSWORD, WANG, Entrant, first_time, given_code, registered
from tests.processes_here import ROUTES, SECRET, running
from tests.submitters import committee, office, station, township
from tests.wants import chromium

expect.set_options(timeout=30_000)
LEFT = Entrant("p-left", "周正", office.code, None)
PHONE: Any = {"width": 390, "height": 844}


@pytest_asyncio.fixture
async def address(county: County) -> AsyncIterator[str]:
    """All services at one origin, as behind the gateway; the roster has heard until now who signed out."""
    await registered(county, WANG, DIRECTOR, LEFT)
    await note_outs(county.db("roster"), EndedSessions(county.bus))
    apps = {}
    for service in SERVICES:
        apps[service] = FastAPI(openapi_url=None)
        ROUTES[service](apps[service], running(county, service))

    async def at_one_origin(scope: Any, receive: Any, send: Any) -> None:
        await apps.get(scope["path"].split("/")[1], apps["roster"])(scope, receive, send)

    port = any_free()
    server = uvicorn.Server(uvicorn.Config(at_one_origin, port=port, log_level="warning", lifespan="off", ws="none"))
    task = asyncio.create_task(server.serve())
    while not server.started:
        await asyncio.sleep(0.01)
    async with county.working():
        yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    await task


@pytest_asyncio.fixture
async def page() -> AsyncIterator[Page]:
    """On a phone."""
    async with async_playwright() as playwright:
        started = await playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        page = await (await started.new_context(viewport=PHONE)).new_page()
        page.on("pageerror", lambda error: pytest.fail(str(error)))
        yield page
        await started.close()


async def pictured(page: Page, name: str) -> None:
    """Where somebody wants to look at it; it never goes sideways."""
    assert await page.evaluate("document.documentElement.scrollWidth") <= 390
    if folder := os.environ.get("LIANBAN_PICTURES"):
        await page.screenshot(path=f"{folder}/{name}.png", full_page=True)


async def finds_the_unit(page: Page, letters: str) -> None:
    """Two letters and a tap."""
    await page.get_by_role("combobox", name="单位").press_sequentially(letters)
    await expect(page.get_by_role("option").first).to_be_visible()
    await pictured(page, "units")
    await page.get_by_role("option").first.click()


async def test_on_a_phone_she_finds_her_village_by_two_letters_and_signs_in_with_the_slips_code(
    county: County, address: str, page: Page
) -> None:
    async with browsing(county, "roster") as office:
        code = await given_code(office, WANG, by=township.code)
    await page.goto(f"{address}/inspection/patrol")
    await pictured(page, "sign-in")
    await finds_the_unit(page, station.code[:9] + "2")
    await expect(page.get_by_role("combobox", name="单位")).to_have_value(WANG.unit)
    await page.get_by_label("姓名").fill(WANG.name)
    await page.get_by_label("密码").fill(code.lower())
    await page.get_by_role("button", name="登录", exact=True).click()
    await expect(page.get_by_role("heading", name="设置密码")).to_be_visible()
    await pictured(page, "new-password")
    await page.get_by_label("新密码").fill(PASSWORD)
    await page.get_by_label("再填一次").fill(PASSWORD)
    await page.get_by_role("button", name="保存并登录").click()
    await expect(page.get_by_text(f"{WANG.name} · ")).to_be_visible()
    assert page.url == f"{address}/inspection/patrol"
    await pictured(page, "in")


async def test_a_form_that_waited_while_the_session_ended_goes_on_after_the_password(
    county: County, address: str, page: Page
) -> None:
    await has_a_password(county, WANG)
    await page.goto(f"{address}/roster/sign-in")
    await signs_in(page, WANG)
    await page.goto(f"{address}/roster/people/of/{station.code}")
    await page.get_by_label("姓名").fill("样例乙")
    await page.get_by_role("radio", name="男").check()
    await page.get_by_label("出生年份").fill("1990")
    await page.get_by_role("radio", name="否").check()
    await page.get_by_label("到本单位日期").fill("2018-02-01")
    await is_idle_since(page, IDLE + 60)
    await page.get_by_role("button", name="登记", exact=True).click()
    await expect(page.get_by_text("登录已到时，填写的内容还在")).to_be_visible()
    await pictured(page, "waits")
    await expect(page.get_by_label("姓名")).to_have_value(WANG.name)
    await page.get_by_label("密码").fill(PASSWORD)
    await page.get_by_role("button", name="登录", exact=True).click()
    await expect(page.get_by_text("已受理")).to_be_visible()
    await expect(page.get_by_role("link", name="样例乙")).to_be_visible()


async def test_next_day_a_browser_that_remembers_her_asks_for_one_tap_and_none_after_signing_out(
    county: County, address: str, page: Page
) -> None:
    await has_a_password(county, WANG)
    await page.goto(f"{address}/roster/sign-in")
    await page.get_by_label("在本机记住我").check()
    await signs_in(page, WANG)
    await is_idle_since(page, 20 * 3600)
    await page.goto(f"{address}/inspection/patrol")
    await pictured(page, "next-day")
    await page.get_by_role("button", name="继续使用").click()
    await expect(page.get_by_text(f"{WANG.name} · ")).to_be_visible()
    assert page.url == f"{address}/inspection/patrol"
    await page.get_by_role("button", name="退出").click()
    await expect(page.get_by_role("heading", name="登录")).to_be_visible()
    await expect(page.get_by_role("button", name="继续使用")).to_have_count(0)


async def test_who_has_an_account_finds_it_in_the_header_and_ends_a_session_there(
    county: County, address: str, page: Page
) -> None:
    await has_a_password(county, WANG)
    await page.goto(f"{address}/roster/sign-in")
    await page.get_by_label("在本机记住我").check()
    await signs_in(page, WANG)
    await page.get_by_role("link", name=f"{WANG.name} · ").click()
    await expect(page.get_by_role("heading", name="我的账号")).to_be_visible()
    await pictured(page, "account")
    await page.locator("table").first.get_by_role("button", name="退出", exact=True).click()
    await expect(page.get_by_text("已退出该设备")).to_be_visible()


async def test_what_cannot_be_undone_is_sent_after_the_password_alone_and_what_was_filled_in_comes_back(
    county: County, address: str, page: Page
) -> None:
    await changed(county.db("roster"), DIRECTOR.id, {"$set": {"password": await hashed(PASSWORD)}})
    await has_session(page, SignIn.begun(DIRECTOR.organisation, "", DIRECTOR.id))
    await page.goto(f"{address}/roster/people/{LEFT.id}")
    await pictured(page, "before-confirming")
    await page.get_by_role("link", name="输入密码后删除").click()
    await confirms(page, PASSWORD[1:])
    await expect(page.get_by_role("link", name="登录密码不符")).to_be_visible()
    await pictured(page, "not-confirmed")
    await page.get_by_role("link", name="返回").click()
    await page.get_by_role("link", name="输入密码后删除").click()
    await confirms(page, PASSWORD)
    await page.get_by_role("heading", name="删除个人信息").wait_for()
    await page.go_back()
    await expect(page.get_by_text("刚才已确认本人")).to_be_visible()
    await pictured(page, "confirmed")
    await page.get_by_role("link", name="返回").click()
    await page.get_by_label("理由").fill("本人申请")
    (proven,) = await sessions_in(page)
    await has_session(page, proven._replace(proved=proven.proved - 6 * 60))
    await page.get_by_role("button", name="删除").click()
    await expect(page.get_by_text("请先输入登录密码确认本人，再提交。")).to_be_visible()
    await pictured(page, "confirm-again")
    await page.get_by_role("link", name="输入登录密码").click()
    await confirms(page, PASSWORD)
    await expect(page.get_by_label("理由")).to_have_value("本人申请")
    await page.get_by_role("button", name="删除").click()
    await expect(page.get_by_role("heading", name="个人信息已删除")).to_be_visible()


async def confirms(page: Page, password: str) -> None:
    """By the keyboard alone."""
    await page.get_by_label("登录密码").fill(password)
    await page.get_by_label("登录密码").press("Enter")


async def has_a_password(county: County, who: Entrant) -> None:
    """Chosen on another device."""
    async with browsing(county, "roster") as elsewhere:
        code = await given_code(elsewhere, who, by=committee.code)
        assert (await first_time(elsewhere, who, code)).status_code == 303


async def signs_in(page: Page, who: Entrant) -> None:
    """With unit, name and password."""
    await page.get_by_role("combobox", name="单位").fill(who.unit)
    await page.get_by_label("姓名").fill(who.name)
    await page.get_by_label("密码").fill(PASSWORD)
    await page.get_by_role("button", name="登录", exact=True).click()
    await expect(page.get_by_text(f"{who.name} · ")).to_be_visible()


async def is_idle_since(page: Page, seconds: int) -> None:
    """As if the last sign of the person were so long ago."""
    (session,) = await sessions_in(page)
    await has_session(page, session._replace(since=session.since - seconds, seen=session.since - seconds))


async def sessions_in(page: Page) -> list[SignIn]:
    """That of the browser's cookie."""
    cookies = [one["value"] for one in await page.context.cookies() if one["name"] == AT_HOME]
    return [session for one in cookies if (session := opened(one, sealing_key(SECRET)))]


async def has_session(page: Page, session: SignIn) -> None:
    """Instead of whatever it has."""
    value = sealed(session, sealing_key(SECRET))
    await page.context.add_cookies([{"name": AT_HOME, "value": value, "domain": "127.0.0.1", "path": "/"}])
