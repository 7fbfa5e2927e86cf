"""What a station's PC is told of lessons and processes, and that only an organisation is told."""

from __future__ import annotations

from datetime import date, timedelta

from services.roster.learning.model import Lesson
from services.roster.meetings.model import Limit, Process
from services.roster.station_desk import LATE, desk_json
from shared.events.roster import ScheduleLesson
from tests.browsing import browsing, token
from tests.county import County
from tests.submitters import committee, moment, station

DAY = timedelta(days=1)
LIMITS = (Limit(since=date(2018, 1, 1), days=10), Limit(since=date(2018, 6, 1), days=3))
PROCESS = Process(id="150424/property", name="不动产登记", responsible="150424-D15", limits=LIMITS)


def test_a_process_is_told_with_the_limit_of_the_day_and_not_before_it_has_one() -> None:
    limits = [
        [one["limit_days"] for one in desk_json([], [PROCESS], day)["processes"]]
        for day in (date(2017, 12, 31), date(2018, 5, 31), date(2018, 6, 1))
    ]
    assert limits == [[], [10], [3]]


def test_lessons_and_processes_are_named_within_their_county() -> None:
    lesson = Lesson(id="150424/spring", title="春季党课", day=date(2018, 3, 6))
    assert desk_json([lesson], [PROCESS], date(2018, 6, 1)) == {
        "lessons": [{"lesson": "spring", "title": "春季党课", "day": "2018-03-06"}],
        "processes": [{"process": "property", "name": "不动产登记", "limit_days": 3, "responsible": "150424-D15"}],
    }


async def test_only_an_organisation_is_told(county: County) -> None:
    async with browsing(county, "roster") as client:
        assert (await client.get("/roster/api/desk", auth=token(station.code))).status_code == 200
        for wrong in (None, (station.code, "guessed")):
            answer = await client.get("/roster/api/desk", auth=wrong)
            assert (answer.status_code, answer.json()["reasons"][0]["slug"]) == (401, "sign-in-needed")


async def test_lessons_long_gone_and_limits_to_come_are_left_out_as_of_the_day_in_china(county: County) -> None:
    asked = ScheduleLesson(lesson="spring", title="春季党课", day=date(2018, 3, 6))
    await county.hears(committee.says(asked, moment("2018-03-05")))
    async with county.working():
        await county.settles()
    last = date(2018, 3, 6) + LATE
    async with browsing(county, "roster") as client:
        for day, time, lessons in ((last, "00:00", ["spring"]), (last, "23:59", ["spring"]), (last + DAY, "00:00", [])):
            client.looks_at(moment(day.isoformat(), time))
            answer = (await client.get("/roster/api/desk", auth=token(station.code))).json()
            assert (day, time, [one["lesson"] for one in answer["lessons"]]) == (day, time, lessons)
            assert [one["process"] for one in answer["processes"]] == ["licence"]
        client.looks_at(moment("2017-12-31", "23:59"))
        assert (await client.get("/roster/api/desk", auth=token(station.code))).json()["processes"] == []
