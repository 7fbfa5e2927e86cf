"""How measures read on a page: a value with its unit, and a distribution in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from services.feedback.measures.catalogue import OF_PLACES, Kind, Measure, Measures, measure_named, number
from shared.pages.chinese import INCIDENTS, NOTHING, SEVERITIES, grouped, percent, work_text

Names = Mapping[str, str]
NAMELESS: Names = {}
"""What organisations are called, by code; where nobody asked, by their codes."""
BUCKETS = {
    **SEVERITIES,
    **INCIDENTS,
    "0": "当日",
    "1-3": "1至3日",
    "4-10": "4至10日",
    "11+": "11日以上",
}


@dataclass(frozen=True, slots=True)
class Figure:
    """A number as a page shows it."""

    name: str
    value: str
    unit: str = ""
    note: str = ""


def text(name: str, value: Any, called: Names = NAMELESS) -> str:
    """A finished value without its unit; buckets in one line."""
    measure = measure_named(name)
    if measure.kind is Kind.DISTRIBUTION:
        return places(value, called) if name in OF_PLACES else buckets(name, value)
    return number_text(measure, number(value))


def number_text(measure: Measure, value: float | None) -> str:
    """Ratios as percent or with two decimals, money in yuan, counts grouped; a mean of counts with one decimal."""
    if value is None:
        return NOTHING
    if measure.kind is Kind.RATIO:
        return percent(value).removesuffix("%") if measure.unit == "%" else f"{value:.2f}"
    if measure.unit == "分":
        return f"{value / 100:,.2f}"
    return grouped(int(value)) if value == int(value) else f"{value:,.1f}"


def unit(measure: Measure) -> str:
    """The unit that goes with `number_text`: money is kept in fen and read in yuan."""
    return "元" if measure.name == "fees" else measure.unit


def buckets(name: str, value: Mapping[str, int]) -> str:
    """A distribution in words: 一般1,346、较重326."""
    if name == "turn-work":
        return work_text(value) or NOTHING
    known = [(word, value[bucket]) for bucket, word in BUCKETS.items() if bucket in value]
    return "、".join(f"{word}{grouped(count)}" for word, count in known) or NOTHING


def places(value: Mapping[str, int], called: Names) -> str:
    """How often at each of several places, most often first: 向阳村3次、红旗村1次."""
    ordered = sorted(value.items(), key=lambda one: (-one[1], one[0]))
    return "、".join(f"{called.get(code, code)}{grouped(count)}次" for code, count in ordered) or NOTHING


def figure(measures: Measures, name: str, note: str = "") -> Figure:
    """One measure with its name and unit."""
    measure = measure_named(name)
    return Figure(measure.zh, text(name, measures[name]), unit(measure), note)


def says(value: Any) -> bool:
    """Whether a finished value tells anything: a ratio of something, a count above none."""
    if isinstance(value, Mapping) and "value" in value:
        return bool(value["d"])
    return bool(value)
