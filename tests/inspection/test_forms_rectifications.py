"""What may be done about a finding by forms: once however often it is sent, and nothing is written twice."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from urllib.parse import urlencode

import pytest
import pytest_asyncio
from httpx import AsyncClient

from deploy.embedded.servers.running import Servers
from services.inspection.rectifications.board import BOARD
from services.inspection.rectifications.form import FORMS
from shared.calendar import CHINA
from shared.events.inspection import LogInspection
from shared.events.vocabulary import PatrolKind
from tests.asking import NEIGHBOUR
from tests.browsing import does, fills_in, form_in, waits, wrong_at
from tests.conftest import county_on
from tests.county import County
from tests.inspection.browsing import decided, finding_page, signed_in
from tests.processes_here import NOBODY
from tests.submitters import hall, moment, office, station, stations, township

pytestmark = pytest.mark.asyncio(loop_scope="module")
API = "/inspection/api/rectifications"
NOW = datetime.now(CHINA)
TICKET = {"ticket": "00000000-0000-4000-8000-00000000000a", "time": "2018-07-31T10:00:00+08:00", "answer-opened": "yes"}


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def county(bus_and_database: Servers) -> AsyncIterator[County]:
    """A county that decides as long as the tests run; each of them has findings of its own."""
    async with county_on(bus_and_database) as county, county.at_work():
        yield county


async def test_a_finding_goes_its_whole_way_by_forms_each_of_which_sent_twice_is_one_submission(
    county: County, client: AsyncClient
) -> None:
    page = finding_page(await decided(county, station.logs(moment("2018-04-02"), findings=1)))
    async with signed_in(client, station.code):
        await does(county, client, page, "accept", "2018-04-03")
        await does(county, client, page, "submit", "2018-04-03", note="已更换打印机")
    async with signed_in(client, township.code):
        assert "已更换打印机" in (await client.get(page)).text
        await does(county, client, page, "send-back", "2018-04-04", reason="仍不能打印")
        await does(county, client, page, "extend", "2018-04-04", reason="待配件", working_days="2")
    async with signed_in(client, station.code):
        assert "仍不能打印" in (await client.get(page)).text
        await does(county, client, page, "submit", "2018-04-09", note="已修复")
    async with signed_in(client, township.code):
        shown = await does(county, client, page, "verify", "2018-04-10", note="现场已核验")
    assert re.findall(r'<td[^>]*><span class="state [a-z]*">([^<]+)</span>', shown) == [
        "核验通过",
        "报送整改结果",
        "延期",
        "退回重改",
        "报送整改结果",
        "领办",
        "发现问题",
    ]


async def test_the_record_of_a_step_that_says_little_itself_leads_to_its_finding(
    county: County, client: AsyncClient
) -> None:
    page = finding_page(await decided(county, station.logs(moment("2018-04-12"), findings=1)))
    async with signed_in(client, station.code):
        await does(county, client, page, "accept", "2018-04-13")
    async with signed_in(client, township.code):
        await does(county, client, page, "extend", "2018-04-13", reason="待配件", working_days="2")
        of_its_steps = {"type": {"$in": ["accept-rectification", "extend-rectification"]}, "organisation": station.code}
        entries = await county.db("inspection")["ledger"].find(of_its_steps).sort("received", -1).to_list(2)
        records = [(await client.get(f"/inspection/submissions/{one['_id']}")).text for one in entries]
    assert [f'<dt>整改事项</dt><dd><a href="{page}">查看</a>' in one for one in records] == [True, True]
    assert ["<dt>整改期限</dt>" in one for one in records] == [True, False]


async def test_work_that_did_not_last_is_reopened(county: County, client: AsyncClient) -> None:
    """Of today, for later than 30 days after its verification it is not offered."""
    opened = stations[3].logs(NOW - timedelta(days=3), findings=1)
    done = stations[3].rectifies(opened, at=NOW - timedelta(days=2))
    page = finding_page(await decided(county, opened, done))
    async with signed_in(client, township.code):
        await does(county, client, page, "verify")
        assert wrong_at((await fills_in(client, page, "reopen")).text, "reopen-reason") == "请填写“恢复理由”。"
        assert "又不能打印" in await does(county, client, page, "reopen", reason="又不能打印")


async def test_a_reinspection_is_chosen_by_its_time(county: County, client: AsyncClient) -> None:
    opened = stations[1].logs(moment("2018-06-04"), findings=1)
    done = stations[1].rectifies(opened, at=moment("2018-06-05"))
    again = LogInspection(patrol=PatrolKind.STATION, score=9800, reinspects=f"{opened.id}/0")
    seen = township.says(again, moment("2018-06-06", "15:30"), stations[1].code)
    page = finding_page(await decided(county, opened, done, seen))
    async with signed_in(client, township.code):
        shown = (await client.get(page)).text
        assert f'<option value="{seen.id}">2018年6月6日 15:30</option>' in shown
        assert '<option value="" selected>不引用</option>' in shown
        await does(county, client, page, "verify", "2018-06-07", reinspection=seen.id)


async def test_what_another_did_in_the_meantime_is_sent_back_with_the_reason(
    county: County, client: AsyncClient
) -> None:
    said = await decided(county, stations[1].logs(moment("2018-04-16"), findings=1))
    page = finding_page(said)
    async with signed_in(client, stations[1].code):
        fields = form_in((await client.get(page)).text, f"{page}/submit", "2018-04-18")
        await decided(county, stations[1].rectifies(said, at=moment("2018-04-17")))
        refused = await client.post(f"{page}/submit", data=fields | {"note": "已修复"})
        assert (refused.status_code, "退回更正" in refused.text, "已经报送" in refused.text) == (422, True, True)


TEXT = "打印机仍不能使用"


@pytest.mark.parametrize(
    ("key", "fields", "is_submitted"),
    [
        ("submit", {"note": TEXT, "photo": "a" * 64}, True),
        ("extend", {"working_days": "2", "reason": TEXT}, True),
        ("reopen", {"reason": TEXT}, True),
        ("verify", {"note": TEXT}, False),
        ("send-back", {"reason": TEXT}, False),
    ],
)
async def test_a_refused_form_comes_back_with_the_reason_and_all_that_was_entered(
    county: County, client: AsyncClient, key: str, fields: dict[str, str], is_submitted: bool
) -> None:
    """Though what it asks for is not offered any more; sent again it is decided anew."""
    by = stations[2 + is_submitted]
    said = by.logs(moment("2018-07-02"), findings=1)
    page = finding_page(await decided(county, said, *[by.rectifies(said, at=moment("2018-07-03"))] * is_submitted))
    async with signed_in(client, township.code):
        sent = {**TICKET, **fields}
        refused = await client.post(f"{page}/{key}", data=sent)
        again = form_in(refused.text, f"{page}/{key}")
        assert (refused.status_code, "退回更正" in refused.text, "不予受理" in refused.text) == (422, True, False)
        assert again == {**again, **sent}
        once_more = await client.post(f"{page}/{key}", data=again)
    assert form_in(once_more.text, f"{page}/{key}")["corrects"] not in ("", again["corrects"])


async def test_of_a_refused_button_the_reason_is_said_without_it(county: County, client: AsyncClient) -> None:
    said = stations[2].logs(moment("2018-07-09"), findings=1)
    page = finding_page(await decided(county, said, stations[2].rectifies(said, at=moment("2018-07-10"))))
    async with signed_in(client, stations[2].code):
        refused = await client.post(f"{page}/accept", data=TICKET)
    assert (refused.status_code, "<b>退回更正</b>" in refused.text, "已经报送" in refused.text) == (422, True, True)
    assert "确认领办" not in refused.text


LONG = "说" * 1001
TOO_LONG = "不得超过1000字，现有1001字，请精简。"


@pytest.mark.parametrize(
    ("key", "fields", "id", "sentence"),
    [
        ("submit", {"note": LONG}, "submit-note", f"“整改情况说明”{TOO_LONG}"),
        ("verify", {"note": LONG}, "verify-note", f"“核验意见”{TOO_LONG}"),
        ("send-back", {"reason": " "}, "send-back-reason", "请填写“退回理由”。"),
        ("extend", {"working_days": "2", "reason": ""}, "extend-reason", "请填写“延期理由”。"),
        ("extend", {"working_days": "61", "reason": TEXT}, "extend-working_days", "“延长工作日数”应当在1至60之间。"),
        ("extend", {"working_days": "0", "reason": TEXT}, "extend-working_days", "“延长工作日数”应当在1至60之间。"),
        ("extend", {"working_days": "许多", "reason": TEXT}, "extend-working_days", "“延长工作日数”应当填写整数。"),
        ("reopen", {"reason": ""}, "reopen-reason", "请填写“恢复理由”。"),
    ],
)
async def test_what_is_filled_in_badly_is_said_at_its_field_and_not_lost(
    county: County, client: AsyncClient, key: str, fields: dict[str, str], id: str, sentence: str
) -> None:
    page = finding_page(await decided(county, stations[2].logs(moment("2018-04-16"), findings=1)))
    before = await county.db("inspection")["ledger"].count_documents({})
    async with signed_in(client, township.code):
        answer = await client.post(f"{page}/{key}", data={**TICKET, **fields})
    assert (answer.status_code, wrong_at(answer.text, id)) == (422, sentence)
    kept = {name: text.strip() for name, text in fields.items()}
    shown = {name: text.strip() for name, text in form_in(answer.text, f"{page}/{key}").items()}
    assert shown == {**shown, **TICKET, **kept}
    assert await county.db("inspection")["ledger"].count_documents({}) == before


async def test_the_forms_of_a_page_share_no_id(county: County, client: AsyncClient) -> None:
    said = station.logs(moment("2018-07-16"), findings=1)
    page = finding_page(await decided(county, said, station.rectifies(said, at=moment("2018-07-17"))))
    async with signed_in(client, township.code):
        ids = re.findall(r' id="([^"]+)"', (await client.get(page)).text)
    assert {"verify-note", "send-back-reason"} < set(ids)
    assert len(ids) == len(set(ids))


async def test_another_organisation_cannot_send_a_form(county: County, client: AsyncClient) -> None:
    page = finding_page(await decided(county, station.logs(moment("2018-07-23"), findings=1)))
    for key, fields in (("accept", {}), ("submit", {"note": TEXT}), ("extend", {"working_days": "1", "reason": TEXT})):
        async with signed_in(client, NEIGHBOUR):
            assert "<form" not in (await client.get(page)).text.split("<h2>办理</h2>")[1]
            refused = await client.post(f"{page}/{key}", data={**TICKET, **fields})
            assert (refused.status_code, "退回更正" in refused.text, "无权" in refused.text) == (422, True, True)
    one = (await client.get(page.replace(BOARD, API))).json()
    assert one["stage"] == "opened"


async def test_there_is_no_other_form(county: County, client: AsyncClient) -> None:
    page = finding_page(await decided(county, station.logs(moment("2018-07-24"), findings=1)))
    async with signed_in(client, station.code):
        assert (await client.post(f"{page}/close", data=TICKET)).status_code == 404


async def test_the_hall_judges_a_windows_work_and_the_window_does_not(county: County, client: AsyncClient) -> None:
    page = finding_page(await decided(county, hall.logs(moment("2018-04-23"), findings=1, about=office.code)))
    async with signed_in(client, office.code):
        assert f"{page}/verify" not in await does(county, client, page, "submit", "2018-04-24")
    async with signed_in(client, hall.code):
        await does(county, client, page, "verify", "2018-04-24")


async def test_who_is_not_signed_in_is_shown_the_way_and_comes_back(county: County, client: AsyncClient) -> None:
    page = finding_page(await decided(county, station.logs(moment("2018-05-14"), findings=1)))
    shown = await client.get(page, headers=NOBODY)
    assert (shown.status_code, shown.headers["location"]) == (303, f"/inspection/sign-in?{urlencode({'back': page})}")
    for key in FORMS:
        answer = await client.post(f"{page}/{key}", data=TICKET, headers=NOBODY)
        assert waits(answer, page)
    other = {"origin": "https://elsewhere.example"}
    assert (await client.post(f"{page}/accept", data={}, headers=other)).status_code == 403
