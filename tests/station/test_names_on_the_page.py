"""The local page names the station, processes and units as people do, and what the county decided is so at once."""

from __future__ import annotations

import asyncio
import re
from typing import Any

import pytest

from services.station.desk import AFTER_FAILURE, refreshing
from services.station.outbox.notes import CASES
from services.station.outbox.rows import Answer, State
from tests.county import County
from tests.station.agents import STATION, Agent, drafts, until
from tests.station.local_page import browser_of, entered, hears, saved
from tests.submitters import A_MONDAY, moment


@pytest.fixture
def there(folder: Any) -> Any:
    """Enrolled, and without any line."""
    one = Agent.enrolled(folder, ["nats://127.0.0.1:1"])
    yield one
    one.close()


async def test_a_record_names_its_station_and_another_place_by_its_code(there: Agent) -> None:
    async with browser_of(there) as page:
        own = saved(await entered(page, "green"))
        other = saved(await entered(page, "green", about="150424100203", persons="3"))
        shown = [(await page.get(f"/sent/{id}")).text for id in (own, other)]
        listed = (await page.get("/sent")).text
    assert [re.findall(r"<dt>对象</dt><dd>([^<]*)</dd>", one) for one in shown] == [["测试村"], ["150424100203"]]
    assert re.findall(r'<td class="tight roomy">([^<]*)</td>', listed) == ["150424100203", "测试村"]


async def test_an_open_case_is_named_by_its_process(there: Agent) -> None:
    hears(there)
    async with browser_of(there) as page:
        id = saved(await entered(page, "case-opened"))
        there.outbox.decided([Answer(STATION, id, State.ACCEPTED, [])], A_MONDAY)
        form = (await page.get("/form/case-completed")).text
    assert (f'value="{id}">办理许可（' in form, "licence" in form) == (True, False)


async def test_a_case_taken_in_elsewhere_is_chosen_by_its_name_and_completed_for_whoever_took_it_in(
    there: Agent,
) -> None:
    """As on the PC before this one, or where this station stands for one that has ended."""
    hears(there)
    case = "01a21805-eee1-78d4-8b85-df0497413113"
    listed = {"case": case, "organisation": "150424100301", "process": "licence", "opened": "2018-03-01"}
    standing = {**listed, "due": "2018-03-08", "provisional": True}
    others = [standing, {**standing, "case": case.replace("3113", "3114")}]
    there.parts.notes.keep(CASES, {"cases": others}, A_MONDAY)
    async with browser_of(there, moment("2018-03-31")) as page:
        form = (await page.get("/form/case-completed")).text
        id = saved(await entered(page, "case-completed", case=case))
        assert there.row(id).headers["ce-subject"] == "150424100301"
        assert case not in (await page.get("/form/case-completed")).text
        there.outbox.decided([Answer(STATION, id, State.ACCEPTED, [])], A_MONDAY)
        again = (await page.get(f"/form/case-completed?corrects={id}")).text
        record = (await page.get(f"/sent/{id}")).text
    assert f'<option value="{case}">办理许可（2018年3月1日受理，暂定2018年3月8日到期，编号末四位3113）</option>' in form
    assert f'<option value="{case}" selected>办理许可（2018年3月1日受理' in again
    assert ("办理许可（2018年3月1日受理" in record, case in record) == (True, False)


async def test_the_days_work_is_asked_for_again_once_the_county_has_decided_something(
    agent: Agent, county: County
) -> None:
    asked: list[int] = []

    async def ask() -> None:
        asked.append(len(asked))

    asking = asyncio.create_task(refreshing(ask, agent.parts.sender.decided))
    async with county.working(), agent.sending():
        await until(lambda: len(asked) == 1)
        agent.saves(*drafts(3))
        await until(lambda: len(asked) > 1)
    asking.cancel()
    await asyncio.gather(asking, return_exceptions=True)


async def test_what_failed_is_asked_again_as_soon_as_something_is_decided() -> None:
    asked, decided = list[int](), asyncio.Event()

    async def ask() -> None:
        asked.append(len(asked))
        raise ConnectionRefusedError

    asking = asyncio.create_task(refreshing(ask, decided))
    await until(lambda: asked)
    decided.set()
    await until(lambda: len(asked) > 1, AFTER_FAILURE / 2)
    asking.cancel()
    await asyncio.gather(asking, return_exceptions=True)
