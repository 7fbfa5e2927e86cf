"""Charts: the option that ECharts draws and the table of the same numbers, both finished here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from services.feedback.measures.catalogue import MEASURES, number
from shared.pages.charts import GOLD, GREY, PALE, RED, SOFT, Chart, Table, axis, line, option
from shared.pages.chinese import NOTHING, grouped

COMPARED = ("self-check-rate", "patrol-rate", "score", "rectified-on-time", "cases-on-time")
"""What a report draws: all of them lie between 0 and 100."""

MEAN = "同类平均"
Numbers = Sequence[float | None]


def monthly(months: Sequence[str], chosen: Sequence[str], series: Mapping[str, Numbers]) -> Chart:
    """Daily checks by month as bars, the months of the period in full colour, and the average score as a line."""
    names = [f"{int(month[5:])}月" for month in months]
    bars = [
        {"value": patrols, "itemStyle": {"color": RED if month in chosen else PALE}}
        for month, patrols in zip(months, series["inspections"], strict=True)
    ]
    top = headroom([value for value in series["inspections"] if value is not None])
    shown = option(
        {
            "xAxis": {"type": "category", "data": names, "axisTick": {"show": False}, "axisLabel": {"color": SOFT}},
            "yAxis": [axis("次", max=top, interval=top / 5), axis("分", **_scores(series["score"]))],
            "series": [
                {"name": "日常检查（次）", "type": "bar", "data": bars, "itemStyle": {"color": RED}, "barMaxWidth": 34},
                _average(series["score"]),
            ],
        }
    )
    return Chart(
        "chart-months", f"{months[0][:4]}年各月日常检查次数与巡查抽查平均得分", shown, _monthly_table(months, series)
    )


def headroom(values: Sequence[float]) -> int:
    """The end of an axis that leaves the upper third to the line: half as much again, in five round steps."""
    wanted = max(values, default=0) * 1.5 / 5
    step = 1
    while step < wanted:
        step = step * 5 // 2 if str(step)[0] == "2" else step * 2
    return 5 * step


def _scores(scores: Numbers) -> dict[str, Any]:
    """Scores crowd near 100: the axis begins at 80, or at 0 when a month lies below."""
    low = 80 if all(score is None or score >= 80 for score in scores) else 0
    return {"min": low, "max": 100, "interval": (100 - low) / 5, "splitLine": {"show": False}}


def _average(scores: Numbers) -> dict[str, Any]:
    shown = [None if score is None else round(score, 2) for score in scores]
    return line("平均得分（分）", GOLD, shown, yAxisIndex=1)


def _monthly_table(months: Sequence[str], series: Mapping[str, Numbers]) -> Table:
    columns = (series[name] for name in ("inspections", "self-checks-missed", "patrols-missed", "score", "findings"))
    rows = tuple(
        (f"{int(month[5:])}月", _count(checks), _count(unchecked), _count(missed), _score(score), _count(findings))
        for month, checks, unchecked, missed, score, findings in zip(months, *columns, strict=True)
    )
    heads = ("月份", "日常检查（次）", "漏自查（次）", "漏巡（次）", "平均得分（分）", "发现问题（项）")
    return Table(f"{months[0][:4]}年各月", heads, rows)


def _count(value: float | None) -> str:
    return NOTHING if value is None else grouped(int(value))


def _score(value: float | None) -> str:
    return NOTHING if value is None else f"{value:.2f}"


def _hundred(name: str, value: float | None) -> float | None:
    """A rate as percent, a score as it is; one decimal."""
    if value is None:
        return None
    return round(value * 100 if MEASURES[name].unit == "%" else value, 1)


class ComparedRates(NamedTuple):
    """Rates and scores side by side: what they are called, and the numbers of each who has any."""

    titles: tuple[str, ...]
    data: Mapping[str, list[float | None]]


def compared_rates(
    now: Mapping[str, Any],
    before: Mapping[str, Any],
    peers: Mapping[str, float | None],
    spoken: tuple[str, str] = ("本期", "上期"),
) -> ComparedRates | None:
    """This period, the one before and the mean of its own kind; None when there is nothing to compare."""
    names = [name for name in COMPARED if name in now and number(now[name]) is not None]
    if not names:
        return None
    data = {
        spoken[0]: [_hundred(name, number(now[name])) for name in names],
        spoken[1]: [_hundred(name, number(before[name])) if name in before else None for name in names],
        MEAN: [_hundred(name, peers.get(name)) for name in names],
    }
    shown = {who: values for who, values in data.items() if any(value is not None for value in values)}
    return ComparedRates(tuple(f"{MEASURES[name].zh}（{MEASURES[name].unit}）" for name in names), shown)


def rates_of(periods: Mapping[str, Mapping[str, Any]]) -> ComparedRates | None:
    """The same of several periods in order, by what they are called; None when fewer than two have any."""
    known = [{name for name in COMPARED if name in one and number(one[name]) is not None} for one in periods.values()]
    names = [name for name in COMPARED if any(name in one for one in known)]
    data = {
        called: [_hundred(name, number(one[name])) if name in one else None for name in names]
        for called, one in periods.items()
    }
    if sum(map(bool, known)) < 2:
        return None
    return ComparedRates(tuple(f"{MEASURES[name].zh}（{MEASURES[name].unit}）" for name in names), data)


def compared(
    now: Mapping[str, Any],
    before: Mapping[str, Any],
    peers: Mapping[str, float | None],
    spoken: tuple[str, str] = ("本期", "上期"),
) -> Chart | None:
    """The same as a page draws it."""
    found = compared_rates(now, before, peers, spoken)
    if found is None:
        return None
    rows = tuple((title, *(_plain(found.data[who][n]) for who in found.data)) for n, title in enumerate(found.titles))
    table = Table("、".join(found.data), ("指标", *found.data), rows)
    titles = [title.replace("（", "\n（") for title in found.titles]
    return Chart("chart-compared", "主要指标对比", _compared_option(titles, found.data, spoken), table)


def _plain(value: float | None) -> str:
    return NOTHING if value is None else f"{value:g}"


def _compared_option(
    titles: list[str], data: Mapping[str, list[float | None]], spoken: tuple[str, str]
) -> dict[str, Any]:
    colours = {MEAN: GREY, **dict(zip(spoken, (RED, PALE), strict=True))}
    label = {"show": True, "position": "top", "fontSize": 11, "color": SOFT}
    return option(
        {
            "xAxis": {
                "type": "category",
                "data": titles,
                "axisTick": {"show": False},
                "axisLabel": {"color": SOFT, "interval": 0},
            },
            "yAxis": axis("", min=0, max=100, interval=25),
            "series": [
                {"name": who, "type": "bar", "data": values, "itemStyle": {"color": colours[who]}, "label": label}
                | {"barMaxWidth": 30, "barGap": "20%", "labelLayout": {"hideOverlap": True}}
                for who, values in data.items()
            ],
        }
    )
