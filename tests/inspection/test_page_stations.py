"""What the page of stations says of those heard and those silent, and of the last days."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from services.inspection.patrols.days import day_lines
from services.inspection.stations.board import (
    HEARD,
    NEVER,
    OFFLINE,
    ONLINE,
    SILENT,
    UNSEEN,
    StationFilter,
    board,
    line,
    state,
    url,
)
from services.inspection.stations.reads import is_silent
from shared.events.vocabulary import OrganisationKind, PatrolKind
from shared.roster.organisations import Organisation, Roster, Standing
from tests.asking import moment

NOW = datetime(2018, 3, 5, 12, tzinfo=UTC)


def _stood(name: str, kind: OrganisationKind, parent: str | None) -> Standing:
    return Standing(since=date(2018, 1, 1), name=name, kind=kind, parent=parent)


ROSTER = Roster(
    {
        code: Organisation(id=code, history=(standing,))
        for code, standing in {
            "150424": _stood("林西县", OrganisationKind.COUNTY, None),
            "150424100": _stood("林西镇", OrganisationKind.TOWNSHIP, "150424"),
            "150424100202": _stood("冬不冷村", OrganisationKind.VILLAGE, "150424100"),
            "150424-D09": _stood("林西县民政局", OrganisationKind.DEPARTMENT, "150424"),
        }.items()
    }
)


def _found(code: str, kind: str, heard: datetime | None) -> dict[str, Any]:
    return {
        "code": code,
        "name": code,
        "kind": kind,
        "above": "林西镇",
        "last_contact": heard.isoformat() if heard else None,
        "last_happened": heard.isoformat() if heard else None,
        "last_verdict": "accepted" if heard else None,
        "connected": None,
        "last_heartbeat": None,
        "waiting": None,
        "last_heard": heard.isoformat() if heard else None,
        "silent": heard is None,
    }


FOUND = [_found("150424100202", "station", None), _found("150424-D09", "window", NOW - timedelta(hours=3))]


@pytest.mark.parametrize(
    ("heard", "allowed", "silent"),
    [
        ("2018-03-02T17:20", 1, False),
        ("2018-03-01T17:20", 1, True),
        ("2018-03-01T17:20", 2, False),
        ("2018-03-03T10:00", 1, False),
        ("2018-03-05T08:30", 0, False),
        ("2018-03-03T10:00", 0, True),
    ],
)
def test_silence_is_counted_in_working_days_so_that_a_weekend_may_be_silent(
    heard: str, allowed: int, silent: bool
) -> None:
    assert is_silent(moment(heard), date(2018, 3, 5), allowed) is silent


def test_who_was_never_heard_from_is_silent_and_worse() -> None:
    assert is_silent(None, date(2018, 3, 5), 5)
    assert [state(None, True), state(NOW, True), state(NOW, False)] == [NEVER, SILENT, HEARD]


@pytest.mark.parametrize(("connected", "shows"), [(True, ONLINE), (False, OFFLINE), (None, UNSEEN)])
def test_a_connection_is_told_with_what_waits_behind_it(connected: bool | None, shows: object) -> None:
    heartbeat = {"connected": connected, "waiting": 3, "last_heartbeat": "2018-03-05T08:30:00+08:00"}
    shown = line({**FOUND[0], **heartbeat}, NOW)
    assert (shown.connection, shown.waiting) == (shows, "待发送3")
    assert shown.heartbeat == "最近通信：2018年3月5日 08:30"
    assert (line(FOUND[0], NOW).waiting, line(FOUND[0], NOW).heartbeat) == ("", "没有通信")


def test_the_silent_can_be_asked_for_alone() -> None:
    seen = board(FOUND, ROSTER, "150424", NOW, StationFilter(silent=True))
    assert [one.code for one in seen.lines] == ["150424100202"]
    assert seen.total == 2


def test_a_station_never_heard_from_says_so() -> None:
    shown = line(FOUND[0], NOW)
    assert (shown.since, shown.state.word, shown.verdict.word) == ("从未", "从未联系", "—")


def test_time_since_is_told_in_words() -> None:
    assert line(FOUND[1], NOW).since == "3小时前"


def test_a_township_has_only_its_own_stations() -> None:
    seen = board(FOUND, ROSTER, "150424", NOW, StationFilter(township="150424100"))
    assert [one.code for one in seen.lines] == ["150424100202"]
    assert seen.title == "林西镇窗口和站点"


def test_who_may_know_of_some_alone_is_not_told_that_these_are_the_countys_and_is_led_only_where_it_may_go() -> None:
    first = FOUND[0]["code"]
    seen = board(FOUND, ROSTER, "150424", NOW, has_figures=lambda code: code == first, is_whole=False)
    assert (seen.title, seen.townships) == ("本单位可以查看的窗口和站点", ())
    assert [one.code for one in seen.lines if one.url] == [first]


def test_a_kind_leaves_the_other_out_and_counts_what_is_left() -> None:
    seen = board(FOUND, ROSTER, "150424", NOW, StationFilter(kind=PatrolKind.WINDOW))
    assert (seen.total, seen.never, seen.silent) == (1, 0, 0)


def test_a_filter_keeps_the_other_filter() -> None:
    assert url(StationFilter("150424100", PatrolKind.STATION)) == "/inspection/?township=150424100&kind=station"
    assert url(StationFilter(silent=True)) == "/inspection/?silent=true"
    assert url(StationFilter()) == "/inspection/"


def test_a_day_names_some_of_those_missed() -> None:
    missed = ["150424100202", "150424-D09", "150424-D10", "150424-D11"]
    day = {"day": "2018-03-05", "closed": True, "expected": 138, "missed": missed, "done": 134}
    shown = day_lines([day], ROSTER)[0]
    assert (shown.done, shown.missed, shown.state) == ("134", "4", "有漏查")
    assert shown.names == "冬不冷村、林西县民政局、150424-D10等"


def test_a_day_that_is_not_closed_has_no_sum() -> None:
    day = {"day": "2018-03-05", "closed": False, "expected": 0, "missed": [], "done": 0}
    assert (day_lines([day], ROSTER)[0].expected, day_lines([day], ROSTER)[0].state) == ("—", "未汇总")


def test_another_page_of_the_list_keeps_what_it_is_filtered_by() -> None:
    asked = StationFilter("150424100", silent=True)
    assert url(asked, 2) == "/inspection/?township=150424100&silent=true&page=2"
    assert url(asked, 1) == url(asked)
