"""One act is saved once: what may be the same is asked about, and so is a time that cannot be meant."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from httpx import AsyncClient, Response

from services.station.outbox.notes import CLOCK, CONTACT
from services.station.outbox.rows import Answer, State
from shared.forms import Ticket
from shared.forms.tickets import as_entered
from tests.browser_fields import fields_in
from tests.station.agents import STATION, Agent
from tests.station.local_page import ENTERED, MORNING, browser_of, saved
from tests.submitters import moment

HOUR = timedelta(hours=1)
LATER = moment("2026-11-26", "10:40")
ASKED = "10:40已登记过一次内容相同的“绿色通道服务”，现在是另一次吗？"


@pytest.fixture
async def agent(folder: Any) -> AsyncIterator[Agent]:
    """Enrolled, and without any line."""
    one = Agent.enrolled(folder, ["nats://127.0.0.1:1"])
    yield one
    one.close()


async def opened(agent: Agent, now: datetime = MORNING, key: str = "green", **changed: str) -> dict[str, str]:
    """What a browser would send of a form opened at a time, filled in."""
    async with browser_of(agent, now) as page:
        shown = (await page.get(f"/form/{key}")).text
    return fields_in(shown, f"/form/{key}") | {**ENTERED[key], **changed}


async def sends(agent: Agent, fields: dict[str, str], now: datetime = MORNING, key: str = "green") -> Response:
    """Sent at a time."""
    async with browser_of(agent, now) as page:
        return await page.post(f"/form/{key}", data=fields)


def asks(answer: Response, sentence: str) -> bool:
    """Whether the form came again with a question, the rest as it was filled in, and nothing was saved."""
    assert answer.status_code == 422, answer.text
    assert fields_in(answer.text, "/form/green").items() >= ENTERED["green"].items()
    return sentence in answer.text and "还没有保存，请先回答一个问题" in answer.text


async def test_the_same_service_within_minutes_is_asked_about(agent: Agent) -> None:
    first, again = saved(await sends(agent, await opened(agent))), await opened(agent)
    assert asks(await sends(agent, again), ASKED)
    assert agent.outbox.counts()[State.PENDING] == 1
    same = await sends(agent, again | {"answer-another": "no"})
    assert saved(same) == first
    async with browser_of(agent) as page:
        assert "没有另行登记，10:40登记的就是这一件。" in (await page.get(same.headers["location"])).text
    assert saved(await sends(agent, again | {"answer-another": "yes"})) != first
    assert agent.outbox.counts()[State.PENDING] == 2


async def test_what_is_said_later_differs_or_was_refused_is_not_asked_about(agent: Agent) -> None:
    id = saved(await sends(agent, await opened(agent)))
    saved(await sends(agent, await opened(agent, MORNING + HOUR), MORNING + HOUR))
    saved(await sends(agent, await opened(agent, persons="3")))
    for row in agent.outbox.latest(9):
        agent.outbox.decided([Answer(STATION, row.id, State.REFUSED, [])], MORNING)
    saved(await sends(agent, await opened(agent)))
    assert agent.row(id).state is State.REFUSED


async def test_the_same_form_sent_once_more_says_that_it_was_saved(agent: Agent) -> None:
    fields = await opened(agent)
    first, twice = await sends(agent, fields), await sends(agent, fields)
    assert first.headers["location"] == twice.headers["location"]
    later = await sends(agent, fields, MORNING + HOUR)
    assert saved(later) == saved(first)
    async with browser_of(agent) as page:
        assert "这张表10:40已经保存，没有重复登记。" in (await page.get(later.headers["location"])).text
    assert agent.outbox.counts()[State.PENDING] == 1


async def test_a_form_left_open_since_yesterday_is_asked_when_it_was(agent: Agent) -> None:
    yesterday = MORNING - 18 * HOUR
    fields = await opened(agent, yesterday)
    asked = await sends(agent, fields)
    assert asks(asked, "本表是2018年3月4日 16:40打开的")
    (now,) = re.findall(r'name="answer-opened" value="(2018[^"]*)"', asked.text)
    (as_now,) = {saved(await sends(agent, fields | {"answer-opened": now}, MORNING + k * HOUR / 60)) for k in (0, 1)}
    then = saved(await sends(agent, fields | {"answer-opened": "yes", "answer-another": "yes"}))
    times = [agent.row(id).headers["ce-time"] for id in (as_now, then)]
    assert [one[:16] for one in times] == ["2018-03-05T10:40", "2018-03-04T16:40"]


async def test_who_has_set_the_time_is_not_asked_about_yesterday(agent: Agent) -> None:
    fields = await opened(agent, MORNING - 18 * HOUR, at="2018-03-04T15:00")
    assert agent.row(saved(await sends(agent, fields))).headers["ce-time"].startswith("2018-03-04T15:00")


def has_heard(agent: Agent, at: datetime, ahead: float = 0.0) -> None:
    """The county answered when this PC's clock said so; its own was so many seconds ahead."""
    agent.parts.notes.keep(CLOCK, ahead, at)
    agent.parts.notes.keep(CONTACT, True, at)


async def test_a_clock_that_was_set_back_is_seen_by_the_last_contact(agent: Agent) -> None:
    back = LATER - timedelta(days=400)
    has_heard(agent, LATER)
    fields = await opened(agent, back)
    asked = await sends(agent, fields, back)
    assert asks(asked, "本机日期是2025年10月22日 10:40，而2026年11月26日 10:40已与县服务器联系过")
    changed = await sends(agent, fields | {"answer-clock": "no"}, back)
    assert (changed.status_code, "请改正“发生时间”。" in changed.text) == (422, True)
    right = fields | {"at": as_entered((LATER + HOUR).isoformat())}
    assert agent.row(saved(await sends(agent, right, back))).headers["ce-time"].startswith("2026-11-26T11:40")
    saved(await sends(agent, fields | {"answer-clock": "yes", "answer-another": "yes"}, back))
    async with browser_of(agent, back) as page:
        assert "请校准本机日期后再填报" in (await page.get("/")).text


async def test_a_clock_that_was_ahead_when_it_was_heard_and_is_right_now_is_not_called_set_back(agent: Agent) -> None:
    has_heard(agent, MORNING + 16 * HOUR, ahead=-16 * 3600.0)
    saved(await sends(agent, await opened(agent)))


async def test_a_year_that_was_mistyped_is_asked_about(agent: Agent) -> None:
    fields = await opened(agent, LATER, at="2025-11-26T10:00")
    assert asks(await sends(agent, fields, LATER), "“发生时间”是2025年11月26日，距今已有365天，年份和日期都对吗？")
    wrong = await sends(agent, fields | {"answer-long-ago": "no"}, LATER)
    assert '<a href="#green-at">请改正“发生时间”。</a>' in wrong.text
    saved(await sends(agent, fields | {"answer-long-ago": "yes"}, LATER))


async def test_an_answer_goes_along_while_something_else_is_asked(agent: Agent) -> None:
    old = "2025-11-26T10:00"
    saved(await sends(agent, await opened(agent, LATER, at=old) | {"answer-long-ago": "yes"}, LATER))
    asked = await sends(agent, await opened(agent, LATER, at=old) | {"answer-long-ago": "yes"}, LATER)
    again = fields_in(asked.text, "/form/green")
    assert again["answer-long-ago"] == "yes"
    saved(await sends(agent, again | {"answer-another": "yes"}, LATER))


async def test_a_ticket_is_of_the_time_at_which_the_form_was_opened() -> None:
    assert Ticket.new(MORNING).time == MORNING.isoformat(timespec="seconds")


async def test_a_photo_sent_ahead_is_kept_and_carried_by_its_digest(agent: Agent) -> None:
    async with browser_of(agent) as page:
        kept = await _uploads(page, b"\x89PNG\r\n\x1a\nx")
        assert (kept.status_code, len(kept.json()["photo"])) == (200, 64)
        no = await _uploads(page, b"text")
    assert (no.status_code, "不是JPEG或者PNG照片" in no.json()["why"]) == (422, True)
    assert agent.parts.pictures.waiting() == 1


async def _uploads(page: AsyncClient, body: bytes) -> Response:
    return await page.post("/photos", files={"photos": ("a.png", body, "image/png")})
