"""A township's patrol of its villages, spot checks, and whose a missed patrol is: on pages, in answers, in figures."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date
from html import unescape
from typing import Any

import pytest
import pytest_asyncio
from httpx import AsyncClient

from deploy.embedded.servers.running import Servers
from tests import browsing as everywhere
from tests.browser_fields import fields_in
from tests.browsing import hidden, token
from tests.conftest import county_on
from tests.county import County
from tests.inspection.browsing import Sets, signed_in
from tests.inspection.patrolling import BY_TOWNSHIPS
from tests.processes_here import Browser
from tests.submitters import closes_day, committee, hall, moment, office, station, stations, township

pytestmark = pytest.mark.asyncio(loop_scope="module")
LIST = "/inspection/patrol"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def county(bus_and_database: Servers) -> AsyncIterator[County]:
    """A county whose townships patrol weekly, on Wednesdays; each test has a week for itself."""
    async with county_on(bus_and_database) as county, county.at_work():
        await county.hears(committee.says(BY_TOWNSHIPS, moment("2018-01-01", "00:00")))
        await county.settles()
        yield county


async def logged(client: AsyncClient, place: str, day: str) -> list[dict[str, Any]]:
    answer = await client.get(f"/inspection/api/inspections?organisation={place}&day={day}")
    found: list[dict[str, Any]] = answer.json()["items"]
    return found


async def fills_in(client: AsyncClient, path: str, day: str, **fields: str) -> str:
    """Opens a form and sends it; the page to which that leads."""
    page = (await client.get(path)).text
    sent = await client.post(path, data=fields_in(page, path) | hidden(page, day) | fields)
    assert sent.status_code == 303, sent.text
    return unescape((await client.get(sent.headers["location"])).text)


async def totals(county: County, who: str, month: str) -> dict[str, Any]:
    """What feedback has of an organisation and all below it, once everything is decided."""
    await county.settles()
    async with everywhere.browsing(county, "feedback", by=committee.code) as client:
        answer = await client.get(f"/feedback/api/totals?period={month}&organisation={who}")
        measures: dict[str, Any] = answer.json()["measures"]
        return measures


async def test_a_township_has_its_villages_before_it_until_the_week_is_over(
    county: County, client: Browser, today: Sets
) -> None:
    today("2018-03-06")
    async with signed_in(client, township.code):
        assert "待巡查4处" in (await client.get(LIST)).text
        path = f"{LIST}/stations-weekly/{station.code}"
        landed = await fills_in(client, path, "2018-03-06", score="88")
        assert f"组织{station.code}：已受理" in landed
        assert "待巡查3处，已巡查1处" in landed
    (kept,) = await logged(client, station.code, "2018-03-06")
    assert (kept["plan"], kept["check"], kept["by"], kept["due"]) == (
        "stations-weekly",
        "patrol",
        "above",
        "2018-03-07",
    )
    assert (await totals(county, township.code, "2018-03"))["score"] == {"n": 8800, "d": 1, "value": 88.0}


async def test_a_station_has_its_self_check_before_it_and_nobody_elses(client: Browser, today: Sets) -> None:
    today("2018-03-12")
    async with signed_in(client, station.code):
        page = (await client.get(LIST)).text
        assert "待自查1处" in page
        assert "对本单位的巡查" in page
        assert "<h2>抽查</h2>" not in page
        assert (await client.get(f"{LIST}/stations-weekly/{station.code}")).status_code == 404


async def test_anybody_above_may_look_at_a_place_whenever_they_like(
    county: County, client: Browser, today: Sets
) -> None:
    today("2018-04-02")
    before = await totals(county, committee.code, "2018-04")
    for who, place in ((township, stations[1]), (committee, stations[2]), (committee, office)):
        async with signed_in(client, who.code):
            chosen = await client.get(f"/inspection/spot-check?organisation={place.code}")
            assert chosen.headers["location"] == f"/inspection/spot-check/{place.code}"
            assert f'<option value="{place.code}">' in (await client.get(LIST)).text
            landed = await fills_in(
                client, f"/inspection/spot-check/{place.code}", "2018-04-02", score="70", camera="yes"
            )
            assert f"组织{place.code}：已受理" in landed
        (kept,) = await logged(client, place.code, "2018-04-02")
        assert (kept["submitter"], kept["plan"], kept["check"], kept["by"]) == (who.code, None, "spot-check", "camera")
        shown = (await client.get(f"/inspection/inspections/{who.code}/{kept['inspection']}")).text
        assert "抽查（电子监察）" in shown
    after = await totals(county, committee.code, "2018-04")
    assert (before["spot-checks"], after["spot-checks"]) == (0, 3)
    assert (after["inspections"], after["patrol-rate"]["d"], after["score"]["value"]) == (0, 0, 70.0)


@pytest.mark.parametrize(("who", "place"), [(station, station), (township, office), (office, station), (hall, station)])
async def test_nobody_else_has_the_form_of_a_spot_check(client: Browser, today: Sets, who: Any, place: Any) -> None:
    today("2018-04-03")
    async with signed_in(client, who.code):
        assert (await client.get(f"/inspection/spot-check/{place.code}")).status_code == 404


async def test_what_is_filled_in_badly_comes_back(client: Browser, today: Sets) -> None:
    today("2018-04-04")
    path = f"/inspection/spot-check/{station.code}"
    async with signed_in(client, township.code):
        page = (await client.get(path)).text
        filled = fields_in(page, path) | hidden(page, "2018-04-04") | {"score": "700", "findings-0-note": "屋顶漏水"}
        wrong = await client.post(path, data=filled)
    assert wrong.status_code == 422
    assert fields_in(wrong.text, path)["findings-0-note"] == "屋顶漏水"


async def test_a_window_that_was_not_looked_at_is_the_halls(county: County, client: Browser, today: Sets) -> None:
    await county.hears(*(one.logs(moment("2018-05-07")) for one in stations), closes_day("2018-05-07", "2018-05-08"))
    await county.settles()
    at_hall, at_office = [await totals(county, who.code, "2018-05") for who in (hall, office)]
    assert (at_hall["patrols-missed"], at_hall["patrol-rate"]["d"]) == (1, 1)
    assert (at_office["patrols-missed"], at_office["patrol-rate"]["d"], at_office["self-checks-missed"]) == (0, 0, 0)
    today("2018-05-08")
    async with signed_in(client, hall.code):
        page = (await client.get(LIST)).text
        missed = page[page.index("近20个工作日漏查") :]
        assert f'2018年5月7日</td><th scope="row">组织{office.code}' in missed
    async with signed_in(client, office.code):
        page = (await client.get(LIST)).text
        assert "近20个工作日漏查" not in page
        around = page[page.index("<h2>对本单位的巡查") :]
        assert f"组织{hall.code}" in around
        assert ("尚未巡查" in around, "未巡查</span>" in around, "不计为本单位漏巡" in around) == (True, True, True)


async def test_measures_are_told_by_who_patrols(county: County, client: Browser) -> None:
    await county.hears(hall.logs(moment("2018-06-06"), about=office.code))
    await county.settles()
    answer = await client.get("/inspection/api/patrols?day=2018-06-06&by=patroller")
    assert {(one["plan"], one["patroller"]): (one["expected"], one["done"]) for one in answer.json()["items"]} == {
        ("windows-daily", hall.code): (1, 1),
        ("stations-weekly", township.code): (4, 0),
        **{("stations-daily", one.code): (1, 0) for one in stations},
    }
    own = await client.get(f"/inspection/api/patrols?day=2018-06-06&patroller={township.code}")
    assert [(one["plan"], one["expected"]) for one in own.json()["items"]] == [("stations-weekly", 4)]


async def test_the_page_of_a_day_tells_self_checks_from_patrols_and_who_makes_them(client: Browser) -> None:
    page = (await client.get("/inspection/patrols?day=2018-06-06")).text
    assert "自查应查4处，已查0处，其中按时0处。巡查应查5处，已查1处，其中按时1处。" in page
    assert f'<a href="/inspection/patrols?day=2018-06-06&amp;patroller={township.code}">' in page
    theirs = (await client.get(f"/inspection/patrols?day=2018-06-06&patroller={township.code}")).text
    assert f"由组织{township.code}负责的：巡查应查4处，已查0处" in theirs
    assert "上级单位" in theirs
    open_list = theirs[theirs.index("<h2>尚未检查") :]
    assert open_list.count(f'<td class="roomy">组织{township.code}</td>') == 4
    assert f'<details class="fold" open><summary>组织{township.code} <b>4</b>处</summary>' in open_list


async def test_a_program_reads_who_is_to_patrol(client: Browser, today: Sets) -> None:
    today("2018-06-20")
    own = (await client.get("/inspection/api/desk", auth=token(township.code))).json()
    assert {(one["plan"], one["patroller"]) for one in own["due"]} == {("stations-weekly", township.code)}
    assert date.fromisoformat(own["due"][0]["due"]).isoweekday() == 3
