"""How measures read on a page: a value with its unit, a row that compares, and the sections a report is made of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from services.feedback.measures.catalogue import GREEN, MEASURES, Kind, Measure, Measures, number
from shared.pages.chinese import INCIDENTS, NOTHING, SEVERITIES, grouped, percent, work_text

SECTIONS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "日常检查和自查",
        (
            "inspections",
            "self-checks",
            "self-check-rate",
            "self-checks-on-time",
            "self-checks-missed",
            "self-checks-missed-at",
            "patrolled-days",
        ),
    ),
    ("开展巡查", ("patrols-made", "patrol-rate", "patrols-on-time", "patrols-missed", "patrols-missed-at")),
    ("接受巡查和抽查", ("patrols", "spot-checks", "score")),
    ("设施和专项巡查", ("facility-checks", "campaign-checks")),
    (
        "问题整改",
        (
            "findings",
            "severity",
            "repeat-findings",
            "rectifications-completed",
            "rectified-on-time",
            "rectifications-overdue",
            "rectified-late",
            "rectifications-sent-back",
            "rectifications-reopened",
            "rectifications-escalated",
            "escalations-received",
            "rectifications-open",
            "rectifications-open-overdue",
        ),
    ),
    ("三有三无", ("incidents", "incidents-upheld", "incidents-answered", "incidents-unanswered")),
    (
        "办件",
        ("cases-opened", "cases-completed", "cases-on-time", "case-days", "visits", "fees", "certificates-posted"),
    ),
    ("绿色通道", tuple(measure.name for measure in GREEN.values())),
    (
        "改革与党建",
        (
            "subplans",
            "ideas",
            "certificates",
            "activities",
            "lesson-attendance",
            "turns-held",
            "joint-turns-held",
            "turn-work",
            "stationed",
        ),
    ),
    ("表彰", ("award-county-service-model", "award-chifeng-good-person", "award-lei-feng-pacesetter")),
)
"""The rows of a report in order; how many reports were received is not told in a report.

What an organisation was to do (开展) stands apart from what was done at it (接受): a window is not told that the hall
did not come.
"""

OF_PLACES = ("self-checks-missed-at", "patrols-missed-at")
"""Distributions over organisations, by code."""
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


@dataclass(frozen=True, slots=True)
class Row:
    """A measure of this period beside the one before and the mean of its own kind; `exact` is the unrounded number.

    A distribution is spread over the columns: it is read, not compared.
    """

    measure: str
    name: str
    unit: str
    now: str
    before: str
    peers: str
    exact: float | None
    is_spread: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """Rows that belong together."""

    name: str
    rows: tuple[Row, ...]


def text(name: str, value: Any, called: Names = NAMELESS) -> str:
    """A finished value without its unit; buckets in one line."""
    measure = MEASURES[name]
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
    """How often at each of several places, most often first: 冬不冷村3次、常胜村1次."""
    ordered = sorted(value.items(), key=lambda one: (-one[1], one[0]))
    return "、".join(f"{called.get(code, code)}{grouped(count)}次" for code, count in ordered) or NOTHING


def figure(measures: Measures, name: str, note: str = "") -> Figure:
    """One measure with its name and unit."""
    measure = MEASURES[name]
    return Figure(measure.zh, text(name, measures[name]), unit(measure), note)


def sections(
    now: Measures, before: Measures, peers: Mapping[str, float | None], called: Names = NAMELESS
) -> tuple[Section, ...]:
    """The sections that say something: a row without a number in this period, the last and its kind is left out."""
    found = (Section(name, tuple(_rows(names, now, before, peers, called))) for name, names in SECTIONS)
    return tuple(section for section in found if section.rows)


def _rows(
    names: Sequence[str], now: Measures, before: Measures, peers: Mapping[str, float | None], called: Names
) -> Iterator[Row]:
    """A report that was issued before there was a measure does not have it."""
    for name in names:
        if name in now and any((says(now[name]), says(before.get(name)), peers.get(name))):
            yield row(name, now[name], before.get(name), peers.get(name), called)


def row(name: str, now: Any, before: Any, peers: float | None, called: Names = NAMELESS) -> Row:
    """One measure compared."""
    measure = MEASURES[name]
    is_buckets = measure.kind is Kind.DISTRIBUTION
    return Row(
        measure=name,
        name=measure.zh,
        unit=unit(measure),
        now=text(name, now, called),
        before=NOTHING if before is None else text(name, before, called),
        peers=NOTHING if is_buckets else number_text(measure, peers),
        exact=None if is_buckets else number(now),
        is_spread=is_buckets,
    )


def says(value: Any) -> bool:
    """Whether a finished value tells anything: a ratio of something, a count above none."""
    if isinstance(value, Mapping) and "value" in value:
        return bool(value["d"])
    return bool(value)


def is_silent(measures: Measures) -> bool:
    """Whether nothing at all happened."""
    return not any(says(value) for value in measures.values())
