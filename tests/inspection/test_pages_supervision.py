"""The page of e-supervision: devices of those who hold a grant, every look kept, the link only after it is accepted."""

from __future__ import annotations

import json
import re
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from html import unescape

import pytest
import pytest_asyncio
from httpx import AsyncClient, Response

from deploy.embedded.servers.running import Servers
from services.inspection.supervision.lines import AT_ONCE, of_now
from shared.calendar import CHINA
from shared.events.inspection import GrantViewing, RegisterDevice, ViewDevice, ViewingRole, WithdrawViewing
from shared.web.forms import Ticket
from tests.conftest import county_on
from tests.county import County
from tests.inspection.browsing import browsing, signed_in
from tests.submitters import committee, hall, moment, office, station, stations, township

pytestmark = pytest.mark.asyncio(loop_scope="module")
PAGE = "/inspection/supervision"
LINK = "https://camera.example.org/devices"
JANUARY = moment("2018-01-08")
DEPUTY, HEAD, GONE = "T-01", "D02-H1", "T-02"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def county(bus_and_database: Servers) -> AsyncIterator[County]:
    """A camera at a window and at two stations; a head, a deputy, and a deputy who has gone."""
    async with county_on(bus_and_database) as county:
        await county.begins_anew()
        await county.is_founded()
        async with county.working():
            for place in (office, *stations[:2]):
                camera = RegisterDevice(device="counter-1", name="服务台", link=f"{LINK}/{place.code}")
                await county.hears(hall.says(camera, JANUARY, place.code))
            deputy, head = ViewingRole.TOWNSHIP_DEPUTY, ViewingRole.DEPARTMENT_HEAD
            for person in (DEPUTY, GONE):
                granted = GrantViewing(person=person, role=deputy)
                await county.hears(committee.says(granted, JANUARY, township.code))
            await county.hears(
                committee.says(GrantViewing(person=HEAD, role=head), JANUARY, office.code),
                committee.says(WithdrawViewing(person=GONE), moment("2018-09-03"), township.code),
            )
            await county.settles()
            yield county


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def client(county: County) -> AsyncIterator[AsyncClient]:
    """A browser."""
    async with browsing(county) as client:
        yield client


async def devices(client: AsyncClient, person: str) -> list[dict[str, str]]:
    """The fields of each form that the page offers to a person."""
    page = (await client.get(PAGE, params={"person": person})).text
    forms = re.findall(r'<form method="post" action="/inspection/supervision">(.*?)</form>', page, re.DOTALL)
    return [dict(re.findall(r'name="(\w+)" value="([^"]*)"', form)) for form in forms]


async def press(client: AsyncClient, sent: dict[str, str], **changed: str) -> Response:
    return await client.post(PAGE, data=sent | changed)


def links(answer: Response) -> list[str]:
    """Addresses of the camera system in an answer."""
    return re.findall(rf'href="({LINK}[^"]*)"', unescape(answer.text))


async def viewed(county: County) -> list[str]:
    """The persons that looked, as the facts tell them."""
    facts = (await county.facts()).values()
    return [json.loads(body)["person"] for _, told, body in facts if told["ce-type"] == "device-viewed"]


async def test_only_those_signed_in_see_the_page(client: AsyncClient) -> None:
    for answer in (await client.get(PAGE), await client.post(PAGE, data={})):
        assert answer.status_code == 303
        assert answer.headers["location"].startswith("/inspection/sign-in")


async def test_a_deputy_has_the_stations_of_its_township_and_a_head_its_window(client: AsyncClient) -> None:
    async with signed_in(client, township.code):
        found = await devices(client, DEPUTY)
        assert [one["organisation"] for one in found] == [one.code for one in stations[:2]]
        assert len({one["ticket"] for one in found}) == 2
    async with signed_in(client, office.code):
        assert [one["organisation"] for one in await devices(client, HEAD)] == [office.code]


@pytest.mark.parametrize("person", [HEAD, GONE, "nobody"])
async def test_without_a_grant_there_is_no_device(client: AsyncClient, person: str) -> None:
    async with signed_in(client, township.code):
        answer = await client.get(PAGE, params={"person": person})
        assert (answer.status_code, "没有查看权限" in answer.text) == (200, True)
        assert await devices(client, person) == []


async def test_a_look_shows_the_way_to_the_camera_and_is_kept_once(county: County, client: AsyncClient) -> None:
    async with signed_in(client, township.code):
        here = (await devices(client, DEPUTY))[0]
        before = len(await viewed(county))
        for _ in range(2):
            answer = await press(client, here)
            assert answer.status_code == 200
            assert "已受理" in answer.text
            assert links(answer) == [f"{LINK}/{station.code}"]
            assert 'target="_blank" rel="noopener noreferrer"' in answer.text
        await county.settles()
        assert len(await viewed(county)) == before + 1
        log = answer.text[answer.text.index("<h2>近期查看记录") :]
        assert DEPUTY in log
        assert "乡镇分管负责人" in log


async def test_a_look_that_is_not_allowed_is_refused_and_shows_no_way(county: County, client: AsyncClient) -> None:
    async with signed_in(client, township.code):
        here = (await devices(client, DEPUTY))[0]
        before = await viewed(county)
        for changed in ({"organisation": office.code}, {"person": GONE}):
            fresh = {"ticket": Ticket.new().id}
            answer = await press(client, here, **changed, **fresh)
            assert (answer.status_code, "不予受理" in answer.text, links(answer)) == (422, True, [])
        unreadable = await press(client, here, person="<b>")
        assert (unreadable.status_code, "人员编号由字母、数字和连字符组成" in unreadable.text) == (422, True)
        await county.settles()
        assert await viewed(county) == before


async def test_who_has_gone_cannot_look_as_of_a_time_when_it_could(county: County, client: AsyncClient) -> None:
    async with signed_in(client, township.code):
        sent = (await devices(client, DEPUTY))[0] | {"person": GONE, "time": "2018-05-02T09:00:00+08:00"}
        answer = await press(client, sent)
        assert ("不予受理" in answer.text, links(answer)) == (True, [])
        assert GONE not in await viewed(county)


async def test_the_ticket_of_a_look_opens_no_other_camera(county: County, client: AsyncClient) -> None:
    async with signed_in(client, township.code):
        here, there = await devices(client, DEPUTY)
        assert links(await press(client, here)) == [f"{LINK}/{station.code}"]
        before = await viewed(county)
        for organisation in (there["organisation"], office.code):
            answer = await press(client, here, organisation=organisation)
            assert (answer.status_code, "未打开监控画面" in answer.text, links(answer)) == (422, True, [])
        assert links(await press(client, here, person=HEAD)) == []
        await county.settles()
        assert await viewed(county) == before


async def test_the_id_of_anything_else_that_was_accepted_opens_no_camera(county: County, client: AsyncClient) -> None:
    camera = RegisterDevice(device="counter-2", name="候办区", link=f"{LINK}/counter-2")
    look = ViewDevice(device="counter-1", organisation=station.code, person=DEPUTY)
    registered, long_ago = hall.says(camera, JANUARY, station.code), township.says(look, moment("2018-05-03"))
    await county.hears(registered, long_ago)
    await county.settles()
    asked = look.model_dump() | {"time": Ticket.new().time}
    for said in (registered, long_ago):
        assert (await county.verdict(said) or {})["verdict"] == "accepted"
        async with signed_in(client, said.submitter):
            assert links(await press(client, asked, ticket=said.id)) == []


async def test_another_organisation_does_not_read_who_looked(client: AsyncClient) -> None:
    async with signed_in(client, township.code):
        await press(client, (await devices(client, DEPUTY))[1])
    async with signed_in(client, office.code):
        assert DEPUTY not in (await client.get(PAGE)).text
    async with signed_in(client, committee.code):
        assert DEPUTY in (await client.get(PAGE)).text


async def test_no_other_page_sends_the_form(client: AsyncClient) -> None:
    async with signed_in(client, township.code):
        answer = await client.post(PAGE, data={}, headers={"origin": "https://elsewhere.example"})
        assert answer.status_code == 403


@pytest.mark.parametrize("age", [timedelta(0), AT_ONCE, -AT_ONCE])
async def test_a_fresh_ticket_is_kept(age: timedelta) -> None:
    now = datetime(2018, 3, 5, 12, tzinfo=CHINA)
    ticket = Ticket("0160bb59-0d3c-7fff-bfff-ffffffffffff", (now - age).isoformat())
    assert of_now(ticket, now) is ticket


@pytest.mark.parametrize("age", [AT_ONCE + timedelta(seconds=1), -AT_ONCE - timedelta(seconds=1)])
async def test_an_old_or_a_future_ticket_is_a_new_look(age: timedelta) -> None:
    now = datetime(2018, 3, 5, 12, tzinfo=CHINA)
    ticket = Ticket("0160bb59-0d3c-7fff-bfff-ffffffffffff", (now - age).isoformat())
    assert of_now(ticket, now).id != ticket.id
