"""Patrols as offices and programs see them: the five measures, what is due, one's own desk, a patrol on the spot."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Callable
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
import pytest_asyncio
from httpx import AsyncClient

from deploy.embedded.servers.running import Servers
from services.inspection.patrols.due import DueCard, next_place
from shared.bus.photos import digest_of
from shared.events.inspection import AdoptPatrolPlan, ChecklistItem, Finding, LogInspection, PublishChecklist
from shared.events.vocabulary import PatrolKind, Rhythm, Severity
from shared.identity.tokens import token_of
from tests.browser_fields import fields_in
from tests.browsing import hidden, token, waits, wrong_at
from tests.conftest import county_on
from tests.county import County
from tests.inspection.browsing import browsing, signed_in
from tests.photographs import drained, keeping, photograph
from tests.processes_here import SECRET, Browser
from tests.submitters import closes_day, committee, hall, moment, office, station, stations

pytestmark = pytest.mark.asyncio(loop_scope="module")
START = moment("2018-01-01", "00:00")
LIST = PublishChecklist(
    checklist="window",
    version=1,
    name="窗口检查表",
    effective_from=date(2018, 1, 1),
    items=[
        ChecklistItem(item="on-duty", name="工作人员在岗", weight=3),
        ChecklistItem(item="notice", name="一次性告知单齐全", weight=1),
    ],
)
WINDOWS = AdoptPatrolPlan(
    plan="windows-daily",
    name="窗口日巡查",
    patrol=PatrolKind.WINDOW,
    rhythm=Rhythm.DAILY,
    checklist="window",
    until="17:00",
    silent_after_days=2,
    effective_from=date(2018, 1, 1),
)
FACILITIES = AdoptPatrolPlan(
    plan="facilities-weekly",
    name="大厅设施周巡查",
    patrol=PatrolKind.FACILITY,
    rhythm=Rhythm.WEEKLY,
    weekday=5,
    scope=hall.code,
    until="17:00",
    silent_after_days=5,
    effective_from=date(2018, 1, 1),
)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def county(bus_and_database: Servers) -> AsyncIterator[County]:
    """A county with plans of its own, which decides as long as the tests run; each of them has a week for itself."""
    async with county_on(bus_and_database) as county, county.at_work():
        await county.hears(*(committee.says(one, START) for one in (LIST, WINDOWS, FACILITIES)))
        await county.settles()
        yield county


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def client(county: County) -> AsyncIterator[Browser]:
    """A browser or a program."""
    async with browsing(county) as client:
        yield client


Sets = Callable[..., None]


@pytest.fixture
async def today(client: Browser) -> AsyncIterator[Sets]:
    """`today("2018-03-05")`: the day on which pages and desks are looked at, in the morning unless said."""
    yield lambda *instant: client.looks_at(moment(*instant))
    client.looks_now()


async def get(client: AsyncClient, path: str) -> Any:
    answer = await client.get(path)
    assert answer.status_code == 200, answer.text
    return answer.json()["items"]


def measures(item: dict[str, Any]) -> tuple[Any, ...]:
    return tuple(item[name] for name in ("expected", "done", "rate", "on_time", "rate_on_time"))


async def test_a_day_knows_what_is_due_before_anything_is_logged_and_after(county: County, client: AsyncClient) -> None:
    path = "/inspection/api/patrols?day=2018-03-05"
    assert {one["plan"]: measures(one) for one in await get(client, path)} == {
        "stations-daily": (4, 0, 0.0, 0, 0.0),
        "windows-daily": (1, 0, 0.0, 0, 0.0),
    }
    late = moment("2018-03-05", "18:00")
    await county.hears(station.logs(), stations[1].logs(late), hall.logs(about=office.code))
    await county.settles()
    before_closing = await get(client, path)
    await county.hears(closes_day("2018-03-05", "2018-03-06"))
    await county.settles()
    assert await get(client, path) == before_closing
    assert {one["plan"]: measures(one) for one in before_closing} == {
        "stations-daily": (4, 2, 0.5, 1, 0.25),
        "windows-daily": (1, 1, 1.0, 1, 1.0),
    }


async def test_measures_are_told_by_place_township_and_over_days(county: County, client: AsyncClient) -> None:
    await county.hears(station.logs(moment("2018-03-12")))
    await county.settles()
    own = await get(client, f"/inspection/api/patrols?day=2018-03-12&organisation={station.code}&by=organisation")
    assert [(one["organisation"], *measures(one)) for one in own] == [(station.code, 1, 1, 1.0, 1, 1.0)]
    by = await get(client, "/inspection/api/patrols?day=2018-03-12&by=township")
    assert [(one["township"], one["expected"]) for one in by] == [("150424100", 4), (None, 1)]
    week = await get(client, "/inspection/api/patrols?from=2018-03-12&to=2018-03-18&plan=facilities-weekly")
    assert [(one["day"], one["expected"]) for one in week] == [("2018-03-16", 1)]
    assert (await client.get("/inspection/api/patrols?from=2018-01-01&to=2018-12-31")).status_code == 422


async def test_what_is_due_in_a_week_is_known_on_each_of_its_days(client: AsyncClient) -> None:
    due = await get(client, "/inspection/api/due?day=2018-03-13")
    (facility,) = [one for one in due if one["plan"] == "facilities-weekly"]
    assert (facility["organisation"], facility["due"], facility["until"], facility["done"]) == (
        hall.code,
        "2018-03-16",
        "2018-03-16T17:00:00+08:00",
        False,
    )
    assert len(due) == 6


async def test_a_day_of_work_begins_at_midnight_in_china_wherever_the_machine_stands(
    client: AsyncClient, today: Sets
) -> None:
    for day, time, due in (
        ("2018-03-16", "00:00", 5),
        ("2018-03-16", "07:59", 5),
        ("2018-03-16", "23:59", 5),
        ("2018-03-17", "00:00", 0),
    ):
        today(day, time)
        daily = [one for one in await get(client, "/inspection/api/due") if one["plan"] != "facilities-weekly"]
        assert (day, time, len(daily), {one["due"] for one in daily} <= {day}) == (day, time, due, True)
        shown = (await client.get("/inspection/patrols")).text
        assert (day, time, "当日不是工作日" in shown) == (day, time, not due)


async def test_an_inspection_tells_when_it_was_captured_and_when_received(county: County, client: AsyncClient) -> None:
    said = station.logs(moment("2018-03-19"), findings=1)
    await county.hears(said)
    await county.settles()
    (one,) = await get(client, f"/inspection/api/inspections?organisation={station.code}&day=2018-03-19")
    assert one["captured"] == "2018-03-19T09:00:00+08:00"
    assert datetime.fromisoformat(one["received"]) > datetime.fromisoformat(one["captured"]) + timedelta(days=365)
    shown = (await client.get(f"/inspection/inspections/{station.code}/{said.id}")).text
    assert "2018年3月19日 09:00" in shown
    assert "事项0" in shown
    assert (await client.get(f"/inspection/inspections/{station.code}/none")).status_code == 404


async def test_anybody_may_know_what_an_inspection_found_and_nobody_there_what_was_said_of_it(
    county: County, client: AsyncClient
) -> None:
    finding = Finding(item="设备故障", severity=Severity.MINOR, note="打印机卡纸", rectify_within=3)
    patrol = LogInspection(patrol=PatrolKind.STATION, score=9500, findings=[finding])
    said = stations[3].says(patrol, moment("2018-03-20"))
    await county.hears(said)
    await county.settles()
    answer = await client.get(f"/inspection/api/inspections/{stations[3].code}/{said.id}")
    (found,) = answer.json()["rectifications"]
    assert (found["item"], found["deadline"], found["overdue"]) == ("设备故障", "2018-03-23", False)
    assert ("打印机卡纸" in answer.text, "steps" in found) == (False, False)


async def test_a_desk_is_for_those_who_say_who_they_are(client: AsyncClient) -> None:
    for wrong in (None, (hall.code, "guessed"), (station.code, token_of(hall.code, SECRET))):
        answer = await client.get("/inspection/api/desk", auth=wrong)
        assert answer.status_code == 401
        assert answer.json()["reasons"][0]["slug"] == "sign-in-needed"


async def test_a_station_has_itself_on_its_desk_and_the_hall_its_windows_and_facilities(
    county: County, client: AsyncClient, today: Sets
) -> None:
    today("2018-03-26")
    here = stations[2]
    await county.hears(here.logs(moment("2018-03-26"), findings=1, within=1))
    await county.settles()
    own = (await client.get("/inspection/api/desk", auth=token(here.code))).json()
    assert [(one["plan"], one["organisation"], one["done"]) for one in own["due"]] == [
        ("stations-daily", here.code, True)
    ]
    assert [(one["item"], one["deadline"], one["overdue"]) for one in own["rectifications"]] == [
        ("事项0", "2018-03-27", False)
    ]
    at_hall = (await client.get("/inspection/api/desk", auth=token(hall.code))).json()
    assert at_hall["organisation"] == {"code": hall.code, "name": f"组织{hall.code}"}
    assert [(one["plan"], one["organisation"], one["checklist"], one["version"]) for one in at_hall["due"]] == [
        ("windows-daily", office.code, "window", 1),
        ("facilities-weekly", hall.code, None, None),
    ]
    assert [item["item"] for item in at_hall["checklists"][0]["items"]] == ["on-duty", "notice"]


async def test_the_page_of_a_day_names_who_is_still_to_be_patrolled(county: County, client: AsyncClient) -> None:
    await county.hears(*(one.logs(moment("2018-04-09")) for one in stations[:3]))
    await county.settles()
    shown = (await client.get("/inspection/patrols?day=2018-04-09")).text
    assert "自查应查4处，已查3处，其中按时3处。巡查应查1处，已查0处，其中按时0处。" in shown
    open_list = shown[shown.index("<h2>尚未检查") :]
    assert f"组织{stations[3].code}" in open_list
    assert f"组织{stations[0].code}" not in open_list
    assert "当日不是工作日" in (await client.get("/inspection/patrols?day=2018-04-14")).text
    assert (await client.get("/inspection/patrols?day=1000-01-01")).status_code == 422


FORM = f"/inspection/patrol/windows-daily/{office.code}"


async def test_the_list_is_for_those_signed_in_and_who_sends_without_it_comes_back_to_the_form(
    client: AsyncClient,
) -> None:
    for path in ("/inspection/patrol", FORM):
        answer = await client.get(path)
        assert answer.status_code == 303
        assert answer.headers["location"] == f"/inspection/sign-in?{urlencode({'back': path})}"
    assert waits(await client.post(FORM, data=MARKED), FORM)


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
    assert (await client.get(landed)).headers["location"].startswith("/inspection/sign-in?back=")


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
    for auth in (None, token(station.code)):
        others = (await client.get(page, auth=auth)).text
        assert ("<img src=" in others, "照片仅供报送单位、被巡查单位及其上级查看" in others) == (False, True)
