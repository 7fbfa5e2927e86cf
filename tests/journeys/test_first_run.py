"""The first run, in a browser: an empty county enters itself, its units and people, and comes to its first figure."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path
from typing import Any

import httpx
import pytest
import pytest_asyncio
from playwright.async_api import Page, async_playwright, expect

from deploy.embedded.county.folder import token_secret
from deploy.linxi.county import COUNTY
from shared.calendar import CHINA
from shared.identity.invitations import Invitation
from shared.identity.nats_jwt import KeyKind, new_seed
from shared.identity.tokens import token_of
from tests.identity.enrolling import Desk
from tests.journeys.running import Supervised, supervised
from tests.submitters import station
from tests.wants import chromium

pytestmark = pytest.mark.asyncio(loop_scope="module")
START = "/feedback/start"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def county(quick_folder: Path) -> AsyncIterator[Supervised]:
    async with supervised(quick_folder / "first-run", "--no-year") as county:
        await county.reaches("running")
        yield county
        await county.stops()


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def page(county: Supervised) -> AsyncIterator[Page]:
    place = chromium()
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=place, args=["--no-sandbox"])
        context = await browser.new_context(base_url=county.gateway, viewport={"width": 1366, "height": 768})
        yield await context.new_page()
        await browser.close()


async def goes_on(page: Page, step: str, button: str) -> None:
    """From 开始使用 by the next step, which is this one."""
    await page.goto(START)
    await expect(page.get_by_role("heading", name=f"下一步：{step}")).to_be_visible()
    await page.locator("main .actions a.button", has_text=button).click()


async def sends(page: Page, button: str, **fields: str) -> None:
    """A form filled in by its labels, and that it was taken."""
    for label, value in fields.items():
        await page.get_by_label(label, exact=True).fill(value)
    await page.get_by_role("button", name=button, exact=True).click()
    await expect(page.locator(".told.good")).to_contain_text("已受理")


def reports(county: Supervised, client: httpx.Client) -> dict[str, Any]:
    """The station's first patrol, as its PC sends it."""
    said = station.logs(at=datetime.now(CHINA))
    token = {"authorization": f"Bearer {token_of(station.code, token_secret(county.data))}"}
    headers = {**said.message.headers, **token}
    verdict: dict[str, Any] = client.post(
        "/inspection/api/submissions", headers=headers, content=said.message.body
    ).json()
    return verdict


async def test_the_county_lands_where_it_begins_and_enters_itself(county: Supervised, page: Page) -> None:
    await page.goto("/feedback/sign-in")
    await page.get_by_label("单位编号").fill(COUNTY)
    await page.get_by_label("登录口令").fill(token_of(COUNTY, token_secret(county.data)))
    await page.get_by_role("button", name="登录").click()
    await page.wait_for_url(f"**{START}")
    await goes_on(page, "登记单位", "登记县本级")
    await sends(page, "登记", 名称="林西县政务服务联合党委")


async def test_it_enters_a_township_and_a_village(page: Page) -> None:
    await goes_on(page, "登记单位", "登记单位")
    await page.get_by_role("link", name="乡镇（街道）").click()
    since = f"{datetime.now(CHINA).year}-01-01"
    await sends(page, "登记", 单位编号="150424100", 名称="林西镇", 生效日期=since)
    await page.goto("/roster/organisations/new")
    await page.get_by_role("row", name="林西镇").get_by_role("link").click()
    await sends(page, "登记", 单位编号=station.code, 名称="冬不冷村便民服务站", 生效日期=since)


async def test_it_registers_its_first_person(page: Page) -> None:
    await goes_on(page, "登记人员", "登记人员")
    form = page.locator("form[action$='/register']")
    for label, value in {"姓名": "张三", "出生年份": "1985"}.items():
        await form.get_by_label(label).fill(value)
    await form.get_by_label("女").check()
    await form.get_by_label("是", exact=True).check()
    await form.get_by_label("到本单位日期").fill(f"{datetime.now(CHINA).year}-01-02")
    await form.get_by_role("button", name="登记", exact=True).click()
    await expect(page.locator(".told.good")).to_contain_text("已受理")


async def test_it_invites_its_first_station_which_reports_and_there_is_a_figure(county: Supervised, page: Page) -> None:
    await goes_on(page, "邀请站点", "发放登记码")
    await page.get_by_role("button", name="发放登记码").click()
    shown = page.locator("dt:text-is('登记码') + dd")
    await expect(shown).to_be_visible()
    code = (await shown.inner_text()).splitlines()[0].strip()
    with httpx.Client(base_url=county.gateway, trust_env=False, timeout=60) as client:
        desk = Desk(county, client, county.data)
        assert desk.enrols(Invitation.read(code).code, new_seed(KeyKind.USER)).status_code == 200, code
        await goes_on(page, "第一次检查", "查看应查名单")
        await expect(page).to_have_url(f"{county.gateway}/inspection/patrols")
        assert reports(county, client)["verdict"] == "accepted"
    async with asyncio.timeout(60):
        while "5件事都已完成" not in await page.locator("main").inner_text():
            await page.goto(START)
    await page.goto("/feedback/")
    assert "开始使用：" not in await page.content()
    await page.keyboard.press("?")
    await expect(page.get_by_role("heading", name="全县概况：帮助")).to_be_visible()
    await page.get_by_role("link", name="返回全县概况").click()
    await expect(page).to_have_url(f"{county.gateway}/feedback/")
