"""A round: the windows of a plan on one form, each ticked one a submission of its own, and none that was not."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence

import pytest
import pytest_asyncio
from httpx import AsyncClient

from deploy.embedded.servers.running import Servers
from shared.events.inspection import AdoptPatrolPlan, ChecklistItem, PublishChecklist
from shared.events.roster import RegisterOrganisation, StationDepartment
from shared.events.vocabulary import Hall, OrganisationKind, PatrolKind, Rhythm
from tests.browser_fields import fields_in
from tests.browsing import opened_on, waits
from tests.conftest import county_on
from tests.county import County
from tests.inspection.browsing import browsing, signed_in
from tests.submitters import COUNTY, START, Said, Submitter, committee, hall, moment, office

pytestmark = pytest.mark.asyncio(loop_scope="module")
PAGE = "/inspection/rounds/windows-daily"
WINDOWS = tuple(Submitter(f"{COUNTY}-D3{n}") for n in range(4))
"""Beside the one that every county of tests has."""


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def county(bus_and_database: Servers) -> AsyncIterator[County]:
    """With five windows; each test has a day of its own."""
    async with county_on(bus_and_database) as county, county.at_work():
        await county.hears(*founding())
        await county.settles()
        yield county


def founding(windows: Sequence[Submitter] = WINDOWS) -> list[Said]:
    said = list[Said]()
    for one in windows:
        stands = RegisterOrganisation(
            code=one.code,
            name=f"组织{one.code}",
            kind=OrganisationKind.DEPARTMENT,
            parent=COUNTY,
            due_in_hall=True,
            valid_from=START,
        )
        said += [committee.says(stands, moment("2018-01-01", "00:00"), one.code)]
        said += [
            committee.says(StationDepartment(hall=Hall.HALL, valid_from=START), moment("2018-01-01", "00:01"), one.code)
        ]
    return said


@pytest_asyncio.fixture(loop_scope="module")
async def client(county: County) -> AsyncIterator[AsyncClient]:
    async with browsing(county) as client:
        yield client


async def opened(client: AsyncClient, day: str) -> dict[str, str]:
    """What the form would bring of a morning, with nothing ticked."""
    client.looks_at(moment(day, "10:30"))  # type: ignore[attr-defined]
    return fields_in((await client.get(PAGE)).text, PAGE) | opened_on(day)


def ticks(*windows: Submitter) -> dict[str, str]:
    return {f"looked-{one.code}": "yes" for one in windows}


async def logged(county: County, day: str) -> dict[str, int]:
    """The windows that were looked at on a day, with their scores."""
    found = county.db("inspection")["inspections"].find({"day": day})
    return {one["organisation"]: one["score"] for one in await found.to_list(None)}


async def test_each_window_that_is_ticked_is_logged_once_and_no_other(county: County, client: AsyncClient) -> None:
    day = "2018-03-05"
    async with signed_in(client, hall.code):
        form = await opened(client, day) | ticks(*WINDOWS[:3])
        once, twice = [await client.post(PAGE, data=form) for _ in range(2)]
        assert (once.status_code, once.headers["location"]) == (303, twice.headers["location"])
        shown = (await client.get(once.headers["location"])).text
    assert await logged(county, day) == {one.code: 10000 for one in WINDOWS[:3]}
    assert await county.db("inspection")["inspections"].count_documents({"day": day}) == 3
    assert "已登记3处" in shown
    assert f"looked-{WINDOWS[3].code}" in shown
    assert f"looked-{WINDOWS[0].code}" not in shown


async def test_a_score_is_each_windows_own_and_what_is_no_score_is_said_at_it(
    county: County, client: AsyncClient
) -> None:
    day, (first, second) = "2018-03-06", WINDOWS[:2]
    async with signed_in(client, hall.code):
        form = await opened(client, day) | ticks(first, second)
        wrong = await client.post(PAGE, data=form | {f"score-{second.code}": "很好"})
        assert (wrong.status_code, await logged(county, day)) == (422, {})
        assert f'aria-describedby="why-{second.code}"' in wrong.text
        again = fields_in(wrong.text, PAGE)
        assert {name for name in again if name.startswith("looked-")} == {*ticks(first, second)}
        right = await client.post(PAGE, data=again | {f"score-{second.code}": "97.5"} | opened_on(day))
    assert right.status_code == 303
    assert await logged(county, day) == {first.code: 10000, second.code: 9750}


async def test_of_windows_one_is_refused_the_others_are_logged_and_the_reason_stands_at_it(
    county: County, client: AsyncClient
) -> None:
    """As where it lost its window since the form was opened."""
    day = "2018-03-07"
    async with signed_in(client, hall.code):
        form = await opened(client, day) | ticks(office, WINDOWS[0], hall) | {f"score-{hall.code}": "100"}
        answer = await client.post(PAGE, data=form)
    assert answer.status_code == 422
    assert "已登记2处，有1处退回" in answer.text
    assert f"组织{hall.code}：" in answer.text
    assert set(await logged(county, day)) == {office.code, WINDOWS[0].code}


async def test_nothing_ticked_is_nothing_logged(county: County, client: AsyncClient) -> None:
    day = "2018-03-08"
    async with signed_in(client, hall.code):
        answer = await client.post(PAGE, data=await opened(client, day))
        assert (answer.status_code, "还没有勾选" in answer.text) == (422, True)
    assert await logged(county, day) == {}


async def test_a_form_of_another_day_is_not_taken_for_today(county: County, client: AsyncClient) -> None:
    day = "2018-03-12"
    async with signed_in(client, hall.code):
        form = await opened(client, day) | ticks(WINDOWS[0]) | opened_on("2018-03-09")
        answer = await client.post(PAGE, data=form)
    assert (answer.status_code, "不是今天打开的" in answer.text) == (422, True)
    assert f'name="looked-{WINDOWS[0].code}" value="yes" checked' in answer.text
    assert await logged(county, day) == await logged(county, "2018-03-09") == {}


async def test_each_window_is_logged_as_of_when_it_was_ticked(county: County, client: AsyncClient) -> None:
    """As far as that can be: not before the form was opened, nor later than now."""
    day, said = "2018-03-13", {0: "2018-03-13T02:20:00.123Z", 1: "2018-03-13T09:00:00Z", 2: "nonsense"}
    async with signed_in(client, hall.code):
        form = await opened(client, day) | ticks(*WINDOWS[:3])
        form |= {f"seen-{WINDOWS[n].code}": at for n, at in said.items()}
        await client.post(PAGE, data=form)
    found = county.db("inspection")["inspections"].find({"day": day})
    times = {one["organisation"]: one["captured"] for one in await found.to_list(None)}
    assert [times[one.code][11:16] for one in WINDOWS[:3]] == ["10:20", "10:00", "10:00"]


async def test_where_there_is_a_checklist_every_item_is_in_order(county: County, client: AsyncClient) -> None:
    items = [ChecklistItem(item=name, name=name, weight=1) for name in ("badge", "notice")]
    listed = PublishChecklist(
        checklist="window", version=1, name="窗口检查表", effective_from=moment("2018-03-19").date(), items=items
    )
    plan = AdoptPatrolPlan(
        plan="windows-daily",
        name="窗口日巡查",
        patrol=PatrolKind.WINDOW,
        rhythm=Rhythm.DAILY,
        scope=COUNTY,
        checklist="window",
        until="17:30",
        silent_after_days=1,
        effective_from=moment("2018-03-19").date(),
    )
    await county.hears(*(committee.says(one, moment("2018-03-15"), COUNTY) for one in (listed, plan)))
    await county.settles()
    async with signed_in(client, hall.code):
        form = await opened(client, "2018-03-19") | ticks(WINDOWS[0])
        assert not [name for name in form if name.startswith("score-")]
        assert (await client.post(PAGE, data=form)).status_code == 303
    kept = await county.db("inspection")["inspections"].find_one({"day": "2018-03-19"})
    assert kept is not None
    assert (kept["score"], kept["checked"]["marks"]) == (10000, {"badge": 100, "notice": 100})


async def test_what_is_not_due_for_whoever_looks_has_no_round_and_nobody_has_one(
    county: County, client: AsyncClient
) -> None:
    client.looks_at(moment("2018-03-14"))  # type: ignore[attr-defined]
    answer = await client.post(PAGE, data=ticks(WINDOWS[0]))
    assert waits(answer, PAGE)
    async with signed_in(client, office.code):
        assert (await client.get(PAGE)).status_code == 404
    async with signed_in(client, hall.code):
        assert (await client.get("/inspection/rounds/nothing")).status_code == 404
        assert f'href="{PAGE}"' in (await client.get("/inspection/patrol")).text
