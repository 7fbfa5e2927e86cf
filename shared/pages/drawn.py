"""Drawings made on the server (SVG): strips of days, small lines, bars, shares; they print, and need no script.

What a colour says a shape says as well, so that black and white will do; what a drawing says stands in its label.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import groupby
from typing import NamedTuple

Numbers = Sequence[float | None]


class DayMark(StrEnum):
    """What became of a day: the look of its cell."""

    GOOD = "good"
    SOME = "some"
    MANY = "many"
    MISSED = "missed"
    OPEN = "open"
    NONE = "none"


class DrawnPath(NamedTuple):
    """Everything of one look."""

    look: str
    d: str


class PlacedWords(NamedTuple):
    """A text at a place."""

    x: float
    y: float
    text: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """In a box of so many units; `label` is what whoever does not see it is told."""

    label: str
    width: float
    height: float
    paths: tuple[DrawnPath, ...]
    words: tuple[PlacedWords, ...] = ()


CELL, TALL, GAP = 11, 16, 3
"""Of a day in a strip."""


def _cell(mark: DayMark, x: float, y: float, width: float, height: float) -> str:
    """Full, three quarters, half; missed is a frame with a stroke, open a low line, nothing a point."""
    left, below = f"{x:g}", y + height
    match mark:
        case DayMark.GOOD:
            return f"M{left} {y:g}h{width:g}v{height:g}h-{width:g}z"
        case DayMark.SOME:
            return f"M{left} {y + height / 4:g}h{width:g}v{height * 3 / 4:g}h-{width:g}z"
        case DayMark.MANY:
            return f"M{left} {y + height / 2:g}h{width:g}v{height / 2:g}h-{width:g}z"
        case DayMark.MISSED:
            inner = f"M{x + 1:g} {y + 1:g}h{width - 2:g}v{height - 2:g}h-{width - 2:g}z"
            return f"{inner}M{x + 1:g} {below - 1:g}l{width - 2:g} -{height - 2:g}"
        case DayMark.OPEN:
            return f"M{left} {below - 3:g}h{width:g}v3h-{width:g}z"
        case DayMark.NONE:
            return f"M{x + width / 2 - 1:g} {below - 3:g}h2v2h-2z"


def strip(marks: Sequence[DayMark], label: str) -> Drawing:
    """A cell for each day, the oldest first."""
    placed = [(mark, n * (CELL + GAP)) for n, mark in enumerate(marks)]
    return Drawing(label, max(len(marks) * (CELL + GAP) - GAP, 1), TALL, _by_look(placed))


def _by_look(placed: Sequence[tuple[DayMark, float]]) -> tuple[DrawnPath, ...]:
    ordered = sorted(placed, key=lambda one: one[0])
    return tuple(
        DrawnPath(look, "".join(_cell(look, x, 0, CELL, TALL) for _, x in some))
        for look, some in groupby(ordered, key=lambda one: one[0])
    )


LINE, RISE = 120, 28
"""Of a small line: as wide and as high."""


def scale_of(values: Iterable[float | None]) -> tuple[float, float] | None:
    """From the least to the most; None where there is none."""
    known = [value for value in values if value is not None]
    return (min(known), max(known)) if known else None


def line(values: Numbers, label: str, beside: Numbers = (), scale: tuple[float, float] | None = None) -> Drawing:
    """A small line with a point at its end; `beside` is what it is compared with, thin and broken.

    It fills its height, unless it stands beside others on one `scale`.
    """
    shared = scale or scale_of((*values, *beside))
    if shared is None:
        return Drawing(label, LINE, RISE, ())
    low, high = shared
    paths = [DrawnPath("beside", _line(beside, low, high))] if any(one is not None for one in beside) else []
    paths.append(DrawnPath("line", _line(values, low, high)))
    last = [(n, value) for n, value in enumerate(values) if value is not None]
    if last:
        x, y = _at(last[-1][0], last[-1][1], len(values), low, high)
        paths.append(DrawnPath("dot", f"M{x - 2.5:g} {y:g}a2.5 2.5 0 1 0 5 0a2.5 2.5 0 1 0 -5 0z"))
    return Drawing(label, LINE, RISE, tuple(paths))


def _line(values: Numbers, low: float, high: float) -> str:
    """Where there is no value the line is broken."""
    found, pen = "", "M"
    for n, value in enumerate(values):
        if value is None:
            pen = "M"
            continue
        x, y = _at(n, value, len(values), low, high)
        found, pen = f"{found}{pen}{x:g} {y:g}", "L"
    return found


def _at(n: int, value: float, count: int, low: float, high: float) -> tuple[float, float]:
    part = (value - low) / (high - low) if high > low else 0.5
    return round(3 + n * (LINE - 6) / max(count - 1, 1), 1), round(RISE - 3 - part * (RISE - 6), 1)


def bars(values: Numbers, label: str) -> Drawing:
    """A bar for each month, the last in full."""
    most = max((value for value in values if value), default=0)
    wide, step = 9, 13

    def bar(n: int, value: float | None) -> str:
        high = round((value or 0) / most * RISE, 1) if most else 0
        return f"M{n * step} {RISE - high:g}h{wide}v{high:g}h-{wide}z" if high else ""

    before = "".join(bar(n, value) for n, value in enumerate(values[:-1]))
    last = bar(len(values) - 1, values[-1]) if values else ""
    paths = tuple(DrawnPath(look, d) for look, d in (("before", before), ("now", last)) if d)
    return Drawing(label, max(len(values) * step - 4, 1), RISE, paths)


WHOLE, THICK = 360, 24
"""Of a bar of shares."""


def shares(parts: Sequence[tuple[str, int]], label: str) -> Drawing:
    """One bar in parts, each of a look and with its number where it has room for it."""
    total = sum(count for _, count in parts)
    return Drawing(label, WHOLE, THICK, tuple(_shares(parts, total)), tuple(_numbers(parts, total)))


def _shares(parts: Sequence[tuple[str, int]], total: int) -> Iterator[DrawnPath]:
    for look, x, wide, _ in _placed(parts, total):
        yield DrawnPath(look, f"M{x:g} 0h{wide:g}v{THICK}h-{wide:g}z")


def _numbers(parts: Sequence[tuple[str, int]], total: int) -> Iterator[PlacedWords]:
    for _, x, wide, count in _placed(parts, total):
        if wide > 10 * len(str(count)) + 6:
            yield PlacedWords(round(x + wide / 2, 1), THICK - 7, str(count))


def _placed(parts: Sequence[tuple[str, int]], total: int) -> Iterator[tuple[str, float, float, int]]:
    x = 0.0
    for look, count in parts:
        wide = round(count / total * WHOLE, 1) if total else 0
        if count:
            yield look, round(x, 1), max(wide - 1, 1), count
        x += wide


def part(value: int, most: int, label: str) -> Drawing:
    """How much of the most; a thin line for nothing."""
    wide = max(round(value / most * 80, 1) if most else 0, 0.5)
    return Drawing(
        label, 80, 12, (DrawnPath("rest", "M0 0h80v12h-80z"), DrawnPath("bad", f"M0 0h{wide:g}v12h-{wide:g}z"))
    )


SQUARE = 14
"""Of a day in a year, with what is between."""


def year(marks: dict[date, DayMark], of: int, label: str) -> Drawing:
    """A column for each week from Monday on, a row for each day of it; the months stand above."""
    first = date(of, 1, 1)
    monday = first - timedelta(days=first.weekday())
    by: dict[DayMark, list[str]] = {}
    for day, mark in sorted(marks.items()):
        x, y = (day - monday).days // 7 * SQUARE + 22, day.weekday() * SQUARE + 16
        by.setdefault(mark, []).append(_cell(mark, x, y, SQUARE - 3, SQUARE - 3))
    months = (date(of, month, 1) for month in range(1, 13))
    words = [PlacedWords((one - monday).days // 7 * SQUARE + 22, 11, f"{one.month}月") for one in months]
    days = [PlacedWords(0, n * SQUARE + 26, name) for n, name in ((0, "一"), (2, "三"), (4, "五"), (6, "日"))]
    paths = tuple(DrawnPath(mark, "".join(found)) for mark, found in sorted(by.items()))
    return Drawing(label, 54 * SQUARE + 22, 7 * SQUARE + 16, paths, (*words, *days))
