"""The page of e-supervision: devices of those who hold a grant, every look kept, the link only after it is accepted."""

from __future__ import annotations

import json
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from html import unescape

import pytest
import pytest_asyncio
from httpx import AsyncClient, Response

from deploy.embedded.servers.running import Servers
from shared.calendar import CHINA
from shared.events.inspection import GrantViewing, RegisterDevice, ViewDevice, ViewingRole, WithdrawViewing
from shared.identity.marks import AddressMarks
from shared.pages.chinese import CHOOSE_PERSON
from tests.browsing import waits
from tests.conftest import county_on
from tests.county import County
from tests.inspection.browsing import signed_in
from tests.processes_here import NOBODY, SECRET
from tests.sealed import ALLOWED, registers
from tests.submitters import Said, committee, moment, office, station, stations, township

pytestmark = pytest.mark.asyncio(loop_scope="module")
PAGE = "/inspection/supervision"
LINK = "https://10.20.30.40/devices"
JANUARY = moment("2018-01-08")
DEPUTY, HEAD, GONE = "T-01", "D02-H1", "T-02"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def county(bus_and_database: Servers) -> AsyncIterator[County]:
    """A camera at a window and at two stations; a head, a deputy, and a deputy who has gone."""
    async with county_on(bus_and_database) as county, working_with_deputies(county):
        for place in (office, *stations[:2]):
            camera = RegisterDevice(device="counter-1", name="服务台", link=f"{LINK}/{place.code}")
            await county.hears(committee.says(camera, JANUARY, place.code))
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


@asynccontextmanager
async def working_with_deputies(county: County) -> AsyncIterator[None]:
    """Those who may look are known by name; the one who has gone is not."""
    county.allowed = ALLOWED
    async with county.at_work():
        await county.hears(township.says(registers(DEPUTY, township.code, name="高峰"), JANUARY))
        await county.hears(office.says(registers(HEAD, office.code, name="何平"), JANUARY))
        yield


async def test_who_may_look_is_chosen_by_name_and_nobody_types(client: AsyncClient) -> None:
    async with signed_in(client, township.code):
        page = (await client.get(PAGE)).text
        assert f'<option value="{DEPUTY}">高峰</option>' in page
        assert (GONE in page, '<input id="person"' in page) == (False, False)
    async with signed_in(client, station.code):
        page = (await client.get(PAGE)).text
        assert ('<select id="person"' in page, f"/roster/people/of/{station.code}" in page) == (False, True)


async def devices(client: AsyncClient, person: str) -> list[dict[str, str]]:
    """The fields of each form that the page offers to a person."""
    page = (await client.get(PAGE, params={"person": person})).text
    forms = re.findall(rf'<form method="post" action="{PAGE}\?person={person}"[^>]*>(.*?)</form>', page, re.DOTALL)
    return [dict(re.findall(r'name="(\w+)" value="([^"]*)"', form)) for form in forms]


async def press(client: AsyncClient, sent: dict[str, str], person: str = DEPUTY, **changed: str) -> Response:
    """What the person lands on: the page to which an accepted look leads, or the page again."""
    answer = await client.post(PAGE, params={"person": person}, data=sent | changed)
    return await client.get(answer.headers["location"]) if answer.status_code == 303 else answer


def links(answer: Response) -> list[str]:
    """Addresses of the camera system in an answer."""
    return re.findall(rf'href="({LINK}[^"]*)"', unescape(answer.text))


async def viewed(county: County) -> list[str]:
    """The persons that looked, as the facts tell them."""
    facts = (await county.facts()).values()
    return [json.loads(body)["person"] for _, headers, body in facts if headers["ce-type"] == "device-viewed"]


async def test_only_those_signed_in_see_the_page(client: AsyncClient) -> None:
    answer = await client.get(PAGE, headers=NOBODY)
    assert (answer.status_code, answer.headers["location"].startswith("/inspection/sign-in")) == (303, True)
    sent = await client.post(PAGE, params={"person": DEPUTY}, data={}, headers=NOBODY)
    assert waits(sent, f"{PAGE}?person={DEPUTY}"), "who signs in comes back to the same person"


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


async def test_what_is_no_persons_number_is_said_at_its_field(client: AsyncClient) -> None:
    async with signed_in(client, township.code):
        for person in ("<b>", "王某某", "T" * 41):
            answer = await client.get(PAGE, params={"person": person})
            assert (answer.status_code, "没有查看权限" in answer.text) == (422, False)
            assert f'<p class="why" id="person-wrong">{CHOOSE_PERSON}</p>' in answer.text
            (field,) = re.findall('<select id="person"[^>]*>', answer.text)
            assert 'aria-invalid="true" aria-describedby="person-wrong" autofocus' in field


async def test_a_look_shows_the_way_to_the_camera_and_is_kept_once(county: County, client: AsyncClient) -> None:
    async with signed_in(client, township.code):
        here = (await devices(client, DEPUTY))[0]
        before = len(await viewed(county))
        sent = [await client.post(PAGE, params={"person": DEPUTY}, data=here) for _ in range(2)]
        assert [one.status_code for one in sent] == [303, 303]
        assert len({one.headers["location"] for one in sent}) == 1
        answer = await client.get(sent[0].headers["location"])
        assert answer.status_code == 200
        assert "已受理" in answer.text
        assert links(answer) == [f"{LINK}/{station.code}"]
        assert 'target="_blank" rel="noopener noreferrer"' in answer.text
        await county.settles()
        assert len(await viewed(county)) == before + 1
        log = answer.text[answer.text.index("<h2>近期查看记录") :]
        assert (">高峰<" in log, f">{DEPUTY}<" in log) == (True, False)
        assert "乡镇分管负责人" in log


async def test_a_look_that_is_not_allowed_is_refused_and_shows_no_way(county: County, client: AsyncClient) -> None:
    async with signed_in(client, township.code):
        here = (await devices(client, DEPUTY))[0]
        before = await viewed(county)
        for person, organisation in ((DEPUTY, office.code), (GONE, station.code)):
            answer = await press(client, here, person, organisation=organisation)
            assert (answer.status_code, "退回更正" in answer.text, links(answer)) == (422, True, [])
            assert 'role="alert"' in answer.text
        unreadable = await press(client, here, "<b>")
        assert (unreadable.status_code, CHOOSE_PERSON in unreadable.text) == (422, True)
        await county.settles()
        assert await viewed(county) == before


async def test_a_person_of_another_organisation_does_not_look(county: County, client: AsyncClient) -> None:
    async with signed_in(client, township.code):
        here = (await devices(client, DEPUTY))[0]
    async with signed_in(client, office.code):
        answer = await press(client, here)
        assert (answer.status_code, "退回更正" in answer.text, links(answer)) == (422, True, [])


async def test_who_has_gone_cannot_look_as_of_a_time_when_it_could(county: County, client: AsyncClient) -> None:
    async with signed_in(client, township.code):
        here = (await devices(client, DEPUTY))[0]
        answer = await press(client, here, GONE, time="2018-05-02T09:00:00+08:00")
        assert ("退回更正" in answer.text, links(answer)) == (True, [])
        assert GONE not in await viewed(county)


async def test_the_ticket_of_a_look_opens_no_other_camera(county: County, client: AsyncClient) -> None:
    async with signed_in(client, township.code):
        here, there = await devices(client, DEPUTY)
        assert links(await press(client, here)) == [f"{LINK}/{station.code}"]
        before = len(await viewed(county))
        assert links(await press(client, here, organisation=office.code)) == []
        assert links(await press(client, here, HEAD)) == []
        assert links(await press(client, here, organisation=there["organisation"])) == [f"{LINK}/{stations[1].code}"]
        await county.settles()
        assert len(await viewed(county)) == before + 1, "the other camera is opened by a look of its own"


def landed(person: str, said: Said) -> dict[str, str]:
    """The query of the page to which a submission leads."""
    return {"person": person, "sent": AddressMarks(SECRET).put(said.id, "sent", said.submitter)}


async def test_the_id_of_anything_else_that_was_accepted_opens_no_camera(county: County, client: AsyncClient) -> None:
    camera = RegisterDevice(device="counter-2", name="候办区", link=f"{LINK}/counter-2")
    look = ViewDevice(device="counter-1", organisation=station.code, person=DEPUTY)
    registered, long_ago = township.says(camera, JANUARY, station.code), township.says(look, moment("2018-05-03"))
    await county.hears(registered, long_ago)
    await county.settles()
    for said in (registered, long_ago):
        assert (await county.verdict(said) or {})["verdict"] == "accepted"
        async with signed_in(client, said.submitter):
            answer = await client.get(PAGE, params=landed(DEPUTY, said))
            assert ("监控画面链接已失效" in answer.text, "已受理" in answer.text, links(answer)) == (True, False, [])


async def test_the_way_is_shown_to_the_viewer_and_for_the_person_that_looked_alone(
    county: County, client: AsyncClient
) -> None:
    look = ViewDevice(device="counter-1", organisation=station.code, person=DEPUTY)
    just_now = township.says(look, datetime.now(CHINA))
    await county.hears(just_now)
    await county.settles()
    async with signed_in(client, township.code):
        assert links(await client.get(PAGE, params=landed(DEPUTY, just_now))) == [f"{LINK}/{station.code}"]
        assert links(await client.get(PAGE, params=landed(GONE, just_now))) == []
    async with signed_in(client, committee.code):
        assert links(await client.get(PAGE, params=landed(DEPUTY, just_now))) == []


async def test_who_looked_at_what_is_said_in_names(client: AsyncClient) -> None:
    async with signed_in(client, township.code):
        await press(client, (await devices(client, DEPUTY))[1])
    async with signed_in(client, committee.code):
        page = (await client.get(PAGE)).text
    assert ('<td class="roomy">服务台</td>' in page, "counter-1" in page) == (True, False)
    assert (">林西县政务服务联合党委</span>" in page, ">林西县</span>" in page) == (True, False)


async def test_another_organisation_does_not_read_who_looked(client: AsyncClient) -> None:
    async with signed_in(client, township.code):
        await press(client, (await devices(client, DEPUTY))[1])
    async with signed_in(client, office.code):
        assert "高峰" not in (await client.get(PAGE)).text
    async with signed_in(client, committee.code):
        assert "高峰（" not in (page := (await client.get(PAGE)).text)
        assert "高峰" in page


async def test_no_other_page_sends_the_form(client: AsyncClient) -> None:
    async with signed_in(client, township.code):
        answer = await client.post(PAGE, data={}, headers={"origin": "https://elsewhere.example"})
        assert answer.status_code == 403


async def test_one_place_alone_has_the_focus_whatever_was_sent(client: AsyncClient) -> None:
    async with signed_in(client, township.code):
        for person in ("张三", "P-1", ""):
            sent = {"organisation": station.code, "device": ""}
            answer = await client.post("/inspection/supervision", params={"person": person}, data=sent)
            assert (person, answer.status_code, answer.text.count(" autofocus")) == (person, 422, 1)
