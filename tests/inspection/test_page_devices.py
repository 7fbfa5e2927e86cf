"""The pages of devices and of viewing: registered, changed, removed; granted by name and withdrawn."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack

import pytest_asyncio
from httpx import AsyncClient

from services.inspection.supervision.keeping import number_of
from services.inspection.supervision.model import Device, ViewingGrant
from shared.database.kept import documents
from shared.events.inspection import ViewingRole
from tests.browsing import browsing, does, form_in, signed_in, wrong_at
from tests.county import County
from tests.processes_here import NOBODY
from tests.sealed import ALLOWED, registers
from tests.submitters import committee, hall, moment, office, station, township

DEVICES, GRANTS = "/inspection/devices", "/inspection/viewing-grants"
AT, DAY = moment("2018-06-13"), "2018-06-13"
LINK = "https://10.20.30.40/devices/7"
OF_STATION = f"{DEVICES}?organisation={station.code}"
NUMBER = number_of("服务台")
OWN = f"{DEVICES}/{station.code}/{NUMBER}"


@pytest_asyncio.fixture
async def client(empty_county: County) -> AsyncIterator[AsyncClient]:
    empty_county.allowed = ALLOWED
    async with AsyncExitStack() as stack:
        await stack.enter_async_context(empty_county.at_work())
        client = await stack.enter_async_context(browsing(empty_county, "inspection", by=committee.code))
        client.looks_at(AT)
        yield client


async def register(client: AsyncClient, **changed: str) -> str:
    """The page to which an accepted form leads, or the page again."""
    page = (await client.get(OF_STATION)).text
    action = f"{DEVICES}/{station.code}/register"
    sent = form_in(page, action, DAY) | {"name": "服务台", "link": LINK} | changed
    answer = await client.post(action, data=sent)
    return (await client.get(answer.headers["location"])).text if answer.status_code == 303 else answer.text


async def test_a_station_registers_a_camera_changes_and_removes_it(client: AsyncClient, empty_county: County) -> None:
    async with signed_in(client, station.code, "inspection"):
        shown = await register(client)
        assert ("已受理" in shown, f'href="{OWN}"' in shown, LINK in shown) == (True, True, False)
        await does(empty_county, client, OWN, "change", DAY, name="服务台一", link=LINK)
        (kept,) = await documents(empty_county.db("inspection"), Device, {})
        assert (kept.device, kept.name, kept.link) == (NUMBER, "服务台一", LINK)
        removed = await does(empty_county, client, OWN, "remove", "2018-06-14")
        assert ("已停用" in removed, f"{OWN}/remove" in removed) == (True, False)


async def test_where_a_link_may_not_lead_is_said_at_its_field_and_nothing_is_sent(
    client: AsyncClient, empty_county: County
) -> None:
    async with signed_in(client, station.code, "inspection"):
        again = await register(client, link="https://camera.example.org/1")
        assert "不在允许范围内" in wrong_at(again, "register-link")
        again = await register(client, link="http://10.20.30.40/1")
        assert "应当以https://开头" in wrong_at(again, "register-link")
    assert await empty_county.db("inspection")["ledger"].count_documents({"type": "register-device"}) == 0


async def test_devices_are_known_to_their_own_organisation_those_above_and_the_hall(client: AsyncClient) -> None:
    async with signed_in(client, station.code, "inspection"):
        await register(client)
    for code, may in ((station.code, True), (township.code, True), (committee.code, True), (office.code, False)):
        async with signed_in(client, code, "inspection"):
            assert ("服务台" in (await client.get(DEVICES)).text) is may
            assert (await client.get(OWN)).status_code == (200 if may else 403)
    assert (await client.get(DEVICES, headers=NOBODY)).status_code == 303
    async with signed_in(client, hall.code, "inspection"):
        chosen = f"{DEVICES}?organisation={office.code}"
        assert f"{DEVICES}/{office.code}/register" in (await client.get(chosen)).text


async def test_the_committee_grants_viewing_by_name_and_withdraws_it(client: AsyncClient, empty_county: County) -> None:
    at = f"{GRANTS}?organisation={township.code}"
    async with signed_in(client, committee.code, "inspection"):
        assert "该单位还没有登记人员" in (await client.get(at)).text
        person = registers("0190a0a0-0000-7000-8000-000000000001", township.code, AT.date(), name="样例丙")
        await empty_county.hears(township.says(person, AT))
        await empty_county.settles()
        page = (await client.get(at)).text
        assert "样例丙" in page
        action = f"{GRANTS}/{township.code}/grant"
        sent = form_in(page, action, "2018-06-11") | {"person": person.person}
        answer = await client.post(action, data=sent)
        assert answer.status_code == 303, answer.text
        listed = (await client.get(answer.headers["location"])).text
        assert ("已受理" in listed, "样例丙" in listed, "乡镇分管负责人" in listed) == (True, True, True)
        (kept,) = await documents(empty_county.db("inspection"), ViewingGrant, {})
        assert kept.now == ViewingRole.TOWNSHIP_DEPUTY
        own = f"{GRANTS}/{township.code}/{person.person}"
        gone = await does(empty_county, client, own, "withdraw", "2018-06-12")
        assert ("已收回" in gone, f"{own}/withdraw" in gone) == (True, False)


async def test_a_township_reads_its_own_grants_and_grants_none(client: AsyncClient) -> None:
    async with signed_in(client, township.code, "inspection"):
        assert f"{GRANTS}/{township.code}/grant" not in (await client.get(GRANTS)).text
        assert (await client.get(f"{GRANTS}?organisation={office.code}")).status_code == 403
