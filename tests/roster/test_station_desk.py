"""What a station's PC is told of lessons and processes, and that only an organisation is told."""

from __future__ import annotations

from datetime import date, timedelta

from fastapi import FastAPI
from httpx import AsyncClient

from services.roster.desk import PAGES
from services.roster.learning.model import Lesson
from services.roster.meetings.model import Limit, Process
from services.roster.station_desk import LATE, station_desk, told
from shared.events.roster import ScheduleLesson
from shared.web.answering import answer
from tests.county import County
from tests.inspection.browsing import token
from tests.processes_here import asking, running
from tests.submitters import committee, moment, station

LIMITS = (Limit(since=date(2018, 1, 1), days=10), Limit(since=date(2018, 6, 1), days=3))
PROCESS = Process(id="150424/property", name="不动产登记", responsible="150424-D15", limits=LIMITS)


def asking_desk(county: County) -> AsyncClient:
    """A program that asks the roster."""
    app, parts = FastAPI(), running(county, "roster")
    answer(app, parts, PAGES, api=[station_desk(parts)])
    return asking(app)


def test_a_process_is_told_with_the_limit_of_the_day_and_not_before_it_has_one() -> None:
    limits = [
        [one["limit_days"] for one in told([], [PROCESS], day)["processes"]]
        for day in (date(2017, 12, 31), date(2018, 5, 31), date(2018, 6, 1))
    ]
    assert limits == [[], [10], [3]]


def test_lessons_and_processes_are_named_within_their_county() -> None:
    lesson = Lesson(id="150424/spring", title="春季党课", day=date(2018, 3, 6))
    assert told([lesson], [PROCESS], date(2018, 6, 1)) == {
        "lessons": [{"lesson": "spring", "title": "春季党课", "day": "2018-03-06"}],
        "processes": [{"process": "property", "name": "不动产登记", "limit_days": 3, "responsible": "150424-D15"}],
    }


async def test_only_an_organisation_is_told_and_lessons_long_gone_are_left_out(county: County) -> None:
    today = moment(date.today().isoformat())  # noqa: DTZ011
    for name, day in (("new", today), ("old", today - LATE - timedelta(days=2))):
        asked = ScheduleLesson(lesson=name, title=name, day=day.date())
        await county.hears(committee.says(asked, moment("2018-03-05")))
    async with county.working():
        await county.settles()
    async with asking_desk(county) as client:
        answer = await client.get("/roster/api/desk", auth=token(station.code))
        assert (await client.get("/roster/api/desk", auth=(station.code, "guessed"))).status_code == 401
    assert [one["lesson"] for one in answer.json()["lessons"]] == ["new"]
    assert [one["process"] for one in answer.json()["processes"]] == ["licence"]
