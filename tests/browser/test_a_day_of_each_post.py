"""Each post from the sign-in page to work done, in one county: what waits for it, the form, the sentence, the record.

One goes on with what another left, as in the county; and each is shown nothing of what it may not do.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

import pytest
from playwright.sync_api import Browser, expect

from shared.calendar import CHINA
from tests.browser.acting import bury
from tests.browser.conftest import ShownCounty
from tests.browser.posts import AtWork

PARTY, CIVIL, TOWN, VILLAGE = "林西县政务服务联合党委", "林西县民政局", "林西镇", "冬不冷村"
PERSONNEL = "中共林西县委组织部"
ISSUE, THEME = "窗口午间错时值班", "午间不打烊"
Comes = Callable[..., AtWork]


@pytest.fixture
def comes(browser: Browser, county: ShownCounty) -> Iterator[Comes]:
    """A person signs in on a machine of its own."""
    contexts = []

    def somebody(id: str, unit: str, letters: str, code: str = "", wide: bool = True) -> AtWork:
        if not county.secret:
            pytest.skip("LIANBAN_PAGES_SECRET is not set: nobody can be given a code")
        size = {"width": 1366, "height": 768} if wide else {"width": 390, "height": 844}
        contexts.append(browser.new_context(viewport=size))  # type: ignore[arg-type]
        one = AtWork(county, contexts[-1].new_page(), id, unit)
        one.comes_in(letters, code)
        return one

    yield somebody
    for context in contexts:
        context.close()


def test_a_village_agent_reports_what_was_put_right(comes: Comes) -> None:
    agent = comes("150424100202-P001", VILLAGE, "冬不", wide=False)
    agent.waits("值班人员未按时到岗").locator("a.button").click()
    agent.page.get_by_role("textbox", name="整改情况说明").fill("已排班并张贴值班表")
    agent.page.get_by_role("button", name="报送", exact=True).click()
    agent.reads("已受理")
    agent.has_done("整改")
    agent.stands_in_the_record()
    agent.is_refused("/roster/audit")


def test_whoever_leads_a_township_verifies_it_without_leaving_the_list(comes: Comes) -> None:
    lead = comes("150424100-P005", TOWN, "林西")
    row = lead.waits("值班人员未按时到岗")
    expect(row).to_contain_text("已排班并张贴值班表")
    row.get_by_role("button", name="核验通过").click()
    lead.reads("整改核验已受理")
    lead.has_done("核验")
    lead.stands_in_the_record()
    lead.offers_no_form("/roster/turns")


def test_the_liaison_of_a_member_takes_a_finding_on_and_raises_an_issue(comes: Comes) -> None:
    liaison = comes("150424-D09-P002", CIVIL, "民政")
    liaison.waits("做与工作无关的事").get_by_role("button", name="确认领办").click()
    liaison.reads("领办")
    expect(liaison.waits("做与工作无关的事")).to_contain_text("待整改")
    liaison.goes_to("/roster/issues")
    liaison.page.get_by_role("textbox", name="议题").fill(ISSUE)
    liaison.page.locator("#raise-consulted-0").select_option(label=TOWN)
    liaison.page.get_by_role("button", name="提出").click()
    liaison.reads("已受理")
    liaison.has_done("议题")
    liaison.stands_in_the_record()
    liaison.offers_no_form("/roster/calendar")


def test_the_chief_of_a_window_reports_it_put_right(comes: Comes) -> None:
    chief = comes("150424-D09-P003", CIVIL, "民政")
    chief.waits("做与工作无关的事").locator("a.button").click()
    chief.page.get_by_role("textbox", name="整改情况说明").fill("已谈话提醒")
    chief.page.get_by_role("button", name="报送", exact=True).click()
    chief.reads("已受理")
    chief.has_done("整改")
    chief.stands_in_the_record()
    chief.offers_no_form("/roster/calendar")


def test_whoever_serves_at_a_window_records_a_service_and_judges_nothing(comes: Comes) -> None:
    clerk = comes("150424-D09-P004", CIVIL, "民政")
    expect(clerk.page.locator("li.task")).to_have_count(0)
    clerk.goes_to("/greenchannel/")
    form = clerk.page.locator("form[action$='/record']")
    form.get_by_role("radio").first.check()
    form.locator("[name=mode]").first.check()
    form.get_by_role("button", name="登记").click()
    clerk.reads("已受理")
    clerk.has_done("绿色通道")
    clerk.stands_in_the_record()
    clerk.offers_no_form("/inspection/rectifications")


def test_the_office_plans_the_next_turn(comes: Comes) -> None:
    office = comes("150424-P004", PARTY, "联合")
    office.waits("安排下一期轮值").locator("a.button").click()
    page, today = office.page, datetime.now(CHINA).date()
    page.get_by_label("期次").select_option(index=1)
    page.locator("#plan-holders-0").select_option(label=CIVIL)
    page.get_by_label("开始日期").fill(str(today.replace(day=1)))
    page.get_by_label("任期").fill("1")
    page.get_by_label("主题").fill(THEME)
    page.get_by_role("button", name="安排").click()
    office.reads("已受理")
    office.has_done("轮值")
    office.stands_in_the_record()
    office.offers_no_form("/feedback/awards")


def test_a_unit_in_its_term_records_what_it_did(comes: Comes) -> None:
    liaison = comes("150424-D09-P002", CIVIL, "民政")
    liaison.goes_to("/roster/turns")
    liaison.page.locator("main tr", has_text=THEME).get_by_role("link").first.click()
    work = liaison.page.get_by_role("form", name="登记轮值工作")
    work.locator("[name=work]").select_option(index=1)
    work.get_by_label("数量").fill("2")
    work.get_by_role("button", name="登记").click()
    liaison.reads("已受理")
    liaison.has_done("轮值")
    liaison.stands_in_the_record()


def test_the_director_studies_the_issue_that_was_raised(comes: Comes) -> None:
    director = comes("150424-D01-P002", PARTY, "联合")
    director.waits(ISSUE).locator("a.button").click()
    director.page.get_by_role("textbox", name="研究方案").fill("由民政局牵头，十二月底前完成。")
    director.page.get_by_role("button", name="登记", exact=True).click()
    director.reads("已受理")
    director.has_done("研究")
    director.stands_in_the_record()
    director.is_refused("/roster/audit")


def test_the_secretary_resolves_it(comes: Comes) -> None:
    secretary = comes("150424-P001", PARTY, "联合")
    secretary.waits(ISSUE).locator("a.button").click()
    secretary.page.get_by_role("textbox", name="议定事项").fill("同意。")
    secretary.page.get_by_label("施行日期").fill(str(datetime.now(CHINA).date()))
    secretary.page.get_by_role("button", name="登记", exact=True).click()
    secretary.reads("已受理")
    secretary.has_done("议定")
    secretary.stands_in_the_record()
    secretary.is_refused("/roster/audit")


def test_the_discipline_officer_looks_everywhere_and_decides_nothing(comes: Comes) -> None:
    officer = comes("150424-P007", PARTY, "联合")
    expect(officer.page.locator("li.task")).to_have_count(0)
    officer.goes_to("/inspection/supervision")
    officer.page.get_by_role("button", name="查看", exact=True).first.click()
    officer.reads("已受理")
    officer.has_done("查看")
    officer.stands_in_the_record()
    for path in ("/roster/issues", "/roster/turns", "/inspection/excellence", "/feedback/awards", "/inspection/plans"):
        officer.offers_no_form(path)


def test_the_organisation_department_reads_results_and_takes_the_units_figures_along(comes: Comes) -> None:
    clerk = comes("150424-P009", PERSONNEL, "组织")
    clerk.offers_no_form("/feedback/packages")
    clerk.is_refused("/roster/people/of/150424-D09")
    clerk.goes_to("/feedback/organisations")
    with clerk.page.expect_download() as taken:
        clerk.page.get_by_role("link", name="导出").click()
    assert taken.value.suggested_filename.endswith(".xlsx")
    clerk.is_refused("/roster/certificates")


def test_who_watches_the_system_sees_its_condition_and_drives_nothing(comes: Comes) -> None:
    watcher = comes("150424-P010", PARTY, "联合")
    watcher.page.get_by_role("link", name="系统状况").first.click()
    expect(watcher.page.get_by_role("heading", level=1)).to_contain_text("系统状况")
    watcher.offers_no_form("/feedback/dead-letters")
    watcher.is_refused("/roster/audit")


def test_the_system_administrator_sees_to_what_nobody_could_decide(comes: Comes, county: ShownCounty) -> None:
    if not county.nats_url:
        pytest.skip("LIANBAN_PAGES_NATS_URL is not set: nothing can be buried")
    with ThreadPoolExecutor(1) as aside:
        aside.submit(lambda: asyncio.run(bury(county))).result()
    administrator = comes("150424-P012", PARTY, "联合")
    administrator.waits("报送系统无法办理").locator("a.button").click()
    administrator.page.get_by_role("button", name="再办一次").first.click()
    expect(administrator.page.locator(".told").first).to_contain_text("已再办")
    administrator.offers_no_form("/roster/turns")
    administrator.is_refused("/roster/audit")


def test_the_security_administrator_gives_a_code_and_the_auditor_reads_of_it(comes: Comes) -> None:
    security = comes("150424-P013", PARTY, "联合")
    codes = list[str]()
    for id in ("150424-P005", "150424-P014"):
        security.goes_to(f"/roster/people/{id}/account")
        security.page.get_by_role("button", name="发放登录码").click()
        codes.append(security.page.locator("b.code").inner_text())
    clerk = comes("150424-P005", PARTY, "联合", codes[0])
    for one in (clerk, security):
        one.is_refused("/roster/audit")
    auditor = comes("150424-P014", PARTY, "联合", codes[1])
    auditor.page.get_by_role("link", name="审计", exact=True).first.click()
    rows = auditor.page.locator("main tbody")
    expect(rows).to_contain_text(security.name)
    expect(rows).to_contain_text(clerk.name)
    auditor.offers_no_form("/roster/people/of/150424")
