"""What a station has sent is all found again, however much it was."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from services.station.outbox.drafts import draft
from services.station.outbox.outbox import CORRECTS
from services.station.outbox.rows import Answer, State
from services.station.page.cases import open_cases
from services.station.page.photos import refused_photos
from shared.events.greenchannel import CompleteCase, OpenCase
from shared.events.inspection import LogInspection
from shared.events.vocabulary import PatrolKind
from tests.station.agents import STATION, Agent, drafts
from tests.station.local_page import PNG, browser_of, hears
from tests.submitters import A_MONDAY


@pytest.fixture
async def agent(folder: Any) -> AsyncIterator[Agent]:
    """Enrolled, and without any line."""
    one = Agent.enrolled(folder, ["nats://127.0.0.1:1"])
    yield one
    one.close()


async def test_all_that_was_sent_is_counted_and_the_rest_is_a_link_away(agent: Agent) -> None:
    agent.saves(*drafts(450))
    async with browser_of(agent) as page:
        first, last, beyond = [(await page.get(f"/sent{which}")).text for which in ("", "?page=3", "?page=99&x=")]
        odd = await page.get("/sent?page=no")
    assert "共450条，本页第1至200条。" in first
    assert re.findall(r'href="([^"]+)">下一页', first) == ["/sent?page=2"]
    assert ("共450条，本页第401至450条。" in last, "下一页" in last) == (True, False)
    assert ("第401至450条" in beyond, odd.status_code) == (True, 200)


async def test_an_open_case_can_be_completed_however_much_was_sent_since(agent: Agent) -> None:
    (case,) = agent.saves(draft(OpenCase(process="licence"), STATION, STATION, A_MONDAY))
    agent.saves(*drafts(600))
    assert list(open_cases(agent.outbox, {})) == [case]


async def test_two_cases_of_one_minute_are_told_apart_wherever_they_are_chosen(agent: Agent) -> None:
    """The number of a case stays when another of its day is completed."""
    cases = [draft(OpenCase(process="licence"), STATION, STATION, A_MONDAY) for _ in range(3)]
    later = draft(OpenCase(process="licence"), STATION, STATION, A_MONDAY + timedelta(seconds=7))
    first, *_ = agent.saves(*cases, later)
    named = list(open_cases(agent.outbox, {"licence": "食品经营许可"}).values())
    assert named == [
        "食品经营许可（2018年3月5日 09:00:07受理，当日第4件）",
        *(f"食品经营许可（2018年3月5日 09:00:00受理，当日第{n}件）" for n in (3, 2, 1)),
    ]
    agent.saves(draft(CompleteCase(case=first, visits=1, fee=0, posted=False), STATION, STATION, A_MONDAY))
    assert list(open_cases(agent.outbox, {"licence": "食品经营许可"}).values()) == named[:3]
    async with browser_of(agent) as page:
        assert "当日第2件" in (await page.get("/form/case-completed")).text


async def test_todays_patrol_is_known_however_much_was_sent_since(agent: Agent) -> None:
    hears(agent)
    now = datetime.now(UTC)
    patrol = LogInspection(patrol=PatrolKind.STATION, score=9500, plan="daily-stations")
    async with browser_of(agent, now) as page:
        assert "未报" in (await page.get("/")).text
        agent.saves(draft(patrol, STATION, STATION, now), *drafts(300, now))
        assert "未报" not in (await page.get("/")).text


async def test_each_photo_that_was_refused_costs_one_look_through_everything_sent(agent: Agent) -> None:
    """An open page asks for them every three seconds."""
    for n in range(3):
        photo = agent.parts.pictures.save(STATION, PNG + bytes([n]), A_MONDAY)
        patrol = LogInspection(patrol=PatrolKind.STATION, score=9500, photos=[photo])
        (id,) = agent.saves(draft(patrol, STATION, STATION, A_MONDAY))
        agent.outbox.decided([Answer(STATION, id, State.ACCEPTED, [])], A_MONDAY)
        agent.parts.pictures.decided([Answer(STATION, photo, State.REFUSED, [])])
    asked = list[str]()
    agent.outbox._db.set_trace_callback(asked.append)
    assert [one.name[-3:] for one in refused_photos(agent.outbox, agent.parts.pictures)] == ["照片1"] * 3
    assert len([one for one in asked if "instr(body" in one]) == 3


async def test_what_corrects_a_record_is_found_by_its_index(agent: Agent) -> None:
    ((*_, how),) = agent.outbox.asked(f"EXPLAIN QUERY PLAN SELECT n FROM submissions WHERE {CORRECTS}", "x")
    assert "USING COVERING INDEX corrections" in how
