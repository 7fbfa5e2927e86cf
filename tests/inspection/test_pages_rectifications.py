"""The board of rectifications and the page of one: what each may see, what each may do now, what becomes of it."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from datetime import datetime

import pytest
import pytest_asyncio
from httpx import AsyncClient, Response

from deploy.embedded.servers.running import Servers
from services.inspection.rectifications.board import BOARD
from services.inspection.rectifications.history import Action, offered
from shared.bus.photos import digest_of
from shared.calendar import CHINA
from tests.asking import COUNTY, HALL, NEIGHBOUR, OTHER_TOWNSHIP, STATION, TOWNSHIP, roster
from tests.conftest import county_on
from tests.county import County
from tests.inspection.browsing import browsing, hidden, signed_in, token
from tests.inspection.rectifying import Case
from tests.photographs import drained, keeping, photograph
from tests.submitters import Said, hall, marks_overdue, moment, office, station, stations, township

pytestmark = pytest.mark.asyncio(loop_scope="module")
API = "/inspection/api/rectifications"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def county(bus_and_database: Servers) -> AsyncIterator[County]:
    """A county that decides as long as the tests run; each of them has findings of its own."""
    async with county_on(bus_and_database) as county:
        await county.begins_anew()
        await county.is_founded()
        async with county.working():
            yield county


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def client(county: County) -> AsyncIterator[AsyncClient]:
    """A browser or a program."""
    async with browsing(county) as client:
        yield client


async def told(county: County, *said: Said) -> Said:
    """The first of them, once all are decided."""
    await county.hears(*said)
    await county.settles()
    return said[0]


def page_of(said: Said) -> str:
    return f"{BOARD}/{said.message.headers['ce-subject']}/{said.id}/0"


async def sends(client: AsyncClient, page: str, action: Action, day: str, **fields: str) -> Response:
    """Opens the page and sends one of its forms on a day of 2018."""
    shown = (await client.get(page)).text
    assert f"{page}/{action}" in shown
    form = shown[shown.index(f'action="{page}/{action}"') :]
    return await client.post(f"{page}/{action}", data=hidden(form[: form.index("</form>")], day) | fields)


async def test_the_board_counts_by_stage_and_township_and_lists_the_overdue_first(
    county: County, client: AsyncClient
) -> None:
    at, later = moment("2018-03-05"), moment("2018-03-06")
    logs = [one.logs(at, findings=1, within=days) for one, days in zip(stations[:3], (9, 1, 9), strict=False)]
    done = stations[2].rectifies(logs[2], at=later)
    await told(county, *logs, hall.logs(at, findings=1, about=office.code), done, marks_overdue("2018-03-07"))
    shown = (await client.get(BOARD)).text
    listed = shown[shown.index("<h2>整改事项") : shown.index("<h2>按区域统计")]
    assert re.findall(r'organisation=([^"&]+)', listed) == [
        stations[1].code,
        office.code,
        stations[0].code,
        stations[2].code,
    ]
    assert ("已逾期1" in shown, "待领办3" in shown, "待核验1" in shown) == (True, True, True)
    below = shown[shown.index("<h2>按区域统计") :]
    assert re.findall(r'<td class="number">(\d+)</td>', below) == [*"0100000", *"1200100"]


@pytest.mark.parametrize(
    ("asked", "listed"),
    [
        ("?overdue=true", [stations[1].code]),
        ("?stage=submitted", [stations[2].code]),
        (f"?township={COUNTY}", [office.code]),
        (f"?township={TOWNSHIP}&stage=opened", [stations[1].code, stations[0].code]),
        (f"?organisation={stations[0].code}", [stations[0].code]),
        ("?stage=closed", []),
        ("?page=2", []),
    ],
)
async def test_the_board_is_filtered(county: County, client: AsyncClient, asked: str, listed: list[str]) -> None:
    """By what the first test left; the answer for programs has the same in it."""
    shown = (await client.get(BOARD + asked)).text
    found = re.findall(rf'<th scope="row"><a href="{BOARD}/([^/]+)/', shown)
    assert found == listed
    if "page" not in asked:
        answer = (await client.get(API + asked)).json()["items"]
        assert {one["organisation"] for one in answer} == set(listed)


async def test_a_wrong_filter_is_a_bad_request_and_an_unknown_finding_is_not_found(client: AsyncClient) -> None:
    assert (await client.get(f"{BOARD}?stage=done")).status_code == 422
    assert (await client.get(f"{BOARD}/{STATION}/{'0' * 8}-0000-5000-8000-{'0' * 12}/0")).status_code == 404


async def test_a_finding_goes_its_whole_way_by_forms(county: County, client: AsyncClient) -> None:
    page = page_of(await told(county, station.logs(moment("2018-04-02"), findings=1)))
    async with signed_in(client, station.code):
        assert "已受理" in (await sends(client, page, Action.ACCEPT, "2018-04-03")).text
        assert "已受理" in (await sends(client, page, Action.SUBMIT, "2018-04-03", text="已更换打印机")).text
    async with signed_in(client, township.code):
        assert "已更换打印机" in (await client.get(page)).text
        assert "已受理" in (await sends(client, page, Action.SEND_BACK, "2018-04-04", text="仍不能打印")).text
        extended = await sends(client, page, Action.EXTEND, "2018-04-04", text="待配件", working_days="2")
        assert "已受理" in extended.text
    async with signed_in(client, station.code):
        assert "仍不能打印" in (await client.get(page)).text
        assert "已受理" in (await sends(client, page, Action.SUBMIT, "2018-04-09", text="已修复")).text
    async with signed_in(client, township.code):
        shown = (await sends(client, page, Action.VERIFY, "2018-04-10", text="现场已核验")).text
    assert re.findall(r'<td><span class="state [a-z]*">([^<]+)</span>', shown) == [
        "核验通过",
        "报送整改结果",
        "延期",
        "退回重改",
        "报送整改结果",
        "领办",
        "发现问题",
    ]


async def test_a_form_sent_twice_is_one_submission(county: County, client: AsyncClient) -> None:
    page = page_of(await told(county, station.logs(moment("2018-04-16"), findings=1)))
    async with signed_in(client, station.code):
        fields = hidden((await client.get(page)).text, "2018-04-17")
        for _ in range(2):
            assert "已受理" in (await client.post(f"{page}/accept", data=fields)).text
    (one,) = (await client.get(f"{API}?organisation={station.code}&stage=accepted")).json()["items"]
    assert page.endswith(one["rectification"])


async def test_what_another_did_in_the_meantime_is_refused_with_the_reason(county: County, client: AsyncClient) -> None:
    said = await told(county, stations[1].logs(moment("2018-04-16"), findings=1))
    page = page_of(said)
    async with signed_in(client, stations[1].code):
        fields = hidden((await client.get(page)).text, "2018-04-18")
        await told(county, stations[1].rectifies(said, at=moment("2018-04-17")))
        refused = await client.post(f"{page}/submit", data=fields | {"text": "已修复"})
        assert (refused.status_code, "不予受理" in refused.text, "已经报送" in refused.text) == (422, True, True)
        own = await client.post(f"{page}/verify", data=fields | {"ticket": "", "text": "合格"})
        assert (own.status_code, "不予受理" in own.text) == (422, True)


async def test_what_is_filled_in_badly_comes_back_and_is_not_lost(county: County, client: AsyncClient) -> None:
    page = page_of(await told(county, stations[2].logs(moment("2018-04-16"), findings=1)))
    async with signed_in(client, township.code):
        for days in ("61", "0", "许多"):
            answer = await sends(client, page, Action.EXTEND, "2018-04-17", text="待配件", working_days=days)
            assert (answer.status_code, "请填写延长的工作日数" in answer.text) == (422, True)
            assert (">待配件</textarea>" in answer.text, f'value="{days}"' in answer.text) == (True, True)
        empty = await sends(client, page, Action.EXTEND, "2018-04-17", text="", working_days="2")
        assert "请填写理由" in empty.text
    (one,) = (await client.get(f"{API}?organisation={stations[2].code}&stage=opened")).json()["items"]
    assert one["deadline"] == "2018-04-19"


async def test_the_hall_judges_a_windows_work_and_the_window_does_not(county: County, client: AsyncClient) -> None:
    page = page_of(await told(county, hall.logs(moment("2018-04-23"), findings=1, about=office.code)))
    async with signed_in(client, office.code):
        shown = (await sends(client, page, Action.SUBMIT, "2018-04-24")).text
        assert ("已受理" in shown, f"{page}/verify" in shown) == (True, False)
    async with signed_in(client, hall.code):
        assert "已受理" in (await sends(client, page, Action.VERIFY, "2018-04-24")).text


async def test_notes_and_photos_are_for_those_concerned(county: County, client: AsyncClient) -> None:
    photo, letter = photograph(seed=9), ("通知.pdf", b"%PDF-1.7", "application/pdf")
    page = page_of(await told(county, stations[3].logs(moment("2018-05-07"), findings=1)))
    async with signed_in(client, stations[3].code), keeping(county):
        fields = hidden((await client.get(page)).text, "2018-05-08") | {"text": "已粉刷墙面"}
        again = await client.post(
            f"{page}/submit", data=fields, files=[("photos", ("墙面.jpg", photo)), ("photos", letter)]
        )
        assert (again.status_code, "“通知.pdf”不是JPEG或者PNG照片" in again.text) == (422, True)
        (kept,) = re.findall(r'name="photo" value="([0-9a-f]{64})" checked', again.text)
        assert kept == digest_of(photo)
        assert "已受理" in (await client.post(f"{page}/submit", data=fields | {"photo": kept})).text
        await drained(county)
    thumb = f'<img src="/inspection/api/photos/{stations[3].code}/{kept}?size=thumb"'
    for who, sees in ((None, False), (NEIGHBOUR, False), (office.code, False), (TOWNSHIP, True), (COUNTY, True)):
        shown = (await client.get(page, auth=token(who) if who else None)).text
        assert ("已粉刷墙面" in shown, thumb in shown, "报送整改结果" in shown) == (sees, sees, True)
        one = (await client.get(page.replace(BOARD, API), auth=token(who) if who else None)).json()
        assert ("steps" in one, one["stage"]) == (sees, "submitted")


async def test_who_is_not_signed_in_is_shown_the_way_and_comes_back(county: County, client: AsyncClient) -> None:
    page = page_of(await told(county, station.logs(moment("2018-05-14"), findings=1)))
    shown = (await client.get(page)).text
    assert (f"/inspection/sign-in?back={page}" in shown, "<textarea" in shown) == (True, False)
    answer = await client.post(f"{page}/accept", data={})
    assert (answer.status_code, answer.headers["location"].endswith(page.replace("/", "%2F"))) == (303, True)
    other = {"origin": "https://elsewhere.example"}
    assert (await client.post(f"{page}/accept", data={}, headers=other)).status_code == 403


def at(day: str) -> datetime:
    return datetime.fromisoformat(f"{day}T12:00").replace(tzinfo=CHINA)


def _submitted() -> Case:
    case = Case()
    case.submits("2018-03-07")
    return case


def _verified() -> Case:
    case = _submitted()
    case.verifies("2018-03-08")
    return case


@pytest.mark.parametrize(
    ("made", "who", "day", "actions"),
    [
        (Case, STATION, "2018-03-06", ["accept", "submit"]),
        (Case, TOWNSHIP, "2018-03-06", ["accept", "submit", "extend"]),
        (Case, NEIGHBOUR, "2018-03-06", []),
        (Case, None, "2018-03-06", []),
        (_submitted, STATION, "2018-03-08", []),
        (_submitted, TOWNSHIP, "2018-03-08", ["verify", "send-back"]),
        (_submitted, OTHER_TOWNSHIP, "2018-03-08", []),
        (_submitted, HALL, "2018-03-08", []),
        (_verified, TOWNSHIP, "2018-04-07", ["reopen"]),
        (_verified, TOWNSHIP, "2018-04-08", []),
        (_verified, STATION, "2018-03-09", []),
    ],
)
async def test_each_is_offered_what_would_be_accepted_from_it(
    made: type[Case], who: str | None, day: str, actions: list[str]
) -> None:
    assert [form.action for form in offered(made().it, who, roster(), at(day))] == actions
