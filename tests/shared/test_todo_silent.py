"""A service that does not answer takes nothing but its own part from the list of what waits."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping
from datetime import datetime, timedelta

import pytest
from nats.aio.msg import Msg

from shared.calendar import CHINA, is_working_day
from shared.todo.asking import TODO, WAIT
from shared.web.asking import now
from tests.browsing import signed_in
from tests.county import County
from tests.patient import TIMES
from tests.processes_here import Browser
from tests.submitters import hall
from tests.todo import all_answer, titles

pytestmark = pytest.mark.asyncio
OWN = ["窗口日巡查：组织150424-D02"]
"""On a working day."""


def on_a_working_day(found: Mapping[str, Browser]) -> None:
    """The last one, whatever day it is: on a Saturday no window is patrolled."""
    day = datetime.now(CHINA)
    while not is_working_day(day.date()):
        day -= timedelta(days=1)
    for client in found.values():
        client.app.dependency_overrides[now] = lambda: day


async def test_who_does_not_answer_is_named_and_the_others_are_listed_all_the_same(county: County) -> None:
    async with all_answer(county, "greenchannel", "feedback") as found:
        on_a_working_day(found)
        async with signed_in(found["roster"], hall.code, "roster"):
            page = (await found["roster"].get("/roster/todo")).text
        async with signed_in(found["greenchannel"], hall.code, "greenchannel"):
            own = (await found["greenchannel"].get("/greenchannel/todo")).text
    assert "绿色通道、考核反馈暂时没有应答" in page
    assert titles(page) == titles(own) == OWN
    assert ("考核反馈暂时没有应答" in own, "绿色通道、" in own) == (True, False)


async def test_one_that_hangs_is_waited_for_a_second_and_no_longer(
    county: County, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The others as long as the tests' patience lasts."""
    monkeypatch.setitem(TODO, "feedback", TODO["feedback"]._replace(wait=WAIT / TIMES))

    async def hangs(_: object) -> None:
        await asyncio.sleep(0)

    async with all_answer(county, "feedback") as found:
        on_a_working_day(found)
        hearing = await county.client.subscribe(TODO["feedback"].subject, cb=hangs)
        await county.client.flush()
        async with signed_in(found["inspection"], hall.code, "inspection"):
            began = time.monotonic()
            page = (await found["inspection"].get("/inspection/todo")).text
            took = time.monotonic() - began
        await hearing.unsubscribe()
    assert ("考核反馈暂时没有应答" in page, titles(page)) == (True, OWN)
    assert took < 10 * WAIT


async def test_an_answer_that_cannot_be_read_is_none_and_the_page_says_so(county: County) -> None:
    async def babbles(message: Msg) -> None:
        await message.respond(b'{"service": 1}')

    async with all_answer(county, "feedback") as found:
        hearing = await county.client.subscribe(TODO["feedback"].subject, cb=babbles)
        await county.client.flush()
        async with signed_in(found["inspection"], hall.code, "inspection"):
            answer = await found["inspection"].get("/inspection/todo")
        await hearing.unsubscribe()
    assert (answer.status_code, "考核反馈暂时没有应答" in answer.text) == (200, True)


async def test_what_nobody_of_the_county_sealed_is_answered_with_nothing(county: County) -> None:
    async with all_answer(county):
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.5):
                await county.client.request(TODO["inspection"].subject, b'["150424", "", null]', timeout=5)
