"""The same form in the same words within minutes, on the real bus and database: asked about."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from typing import Any, cast

import pytest
import pytest_asyncio
from httpx import AsyncClient
from httpx import Response as Answer

from deploy.embedded.servers.running import Servers
from shared.calendar import CHINA
from shared.database import mongo
from shared.forms import Ticket
from shared.forms.questions import Act, is_same_act
from shared.web import acts
from tests.conftest import county_on
from tests.county import County
from tests.processes_here import asking, running
from tests.shared.test_form_sending import NOT_OURS, OWN, id_in, pages
from tests.submitters import station

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def county(bus_and_database: Servers) -> AsyncIterator[County]:
    async with county_on(bus_and_database) as county, county.at_work():
        yield county


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def client(county: County) -> AsyncIterator[AsyncClient]:
    async with asking(pages(running(county, "inspection"))) as client:
        yield client


def opened(minutes_ago: int = 0, **fields: str) -> dict[str, str]:
    """A form that was opened so long ago."""
    at = datetime.now(CHINA) - timedelta(minutes=minutes_ago)
    return {"ticket": Ticket.new().id, "time": at.isoformat(timespec="seconds"), **fields}


def asks(answer: Answer) -> bool:
    """Whether the form came again, filled, with the question."""
    is_asked = "已登记过一次内容相同的“巡查”，现在是另一次吗？" in answer.text
    return answer.status_code == 422 and is_asked and 'name="answer-another" value="no"' in answer.text


async def test_a_second_form_in_the_same_words_is_asked_about_and_taken_when_it_is_another(client: AsyncClient) -> None:
    first = await client.post(OWN, data=opened(score="91"))
    second = opened(score="91")
    assert asks(await client.post(OWN, data=second))
    assert asks(await client.post(OWN, data=second))  # F5: nothing was taken yet
    other = await client.post(OWN, data=second | {"answer-another": "yes"})
    assert (other.status_code, id_in(other) != id_in(first)) == (303, True)


async def test_who_says_that_it_is_no_other_lands_at_the_first(client: AsyncClient) -> None:
    first = await client.post(OWN, data=opened(score="92"))
    same = await client.post(OWN, data=opened(score="92") | {"answer-another": "no"})
    assert id_in(same) == id_in(first)
    assert (await client.get(same.headers["location"])).json()["told"] == ["已受理", "good"]


async def test_other_words_another_place_or_a_correction_are_not_asked_about(client: AsyncClient) -> None:
    assert (await client.post(OWN, data=opened(score="93"))).status_code == 303
    assert (await client.post(OWN, data=opened(score="93.5"))).status_code == 303
    refused = await client.post(NOT_OURS, data=opened(score="94"))
    assert (refused.status_code, asks(refused)) == (422, False)
    again = await client.post(NOT_OURS, data=opened(score="94"))
    assert (again.status_code, asks(again)) == (422, False)  # what was refused is no act


async def test_two_copies_of_the_service_know_of_each_others(county: County, client: AsyncClient) -> None:
    await client.post(OWN, data=opened(score="95"))
    async with asking(pages(running(county, "inspection"))) as other:
        assert asks(await other.post(OWN, data=opened(score="95")))


async def test_while_the_database_is_away_nobody_is_asked_and_nothing_waits_for_it(county: County) -> None:
    parts = running(county, "inspection")
    parts.db = mongo.database(mongo.connect("mongodb://127.0.0.1:1"), "inspection")
    async with asking(pages(parts)) as client:
        sent = [await client.post(OWN, data=opened(score="96")) for _ in range(2)]
    assert [one.status_code for one in sent] == [303, 303]


async def test_what_is_remembered_goes_by_itself(county: County) -> None:
    indexes = cast(dict[str, Any], await county.db("inspection")[acts.COLLECTION].index_information())
    assert indexes["sent_1"]["expireAfterSeconds"] == 24 * 3600
    assert await acts.earlier(county.db("inspection"), station.code) is None


async def test_a_form_left_open_since_yesterday_is_asked_when_it_was(county: County, client: AsyncClient) -> None:
    old = opened(26 * 60, score="97")
    asked = await client.post(OWN, data=old)
    assert (asked.status_code, "所报的事是那时发生的吗？" in asked.text) == (422, True)
    (now,) = re.findall(r'name="answer-opened" value="(20[^"]*)"', asked.text)
    as_now = {id_in(await client.post(OWN, data=old | {"answer-opened": now})) for _ in range(2)}
    then = id_in(await client.post(OWN, data=old | {"answer-opened": "yes", "answer-another": "yes"}))
    assert (len(as_now), then in as_now) == (1, False)
    await county.settles()
    kept = [
        await county.db("inspection")["inspections"].find_one({"_id": f"{station.code}/{id}"}) for id in (*as_now, then)
    ]
    assert [(one or {})["day"] for one in kept] == [now[:10], old["time"][:10]]


AT = datetime(2026, 11, 26, 10, 57, tzinfo=CHINA)
MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize(
    ("happened", "now", "is_same"),
    [
        (AT, AT + 200 * MINUTE, True),  # the same moment, whenever it is sent
        (AT + 9 * MINUTE, AT + 9 * MINUTE, True),
        (AT + 45 * MINUTE, AT + 45 * MINUTE, True),  # within minutes of the sending
        (AT + 11 * MINUTE, AT + 200 * MINUTE, False),
        (AT + 60 * MINUTE, AT + 60 * MINUTE, False),
        (AT - 24 * 60 * MINUTE, AT + 41 * MINUTE, False),
    ],
)
async def test_the_same_act_is_one_said_or_done_within_minutes(
    happened: datetime, now: datetime, is_same: bool
) -> None:
    assert is_same_act(Act("x", AT, AT + 40 * MINUTE), happened, now) is is_same
