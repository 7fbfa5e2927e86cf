"""How figures, periods and reports read on feedback's pages."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from services.feedback.county.overview import due_in_hall, green_table, hall_figures, issued_figures
from services.feedback.measures.catalogue import finished
from services.feedback.measures.charts import compared, headroom, monthly
from services.feedback.measures.rows import is_silent, sections
from services.feedback.measures.words import figure, text
from services.feedback.reports import issues, shelves
from services.feedback.reports.model import Report
from services.feedback.reports.sheet import sheet
from services.roster.committee import counts
from shared.events.vocabulary import Hall, OrganisationKind, ReportKind
from shared.roster.organisations import Organisation, Roster, Standing

NONE = finished({"add": {}})
SOME = finished(
    {
        "add": {
            "inspections": 1250,
            "self-checks": 1250,
            "self-check-rate": {"n": 1249, "d": 1250},
            "patrols": 250,
            "score": {"n": 2_389_225, "d": 250},
            "severity": {"minor": 6, "major": 1},
            "fees": 155_000,
            "enterprise-appointment-cases": 36,
            "vulnerable-appointment-person-times": 225,
        },
        "held": {"stationed": 1, "rectifications-open": 2, "rectifications-open-overdue": 1},
    }
)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("inspections", "1,250"),
        ("self-check-rate", "99.9"),
        ("score", "95.57"),
        ("severity", "一般6、较重1"),
        ("fees", "1,550.00"),
        ("cases-on-time", "—"),
        ("stationed", "1"),
    ],
)
def test_a_measure_reads_in_its_own_way(name: str, shown: str) -> None:
    assert text(name, SOME[name]) == shown


def test_all_is_said_only_when_it_was_all() -> None:
    nearly = {"n": 34_499, "d": 34_500, "value": 34_499 / 34_500}
    assert text("patrol-rate", nearly) == "99.9"
    assert text("patrol-rate", {"n": 5, "d": 5, "value": 1.0}) == "100.0"


def test_fees_are_kept_in_fen_and_read_in_yuan() -> None:
    assert figure(SOME, "fees").unit == "元"


def test_rows_without_a_number_anywhere_are_left_out() -> None:
    shown = [row.measure for section in sections(SOME, NONE, {}) for row in section.rows]
    assert "cases-opened" not in shown
    assert "fees" in shown


def test_a_row_without_a_number_of_its_own_is_left_out_whatever_others_have() -> None:
    assert sections(NONE, NONE, {"cases-opened": 2.5}) == ()


def test_nothing_happened_is_told_apart_from_something() -> None:
    assert is_silent(NONE)
    assert not is_silent(SOME)


def test_cases_and_person_times_stand_in_rows_of_their_own_and_are_never_added() -> None:
    table = green_table(SOME)
    assert [row[:3] for row in table.rows] == [("企业", "次", "36"), ("特殊群体", "人次", "225")]


def test_the_share_of_those_stationed_reads_as_in_the_countys_account() -> None:
    assert hall_figures(34, 36)[1].note == "进驻率94%"
    assert hall_figures(0, 0)[1].note == ""


def test_a_department_that_is_in_the_hall_without_being_due_there_makes_no_rate_above_one() -> None:
    since = date(2018, 1, 1)
    there = Standing(since=since, name="县水务局", kind=OrganisationKind.DEPARTMENT, stationed=Hall.HALL)
    known = Roster({"150424-D01": Organisation(id="150424-D01", history=(there,))})
    assert hall_figures(1, due_in_hall(known, date(2018, 3, 31)))[1].note == "进驻率100%"
    assert [one.value for one in counts([there])[1:3]] == ["1", "1"]


def test_kinds_without_reports_count_none() -> None:
    assert [one.value for one in issued_figures({"monthly": 308})] == ["308", "0", "0"]


def test_a_quarter_holds_its_months_and_itself() -> None:
    assert shelves.within("2018-Q1") == ["2018-01", "2018-02", "2018-03", "2018-Q1"]
    assert len(shelves.within("2018")) == 17
    assert shelves.within("2018-03") == ["2018-03"]


def test_the_chosen_period_is_marked_once_even_in_a_year_without_documents() -> None:
    links = [link for shelf in shelves.shelves("/feedback/", "2020-Q2", ["2018"]) for link in shelf.links]
    assert [link.url for link in links if link.current] == ["/feedback/?period=2020-Q2"]
    assert {"2018年", "2020年"} <= {link.name for link in links}


def test_december_and_the_fourth_quarter_say_what_took_their_place() -> None:
    reports = {"2018-01": {"_id": "2018-01_x", "issued": "2018-02-01T00:00:00+08:00"}}
    lines = {line.period: line for line in issues.lines("2018", reports, {"2018-01": None, "2018-12": "2018"})}
    assert lines["2018年1月"].url == "/feedback/reports/2018-01_x"
    assert lines["2018年1月"].issued == "2018年2月1日"
    assert lines["2018年12月"].note == "由年考核代替"
    assert lines["2018年度"].note == "尚未汇总"


def _report(**more: Any) -> Report:
    values: dict[str, Any] = {
        "id": "2018-03_150424100",
        "kind": ReportKind.MONTHLY,
        "period": "2018-03",
        "organisation": "150424100",
        "name": "林西镇",
        "organisation_kind": "township",
        "issued": datetime(2018, 3, 31, 16, tzinfo=UTC),
        "measures": SOME,
        "before": NONE,
        "peers": dict.fromkeys(SOME),
        "peer_count": 11,
    }
    return Report(**{**values, **more})


def test_a_report_reads_as_a_document_of_the_committee() -> None:
    shown = sheet(_report(), committee="林西县政务服务联合党委")
    assert shown.title == "林西县政务服务联合党委关于林西镇2018年3月履职情况的反馈"
    assert shown.to == "林西镇党组织："
    assert shown.issued == "2018年4月1日"
    assert shown.peers == "同类平均（11个）"
    assert "自查1,250次，自查率99.9%。接受巡查250次、抽查0次，平均得分95.57分。" in shown.opening
    assert not shown.has_opinions


def test_a_report_issued_before_self_checks_were_told_apart_says_what_it_said() -> None:
    def as_then(measures: Any) -> dict[str, Any]:
        new = ("self-", "patrols-made", "spot-", "patrols")
        return {name: value for name, value in measures.items() if not name.startswith(new)}

    then = finished({"add": {"inspections": 1250, "patrol-rate": {"n": 1249, "d": 1250}}})
    shown = sheet(_report(measures=as_then(then), before=as_then(NONE), peers={}))
    assert shown.opening.endswith("本月日巡查1,250次，到位率99.9%。")
    assert [row.measure for section in shown.sections for row in section.rows] == ["inspections", "patrol-rate"]
    assert shown.chart is not None


def test_what_was_missed_is_shown_with_the_places_by_name() -> None:
    raw = {"patrols-missed": 4, "patrols-missed-at": {"150424-D15": 1, "150424-D16": 3, "150424-D17": 0}}
    shown = sheet(_report(measures=finished({"add": raw})), {"150424-D16": "市场监督管理局"})
    (missed,) = [one for one in shown.sections if one.name == "开展巡查"]
    assert [row.now for row in missed.rows] == ["4", "市场监督管理局3次、150424-D151次"]


def test_an_annual_report_is_an_assessment_with_opinions() -> None:
    shown = sheet(_report(kind=ReportKind.ANNUAL, period="2018", opinions=("请整改。",)))
    assert shown.title.endswith("关于林西镇2018年度考核情况的反馈")
    assert shown.has_opinions


def test_the_first_period_is_compared_with_nothing() -> None:
    rows = [row for section in sheet(_report()).sections for row in section.rows]
    assert {row.before for row in rows} == {"—"}


def test_a_report_without_rates_has_no_chart() -> None:
    assert compared(NONE, NONE, {}) is None


def test_a_chart_and_its_table_have_the_same_numbers() -> None:
    chart = compared(SOME, NONE, {name: 0.5 if name == "self-check-rate" else None for name in SOME})
    assert chart is not None
    assert chart.table.heads == ("指标", "本期", "同类平均")
    assert chart.option["series"][0]["data"] == [99.9, 95.6]
    assert chart.table.rows[0][1:] == ("99.9", "50")


def test_the_months_of_the_period_stand_out_of_the_year() -> None:
    months = [f"2018-{n:02}" for n in range(1, 13)]
    numbers: list[float | None] = [float(n) for n in range(12)]
    series = dict.fromkeys(("inspections", "self-checks-missed", "patrols-missed", "score", "findings"), numbers)
    chart = monthly(months, months[:3], series)
    colours = [bar["itemStyle"]["color"] for bar in chart.option["series"][0]["data"]]
    assert len(set(colours[:3])) == len(set(colours[3:])) == 1
    assert colours[0] != colours[3]
    assert len(chart.table.rows) == 12


@pytest.mark.parametrize(("most", "end"), [(0, 5), (3, 5), (10, 25), (3174, 5000), (34_500, 100_000)])
def test_an_axis_leaves_room_for_the_line_above_the_bars(most: float, end: int) -> None:
    assert headroom([most]) == end
