"""The first page: as of today or another day, by township with who was patrolled; of each unit its own."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import pytest
import pytest_asyncio
from httpx import Response

from deploy.embedded.servers.running import Servers
from services.feedback.county import looking
from services.inspection.patrols.tallies import patrolled
from shared.asks.bus import answers
from shared.asks.patrolled import PATROLLED
from tests.browsing import browsing
from tests.county import County
from tests.inspection.planned import planned
from tests.processes_here import Browser, basic, running
from tests.submitters import closes_day, committee, hall, moment, office, station, stations, township
from tests.workbooks import opened

pytestmark = pytest.mark.asyncio(loop_scope="module")
DAY = "2018-03-05"
Asks = Callable[..., "asyncio.Future[Response]"]


@asynccontextmanager
async def inspection_answers(county: County) -> AsyncIterator[None]:
    """As its answering process does."""
    parts = running(county, "inspection")
    task = asyncio.create_task(answers(parts, PATROLLED, patrolled))
    await asyncio.sleep(0)
    await county.bus.client.flush()
    try:
        yield
    finally:
        task.cancel()


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def county(bus_and_database: Servers) -> AsyncIterator[County]:
    """One station was in time, one late with a finding, the others missed."""
    async with planned(bus_and_database) as county:
        late = stations[1].logs(moment(DAY, "18:30"), findings=1, within=1)
        await county.hears(station.logs(moment(DAY)), late, hall.logs(moment(DAY), about=office.code))
        await county.hears(closes_day(DAY, "2018-03-06"))
        await county.settles()
        yield county


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def client(county: County) -> AsyncIterator[Browser]:
    async with browsing(county, "feedback") as client, inspection_answers(county):
        client.looks_at(moment("2018-03-06"))
        yield client


async def page(client: Browser, path: str, by: str = committee.code) -> str:
    answer = await client.get(path, headers=basic(by))
    assert answer.status_code == 200, answer.text
    return answer.text


async def test_the_county_opens_on_today_and_leads_to_the_day_before(client: Browser) -> None:
    shown = await page(client, "/feedback/")
    assert "全县概况 · 2018年3月6日 星期二" in shown
    assert '<a href="/feedback/?day=2018-03-05">上一工作日</a>' in shown
    assert '<a href="/feedback/?week=2018-03-06">本周</a>' in shown


async def test_each_township_has_its_strip_and_each_figure_leads_to_its_list(client: Browser) -> None:
    shown = await page(client, f"/feedback/?day={DAY}")
    assert f'href="/feedback/organisations/{township.code}?day={DAY}"' in shown
    assert "有漏查1天（2018年3月5日）" in shown
    assert f'href="/inspection/patrols?day={DAY}"' in shown
    assert 'href="/inspection/rectifications?source=finding&amp;overdue=true"' in shown
    assert ("排名" in shown, "积分" in shown) == (True, False)


async def test_what_is_left_to_do_says_as_of_when_it_is_where_the_day_is_past(client: Browser) -> None:
    assert "目前逾期未改" in await page(client, f"/feedback/?day={DAY}")
    assert ("目前逾期未改" in (shown := await page(client, "/feedback/")), "逾期未改" in shown) == (False, True)
    client.looks_at(moment("2018-04-20"))
    shown = await page(client, f"/feedback/?day={DAY}")
    client.looks_at(moment("2018-03-06"))
    assert "月末逾期未改" in shown
    assert "目前未整改到位1项" in shown
    assert "逾期30天以上 <b>1</b>" in shown, "as of now, not of the day"


def overdue_in(shown: str) -> tuple[int, int, int]:
    """The figure of the tile, the sum of the townships, and what the ages say is overdue."""
    (tile,) = re.findall(r'<b>目?前?逾期未改</b>.*?class="value[^"]*">(\d+)<', shown, re.S)
    rows = re.findall(r'overdue=true">(\d+)</a></td>', shown)
    ages = re.findall(r"逾期[^ <]*天(?:以上)? <b>(\d+)</b>", shown)
    assert len(ages) == 3
    return int(tile), sum(map(int, rows)), sum(map(int, ages))


async def test_what_is_overdue_is_one_figure_also_before_the_clock_has_told_it(client: Browser, county: County) -> None:
    assert overdue_in(await page(client, "/feedback/")) == (0, 0, 0)
    client.looks_at(moment("2018-03-07"))
    own = f"/feedback/organisations/{township.code}"
    of_all, of_township = await page(client, "/feedback/"), await page(client, own, township.code)
    async with browsing(county, "inspection") as register:
        register.looks_at(moment("2018-03-07"))
        listed = await page(register, "/inspection/rectifications?source=finding&overdue=true")
    client.looks_at(moment("2018-03-06"))
    assert (overdue_in(of_all), overdue_in(of_township)) == ((1, 1, 1), (1, 1, 1))
    assert "近12个月：" in of_all
    assert "3月1。" in re.sub(r'"', "。", of_all), "and the line ends with it"
    assert ("已逾期1<" in listed, listed.count(">已逾期</span>")) == (True, 1)


async def test_a_week_counts_its_days_up_to_today(client: Browser) -> None:
    shown = await page(client, "/feedback/?week=2018-03-07")
    assert ("2018年3月5日至2018年3月6日" in shown, "本周检查" in shown) == (True, True)


async def test_a_township_comes_to_its_own_and_sees_its_stations(client: Browser) -> None:
    answer = await client.get("/feedback/", headers=basic(township.code))
    own = f"/feedback/organisations/{township.code}"
    assert (answer.status_code, answer.headers["location"]) == (303, own)
    shown = await page(client, f"{own}?day={DAY}", township.code)
    assert all(f'href="/feedback/organisations/{one.code}?day={DAY}"' in shown for one in stations[:2])
    assert "全县概况" not in shown.split("<main", 1)[1].split("</main", 1)[0]


async def test_whoever_is_not_signed_in_sees_the_countys_sums_alone(client: Browser) -> None:
    answer = await client.get("/feedback/", headers={"authorization": "Nobody"})
    assert (answer.status_code, township.code in answer.text) == (200, False)


async def test_a_station_has_its_year_and_when_it_was_heard(client: Browser) -> None:
    shown = await page(client, f"/feedback/organisations/{stations[1].code}?day={DAY}")
    assert ("2018年检查" in shown, "有迟报1天" in shown, "最近联系" in shown) == (True, True, True)
    assert "未整改到位1项" in shown


async def test_a_missed_day_of_a_station_is_a_frame_in_its_year(client: Browser) -> None:
    shown = await page(client, f"/feedback/organisations/{stations[2].code}?day={DAY}")
    assert ('<path class="missed"' in shown, "有漏查1天" in shown) == (True, True)


async def test_townships_are_sorted_by_a_link_and_taken_along(client: Browser) -> None:
    shown = await page(client, "/feedback/organisations?period=2018-03&sort=-findings")
    assert 'aria-sort="descending"><a href="/feedback/organisations?period=2018-03&amp;sort=findings">' in shown
    bad = await client.get("/feedback/organisations?sort=points", headers=basic(committee.code))
    assert bad.status_code == 422
    answer = await client.get("/feedback/organisations?period=2018-03&export=list", headers=basic(committee.code))
    book = opened(answer.content)
    assert book.heads[:4] == ["单位", "类别", "上级", "日常检查（次）"]
    assert {row[3].kind for row in book.lists[1:]} >= {"number"}


async def test_without_inspections_answer_the_page_says_so_and_shows_the_rest(
    county: County, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(looking, "PATROLLED", PATROLLED._replace(name="answered-by-nobody"))
    async with browsing(county, "feedback") as client:
        client.looks_at(moment("2018-03-06"))
        shown = await page(client, f"/feedback/?day={DAY}")
    assert ("巡查数据暂时读不到" in shown, "逾期未改" in shown) == (True, True)


def to_do(shown: str) -> list[str]:
    """The rows of what the county sees to."""
    (panel,) = re.findall(r"<h2>需要县里处理</h2>(.*?)</section>", shown, re.S)
    return re.findall(r">([^<>]+)</a>", panel)


async def test_what_the_county_sees_to_says_how_much_of_each_there_is(client: Browser) -> None:
    shown = await page(client, f"/feedback/?day={DAY}")
    assert to_do(shown) == ["当日尚缺2处检查", "失联的窗口和站点2处"]


async def test_without_inspections_answer_nothing_is_said_to_be_nothing(
    county: County, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(looking, "PATROLLED", PATROLLED._replace(name="answered-by-nobody"))
    async with browsing(county, "feedback") as client:
        client.looks_at(moment("2018-03-06"))
        assert to_do(await page(client, f"/feedback/?day={DAY}")) == ["失联的窗口和站点"]
