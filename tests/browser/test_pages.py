"""The pages as a person sees them: complete, readable on a phone, true to the data, and within the strict policy."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Browser

from deploy.linxi.county import COUNTY
from shared.pages.navigation import beside, open_to
from tests.browser.acting import OFFICE, answered
from tests.browser.conftest import Look, ShownCounty, sign_in

REPORT = "2018-03_150424100"
ANNUAL = "2018_150424-D15"
PAGES = (
    "/feedback/",
    "/feedback/?day=2018-11-30",
    "/feedback/organisations/150424100202?period=2018",
    "/feedback/?period=2018-Q1",
    "/feedback/organisations",
    "/feedback/organisations/150424100?period=2018-03",
    f"/feedback/reports/{REPORT}",
    f"/feedback/api/reports/{ANNUAL}.html",
    f"/feedback/reports/{ANNUAL}.html",
    "/feedback/drafts/of/2018-03",
    "/feedback/overdue-documents",
    "/feedback/deliveries",
    "/inspection/",
    "/inspection/?township=150424100&kind=station",
    "/inspection/patrols?day=2018-11-30",
    "/inspection/inspections?day=2018-11-30",
    "/inspection/plans",
    "/inspection/rectifications",
    "/inspection/rectifications?township=150424100&stage=closed",
    "/inspection/?silent=true",
    "/inspection/excellence",
    f"/inspection/excellence/{OFFICE}",
    "/roster/",
    "/roster/turns",
    "/roster/turns/2018-4",
    "/roster/ideas",
    "/roster/lessons",
    "/roster/lessons/deepening-reform?attended=yes",
    "/roster/activities",
    "/roster/subplans",
    "/roster/issues",
    "/roster/certificates",
    "/roster/guide",
    "/roster/organisations",
    "/roster/organisations/new",
    "/roster/organisations/new?category=department&above=150424",
    "/roster/organisations/150424100/pc",
    "/greenchannel/",
    "/greenchannel/cases",
    "/greenchannel/services",
    "/feedback/dead-letters",
    "/feedback/health",
    "/roster/more",
    "/feedback/todo",
    "/inspection/todo?tab=all",
    "/roster/todo?tab=done",
    "/greenchannel/todo?tab=copied",
)
NAVIGATION = ["待办", "总览", "巡查", "整改", "办件与绿色通道", "党建与会议", "报告", "更多"]
CHARTED = ("/feedback/?period=2018", f"/feedback/reports/{REPORT}", "/inspection/patrols?day=2018-11-30")
PAINTED = """canvas => {
  const pixels = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
  return pixels.some(value => value !== 0);
}"""


@pytest.mark.parametrize("path", PAGES)
def test_a_page_loads_without_a_complaint_of_the_browser(county: ShownCounty, same_office: Look, path: str) -> None:
    same_office.page.goto(county.at(path), wait_until="load")
    assert same_office.wrong == []


@pytest.mark.parametrize("path", PAGES)
def test_a_page_has_the_same_navigation_and_marks_one_place(county: ShownCounty, same_office: Look, path: str) -> None:
    same_office.page.goto(county.at(path))
    entries = same_office.page.locator("nav[aria-label=栏目] a")
    assert [re.sub(r"\d+$", "", text.strip()).strip() for text in entries.all_inner_texts()] == NAVIGATION
    assert same_office.page.locator("nav[aria-label=栏目] a[aria-current=page]").count() == 1


@pytest.mark.parametrize("path", PAGES)
def test_a_phone_never_scrolls_sideways(county: ShownCounty, same_phone: Look, path: str) -> None:
    same_phone.page.goto(county.at(path))
    assert same_phone.page.evaluate("document.documentElement.scrollWidth") <= 390


def test_beside_every_page_that_is_looked_for_stand_those_of_its_work(county: ShownCounty, same_office: Look) -> None:
    opening = open_to(COUNTY, COUNTY)
    several = [one.url for one in opening if len(beside(one, opening)) > 1]
    pages = {url: same_office.page.request.get(county.at(url)) for url in several}
    assert [url for url, page in pages.items() if not page.ok or 'aria-label="分栏"' not in page.text()] == []


def test_tabs_stand_in_one_line_and_the_rest_opens_by_the_keyboard(county: ShownCounty, same_office: Look) -> None:
    page = same_office.page
    page.goto(county.at("/feedback/awards"))
    tabs = page.get_by_role("navigation", name="分栏")
    box = tabs.bounding_box()
    assert box is not None
    assert box["height"] < 50
    last = tabs.get_by_role("link", name="考核办法")
    assert not last.is_visible()
    tabs.locator("summary").press("Enter")
    last.press("Enter")
    page.wait_for_url("**/feedback/assessment-scheme")


@pytest.mark.parametrize("path", CHARTED)
def test_a_chart_is_drawn_and_its_numbers_stand_beside_it(county: ShownCounty, same_office: Look, path: str) -> None:
    same_office.page.goto(county.at(path))
    canvas = same_office.page.locator("[data-chart] canvas")
    canvas.first.wait_for()
    assert canvas.first.evaluate(PAINTED)
    assert same_office.page.locator("figure.chart table tbody tr").count() > 0


@pytest.mark.parametrize("path", CHARTED)
def test_without_a_script_the_numbers_of_a_chart_stand_where_it_would_be_drawn(
    county: ShownCounty, browser: Browser, path: str
) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, java_script_enabled=False)
    sign_in(context, county)
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
    measures = answered(county, f"/feedback/api/reports/{report}")["measures"]
    cells = office.page.locator("[data-measure]")
    assert cells.count() > 8
    for cell in cells.all():
        name, exact = cell.get_attribute("data-measure"), cell.get_attribute("data-exact")
        measure = measures[name]
        assert exact == str(_number(measure)), name


def _number(measure: Any) -> float | None:
    value = measure["value"] if isinstance(measure, dict) else measure
    return None if value is None else float(value)


def test_an_annual_report_carries_opinions_and_the_signature(county: ShownCounty, office: Look) -> None:
    office.page.goto(county.at(f"/feedback/reports/{ANNUAL}"))
    text = office.page.locator("article.sheet").inner_text()
    assert 0 < text.index("二、问题清单") < text.index("三、整改意见")
    assert text.rstrip().endswith("2019年1月8日")


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


def test_the_page_of_a_day_shows_the_figures_of_its_answer(county: ShownCounty, office: Look) -> None:
    office.page.goto(county.at("/inspection/patrols?day=2018-11-30"))
    table = office.page.get_by_role("region", name="巡查计划").locator("tbody tr")
    shown = [[cell.inner_text() for cell in row.locator("td").all()] for row in table.all()]
    asked = answered(county, "/inspection/api/patrols?day=2018-11-30")["items"]
    assert [(row[0], row[1], row[3]) for row in shown] == [
        (str(one["expected"]), str(one["done"]), str(one["on_time"])) for one in asked
    ]
    assert [one["expected"] for one in asked] == [1, 104, 34, 138]


def test_the_windows_of_2018_show_their_commitments_marks_and_incidents(county: ShownCounty, office: Look) -> None:
    office.page.goto(county.at(f"/inspection/excellence/{OFFICE}"))
    shown = office.page.locator("main").inner_text()
    assert (f"{OFFICE}-W01" in shown, "廉洁自律" in shown) == (False, True)
    assert "事故" in shown
    assert "一名老人滑倒" not in shown


def test_the_board_counts_what_the_answer_lists(county: ShownCounty, office: Look) -> None:
    office.page.goto(county.at("/inspection/rectifications?overdue=true"))
    late = answered(county, "/inspection/api/rectifications?overdue=true&limit=1000")["items"]
    assert late
    chosen = office.page.locator("nav[aria-label=筛选] a[aria-current=true]").first
    assert chosen.inner_text() == f"已逾期{len(late)}"
    rows = office.page.get_by_role("region", name="按区域统计").locator("tbody tr")
    assert sum(int(row.locator("td").first.inner_text()) for row in rows.all()) == len(late)
