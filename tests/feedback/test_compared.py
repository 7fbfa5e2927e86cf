"""Means and comparisons are of rates, scores, and counts for each station or window; an empty month says so."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from services.feedback.measures.catalogue import MEASURES, Kind, finished, number
from services.feedback.measures.rows import Places, Row, is_silent, sections
from services.feedback.reports.model import Report
from services.feedback.reports.opinions import NO_LESSONS, NOTHING, SILENT, opinions
from services.feedback.reports.peers import Alike, means, patrols_itself, places_of
from services.feedback.reports.sheet import sheet
from shared.calendar import CHINA
from shared.events.roster import Office
from shared.events.vocabulary import HALL_PATROL, Hall, OrganisationKind, ReportKind
from tests.asking import COUNTY, HALL, OFFICE, OTHER_TOWNSHIP, STATION, TOWNSHIP, organisation, roster, standing

MARCH = date(2018, 3, 31)
HOLDS = Office(office=HALL_PATROL, scope=COUNTY)


def measured(stocks: dict[str, int] | None = None, **add: Any) -> dict[str, Any]:
    """Finished measures; `patrol_rate` is `patrol-rate`."""
    named = {name.replace("_", "-"): value for name, value in add.items()}
    return finished({"add": named, "held": stocks or {}})


NONE = measured()


def rows(now: dict[str, Any], places: Places, **peers: float) -> dict[str, Row]:
    named = {name.replace("_", "-"): mean for name, mean in peers.items()}
    return {row.name: row for section in sections(now, NONE, named, places=places) for row in section.rows}


def test_a_count_of_a_township_is_compared_for_each_station_and_never_by_itself() -> None:
    shown = rows(measured(inspections=2000, activities=3), Places(16, 8), inspections=130.2, activities=0.1)
    assert (shown["日常检查"].now, shown["日常检查"].peers) == ("2,000", "—")
    assert (shown["每站日常检查"].now, shown["每站日常检查"].peers) == ("125.0", "130.2")
    assert shown["开展活动"].peers == "—"


def test_a_count_of_a_window_is_compared_with_that_of_a_window() -> None:
    shown = rows(measured(inspections=250), Places(1, 1), inspections=240.5)
    assert (shown["日常检查"].peers, "每站日常检查" in shown) == ("240.5", False)


def test_rates_and_scores_are_compared_as_they_are() -> None:
    score, rate = {"n": 19_000, "d": 2}, {"n": 9, "d": 10}
    shown = rows(measured(score=score, patrol_rate=rate), Places(0, 0), score=95.5, patrol_rate=0.985)
    assert (shown["巡查抽查平均得分"].peers, shown["巡查到位率"].peers) == ("95.50", "98.5")


def test_means_are_made_of_what_is_comparable_alone() -> None:
    kin = [Alike(measured(inspections=1600, findings=32), 16), Alike(measured(inspections=100, findings=4), 1)]
    found = means(kin, NONE)
    assert (found["inspections"], found["findings"]) == (100.0, 3.0)
    assert {name for name, mean in found.items() if mean is not None} <= {
        name for name, one in MEASURES.items() if one.kind is Kind.PER_PLACE
    }
    assert means([Alike(measured(inspections=10), 0)], NONE)["inspections"] is None


def test_whoever_patrols_the_windows_is_not_counted_among_those_that_others_patrol() -> None:
    """It checks its own window itself: 0 visits of others are none that were left out, and lower no mean."""
    window, own = measured(patrols=20), measured(self_checks=20, self_check_rate={"n": 20, "d": 20})
    found = means([Alike(window, 1), Alike(window, 1), Alike(own, 1, patrols_itself=True)], NONE)
    assert (found["patrols"], found["self-checks"]) == (20.0, 20.0)


def test_whom_nobody_came_to_and_who_did_not_check_itself_are_counted_with_nought() -> None:
    """The control: both were to be."""
    silent = measured(self_check_rate={"n": 0, "d": 20})
    busy = measured(patrols=20, self_checks=20, self_check_rate={"n": 20, "d": 20})
    found = means([Alike(silent, 1), Alike(busy, 1)], NONE)
    assert (found["patrols"], found["self-checks"]) == (10.0, 10.0)


def test_the_holder_of_the_halls_office_with_a_window_patrols_itself() -> None:
    stationed = standing(OrganisationKind.DEPARTMENT, COUNTY, stationed=Hall.HALL, offices=(HOLDS,))
    known = roster(organisation(HALL, stationed))
    assert [patrols_itself(known, code, MARCH) for code in (HALL, OFFICE, TOWNSHIP)] == [True, False, False]
    assert not patrols_itself(roster(), HALL, MARCH), "it has no window"


def test_a_township_has_the_stations_of_the_day_and_a_department_its_window() -> None:
    moved = organisation(
        STATION,
        standing(OrganisationKind.VILLAGE, TOWNSHIP),
        standing(OrganisationKind.VILLAGE, OTHER_TOWNSHIP, date(2018, 3, 16)),
    )
    known = roster(moved)
    assert [places_of(known, TOWNSHIP, day) for day in (date(2018, 3, 15), MARCH)] == [2, 1]
    assert [places_of(known, code, MARCH) for code in (OTHER_TOWNSHIP, OFFICE, HALL, COUNTY)] == [1, 1, 0, 0]


def report(measures: dict[str, Any], before: dict[str, Any] = NONE, **more: Any) -> Report:
    values: dict[str, Any] = {
        "id": f"2018-03_{OFFICE}",
        "kind": ReportKind.MONTHLY,
        "period": "2018-03",
        "organisation": OFFICE,
        "name": "不动产登记中心",
        "organisation_kind": "department",
        "issued": datetime(2018, 4, 1, tzinfo=CHINA),
        "measures": measures,
        "before": before,
        "peers": {},
        "peer_count": 17,
    }
    return Report(**{**values, **more})


def test_an_empty_month_says_what_there_was_none_of_and_has_no_table() -> None:
    shown = sheet(report(measured({"stationed": 1}, monthly_reports=1), measured({"stationed": 1}), places=1))
    assert shown.nothing == "本月无巡查和自查、问题整改、办件、绿色通道服务记录。"
    assert (shown.sections, shown.chart) == ((), None)


def test_a_month_says_what_there_was_none_of_beside_what_there_was() -> None:
    shown = sheet(report(measured({"stationed": 1}, inspections=22), places=1))
    assert shown.nothing == "本月无问题整改、办件、绿色通道服务记录。"
    assert [row.name for section in shown.sections for row in section.rows] == ["日常检查"]


def test_a_window_in_the_hall_is_a_row_when_it_came_or_went_or_stands_beside_work() -> None:
    came = sections(measured({"stationed": 1}), measured({"stationed": 0}), {})
    beside = sections(measured({"stationed": 1}, activities=2), measured({"stationed": 1}), {})
    assert [row.name for section in came for row in section.rows] == ["进驻大厅窗口"]
    assert [row.name for section in beside for row in section.rows] == ["开展活动", "进驻大厅窗口"]
    assert is_silent(measured({"stationed": 1}, monthly_reports=1))


@pytest.mark.parametrize(
    ("kind", "period", "now", "before"),
    [
        (ReportKind.MONTHLY, "2018-03", "本月", "上月"),
        (ReportKind.QUARTERLY, "2018-Q1", "本季度", "上季度"),
        (ReportKind.ANNUAL, "2018", "全年", "上年"),
    ],
)
def test_a_document_calls_its_period_by_its_name(kind: ReportKind, period: str, now: str, before: str) -> None:
    rate = {"n": 9, "d": 10}
    measures = measured(inspections=3, patrol_rate=rate)
    shown = sheet(report(measures, measures, kind=kind, period=period, opinions=("请整改。",)))
    assert shown.spoken == (now, before)
    assert shown.nothing.startswith(f"{now}无")
    assert shown.chart is not None
    assert shown.chart.table.heads == ("指标", now, before)


def test_a_report_of_before_counts_were_compared_for_each_place_stays_readable_without_their_means() -> None:
    measures = measured(inspections=2000, score={"n": 9_500, "d": 1})
    of_then = report(measures, peers={name: number(value) or 2363.6 for name, value in measures.items() if name})
    shown = {row.name: row.peers for section in sheet(of_then).sections for row in section.rows}
    assert shown == {"日常检查": "—", "巡查抽查平均得分": "95.00"}


def test_a_report_of_before_there_were_some_measures_stays_readable() -> None:
    known = ("inspections", "patrol-rate", "score", "findings", "cases-completed", "cases-on-time", "stationed")
    some = measured(inspections=5, findings=2)
    old = {name: some[name] for name in (*known, "rectified-on-time")}
    assert sheet(report(old, {}, kind=ReportKind.ANNUAL, period="2018")).sections


@pytest.mark.parametrize(
    ("year", "said"),
    [
        (measured(inspections=1, incidents_upheld=1), "有1起事故、差评或者投诉经查证属实"),
        (measured(inspections=1, incidents_answered={"n": 1, "d": 3}), "有2起事故、差评或者投诉未按期答复"),
        (measured(incidents={"bad-rating": 2, "accident": 1}), "全年收到差评2起"),
        (measured(turns_held=1, joint_turns_held=2), "全年轮值1期、联值2期，轮值期间没有登记开展的工作"),
        (measured({"stationed": 1}), SILENT),
    ],
)
def test_an_annual_opinion_knows_complaints_late_answers_ratings_and_turns(year: dict[str, Any], said: str) -> None:
    (opinion,) = opinions(year)
    assert said in opinion
    assert "{" not in opinion


@pytest.mark.parametrize(
    "year",
    [
        measured(inspections=1, incidents={"complaint": 1}, incidents_answered={"n": 1, "d": 1}),
        measured(turns_held=1, turn_work={"gala": 1}),
    ],
)
def test_a_complaint_that_was_not_upheld_and_a_turn_with_work_are_nothing_to_put_right(year: dict[str, Any]) -> None:
    assert opinions(year) == (NOTHING,)


def test_lessons_are_asked_of_whoever_has_stations_where_others_heard_them() -> None:
    silent, heard = measured(inspections=1), measured(inspections=1, lesson_attendance=30)
    assert opinions(silent, was_to_hear=True) == (NO_LESSONS,)
    assert opinions(heard, was_to_hear=True) == opinions(silent) == (NOTHING,)
