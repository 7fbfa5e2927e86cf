"""What charts of all services share: a drawing as ECharts takes it, and beside it the table of the same numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

RED, PALE, GREY, GOLD, SOFT = "#a61b1b", "#dba9a3", "#9aa3ab", "#c98a1b", "#5d6670"
FONT = '"Microsoft YaHei","PingFang SC","Noto Sans CJK SC",sans-serif'


@dataclass(frozen=True, slots=True)
class Table:
    """A table as pages show it: the first cell of a row is its heading."""

    caption: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing and its numbers."""

    id: str
    title: str
    option: dict[str, Any]
    table: Table


def option(more: Mapping[str, Any]) -> dict[str, Any]:
    """What all charts share: no animation for old machines; hints drawn on the canvas, for styles are forbidden."""
    return {
        "animation": False,
        "textStyle": {"fontFamily": FONT, "fontSize": 12},
        "tooltip": {"trigger": "axis", "renderMode": "richText", "axisPointer": {"type": "shadow"}},
        "legend": {"top": 4, "right": 0, "itemHeight": 10, "textStyle": {"color": SOFT}},
        "grid": {"left": 8, "right": 8, "top": 44, "bottom": 6, "containLabel": True},
        **more,
    }


def axis(name: str, **more: Any) -> dict[str, Any]:
    """An axis of values in a unit."""
    label = {"color": SOFT}
    lines = {"lineStyle": {"color": "#eceff1"}}
    return {"type": "value", "name": name, "nameTextStyle": label, "axisLabel": label, "splitLine": lines, **more}


def line(name: str, colour: str, values: list[float | None], **more: Any) -> dict[str, Any]:
    """A line with its points; None leaves a gap."""
    style = {"itemStyle": {"color": colour}, "lineStyle": {"color": colour, "width": 2}, "symbolSize": 7}
    return {"name": name, "type": "line", "data": values, **style, **more}
