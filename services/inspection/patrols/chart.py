"""The rates of the last working days: the option that ECharts draws, and the table of the same numbers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from services.inspection.patrols.measures import Five
from shared.pages.charts import GOLD, RED, SOFT, Chart, Table, axis, line, option
from shared.pages.chinese import day_text, grouped, percent

TITLE = "近20个工作日完成率和按时率"


def rates_chart(days: Mapping[date, Five]) -> Chart:
    """Two lines in percent, oldest day first; a day on which nothing is due leaves a gap."""
    rows = tuple((day_text(day), *measure_texts(measures)) for day, measures in days.items())
    table = Table(TITLE, ("日期", "应查", "已查", "完成率", "按时", "按时率"), rows)
    return Chart("chart-rates", TITLE, _option(days), table)


def measure_texts(m: Five) -> tuple[str, str, str, str, str]:
    """The five measures as pages write them."""
    return grouped(m.expected), grouped(m.done), percent(m.rate), grouped(m.on_time), percent(m.rate_on_time)


def _option(days: Mapping[date, Five]) -> dict[str, Any]:
    label = {"color": SOFT}
    return option(
        {
            "xAxis": {"type": "category", "data": [f"{day.month}/{day.day}" for day in days], "axisLabel": label},
            "yAxis": axis("%", min=0, max=100),
            "series": [
                _rates("完成率（%）", RED, [m.rate for m in days.values()]),
                _rates("按时率（%）", GOLD, [m.rate_on_time for m in days.values()]),
            ],
        }
    )


def _rates(name: str, colour: str, rates: list[float | None]) -> dict[str, Any]:
    return line(name, colour, [None if rate is None else round(100 * rate, 1) for rate in rates])
