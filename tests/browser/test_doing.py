"""What a person does on the pages in a browser: signs in, looks through a camera, patrols, puts right."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

import pytest

from deploy.linxi.year.inspection.supervision import CAMERAS
from tests.browser.acting import COUNTY, HALL, answered, bury, presses, signs_in
from tests.browser.conftest import Look, ShownCounty


def test_a_dead_letter_is_driven_again_by_the_countys_button(county: ShownCounty, office: Look) -> None:
    if not county.nats_url:
        pytest.skip("LIANBAN_PAGES_NATS_URL is not set: nothing can be buried")
    with ThreadPoolExecutor(1) as aside:
        aside.submit(lambda: asyncio.run(bury(county))).result()
    page = office.page
    signs_in(county, office, COUNTY, "/feedback/dead-letters")
    row = page.locator("tbody tr", has=page.get_by_role("button", name="再办一次")).first
    sequence = row.locator("th").inner_text()
    row.get_by_role("button").click()
    assert f"第{sequence}号报送已再办" in page.locator(".told").inner_text()
    page.get_by_role("link", name="已再办").click()
    driven = page.locator("tbody tr", has=page.locator("th", has_text=sequence))
    assert "已再办" in driven.last.inner_text()


def test_a_discipline_officer_looks_through_a_camera_on_a_phone(county: ShownCounty, phone: Look) -> None:
    signs_in(county, phone, COUNTY, "/inspection/supervision")
    page = phone.page
    assert page.locator("header .you").inner_text().split() == ["林西县政务服务联合党委", "大字", "退出"]
    page.get_by_label("查看人").select_option(index=1)
    presses(page, "查询可查看设备")
    buttons = page.get_by_role("button", name="查看", exact=True)
    assert buttons.count() == 20
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    buttons.first.click()
    page.wait_for_load_state()
    assert "已受理" in page.locator(".told[role=status]").inner_text()
    way = page.get_by_role("link", name="打开监控画面")
    assert str(way.get_attribute("href")).startswith(f"{CAMERAS}/")
    assert way.get_attribute("rel") == "noopener noreferrer"
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    presses(page, "退出")
    page.goto(county.at("/inspection/supervision"))
    assert urlsplit(page.url).path == "/inspection/sign-in"
    assert phone.wrong == []


def opens_a_patrol(county: ShownCounty, look: Look) -> None:
    """The form of the last place that is due for the hall, with every mark given."""
    signs_in(county, look, HALL, "/inspection/patrol")
    page = look.page
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    if "今日没有应当巡查的对象" in page.locator("main").inner_text():
        pytest.skip("a week without a working day: nothing is due")
    page.locator(".due a").last.click()
    page.wait_for_load_state()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    for item in page.locator("fieldset.marks").all():
        item.get_by_label("符合", exact=True).check()


def test_an_inspector_fills_in_a_patrol_on_a_phone(county: ShownCounty, phone: Look) -> None:
    opens_a_patrol(county, phone)
    page = phone.page
    name = page.locator("h1").inner_text()
    presses(page, "提交")
    assert page.locator(".told[role=status]").inner_text() == f"{name}：已受理"
    page.go_back()
    presses(page, "提交")
    assert page.locator(".told[role=status]").inner_text() == f"{name}：已受理"
    assert phone.wrong == []


def test_a_note_without_its_finding_is_asked_about_where_it_stands_and_nothing_is_lost(
    county: ShownCounty, phone: Look
) -> None:
    opens_a_patrol(county, phone)
    page = phone.page
    page.get_by_text("问题2", exact=True).click()
    page.locator("#patrol-findings-1-note").fill("第二页没有")
    page.get_by_role("button", name="提交").click()
    page.get_by_role("link", name="请填写问题2的“发现的问题”。").wait_for()
    page.wait_for_function("document.activeElement.id === 'patrol-findings-1-item'")
    assert page.locator("#patrol-findings-1-note").input_value() == "第二页没有"
    assert page.locator("fieldset.marks input:checked").count() == page.locator("fieldset.marks").count()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.locator("#patrol-findings-1-item").fill("告知单缺页")
    presses(page, "提交")
    assert "已受理" in page.locator(".told[role=status]").inner_text()


@pytest.mark.parametrize(("size", "nth"), [("office", 0), ("phone", 1)])
def test_a_finding_is_taken_on_once_and_a_second_time_refused(
    county: ShownCounty, request: pytest.FixtureRequest, size: str, nth: int
) -> None:
    look: Look = request.getfixturevalue(size)
    one = answered(county, "/inspection/api/rectifications?stage=opened&limit=20")["items"][nth]
    address = f"/inspection/rectifications/{one['organisation']}/{one['rectification']}"
    page = look.page
    signs_in(county, look, one["organisation"], address)
    another = page.context.new_page()
    another.goto(county.at(address))
    presses(page, "确认领办")
    assert "已受理" in page.locator("div[role=status]").inner_text()
    assert "领办" in page.get_by_role("region", name="办理经过").locator("tbody tr").first.inner_text()
    presses(another, "确认领办")
    assert "退回更正" in another.locator("div[role=alert]").inner_text()
    assert another.get_by_role("button", name="报送").is_visible()
    width = page.viewport_size
    assert width
    assert all(it.evaluate("document.documentElement.scrollWidth") <= width["width"] for it in (page, another))
    assert look.wrong == []


def test_another_origin_cannot_drive_a_dead_letter_again(county: ShownCounty, office: Look) -> None:
    answer = office.page.request.post(
        county.at("/feedback/dead-letters/1/again"), headers={"Origin": "https://elsewhere.example"}, max_redirects=0
    )
    assert answer.status == 403
