"""Patrols as offices and programs see them: the five measures, what is due, and one's own desk."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from typing import Any

import pytest
import pytest_asyncio
from httpx import AsyncClient

from deploy.embedded.servers.running import Servers
from shared.events.inspection import Finding, LogInspection
from shared.events.vocabulary import PatrolKind, Severity
from shared.identity.tokens import token_of
from tests.browsing import token
from tests.county import County
from tests.inspection.browsing import Sets
from tests.inspection.planned import get, planned
from tests.processes_here import NOBODY, SECRET, basic
from tests.submitters import closes_day, hall, moment, office, station, stations, township

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def county(bus_and_database: Servers) -> AsyncIterator[County]:
    """With plans of its own."""
    async with planned(bus_and_database) as county:
        yield county


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


async def test_what_an_inspection_found_is_read_by_those_concerned_and_nobody_there_reads_what_was_said_of_it(
    county: County, client: AsyncClient
) -> None:
    finding = Finding(item="设备故障", severity=Severity.MINOR, note="打印机卡纸", rectify_within=3)
    patrol = LogInspection(patrol=PatrolKind.STATION, score=9500, findings=[finding])
    said = stations[3].says(patrol, moment("2018-03-20"))
    await county.hears(said)
    await county.settles()
    answer = await client.get(f"/inspection/api/inspections/{stations[3].code}/{said.id}")
    (found,) = answer.json()["rectifications"]
    assert (found["item"], found["deadline"], found["overdue"]) == ("设备故障", "2018-03-23", True), "years ago"
    assert ("打印机卡纸" in answer.text, "steps" in found) == (False, False)
    for code in (stations[3].code, township.code):
        assert (await client.get(answer.url.path, auth=token(code))).json() == answer.json()
    for other in (station.code, office.code, hall.code):
        for id in (said.id, station.logs(n=77).id):
            refused = await client.get(f"/inspection/api/inspections/{stations[3].code}/{id}", auth=token(other))
            assert (refused.status_code, refused.json()["reasons"][0]["slug"]) == (403, "not-yours-to-read")


async def test_a_desk_is_for_those_who_say_who_they_are(client: AsyncClient) -> None:
    for wrong in (NOBODY, basic(hall.code, "guessed"), basic(station.code, token_of(hall.code, SECRET))):
        answer = await client.get("/inspection/api/desk", headers=wrong)
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
    assert (own["oldest_days"], own["brought_back"]) == (400, None)
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
