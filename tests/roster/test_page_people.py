"""The pages of persons: registered by hand, appointed, relieved, corrected, moved, erased; numbers are masked."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack

import pytest_asyncio
from httpx import AsyncClient

from services.roster.people.model import Person
from shared.database.kept import documents
from shared.roster.staff import Staff
from tests.browsing import browsing, does, fills_in, form_in, signed_in, wrong_at
from tests.county import County
from tests.processes_here import NOBODY
from tests.sealed import ALLOWED, id_number
from tests.submitters import committee, moment, office, station, stations, township

AT = moment("2018-06-13")
DAY = "2018-06-13"
OF_STATION = f"/roster/people/of/{station.code}"
WHO = {"name": "样例甲", "sex": "female", "birth_year": "1985", "party_member": "yes", "valid_from": "2018-02-01"}
NUMBERS = {"mobile": "138 0013 8000", "id_number": id_number()}
_, other, _, _ = stations


@pytest_asyncio.fixture
async def client(empty_county: County) -> AsyncIterator[AsyncClient]:
    empty_county.allowed = ALLOWED
    async with AsyncExitStack() as stack:
        await stack.enter_async_context(empty_county.at_work())
        client = await stack.enter_async_context(browsing(empty_county, "roster", by=committee.code))
        client.looks_at(AT)
        yield client


async def registered(county: County, client: AsyncClient, page: str = OF_STATION, **more: str) -> str:
    """Somebody registered by hand; the address of its page."""
    shown = await does(county, client, page, "register", DAY, **WHO, **more)
    found = re.search(r'href="(/roster/people/[0-9a-f-]{36})"', shown)
    assert found
    return found[1]


async def test_a_village_registers_its_clerk_and_is_shown_masked_numbers_in_lists(
    client: AsyncClient, empty_county: County
) -> None:
    async with signed_in(client, station.code, "roster"):
        page = await registered(empty_county, client, **NUMBERS)
        listed = (await client.get("/roster/people")).text
        assert "138****8000" in listed
        assert "13800138000" not in listed
        entered = {"person": page.rsplit("/", 1)[1], "post": "station-clerk", "since": "2018-02-01"}
        shown = await does(empty_county, client, OF_STATION, "appoint", DAY, **entered)
        assert "站长（代办员）" in shown
        assert "在任" in shown
        own = (await client.get(page)).text
        assert "13800138000" in own
        assert id_number() in own


async def test_where_nobody_is_registered_yet_that_comes_first(client: AsyncClient, empty_county: County) -> None:
    appoint = f'action="{OF_STATION}/appoint"'
    async with signed_in(client, station.code, "roster"):
        empty = (await client.get(OF_STATION)).text
        assert ("请先登记人员" in empty, appoint in empty) == (True, False)
        await registered(empty_county, client)
        assert appoint in (await client.get(OF_STATION)).text


async def test_those_above_read_it_and_others_do_not(client: AsyncClient, empty_county: County) -> None:
    async with signed_in(client, station.code, "roster"):
        page = await registered(empty_county, client, **NUMBERS)
    for code, may in ((township.code, True), (committee.code, True), (other.code, False), (office.code, False)):
        async with signed_in(client, code, "roster"):
            assert ("样例甲" in (await client.get("/roster/people")).text) is may
            assert (await client.get(page)).status_code == (200 if may else 403)
            assert (await client.get(OF_STATION)).status_code == (200 if may else 403)
    assert (await client.get(page, headers=NOBODY)).status_code == 303


async def test_a_wrong_number_is_said_at_its_field_and_everything_entered_comes_again(client: AsyncClient) -> None:
    async with signed_in(client, station.code, "roster"):
        again = await fills_in(
            client, OF_STATION, "register", DAY, **WHO, mobile="123", id_number=id_number("19860203")
        )
        assert again.status_code == 422
        assert "手机号码有误" in wrong_at(again.text, "register-mobile")
        assert 'value="样例甲"' in again.text
        again = await fills_in(client, OF_STATION, "register", DAY, **WHO, id_number=id_number("19860203"))
        assert "与填写的“出生年份”不一致" in wrong_at(again.text, "register-birth_year")


async def test_an_identity_number_that_is_registered_is_refused_in_words(
    client: AsyncClient, empty_county: County
) -> None:
    async with signed_in(client, township.code, "roster"):
        await registered(empty_county, client, **NUMBERS)
        again = await fills_in(client, f"/roster/people/of/{other.code}", "register", DAY, **WHO, **NUMBERS)
    assert "已登记在另一人员编号下" in again.text


async def test_it_is_corrected_moved_and_erased(client: AsyncClient, empty_county: County) -> None:
    async with signed_in(client, committee.code, "roster"):
        page = await registered(empty_county, client, **NUMBERS)
        shown = await does(empty_county, client, page, "correct", DAY, name="样例乙")
        assert "<h1>样例乙</h1>" in shown
        moving = await client.get(f"{page}?into={other.code}")
        action = f"{page}/move/{other.code}"
        assert f'action="{action}"' in moving.text
        sent = await client.post(action, data=form_in(moving.text, action, DAY) | {"valid_from": "2018-06-01"})
        assert sent.status_code == 303, sent.text
        shown = (await client.get(page)).text
        assert f'href="/roster/people/of/{other.code}"' in shown
        names = {one.id: set(one.names.values()) for one in await documents(empty_county.db("roster"), Staff, {})}
        assert names == {station.code: set(), other.code: {"样例乙"}}
        shown = await does(empty_county, client, page, "erase", DAY, reason="本人申请")
        assert "个人信息已删除" in shown
        assert "13800138000" not in shown
    (person,) = await documents(empty_county.db("roster"), Person, {})
    assert (person.sealed, person.marks) == ("", ())


async def test_a_post_ends_by_hand_and_the_next_follows(client: AsyncClient, empty_county: County) -> None:
    page = f"/roster/people/of/{office.code}"
    async with signed_in(client, office.code, "roster"):
        person = (await registered(empty_county, client, page)).rsplit("/", 1)[1]
        entered = {"person": person, "post": "window-chief", "since": "2018-03-01"}
        await does(empty_county, client, page, "appoint", DAY, **entered)
        again = await fills_in(client, page, "appoint", DAY, **entered)
        assert "该同志自2018年3月1日起已任窗口首席代表" in again.text
        ended = {"held": f"window-chief/{person}", "last_day": "2018-05-31"}
        shown = await does(empty_county, client, page, "end", DAY, **ended)
        assert "2018年5月31日" in shown
        assert "登记免职" not in shown
