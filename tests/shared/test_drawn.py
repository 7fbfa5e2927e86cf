"""Drawings say by their shape what they say by colour, and in words what they say by shape."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest

from shared.pages.drawn import CELL, GAP, DayMark, bars, line, part, shares, strip, year


def test_each_mark_has_a_shape_of_its_own() -> None:
    drawn = [strip([mark], "").paths[0].d for mark in DayMark]
    assert len(set(drawn)) == len(DayMark)


def test_a_strip_has_a_path_for_each_look_and_a_cell_for_each_day() -> None:
    found = strip([DayMark.GOOD, DayMark.MISSED, DayMark.GOOD], "三天")
    assert {path.look: path.d.count("M") for path in found.paths} == {"good": 2, "missed": 2}
    assert (found.label, found.width) == ("三天", 3 * (CELL + GAP) - GAP)


def test_a_line_is_broken_where_nothing_is_known_and_ends_in_a_point() -> None:
    found = {path.look: path.d for path in line([1, None, 3, 5], "值", beside=[2, 2, 2, 2]).paths}
    assert (found["line"].count("M"), found["line"].count("L")) == (2, 1)
    assert {*found} == {"line", "beside", "dot"}
    assert line([None, None], "无").paths == ()


def test_bars_are_as_high_as_their_values_and_none_stands_for_nothing() -> None:
    found = {path.look: path.d for path in bars([0, 5, 10], "次").paths}
    assert (found["before"].count("M"), found["now"]) == (1, "M26 0h9v28h-9z")
    assert bars([0, 0], "无").paths == ()


@pytest.mark.parametrize("counts", [(1, 2, 3), (0, 0, 60), (1, 100, 1)])
def test_shares_stand_one_behind_the_other_in_one_bar(counts: tuple[int, ...]) -> None:
    found = shares([(f"look{n}", count) for n, count in enumerate(counts)], "账龄")
    begins = [float(path.d[1:].split(" ")[0]) for path in found.paths]
    assert len(found.paths) == sum(count > 0 for count in counts)
    assert all(one <= other for one, other in pairwise(begins))
    assert begins[-1] <= found.width


def test_nothing_of_something_is_a_thin_line_and_all_of_it_is_full() -> None:
    thin, full = (part(value, 8, "").paths[1].d for value in (0, 8))
    assert ("h0.5v" in thin, "h80v" in full) == (True, True)


def test_a_year_has_its_weeks_in_columns_from_monday_on() -> None:
    found = year({date(2018, 1, 1): DayMark.GOOD, date(2018, 1, 8): DayMark.GOOD}, 2018, "一年")
    (good,) = found.paths
    assert (good.d.startswith("M22 16h11"), "M36 16h11" in good.d) == (True, True)
    assert [word.text for word in found.words][:2] == ["1月", "2月"]
