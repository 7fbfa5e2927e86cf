"""A patrol on the spot as whoever makes it sees it: the list, the form, what is wrong in it, and its photos."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from typing import Any
from urllib.parse import urlencode

import pytest
import pytest_asyncio
from httpx import AsyncClient

from deploy.embedded.servers.running import Servers
from services.inspection.patrols.due import DueCard, next_place
from shared.bus.photos import digest_of
from tests.browser_fields import fields_in
from tests.browsing import hidden, token, waits, wrong_at
from tests.county import County
from tests.inspection.browsing import Sets, signed_in
from tests.inspection.planned import get, planned
from tests.photographs import drained, keeping, photograph
from tests.processes_here import NOBODY
from tests.submitters import hall, office, station

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def county(bus_and_database: Servers) -> AsyncIterator[County]:
    """With plans of its own."""
    async with planned(bus_and_database) as county:
        yield county


FORM = f"/inspection/patrol/windows-daily/{office.code}"


async def test_the_list_is_for_those_signed_in_and_who_sends_without_it_comes_back_to_the_form(
    client: AsyncClient,
) -> None:
    for path in ("/inspection/patrol", FORM):
        answer = await client.get(path, headers=NOBODY)
        assert answer.status_code == 303
        assert answer.headers["location"] == f"/inspection/sign-in?{urlencode({'back': path})}"
    assert waits(await client.post(FORM, data=MARKED, headers=NOBODY), FORM)


async def opened(client: AsyncClient, day: str, path: str = FORM) -> dict[str, str]:
    """What a browser would send of the empty form, opened on a day of 2018."""
    page = (await client.get(path)).text
    return fields_in(page, path) | hidden(page, day)


async def logged(client: AsyncClient, day: str, organisation: str = office.code) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = await get(
        client, f"/inspection/api/inspections?organisation={organisation}&day={day}"
    )
    return found


MARKED = {"checked-marks-on-duty": "100", "checked-marks-notice": "50"}


async def test_a_patrol_on_the_spot_is_submitted_once_and_the_next_place_offered(
    client: AsyncClient, today: Sets
) -> None:
    today("2018-04-16")
    async with signed_in(client, hall.code):
        assert "待巡查2处" in (await client.get("/inspection/patrol")).text
        filled = await opened(client, "2018-04-16") | MARKED
        filled |= {"findings-0-item": "告知单缺页", "findings-0-rectify_within": "2"}
        first, again = [await client.post(FORM, data=filled) for _ in range(2)]
        assert (first.status_code, again.status_code) == (303, 303)
        assert first.headers["location"] == again.headers["location"]
        landed = (await client.get(first.headers["location"])).text
        assert f"<b>组织{office.code}：已受理</b>" in landed
        assert f"下一处：组织{hall.code}" in landed
        assert "已受理" not in (await client.get("/inspection/patrol")).text
    (one,) = await logged(client, "2018-04-16")
    assert (one["score"], one["submitter"], one["plan"], one["findings"]) == (8750, hall.code, "windows-daily", 1)
    assert one["checked"]["marks"] == {"on-duty": 100, "notice": 50}


async def test_a_form_kept_open_over_midnight_is_taken_though_the_new_day_has_nothing_due(
    client: AsyncClient, today: Sets
) -> None:
    today("2018-04-20", "16:30")
    async with signed_in(client, hall.code):
        filled = await opened(client, "2018-04-20")
        today("2018-04-21", "00:30")
        assert (await client.get(FORM)).status_code == 404
        wrong = await client.post(FORM, data=filled | {"checked-marks-on-duty": "100"})
        assert (wrong.status_code, fields_in(wrong.text, FORM)["checked-marks-on-duty"]) == (422, "100")
        assert (await client.post(FORM, data=fields_in(wrong.text, FORM) | MARKED)).status_code == 303
        unseen = {name: value for name, value in filled.items() if name != "place"}
        assert (await client.post(FORM, data=unseen | MARKED)).status_code == 404
    assert [one["submitter"] for one in await logged(client, "2018-04-20")] == [hall.code]


async def test_the_next_place_is_open_and_not_the_one_whose_form_is_still_under_way() -> None:
    one, done, other = (
        DueCard(name, f"/{name}", "计划", "17:00前", name == "done") for name in ("one", "done", "other")
    )
    assert next_place([one, done, other], "") is one
    assert next_place([one, done, other], one.url) is other
    assert next_place([done, one], one.url) is None


async def test_what_became_of_a_patrol_is_told_to_its_submitter_alone(client: AsyncClient, today: Sets) -> None:
    today("2018-05-14")
    async with signed_in(client, hall.code):
        landed = (await client.post(FORM, data=await opened(client, "2018-05-14") | MARKED)).headers["location"]
    async with signed_in(client, station.code):
        assert "已受理" not in (await client.get(landed)).text
    nobody = await client.get(landed, headers=NOBODY)
    assert nobody.headers["location"].startswith("/inspection/sign-in?back=")


async def test_what_is_filled_in_badly_or_refused_comes_back_with_the_reason_and_is_not_lost(
    client: AsyncClient, today: Sets
) -> None:
    today("2018-04-23")
    async with signed_in(client, hall.code):
        filled = await opened(client, "2018-04-23") | {"checked-marks-on-duty": "100"}
        wrong = await client.post(FORM, data=filled | {"findings-1-note": "第二页没有"})
        assert (wrong.status_code, "有2处需要更正" in wrong.text) == (422, True)
        assert '<a href="#patrol-checked-marks-notice">请选择“一次性告知单齐全”。</a>' in wrong.text
        assert '<a href="#patrol-findings-1-item">请填写问题2的“发现的问题”。</a>' in wrong.text
        assert fields_in(wrong.text, FORM) == filled | {"findings-1-note": "第二页没有"}
        before_start = {**filled, "checked-marks-notice": "0", "time": "2017-12-31T10:00:00+08:00"}
        refused = await client.post(FORM, data=before_start)
        assert (refused.status_code, "退回更正" in refused.text) == (422, True)
        assert "系统启用日（2018年1月1日）" in refused.text
        kept = fields_in(refused.text, FORM)
        assert kept == before_start | {"corrects": kept["corrects"]}
    assert await logged(client, "2018-04-23") == []


@pytest.mark.parametrize(
    ("field", "entered", "sentence"),
    [
        ("findings-0-item", "长" * 121, "问题1的“发现的问题”不得超过120字，现有121字，请精简。"),
        ("findings-0-rectify_within", "367", "问题1的“整改期限”应当在0至366之间。"),
        ("findings-0-rectify_within", "三", "问题1的“整改期限”应当填写整数。"),
        ("score", "100.01", "“得分”应当在0至100之间。"),
        ("score", "97.555", "“得分”最多保留两位小数。"),
        ("score", "", "请填写“得分”。"),
    ],
)
async def test_each_error_stands_at_its_field(
    client: AsyncClient, today: Sets, field: str, entered: str, sentence: str
) -> None:
    today("2018-06-01")
    path = f"/inspection/patrol/facilities-weekly/{hall.code}"
    async with signed_in(client, hall.code):
        filled = await opened(client, "2018-06-01", path) | {"findings-0-item": "地面湿滑", field: entered}
        answer = await client.post(path, data=filled)
    assert answer.status_code == 422
    assert wrong_at(answer.text, f"patrol-{field}") == sentence
    assert f'id="patrol-{field}"' in re.findall("<[^>]* autofocus[^>]*>", answer.text)[0]
    assert fields_in(answer.text, path) == filled


async def test_without_a_checklist_the_score_itself_is_asked_for(client: AsyncClient, today: Sets) -> None:
    today("2018-06-08")
    path = f"/inspection/patrol/facilities-weekly/{hall.code}"
    async with signed_in(client, hall.code):
        filled = await opened(client, "2018-06-08", path)
        assert filled["score"] == "100"
        assert (await client.post(path, data=filled | {"score": "97.5"})).status_code == 303
    (one,) = await logged(client, "2018-06-08", hall.code)
    assert (one["score"], one["checked"], one["plan"]) == (9750, None, "facilities-weekly")


async def test_nobody_has_a_form_of_what_is_not_due_for_it_and_no_other_page_sends_it(
    client: AsyncClient, today: Sets
) -> None:
    today("2018-04-23")
    async with signed_in(client, station.code):
        assert (await client.get(FORM)).status_code == 404
        assert (await client.post(FORM, data=MARKED)).status_code == 404
        other = {"origin": "https://elsewhere.example"}
        own = f"/inspection/patrol/stations-daily/{station.code}"
        assert (await client.post(own, data={}, headers=other)).status_code == 403


async def test_photos_go_with_the_patrol_and_only_those_who_may_see_them_do(
    county: County, client: AsyncClient, today: Sets
) -> None:
    today("2018-05-07")
    photo = photograph(seed=7)
    async with signed_in(client, hall.code), keeping(county):
        sent = await opened(client, "2018-05-07") | MARKED
        letter = ("通知.pdf", b"%PDF-1.7", "application/pdf")
        again = await client.post(FORM, data=sent, files=[("photos", ("窗口.jpg", photo)), ("photos", letter)])
        assert (again.status_code, "“通知.pdf”是PDF格式" in again.text) == (422, True)
        (kept,) = re.findall(r'name="photo" value="([0-9a-f]{64})" checked', again.text)
        assert (await client.post(FORM, data=sent | {"photo": [kept, "0", kept]})).status_code == 303
        await drained(county)
        (one,) = await get(client, f"/inspection/api/inspections?organisation={office.code}&day=2018-05-07")
        assert one["photos"] == [kept] == [digest_of(photo)]
        page = f"/inspection/inspections/{one['id']}"
        thumb = f'<img src="/inspection/api/photos/{hall.code}/{kept}?size=thumb"'
        assert thumb in (await client.get(page)).text
        assert (await client.get(f"/inspection/api/photos/{hall.code}/{kept}")).status_code == 200
    assert thumb in (await client.get(page, auth=token(office.code))).text
    others = await client.get(page, auth=token(station.code))
    assert (others.status_code, "<img src=" in others.text, "不能查看" in others.text) == (403, False, True)
    assert (await client.get(page, headers=NOBODY)).status_code == 303
