"""Issues in their three stages and the service guide on pages: each stage is entered where the issue is read."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from deploy.embedded.servers.running import Servers
from tests.browsing import buttons_behind, does, fills_in, form_in, signed_in
from tests.county import County
from tests.processes_here import NOBODY, Browser, basic
from tests.roster.members import ANOTHER, MEMBER, looking, takes_back, working_with_members
from tests.submitters import committee, office, station

pytestmark = pytest.mark.asyncio(loop_scope="module")
ISSUES, GUIDE = "/roster/issues", "/roster/guide"
NOW = "2018-03-05"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def county(bus_and_database: Servers) -> AsyncIterator[County]:
    async with working_with_members(bus_and_database) as county:
        yield county


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def client(county: County) -> AsyncIterator[Browser]:
    async with looking(county, NOW) as client:
        yield client


async def page_of_issue(client: Browser, title: str) -> str:
    (address,) = re.findall(rf'<a href="({ISSUES}/[^"?]+)">{title}', (await client.get(ISSUES)).text)
    return str(address)


async def raises(county: County, client: Browser, title: str) -> str:
    """An issue of a member, which consulted another; its page."""
    async with signed_in(client, MEMBER.code, "roster"):
        page = (await client.get(ISSUES)).text
        offered = re.findall(r'<select id="raise-consulted-0".*?</select>', page, re.S)[0]
        assert ("林西县残疾人联合会" in offered, station.code in offered) == (True, False)
        await does(county, client, ISSUES, "raise", NOW, title=title, **{"consulted-0": ANOTHER.code})
        return await page_of_issue(client, title)


async def test_an_issue_goes_through_its_three_stages_on_its_own_page(county: County, client: Browser) -> None:
    page = await raises(county, client, "一次办好")
    async with signed_in(client, MEMBER.code, "roster"):
        assert f'action="{page}/study"' not in (await client.get(page)).text, "the committee studies"
    async with signed_in(client, committee.code, "roster"):
        shown = (await client.get(page)).text
        assert ("林西县残疾人联合会" in shown, f'action="{page}/hold"' in shown) == (True, False)
        wrong = await fills_in(client, page, "study", NOW)
        assert (wrong.status_code, "请填写“研究方案”" in wrong.text) == (422, True)
        shown = await does(county, client, page, "study", NOW, plan="压减时限")
        assert ("压减时限" in shown, f'action="{page}/study"' in shown) == (True, False)
        limits = {"limits-0-process": "licence", "limits-0-limit_days": "3", "effective_from": "2018-03-10"}
        shown = await does(county, client, page, "hold", NOW, resolution="同意", **limits)
    assert ("同意" in shown, "已议定" in shown, "3个工作日" in shown) == (True, True, True)
    assert f'action="{page}/' not in shown
    async with signed_in(client, office.code, "roster"):
        item = (await client.get(f"{GUIDE}/licence")).text
        assert (f'<a href="{page}">联席会议：一次办好' in item, "未施行" in item) == (True, True)
        assert "一次办好" in (await client.get(f"{ISSUES}?stage=resolved")).text
        assert "一次办好" not in (await client.get(f"{ISSUES}?stage=raised")).text


async def test_the_same_issue_once_more_in_a_year_is_refused_in_words(county: County, client: Browser) -> None:
    await raises(county, client, "证照邮寄")
    async with signed_in(client, MEMBER.code, "roster"):
        again = await fills_in(client, ISSUES, "raise", NOW, title="证照邮寄", **{"consulted-0": office.code})
    assert (again.status_code, "证照邮寄" in again.text) == (422, True)
    assert form_in(again.text, f"{ISSUES}/raise")["consulted-0"] == office.code


async def test_another_organisation_may_raise_what_reads_the_same_and_each_has_its_page(
    county: County, client: Browser
) -> None:
    first = await raises(county, client, "统一窗口")
    async with signed_in(client, ANOTHER.code, "roster"):
        await does(county, client, ISSUES, "raise", NOW, title="统一窗口", **{"consulted-0": office.code})
        pages = re.findall(rf'<a href="({ISSUES}/[^"?]+)">统一窗口', (await client.get(ISSUES)).text)
    assert (len(set(pages)), first in pages) == (2, True)
    (other,) = set(pages) - {first}
    async with signed_in(client, committee.code, "roster"):
        await does(county, client, other, "study", NOW, plan="合并办理")
        assert "合并办理" not in (await client.get(first)).text


async def test_an_issue_that_was_taken_back_has_no_page(county: County, client: Browser) -> None:
    page = await raises(county, client, "误提的议题")
    async with signed_in(client, committee.code, "roster"):
        (record,) = re.findall(r'href="(/roster/submissions/[^"]+)"', (await client.get(page)).text)
        await takes_back(client, record)
        assert (await client.get(page)).status_code == 404


async def test_the_committee_publishes_an_item_and_sets_its_limit_anew(county: County, client: Browser) -> None:
    at = f"{GUIDE}?organisation={MEMBER.code}"
    published = {"name": "低保申请", "limit_days": "10", "effective_from": "2018-03-05"}
    async with signed_in(client, committee.code, "roster"):
        assert "先在上面按责任单位筛选" in (await client.get(GUIDE)).text
        form = form_in((await client.get(at)).text, f"{GUIDE}/of/{MEMBER.code}/publish-item", NOW)
        sent = await client.post(f"{GUIDE}/of/{MEMBER.code}/publish-item", data=form | published)
        assert (sent.status_code, sent.headers["location"].startswith(at)) == (303, True), sent.text
        listed = (await client.get(sent.headers["location"])).text
        (address,) = re.findall(rf'<a href="({GUIDE}/[^"?]+)">低保申请', listed)
        action = f"{address}/{MEMBER.code}/anew"
        form = form_in((await client.get(address)).text, action, NOW)
        assert form["name"] == "低保申请"
        sent = await client.post(action, data=form | {"limit_days": "5", "effective_from": "2018-04-01"})
        assert sent.status_code == 303, sent.text
        shown = (await client.get(sent.headers["location"])).text
        assert await buttons_behind(client, shown, "更改", "取消") == {"更改": "提交更改", "取消": "确认取消"}
    assert ("10个工作日" in shown, "5个工作日" in shown, "未施行" in shown) == (True, True, True)
    public = await client.get(address, headers=NOBODY)
    assert (public.status_code, 'action="/roster/guide' in public.text) == (200, False)
    async with signed_in(client, MEMBER.code, "roster"):
        assert 'action="/roster/guide/' not in (await client.get(at)).text


async def test_a_list_of_the_guide_is_registered_by_its_name(county: County, client: Browser) -> None:
    async with signed_in(client, committee.code, "roster"):
        shown = await does(county, client, GUIDE, "compile", NOW, name="公共服务事项清单", items="312")
        assert ("公共服务事项清单" in shown, "312" in shown) == (True, True)
        again = await fills_in(client, GUIDE, "compile", NOW, name="公共服务事项清单", items="313")
        assert (again.status_code, "公共服务事项清单" in again.text) == (422, True)
    answer = await client.get("/roster/api/guide-lists", headers=basic(office.code))
    assert [one["items"] for one in answer.json()["items"]] == [312]
