"""The board of rectifications and the page of one: what each may see, and what each may do now."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Iterator
from datetime import datetime

import pytest
import pytest_asyncio
from httpx import AsyncClient

from deploy.embedded.servers.running import Servers
from services.inspection.rectifications.board import BOARD
from services.inspection.rectifications.history import offered
from shared.bus.photos import digest_of
from shared.calendar import CHINA
from tests.asking import COUNTY, HALL, NEIGHBOUR, OTHER_TOWNSHIP, STATION, TOWNSHIP, roster
from tests.browsing import form_in, token, wrong_at
from tests.conftest import county_on
from tests.county import County
from tests.inspection.browsing import decided, finding_page, signed_in
from tests.inspection.rectifying import Case
from tests.photographs import drained, keeping, photograph
from tests.processes_here import NOBODY, Browser
from tests.submitters import hall, marks_overdue, moment, office, stations

pytestmark = pytest.mark.asyncio(loop_scope="module")
API = "/inspection/api/rectifications"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def county(bus_and_database: Servers) -> AsyncIterator[County]:
    """A county that decides as long as the tests run; each of them has findings of its own."""
    async with county_on(bus_and_database) as county, county.at_work():
        yield county


@pytest.fixture
def that_day(client: Browser) -> Iterator[None]:
    """The board is looked at as of the day on which what it lists is marked."""
    client.looks_at(moment("2018-03-07"))
    yield
    client.looks_now()


@pytest.mark.usefixtures("that_day")
async def test_the_board_counts_by_stage_and_township_and_lists_the_overdue_first(
    county: County, client: AsyncClient
) -> None:
    at, later = moment("2018-03-05"), moment("2018-03-06")
    logs = [one.logs(at, findings=1, within=days) for one, days in zip(stations[:3], (9, 1, 9), strict=False)]
    done = stations[2].rectifies(logs[2], at=later)
    await decided(county, *logs, hall.logs(at, findings=1, about=office.code), done, marks_overdue("2018-03-07"))
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
        ("?page=2", [stations[1].code, office.code, stations[0].code, stations[2].code]),
    ],
)
@pytest.mark.usefixtures("that_day")
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


async def test_notes_and_photos_are_for_those_concerned(county: County, client: AsyncClient) -> None:
    photo, letter = photograph(seed=9), ("通知.pdf", b"%PDF-1.7", "application/pdf")
    page = finding_page(await decided(county, stations[3].logs(moment("2018-05-07"), findings=1)))
    async with signed_in(client, stations[3].code), keeping(county):
        fields = form_in((await client.get(page)).text, f"{page}/submit", "2018-05-08") | {"note": "已粉刷墙面"}
        again = await client.post(
            f"{page}/submit", data=fields, files=[("photos", ("墙面.jpg", photo)), ("photos", letter)]
        )
        assert again.status_code == 422
        assert "“通知.pdf”是PDF格式" in wrong_at(again.text, "submit-photos")
        assert ">\n已粉刷墙面</textarea>" in again.text
        (kept,) = re.findall(r'name="photo" value="([0-9a-f]{64})" checked', again.text)
        assert kept == digest_of(photo)
        done = await client.post(f"{page}/submit", data=fields | {"photo": kept})
        assert "已受理" in (await client.get(done.headers["location"])).text
        await drained(county)
    thumb = f'<img src="/inspection/api/photos/{stations[3].code}/{kept}?size=thumb"'
    for address, status in ((page, 303), (page.replace(BOARD, API), 401), (BOARD, 303), (API, 401)):
        assert (await client.get(address, headers=NOBODY)).status_code == status
    for who, sees in ((NEIGHBOUR, False), (office.code, False), (TOWNSHIP, True), (COUNTY, True)):
        shown = (await client.get(page, auth=token(who))).text
        assert ("已粉刷墙面" in shown, thumb in shown, "报送整改结果" in shown) == (sees, sees, True)
        one = (await client.get(page.replace(BOARD, API), auth=token(who))).json()
        assert ("steps" in one, one["stage"]) == (sees, "submitted")


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
    assert [form.key for form in offered(made().it, who, roster(), at(day))] == actions
