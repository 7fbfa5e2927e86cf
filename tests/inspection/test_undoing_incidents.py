"""Reports, answers and closings of incidents are taken back or said otherwise while the next step has not followed."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from services.inspection.excellence.model.incidents import Incident, IncidentStage
from services.inspection.excellence.reads import incidents
from shared.database.kept import document
from shared.events.inspection import AnswerIncident, CloseIncident, IncidentKind, MarkUnanswered, ReportIncident
from tests.county import County
from tests.greenchannel.test_corrections import answers, counted
from tests.submitters import A_MONDAY, COUNTY, Said, committee, moment, station, ticks

YES = "accepted"
REPORT = committee.says(ReportIncident(kind=IncidentKind.COMPLAINT, summary="投诉"), A_MONDAY, station.code)
MARK = ticks(MarkUnanswered.model_validate({"day": "2018-03-13"}), "2018-03-13")


def answered(at: datetime, text: str = "已说明") -> Said:
    return station.says(AnswerIncident(incident=REPORT.id, answer=text), at)


def closed(upheld: bool, day: str = "2018-03-20") -> Said:
    return committee.says(CloseIncident(incident=REPORT.id, upheld=upheld), moment(day), station.code)


IN_TIME, LATE = answered(moment("2018-03-07")), answered(moment("2018-03-14"))


async def kept(county: County) -> Incident:
    found = await document(county.db("inspection"), Incident, f"{station.code}/{REPORT.id}")
    assert found is not None
    return found


@pytest.mark.parametrize("story", [[REPORT], [REPORT, MARK]])
async def test_an_incident_reported_by_mistake_counts_nowhere_and_waits_for_nothing(
    county: County, story: list[Said]
) -> None:
    assert await answers(county, *story, committee.takes_back(REPORT)) == [YES] * (len(story) + 1)
    assert await counted(county) == {}
    assert await incidents(county.db("inspection"), COUNTY, {}) == []
    assert await answers(county, IN_TIME, closed(True)) == ["incident-withdrawn"] * 2


async def test_a_report_of_another_kind_takes_its_place(county: County) -> None:
    right = committee.says(ReportIncident(kind=IncidentKind.ACCIDENT, summary="事故"), A_MONDAY, station.code)
    assert await answers(county, REPORT, committee.instead_of(REPORT, right, "类别有误")) == [YES, YES]
    assert await counted(county) == {"incidents.accident": 1} or await counted(county) == {"incidents": 1}
    (one,) = await incidents(county.db("inspection"), COUNTY, {})
    assert (one.kind, one.stage) == (IncidentKind.ACCIDENT, IncidentStage.REPORTED)


STORIES: list[tuple[str, list[Said], Said]] = [
    ("in time", [REPORT], IN_TIME),
    ("late and marked", [REPORT, MARK], LATE),
    ("late and not marked", [REPORT], LATE),
    ("in time, learnt after the mark", [REPORT, MARK], IN_TIME),
]


@pytest.mark.parametrize(
    ("story", "answer"), [(story, answer) for _, story, answer in STORIES], ids=[n for n, *_ in STORIES]
)
async def test_an_answer_taken_back_is_waited_for_again(county: County, story: list[Said], answer: Said) -> None:
    said = [*story, answer, committee.takes_back(answer)]
    assert await answers(county, *said) == [YES] * len(said)
    after = await kept(county)
    is_marked = MARK in story and answer is LATE
    assert after.stage is (IncidentStage.UNANSWERED if is_marked else IncidentStage.REPORTED)
    assert (after.answered, after.answer) == (None, "")
    late_mark = ticks(MarkUnanswered.model_validate({"day": "2018-03-16"}), "2018-03-16")
    assert await answers(county, late_mark) == [YES]
    sums = await counted(county)
    assert (sums["incidents-unanswered"], sums["incidents-answered.d"], sums.get("incidents-answered.n", 0)) == (
        1,
        1,
        0,
    )


async def test_a_closing_is_taken_back_or_found_otherwise_and_keeps_the_answer(county: County) -> None:
    wrong = closed(True)
    early = committee.takes_back(IN_TIME)
    assert await answers(county, REPORT, IN_TIME, wrong, early) == [YES] * 3 + ["incident-went-on"]
    assert (await counted(county))["incidents-upheld"] == 1
    right = committee.instead_of(wrong, closed(False), "认定有误")
    assert await answers(county, right) == [YES]
    assert "incidents-upheld" not in await counted(county)
    assert (await kept(county)).stage is IncidentStage.CLOSED
    assert await answers(county, committee.takes_back(right), committee.takes_back(IN_TIME, n=1)) == [YES, YES]
    assert (await kept(county)).stage is IncidentStage.REPORTED


async def test_a_report_that_was_answered_stays(county: County) -> None:
    assert await answers(county, REPORT, IN_TIME, committee.takes_back(REPORT)) == [YES, YES, "incident-went-on"]


async def test_an_answer_reads_otherwise(county: County) -> None:
    right = committee.instead_of(LATE, committee.says_for(answered(moment("2018-03-08"), "更正")), "日期有误")
    assert await answers(county, REPORT, MARK, LATE, right) == [YES] * 4
    sums: dict[str, Any] = await counted(county)
    assert (sums["incidents-answered.n"], sums["incidents-answered.d"]) == (1, 1)
    assert "incidents-unanswered" not in sums
    assert (await kept(county)).answer == "更正"
