"""Too many attempts lock an account; the security administrator sees it, unlocks, disables, and ends what goes on."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest
import pytest_asyncio

from shared.identity.attempts import Attempts
from shared.identity.tokens import passing_token
from tests.browsing import browsing, signed_in
from tests.county import County
from tests.entrants import (
    DIRECTOR,
    LI,
    OURS,
    PASSWORD,
    SECURITY,
    WANG,
    enters,
    first_time,
    given_code,
    in_session,
    is_soon_out,
    registered,
)
from tests.processes_here import SECRET, Browser, basic
from tests.submitters import committee, just_now, moment, township
from tests.workbooks import opened

AT = moment("2026-12-01")
HERS = f"/roster/people/{WANG.id}/account"


@pytest_asyncio.fixture
async def client(county: County, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Browser]:
    """That failing slows somebody down is tried by itself."""
    monkeypatch.setattr(Attempts, "wait", lambda *_: 0.0)
    monkeypatch.setattr("shared.identity.attempts.LATEST", 0.0)
    await registered(county, WANG, LI, DIRECTOR, SECURITY)
    async with browsing(county, "roster") as client:
        client.looks_at(AT)
        yield client


async def has_a_password(client: Browser) -> None:
    await first_time(client, WANG, await given_code(client, WANG, by=township.code))
    client.cookies.clear()


async def fails(client: Browser, times: int) -> None:
    for _ in range(times):
        assert (await enters(client, WANG, "wrong")).status_code == 401


async def test_ten_failures_of_a_day_lock_it_for_half_an_hour_even_for_the_right_password(client: Browser) -> None:
    await has_a_password(client)
    await fails(client, 10)
    assert (await enters(client, WANG, PASSWORD)).status_code == 401
    client.looks_at(AT + timedelta(minutes=31))
    assert (await enters(client, WANG, PASSWORD)).status_code == 303


async def test_nine_of_a_day_and_one_of_the_next_do_not(client: Browser) -> None:
    await has_a_password(client)
    await fails(client, 9)
    client.looks_at(AT + timedelta(days=1))
    await fails(client, 1)
    assert (await enters(client, WANG, PASSWORD)).status_code == 303


async def test_from_a_remembered_browser_the_right_password_is_taken_all_the_same(
    client: Browser, county: County
) -> None:
    await has_a_password(client)
    await enters(client, WANG, PASSWORD, remember="1")
    await client.post("/roster/sign-out", headers=OURS)
    async with browsing(county, "roster") as guesses:
        guesses.looks_at(AT)
        await fails(guesses, 10)
        assert (await enters(guesses, WANG, PASSWORD)).status_code == 401
    assert (await enters(client, WANG, PASSWORD)).status_code == 303


async def test_guessing_is_slowed_by_name_and_address(county: County) -> None:
    await registered(county, WANG)
    async with browsing(county, "roster") as client:
        await fails(client, 5)
        await enters(client, WANG, "wrong")
        answer = await enters(client, WANG, "wrong")
        assert (answer.status_code, int(answer.headers["retry-after"]) > 0) == (429, True)
        assert (await enters(client, LI, "wrong")).status_code == 401


async def test_the_security_administrator_sees_all_accounts_and_does_what_is_to_be_done(
    client: Browser, county: County
) -> None:
    await has_a_password(client)
    async with browsing(county, "roster") as phone, in_session(client, SECURITY):
        phone.looks_at(AT)
        await enters(phone, WANG, PASSWORD)
        page = (await client.get("/roster/accounts")).text
        assert ("王芳" in page, "正常" in page, "未开通" in page) == (True, True, True)
        assert "李强" not in (await client.get("/roster/accounts?state=good")).text
        found = (await client.get("/roster/accounts?name=王")).text
        assert ("王芳" in found, "李强" in found, '<select id="by-name"' in found) == (True, False, False)
        assert (await client.post(f"{HERS}/end", headers=OURS)).status_code == 303
        await is_soon_out(phone, WANG)
        assert (await enters(phone, WANG, PASSWORD)).status_code == 303
        assert (await client.post(f"{HERS}/disable", headers=OURS)).status_code == 303
        assert "已停用" in (await client.get(HERS)).text
        await is_soon_out(phone, WANG)
        assert (await enters(phone, WANG, PASSWORD)).status_code == 401
        await client.post(f"{HERS}/enable", headers=OURS)
        assert (await enters(phone, WANG, PASSWORD)).status_code == 303
        await fails(phone, 10)
        assert "王芳" in (await client.get("/roster/accounts?state=locked")).text
        await client.post(f"{HERS}/unlock", headers=OURS)
        assert (await enters(phone, WANG, PASSWORD)).status_code == 303
        assert (await client.post(f"/roster/people/{SECURITY.id}/account/disable", headers=OURS)).status_code == 403


async def test_the_list_of_accounts_is_taken_along_as_the_page_is_narrowed(client: Browser) -> None:
    await has_a_password(client)
    async with in_session(client, SECURITY):
        page = (await client.get("/roster/accounts?state=none&name=李")).text
        asked = "/roster/accounts?state=none&amp;name=%E6%9D%8E&amp;export=list"
        assert f'href="{asked}"' in page
        some = opened((await client.get(asked.replace("&amp;", "&"))).content)
        book = opened((await client.get("/roster/accounts?export=list")).content)
    assert book.heads == ["姓名", "单位", "现任职务", "状态", "最近登录"]
    lines = {line[0].value: line for line in book.lists[1:]}
    assert [*lines] == ["孙安", "陈静", "李强", "王芳"]
    hers = lines["王芳"]
    assert (hers[2].value, hers[3].value, hers[4].kind) == ("站长（代办员）", "正常", "number")
    assert [line[0].value for line in some.lists[1:]] == ["李强"]
    assert some.said["筛选"] == "状态：未开通；查找姓名：李"


async def test_nobody_else_looks_after_all_accounts(client: Browser) -> None:
    for who in (DIRECTOR, WANG):
        async with in_session(client, who):
            assert (await client.get("/roster/accounts")).status_code == 403
            assert (await client.get("/roster/accounts?export=list")).status_code == 403
            assert (await client.post(f"{HERS}/disable", headers=OURS)).status_code == 403
    async with signed_in(client, township.code, "roster"):
        assert (await client.post(f"{HERS}/disable", headers=OURS)).status_code == 403


async def test_the_operator_gives_the_first_administrators_a_code_and_nobody_else_once_there_is_one(
    client: Browser,
) -> None:
    for said in (SECURITY.name, SECURITY.id):
        answer = await operator_asks(client, said)
        assert (answer["name"], answer["unit"]) == (SECURITY.name, "林西县政务服务联合党委")
    assert (await operator_asks(client, WANG.name))["name"] == WANG.name
    assert (await operator_asks(client, "没有这个人"))["reasons"][0]["slug"] == "unknown-person"
    code = (await operator_asks(client, SECURITY.name))["code"]
    await first_time(client, SECURITY, code)
    assert (await operator_asks(client, WANG.name))["reasons"][0]["slug"] == "code-by-security"
    assert (await operator_asks(client, SECURITY.name))["code"] != code


async def test_only_the_countys_secret_asks_for_it(client: Browser) -> None:
    for headers in (basic(committee.code), basic(township.code), {"authorization": "Nobody"}):
        answer = await client.post("/roster/api/accounts/codes", json={"person": WANG.id}, headers=headers)
        assert answer.status_code in (401, 403)


async def operator_asks(client: Browser, person: str) -> Any:
    headers = basic(committee.code, passing_token(committee.code, SECRET, just_now()))
    return (await client.post("/roster/api/accounts/codes", json={"person": person}, headers=headers)).json()
