"""A chart as a drawing (SVG) for paper and page: bars told apart by what fills them, so that black and white will do.

Its words stand in the drawing; sizes are points, as wide as a page's text (442 pt).
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.sax.saxutils import escape

from services.feedback.papers.sheet import SheetChart

WIDE, TALL = 442, 150
LEFT, RIGHT, TOP, BOTTOM = 30, 4, 26, 34
"""Margins around the bars: numbers of the axis, and names below and above."""
STEPS = 4
LETTERS = 9
"""Points of a label's height."""
FILLS = ("url(#solid)", "url(#hatched)", "url(#dotted)", "url(#blank)")
PATTERNS = (
    '<pattern id="solid" width="4" height="4" patternUnits="userSpaceOnUse">'
    '<rect width="4" height="4" fill="#444"/></pattern>'
    '<pattern id="hatched" width="4" height="4" patternUnits="userSpaceOnUse">'
    '<rect width="4" height="4" fill="#fff"/><path d="M-1 1l2-2M0 4l4-4M3 5l2-2" stroke="#000" stroke-width="0.8"/>'
    "</pattern>"
    '<pattern id="dotted" width="3" height="3" patternUnits="userSpaceOnUse">'
    '<rect width="3" height="3" fill="#fff"/><circle cx="1.5" cy="1.5" r="0.6" fill="#000"/></pattern>'
    '<pattern id="blank" width="4" height="4" patternUnits="userSpaceOnUse">'
    '<rect width="4" height="4" fill="#fff"/></pattern>'
)


def drawing(chart: SheetChart, face: str) -> str:
    """The whole of it, in letters of that face."""
    parts = (*_scale(chart), *_bars(chart), *_names(chart), *_legend(chart))
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDE} {TALL}" width="{WIDE}" height="{TALL}" '
        f'role="img" font-family="{escape(face, {chr(34): "&quot;"})}" font-size="{LETTERS}">'
    )
    return f"{head}<title>{escape(chart.title)}</title><defs>{PATTERNS}</defs>{''.join(parts)}</svg>"


def _height(chart: SheetChart, value: float) -> float:
    return min(max(value, 0), chart.most) / chart.most * (TALL - TOP - BOTTOM)


def _scale(chart: SheetChart) -> Iterator[str]:
    for step in range(STEPS + 1):
        value = chart.most * step / STEPS
        y = TALL - BOTTOM - _height(chart, value)
        look = 'stroke="#000" stroke-width="0.8"' if step == 0 else 'stroke="#999" stroke-width="0.4"'
        yield f'<path d="M{LEFT} {y:.2f}H{WIDE - RIGHT}" {look}/>'
        yield _words(LEFT - 4, y + 3, f"{value:g}", "end")


def _bars(chart: SheetChart) -> Iterator[str]:
    """Each with its number above it."""
    share = (WIDE - LEFT - RIGHT) / len(chart.categories)
    width = min(26.0, share * 0.8 / len(chart.series))
    for n, series in enumerate(chart.series):
        for place, value in enumerate(series.values):
            if value is None:
                continue
            x = LEFT + share * (place + 0.5) + width * (n - len(chart.series) / 2)
            tall = _height(chart, value)
            y = TALL - BOTTOM - tall
            yield (
                f'<rect x="{x:.2f}" y="{y:.2f}" width="{width * 0.9:.2f}" height="{tall:.2f}" '
                f'fill="{FILLS[n]}" stroke="#000" stroke-width="0.6"/>'
            )
            yield _words(x + width * 0.45, y - 2.5, f"{value:g}", "middle", LETTERS - 2)


def _names(chart: SheetChart) -> Iterator[str]:
    """In two lines where a unit stands in brackets."""
    share = (WIDE - LEFT - RIGHT) / len(chart.categories)
    for place, category in enumerate(chart.categories):
        name, bracket, rest = category.partition("（")
        middle, below = LEFT + share * (place + 0.5), TALL - BOTTOM + LETTERS + 4
        yield _words(middle, below, name, "middle")
        if bracket:
            yield _words(middle, below + LETTERS + 3, bracket + rest, "middle")


def _legend(chart: SheetChart) -> Iterator[str]:
    """At the right end of the uppermost line."""
    x = float(WIDE - RIGHT)
    for n, series in reversed([*enumerate(chart.series)]):
        x -= LETTERS * len(series.name)
        yield _words(x, LETTERS + 2, series.name, "start")
        x -= 16
        yield f'<rect x="{x:.2f}" y="4" width="12" height="8" fill="{FILLS[n]}" stroke="#000" stroke-width="0.6"/>'
        x -= 10


def _words(x: float, y: float, text: str, anchor: str, letters: int = LETTERS) -> str:
    size = "" if letters == LETTERS else f' font-size="{letters}"'
    return f'<text x="{x:.2f}" y="{y:.2f}" text-anchor="{anchor}"{size}>{escape(text)}</text>'
