"""The pages as a person sees them: complete, readable on a phone, true to the data, and within the strict policy."""

from __future__ import annotations

import asyncio
import json
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import urlsplit
from urllib.request import urlopen
from uuid import uuid4

import nats
import pytest
from playwright.sync_api import Browser

from shared.identity.tokens import token_of
from tests.browser.conftest import Look, ShownCounty

HALL, OFFICE, COUNTY = "150424-D01", "150424-D09", "150424"
REPORT = "2018-03_150424100"
ANNUAL = "2018_150424-D15"
PAGES = (
    "/feedback/",
    "/feedback/?period=2018-Q1",
    "/feedback/organisations",
    "/feedback/organisations/150424100?period=2018-03",
    f"/feedback/reports/{REPORT}",
    f"/feedback/api/reports/{ANNUAL}.html",
    "/inspection/",
    "/inspection/?township=150424100&kind=station",
    "/inspection/patrols?day=2018-11-30",
    "/inspection/inspections?day=2018-11-30",
    "/inspection/rectifications",
    "/inspection/rectifications?township=150424100&stage=closed",
    "/inspection/?silent=true",
    "/inspection/excellence",
    f"/inspection/excellence/{OFFICE}",
    "/roster/",
    "/greenchannel/",
    "/feedback/dead-letters",
    "/feedback/health",
)
NAVIGATION = ["全县概况", "机构与报告", "窗口和站点", "轮值与联席会议", "绿色通道", "待人工处理", "系统状况"]
CHARTED = ("/feedback/", f"/feedback/reports/{REPORT}", "/inspection/patrols?day=2018-11-30")
PAINTED = """canvas => {
  const pixels = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
  return pixels.some(value => value !== 0);
}"""


@pytest.mark.parametrize("path", PAGES)
def test_a_page_loads_without_a_complaint_of_the_browser(county: ShownCounty, office: Look, path: str) -> None:
    office.page.goto(county.at(path), wait_until="load")
    assert office.wrong == []


@pytest.mark.parametrize("path", PAGES)
def test_a_page_has_the_same_navigation_and_marks_one_place(county: ShownCounty, office: Look, path: str) -> None:
    office.page.goto(county.at(path))
    entries = office.page.locator("nav[aria-label=栏目] a")
    assert [text.strip() for text in entries.all_inner_texts()] == NAVIGATION
    assert office.page.locator("nav[aria-label=栏目] a[aria-current=page]").count() == 1


@pytest.mark.parametrize("path", PAGES)
def test_a_phone_never_scrolls_sideways(county: ShownCounty, phone: Look, path: str) -> None:
    phone.page.goto(county.at(path))
    assert phone.page.evaluate("document.documentElement.scrollWidth") <= 390


@pytest.mark.parametrize("path", CHARTED)
def test_a_chart_is_drawn_and_its_numbers_stand_beside_it(county: ShownCounty, office: Look, path: str) -> None:
    office.page.goto(county.at(path))
    canvas = office.page.locator("[data-chart] canvas")
    canvas.first.wait_for()
    assert canvas.first.evaluate(PAINTED)
    assert office.page.locator("figure.chart table tbody tr").count() > 0


@pytest.mark.parametrize("path", CHARTED)
def test_without_a_script_the_numbers_of_a_chart_stand_where_it_would_be_drawn(
    county: ShownCounty, browser: Browser, path: str
) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, java_script_enabled=False)
    page = context.new_page()
    page.goto(county.at(path))
    assert page.locator("figure.chart .canvas").count() > 0
    assert not any(box.is_visible() for box in page.locator("figure.chart .canvas").all())
    is_report = page.locator("article.sheet").count() > 0
    assert page.locator("figure.chart tbody tr").last.is_visible() is not is_report
    context.close()


@pytest.mark.parametrize("report", [REPORT, ANNUAL])
def test_a_report_shows_the_figures_of_its_json(county: ShownCounty, office: Look, report: str) -> None:
    office.page.goto(county.at(f"/feedback/reports/{report}"))
    measures = _json(county, f"/feedback/api/reports/{report}")["measures"]
    cells = office.page.locator("[data-measure]")
    assert cells.count() > 8
    for cell in cells.all():
        name, exact = cell.get_attribute("data-measure"), cell.get_attribute("data-exact")
        measure = measures[name]
        assert exact == str(_number(measure)), name


def _number(measure: Any) -> float | None:
    value = measure["value"] if isinstance(measure, dict) else measure
    return None if value is None else float(value)


def _json(county: ShownCounty, path: str) -> Any:
    with urlopen(county.at(path), timeout=10) as answer:
        return json.load(answer)


def test_an_annual_report_carries_opinions_and_the_signature(county: ShownCounty, office: Look) -> None:
    office.page.goto(county.at(f"/feedback/reports/{ANNUAL}"))
    text = office.page.locator("article.sheet").inner_text()
    assert "二、整改意见" in text
    assert text.rstrip().endswith("2019年1月1日")


def test_the_county_of_2018_reads_as_its_own_account_does(county: ShownCounty, office: Look) -> None:
    office.page.goto(county.at("/feedback/?period=2018"))
    text = office.page.locator("main").inner_text()
    for figure in ("34,500", "308", "84", "28", "进驻率94%"):
        assert figure in text


def test_a_period_replaced_by_the_year_says_so(county: ShownCounty, office: Look) -> None:
    office.page.goto(county.at("/feedback/organisations/150424100?period=2018"))
    assert office.page.get_by_text("由年考核代替").count() == 2


def test_an_unknown_page_is_a_page_in_chinese(county: ShownCounty, office: Look) -> None:
    answer = office.page.goto(county.at("/feedback/organisations/150424999"))
    assert answer is not None
    assert answer.status == 404
    assert "没有找到这一页" in office.page.locator("main").inner_text()


def test_a_dead_letter_is_driven_again_by_the_countys_button(county: ShownCounty, office: Look) -> None:
    if not county.nats_url:
        pytest.skip("LIANBAN_PAGES_NATS_URL is not set: nothing can be buried")
    with ThreadPoolExecutor(1) as aside:
        aside.submit(lambda: asyncio.run(_bury(county))).result()
    page = office.page
    page.goto(county.at("/feedback/dead-letters"))
    assert page.get_by_role("button", name="再办一次").count() == 0
    page.get_by_role("link", name="登录后办理").first.click()
    fills_in(county, office, COUNTY)
    assert urlsplit(page.url).path == "/feedback/dead-letters"
    row = page.locator("tbody tr", has=page.get_by_role("button", name="再办一次")).first
    sequence = row.locator("th").inner_text()
    row.get_by_role("button").click()
    assert f"第{sequence}号报送已再办" in page.locator(".told").inner_text()
    page.get_by_role("link", name="已再办").click()
    driven = page.locator("tbody tr", has=page.locator("th", has_text=sequence))
    assert "已再办" in driven.last.inner_text()


async def _bury(county: ShownCounty) -> None:
    """Something that no service can read; it is a dead letter a moment later."""
    client = await nats.connect(county.nats_url, **county.access.options)
    dead = await client.subscribe("dead.>")
    headers = {"Nats-Msg-Id": str(uuid4())}
    await client.jetstream().publish("submit.inspection.log-inspection.150424100202", b"?", headers=headers)
    await dead.next_msg(timeout=10)
    await client.close()


def test_the_page_of_a_day_shows_the_figures_of_its_answer(county: ShownCounty, office: Look) -> None:
    office.page.goto(county.at("/inspection/patrols?day=2018-11-30"))
    table = office.page.get_by_role("region", name="巡查计划").locator("tbody tr")
    shown = [[cell.inner_text() for cell in row.locator("td").all()] for row in table.all()]
    asked = _json(county, "/inspection/api/patrols?day=2018-11-30")["items"]
    assert [(row[0], row[1], row[3]) for row in shown] == [
        (str(one["expected"]), str(one["done"]), str(one["on_time"])) for one in asked
    ]
    assert [one["expected"] for one in asked] == [1, 104, 34, 138]


def signs_in(county: ShownCounty, look: Look, code: str, path: str) -> None:
    """Asks for a page, is sent to the sign-in page, and comes back."""
    look.page.goto(county.at(path))
    fills_in(county, look, code)
    assert urlsplit(look.page.url).path == path


def fills_in(county: ShownCounty, look: Look, code: str) -> None:
    """The sign-in page."""
    if not county.secret:
        pytest.skip("LIANBAN_PAGES_SECRET is not set: nobody can sign in")
    look.page.get_by_label("单位编号").fill(code)
    look.page.get_by_label("登录口令").fill(token_of(code, county.secret))
    look.page.get_by_role("button", name="登录").click()
    look.page.wait_for_load_state()


def test_a_discipline_officer_looks_through_a_camera_on_a_phone(county: ShownCounty, phone: Look) -> None:
    signs_in(county, phone, COUNTY, "/inspection/supervision")
    page = phone.page
    assert page.locator("header .who").inner_text().split() == ["林西县", "报送记录", "退出"]
    page.get_by_label("人员编号").fill(f"{COUNTY}-J01")
    page.get_by_role("button", name="查询可查看设备").click()
    page.wait_for_load_state()
    buttons = page.get_by_role("button", name="查看", exact=True)
    assert buttons.count() == 20
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    buttons.first.click()
    page.wait_for_load_state()
    assert "已受理" in page.locator("[role=status]").inner_text()
    way = page.get_by_role("link", name="打开监控画面")
    assert str(way.get_attribute("href")).startswith("https://camera.linxi.example.org/devices/")
    assert way.get_attribute("rel") == "noopener noreferrer"
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.get_by_role("button", name="退出").click()
    page.wait_for_load_state()
    page.goto(county.at("/inspection/supervision"))
    assert urlsplit(page.url).path == "/inspection/sign-in"
    assert phone.wrong == []


def test_the_windows_of_2018_show_their_commitments_marks_and_incidents(county: ShownCounty, office: Look) -> None:
    office.page.goto(county.at(f"/inspection/excellence/{OFFICE}"))
    shown = office.page.locator("main").inner_text()
    assert f"{OFFICE}-W01" in shown
    assert "事故" in shown
    assert "一名老人滑倒" not in shown


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
    page.get_by_role("button", name="提交").click()
    page.wait_for_load_state()
    assert page.locator("[role=status]").inner_text() == f"{name}：已受理"
    page.go_back()
    page.get_by_role("button", name="提交").click()
    page.wait_for_load_state()
    assert page.locator("[role=status]").inner_text() == f"{name}：已受理"
    assert phone.wrong == []


def test_a_note_without_its_finding_is_asked_about_where_it_stands_and_nothing_is_lost(
    county: ShownCounty, phone: Look
) -> None:
    opens_a_patrol(county, phone)
    page = phone.page
    page.get_by_text("问题2", exact=True).click()
    page.locator("#patrol-findings-1-note").fill("第二页没有")
    page.get_by_role("button", name="提交").click()
    page.wait_for_load_state()
    assert page.evaluate("document.activeElement.id") == "patrol-findings-1-item"
    assert page.get_by_role("link", name="请填写问题2的“发现的问题”。").is_visible()
    assert page.locator("#patrol-findings-1-note").input_value() == "第二页没有"
    assert page.locator("fieldset.marks input:checked").count() == page.locator("fieldset.marks").count()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.locator("#patrol-findings-1-item").fill("告知单缺页")
    page.get_by_role("button", name="提交").click()
    page.wait_for_load_state()
    assert "已受理" in page.locator("[role=status]").inner_text()


def test_the_board_counts_what_the_answer_lists(county: ShownCounty, office: Look) -> None:
    office.page.goto(county.at("/inspection/rectifications?overdue=true"))
    late = _json(county, "/inspection/api/rectifications?overdue=true&limit=1000")["items"]
    assert late
    chosen = office.page.locator("nav[aria-label=筛选] a[aria-current=true]").first
    assert chosen.inner_text() == f"已逾期{len(late)}"
    rows = office.page.get_by_role("region", name="按区域统计").locator("tbody tr")
    assert sum(int(row.locator("td").first.inner_text()) for row in rows.all()) == len(late)


@pytest.mark.parametrize(("size", "nth"), [("office", 0), ("phone", 1)])
def test_a_finding_is_taken_on_once_and_a_second_time_refused(
    county: ShownCounty, request: pytest.FixtureRequest, size: str, nth: int
) -> None:
    look: Look = request.getfixturevalue(size)
    one = _json(county, "/inspection/api/rectifications?stage=opened&limit=20")["items"][nth]
    address = f"/inspection/rectifications/{one['organisation']}/{one['rectification']}"
    page = look.page
    page.goto(county.at(address))
    page.get_by_role("link", name="登录后办理").click()
    page.wait_for_load_state()
    fills_in(county, look, one["organisation"])
    another = page.context.new_page()
    another.goto(county.at(address))
    page.get_by_role("button", name="确认领办").click()
    page.wait_for_load_state()
    assert "已受理" in page.locator("div[role=status]").inner_text()
    assert "领办" in page.get_by_role("region", name="办理经过").locator("tbody tr").first.inner_text()
    another.get_by_role("button", name="确认领办").click()
    another.wait_for_load_state()
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
