"""Lessons with who attended them, activities and sub-plans on pages: entered, found again, counted, taken back."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from deploy.embedded.servers.running import Servers
from services.roster.learning.form import lesson_name
from services.roster.learning.model import Activity
from tests.browsing import does, fills_in, form_in, signed_in
from tests.county import County
from tests.processes_here import NOBODY, Browser, basic
from tests.roster.members import MEMBER, RED_CROSS, looking, takes_back, working_with_members
from tests.sealed import registers
from tests.submitters import committee, moment, office, station, stations, township

pytestmark = pytest.mark.asyncio(loop_scope="module")
LESSONS, ACTIVITIES, SUBPLANS = "/roster/lessons", "/roster/activities", "/roster/subplans"
NOW, TITLE = "2018-03-05", "重温入党誓词"
LESSON = f"{LESSONS}/{lesson_name(NOW, TITLE)}"
neighbour = stations[1]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def county(bus_and_database: Servers) -> AsyncIterator[County]:
    """With a lesson today that the committee scheduled on its page."""
    async with working_with_members(bus_and_database) as county, looking(county, "2018-03-01") as client:
        async with signed_in(client, committee.code, "roster"):
            await does(county, client, LESSONS, "schedule", "2018-03-01", title=TITLE, day=NOW)
        yield county


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def client(county: County) -> AsyncIterator[Browser]:
    async with looking(county, NOW) as client:
        yield client


async def test_a_lesson_is_changed_and_cancelled_from_its_page_before_its_day(county: County) -> None:
    async with looking(county, "2018-03-04") as early, signed_in(early, committee.code, "roster"):
        page = (await early.get(LESSON)).text
    assert ("更改安排" in page, "取消安排" in page, "未开课" in page) == (True, True, True)


async def test_the_same_lesson_once_more_is_refused_and_nobody_typed_its_name(client: Browser) -> None:
    async with signed_in(client, committee.code, "roster"):
        again = await fills_in(client, LESSONS, "schedule", NOW, title=TITLE, day=NOW)
    assert (again.status_code, "已经安排" in again.text) == (422, True)


async def test_an_attendance_is_recorded_once_and_everybody_above_sees_it(county: County, client: Browser) -> None:
    own = f"{LESSON}/{station.code}"
    async with signed_in(client, station.code, "roster"):
        shown = await does(county, client, own, "attend", NOW, attended="12")
        assert ("12人" in shown, f'action="{own}/attend"' in shown) == (True, False)
        listed = (await client.get(LESSON)).text
        assert "1个，共1个" in listed
        assert (await client.get(f"{LESSON}/{neighbour.code}")).status_code == 403
    async with signed_in(client, township.code, "roster"):
        grid = (await client.get(LESSON)).text
        assert "1个，共5个" in grid
        missing = (await client.get(f"{LESSON}?attended=no")).text
        assert (station.code in missing, neighbour.code in missing) == (False, True)
        below = await does(county, client, f"{LESSON}/{neighbour.code}", "attend", NOW, attended="9")
        assert "9人" in below
    async with signed_in(client, committee.code, "roster"):
        assert f'<a href="{LESSON}?attended=yes">21</a>' in (await client.get(LESSONS)).text
        assert "组织150424-D02" not in (await client.get(f"{LESSON}?township={township.code}")).text


async def test_an_attendance_is_offered_from_the_day_of_the_lesson(county: County) -> None:
    async with looking(county, "2018-03-04") as early, signed_in(early, office.code, "roster"):
        page = (await early.get(f"{LESSON}/{office.code}")).text
    assert ("开课当日起" in page, 'action="' + f"{LESSON}/{office.code}/attend" in page) == (True, False)


async def test_an_activity_is_kept_and_can_be_taken_back(county: County, client: Browser) -> None:
    async with signed_in(client, office.code, "roster"):
        held = {"prescribed": "yes", "participants": "1,234", "at": "2018-03-02T09:00"}
        page = await does(county, client, ACTIVITIES, "activity", NOW, title="主题党日", **held)
    assert ("2018年3月2日" in page, "1,234" in page, "规定活动" in page) == (True, True, True)
    kept = await county.db("roster")[Activity.collection].find_one({})
    assert kept is not None
    assert (kept["organisation"], kept["day"], kept["participants"]) == (office.code, "2018-03-02", 1234)
    async with signed_in(client, committee.code, "roster"):
        assert "没有符合条件的" in (await client.get(f"{ACTIVITIES}?prescribed=no")).text
        (address,) = re.findall(r'<a href="(/roster/activities/[^"?]+)">主题党日', (await client.get(ACTIVITIES)).text)
        (record,) = re.findall(r'href="(/roster/submissions/[^"]+)"', (await client.get(address)).text)
        await takes_back(client, record)
        assert "还没有登记活动" in (await client.get(ACTIVITIES)).text
    assert (await client.get("/roster/api/activities", headers=basic(office.code))).json()["items"] == []


async def test_more_people_than_can_be_are_refused_with_the_limit_beside_the_field(client: Browser) -> None:
    async with signed_in(client, office.code, "roster"):
        page = (await client.get(ACTIVITIES)).text
        assert "0至5,000。" in page
        held = {"prescribed": "no", "participants": "5001", "at": "2018-03-02T09:00"}
        wrong = await fills_in(client, ACTIVITIES, "activity", NOW, title="走访", **held)
    assert (wrong.status_code, "5,000" in wrong.text) == (422, True)


async def test_a_member_files_a_subplan_and_nobody_else_is_offered_to(county: County, client: Browser) -> None:
    async with signed_in(client, MEMBER.code, "roster"):
        assert "压减办事时限" in await does(county, client, SUBPLANS, "subplan", NOW, title="压减办事时限子方案")
    for who in (office, committee, station):
        async with signed_in(client, who.code, "roster"):
            page = (await client.get(SUBPLANS)).text
            assert ("压减办事时限" in page, f'action="{SUBPLANS}/subplan"' in page) == (True, False)
    assert (await client.get(SUBPLANS, headers=NOBODY)).status_code == 303


async def test_a_certificate_is_issued_by_its_issuer_as_its_number_is_printed(county: County, client: Browser) -> None:
    page = "/roster/certificates"
    await county.hears(office.says(registers("P1", office.code), moment(NOW)))
    await county.settles()
    async with signed_in(client, RED_CROSS.code, "roster"):
        assert "先在上面按所属单位筛选" in (await client.get(page)).text
        assert "还没有登记人员" in (await client.get(f"{page}?organisation={MEMBER.code}")).text
        form = (await client.get(f"{page}?organisation={office.code}")).text
        assert ("应急救护证书" in form, "字母不分大小写" in form) == (True, True)
        assert '<option value="P1">样例甲' in form
        issued = {"certificate": "first-aid", "number": "ＬＸ-2018-001", "person": "P1"}
        action = f"{page}/certificate"
        sent = await client.post(action, data=form_in(form, action, NOW) | issued)
        assert sent.status_code == 303, sent.text
        listed = (await client.get(page)).text
        assert ("lx-2018-001" in listed, "样例甲" in listed) == (True, True), "whoever issued it sees whose it is"
        again = await client.post(action, data=form_in(form, action, NOW) | issued | {"number": "-"})
        assert (again.status_code, '<option value="P1" selected>' in again.text) == (422, True)
        (address,) = re.findall(rf'<a href="({page}/[^"?]+)">lx-2018-001', listed)
        assert "报送记录（更正、撤回）" in (await client.get(address)).text
    async with signed_in(client, office.code, "roster"):
        assert "lx-2018-001" in (await client.get(page)).text
    for who in (MEMBER, station):
        async with signed_in(client, who.code, "roster"):
            shown = (await client.get(page)).text
            assert ("lx-2018-001" in shown, f'action="{page}/certificate"' in shown) == (False, False)
            assert (await client.get(address)).status_code == 404
    async with signed_in(client, committee.code, "roster"):
        (record,) = re.findall(r'href="(/roster/submissions/[^"]+)"', (await client.get(address)).text)
        changed = (await client.get(f"{record}/change-certificate")).text
        assert ('value="lx-2018-001"' in changed, '<option value="P1" selected>样例甲' in changed) == (True, True)
