"""A record that the county accepted is corrected or taken back on the page, until its month is over."""

from __future__ import annotations

from typing import Any

import pytest
from httpx import AsyncClient

from services.station.outbox.drafts import draft
from services.station.outbox.rows import Answer, State
from shared.events.refusals import reason
from tests.browser_fields import fields_in
from tests.county import County
from tests.station.agents import STATION, Agent, a_service
from tests.station.local_page import browser_of, entered, saved
from tests.submitters import A_MONDAY, just_now, moment

WITHDRAW = "/form/withdraw-greenchannel"
SERVED = "vulnerable-agency-person-times"
IN_MARCH, IN_APRIL = moment("2018-03-31", "23:59"), moment("2018-04-01", "00:00")
REUSED = reason("id-reused")


@pytest.fixture
def there(folder: Any) -> Any:
    """Enrolled, and without any line."""
    one = Agent.enrolled(folder, ["nats://127.0.0.1:1"])
    yield one
    one.close()


async def taken_back(page: AsyncClient, id: str) -> str:
    """The id of the withdrawal."""
    asked = fields_in((await page.get(f"{WITHDRAW}?corrects={id}")).text, WITHDRAW)
    return saved(await page.post(WITHDRAW, data={**asked, "reason": "误报"}))


def decided(agent: Agent, id: str, state: State, *why: dict[str, str]) -> None:
    agent.outbox.decided([Answer(STATION, id, state, why)], A_MONDAY)


async def accepted(agent: Agent, page: AsyncClient, key: str = "green") -> str:
    id = saved(await entered(page, key))
    decided(agent, id, State.ACCEPTED)
    return id


async def test_an_accepted_record_is_corrected_in_its_form_filled_in(there: Agent) -> None:
    async with browser_of(there, IN_MARCH) as page:
        id = await accepted(there, page)
        record = (await page.get(f"/sent/{id}")).text
        assert f'href="/form/green?corrects={id}"' in record
        form = (await page.get(f"/form/green?corrects={id}")).text
        assert "更正受理后，以更正后的内容为准" in form
        again = fields_in(form, "/form/green")
        other = saved(await page.post("/form/green", data={**again, "persons": "3"}))
        row = there.row(other)
        assert (row.headers["ce-corrects"], row.corrects) == (id, id)
        assert "已保存更正，正在报送" in (await page.get(f"/sent/{id}")).text
        decided(there, other, State.ACCEPTED)
        before, after = [(await page.get(f"/sent/{one}")).text for one in (id, other)]
    assert ("已更正" in before, "已由以下报送更正" in before, "更正自" in after) == (True, True, True)
    assert f'href="/form/green?corrects={id}"' not in before
    assert f'href="/form/green?corrects={other}"' in after


async def test_it_is_taken_back_with_a_reason_after_a_second_question(there: Agent) -> None:
    async with browser_of(there, IN_MARCH) as page:
        id = await accepted(there, page)
        assert f'href="/form/withdraw-greenchannel?corrects={id}"' in (await page.get(f"/sent/{id}")).text
        question = (await page.get(f"/form/withdraw-greenchannel?corrects={id}")).text
        assert "不再计入统计，不能恢复" in question
        asked = fields_in(question, "/form/withdraw-greenchannel")
        silent = await page.post("/form/withdraw-greenchannel", data=asked)
        assert (silent.status_code, "撤回理由" in silent.text) == (422, True)
        other = saved(await page.post("/form/withdraw-greenchannel", data={**asked, "reason": "重复登记"}))
        row = there.row(other)
        assert (row.type, row.headers["ce-corrects"]) == ("withdraw-from-greenchannel", id)
        assert row.body == '{"reason":"重复登记"}'.encode()
        decided(there, other, State.ACCEPTED)
        assert "已撤回" in (await page.get("/sent")).text
        assert "撤回的是" in (await page.get(f"/sent/{other}")).text


async def test_when_its_month_is_over_it_is_said_who_can(there: Agent) -> None:
    async with browser_of(there, IN_MARCH) as page:
        id = await accepted(there, page)
    async with browser_of(there, IN_APRIL) as page:
        late = (await page.get(f"/sent/{id}")).text
    assert "期限已于2018年3月31日届满" in late
    assert "上级单位" in late
    assert (f'href="/form/green?corrects={id}"' in late, f"withdraw-greenchannel?corrects={id}" in late) == (False,) * 2


async def test_a_refused_correction_leaves_the_record_as_it_was_and_is_sent_again(there: Agent) -> None:
    async with browser_of(there, IN_MARCH) as page:
        id = await accepted(there, page)
        form = fields_in((await page.get(f"/form/green?corrects={id}")).text, "/form/green")
        other = saved(await page.post("/form/green", data={**form, "persons": "3"}))
        decided(there, other, State.REFUSED, reason("already-corrected"))
        record = (await page.get(f"/sent/{id}")).text
        assert ("更正没有受理" in record, f'href="/form/green?corrects={id}"' in record) == (True, True)
        again = fields_in((await page.get(f"/form/green?corrects={other}")).text, "/form/green")
        third = saved(await page.post("/form/green", data={**again, "persons": "4"}))
        decided(there, third, State.ACCEPTED)
        assert "已更正" in (await page.get(f"/sent/{id}")).text


async def test_what_is_in_no_ledger_is_sent_anew_in_the_place_of_what_it_was_to_correct(there: Agent) -> None:
    async with browser_of(there, IN_MARCH) as page:
        first = saved(await entered(page, "green"))
        decided(there, first, State.REFUSED, REUSED)
        form = fields_in((await page.get(f"/form/green?corrects={first}")).text, "/form/green")
        second = saved(await page.post("/form/green", data=form))
        assert ("ce-corrects" in there.row(second).headers, there.row(second).corrects) == (False, first)
        decided(there, second, State.ACCEPTED)
        form = fields_in((await page.get(f"/form/green?corrects={second}")).text, "/form/green")
        third = saved(await page.post("/form/green", data={**form, "persons": "3"}))
        decided(there, third, State.REFUSED, REUSED)
        form = fields_in((await page.get(f"/form/green?corrects={third}")).text, "/form/green")
        fourth = saved(await page.post("/form/green", data=form))
    assert there.row(fourth).headers["ce-corrects"] == second


async def test_an_opening_that_was_taken_back_is_no_open_case_and_a_completion_leaves_it_open(there: Agent) -> None:
    async with browser_of(there, IN_MARCH) as page:
        id = await accepted(there, page, "case-opened")
        assert list(there.parts.desk().cases) == [id]
        done = saved(await entered(page, "case-completed", case=id))
        assert list(there.parts.desk().cases) == []
        asked = fields_in(
            (await page.get(f"/form/withdraw-greenchannel?corrects={done}")).text, "/form/withdraw-greenchannel"
        )
        await page.post("/form/withdraw-greenchannel", data={**asked, "reason": "误报"})
        assert list(there.parts.desk().cases) == [id]
        asked = fields_in(
            (await page.get(f"/form/withdraw-greenchannel?corrects={id}")).text, "/form/withdraw-greenchannel"
        )
        await page.post("/form/withdraw-greenchannel", data={**asked, "reason": "误报"})
    assert list(there.parts.desk().cases) == []


async def test_nothing_is_taken_back_that_was_not_sent_from_here(there: Agent) -> None:
    async with browser_of(there, IN_MARCH) as page:
        id = await accepted(there, page, "attendance")
        for asked in ("", f"?corrects={STATION}", f"?corrects={id}"):
            assert (await page.get(f"/form/withdraw-greenchannel{asked}")).status_code == 404
        assert (await page.post("/form/withdraw-greenchannel", data={"reason": "x"})).status_code == 404


async def test_what_the_page_saves_the_county_decides(agent: Agent, county: County) -> None:
    (first,) = agent.saves(draft(a_service(20), STATION, STATION, just_now()))
    async with county.working(), agent.sending(), browser_of(agent, just_now()) as page:
        await agent.all_decided()
        form = fields_in((await page.get(f"/form/green?corrects={first}")).text, "/form/green")
        second = saved(await page.post("/form/green", data={**form, "persons": "3"}))
        await agent.all_decided()
        asked = fields_in(
            (await page.get(f"/form/withdraw-greenchannel?corrects={second}")).text, "/form/withdraw-greenchannel"
        )
        third = saved(await page.post("/form/withdraw-greenchannel", data={**asked, "reason": "误报"}))
        await agent.all_decided()
        await county.settles()
    assert [agent.row(one).state for one in (first, second, third)] == [State.ACCEPTED] * 3
    counted = [one["add"][SERVED] for one in (await county.monthly()).values() if SERVED in one.get("add", {})]
    assert counted == [0]
    assert await county.differences() == []
