"""A day of patrols is one cell: what it says by tallies, in words and by legend."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from services.feedback.county.glance import age_bar
from services.feedback.county.marks import LEGEND, drawn, legend, mark, on_time, said
from services.feedback.county.sums import months_to
from shared.asks.patrolled import Ages, DayTally
from shared.pages.drawn import DayMark


def tally(due: int, done: int, on_time: int, closed: bool = True) -> DayTally:
    return DayTally(due=due, done=done, on_time=on_time, closed=closed)


@pytest.mark.parametrize(
    ("of", "found"),
    [
        (None, DayMark.NONE),
        (tally(0, 0, 0), DayMark.NONE),
        (tally(12, 12, 12), DayMark.GOOD),
        (tally(12, 12, 11), DayMark.SOME),
        (tally(12, 12, 9), DayMark.MANY),
        (tally(1, 1, 0), DayMark.MANY),
        (tally(12, 11, 11), DayMark.MISSED),
        (tally(12, 11, 11, closed=False), DayMark.OPEN),
        (tally(12, 0, 0, closed=False), DayMark.NONE),
        (tally(12, 12, 12, closed=False), DayMark.GOOD),
    ],
)
def test_a_day_is_what_its_tally_says(of: DayTally | None, found: DayMark) -> None:
    assert mark(of) is found


DAYS = [date(2018, 3, 5) + timedelta(days=n) for n in range(3)]


def test_a_strip_says_in_words_what_it_draws_and_names_the_days_that_were_missed() -> None:
    tallies = [tally(2, 2, 2), tally(2, 2, 1), tally(2, 1, 1)]
    words = "3个工作日中，全部按时1天，有迟报1天，有漏查1天（2018年3月7日）"
    assert said(DAYS, tallies) == words
    assert drawn("林西镇", DAYS, tallies).label == f"林西镇：{words}"


def test_what_is_not_closed_yet_is_in_no_rate() -> None:
    assert on_time([tally(2, 2, 1), tally(2, 0, 0, closed=False), None]) == 0.5
    assert on_time([tally(2, 0, 0, closed=False)]) is None


def test_the_legend_has_each_mark_as_it_is_drawn() -> None:
    assert [path.look for path, _ in legend(LEGEND)] == [mark for mark, _ in LEGEND]


def test_what_waits_to_be_verified_is_no_part_of_what_is_left() -> None:
    bar = age_bar(Ages(not_due=1, week=2, longer=3, waiting=4))
    assert (bar.total, bar.waiting, [count for _, _, count in bar.parts]) == ("6", "4", ["1", "2", "0", "3"])


def test_twelve_months_end_with_that_of_the_day() -> None:
    assert months_to(date(2018, 2, 14))[0:12:11] == ["2017-03", "2018-02"]
