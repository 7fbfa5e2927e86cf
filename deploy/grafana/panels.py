"""What a dashboard is made of: a panel is a title, a kind, a unit and queries; rows of them fill 24 columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from grafana_foundation_sdk.builders.bargauge import Panel as BarGauge
from grafana_foundation_sdk.builders.dashboard import Dashboard as DashboardBuilder
from grafana_foundation_sdk.builders.prometheus import Dataquery
from grafana_foundation_sdk.builders.stat import Panel as Stat
from grafana_foundation_sdk.builders.table import Panel as Table
from grafana_foundation_sdk.builders.timeseries import Panel as TimeSeries
from grafana_foundation_sdk.cog.encoder import JSONEncoder
from grafana_foundation_sdk.models.dashboard import DataSourceRef, GridPos

SOURCE = DataSourceRef(type_val="prometheus", uid="lianban")
COLUMNS = 24
KINDS: Mapping[str, Any] = {"number": Stat, "lines": TimeSeries, "bars": BarGauge, "table": Table}


@dataclass(frozen=True, slots=True)
class Panel:
    """`queries` are PromQL by the name of their series; `unit` is Grafana's."""

    title: str
    kind: str
    queries: Mapping[str, str]
    unit: str = "short"
    about: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """Panels side by side, each as wide as the others."""

    panels: tuple[Panel, ...]
    height: int = 8


@dataclass(frozen=True, slots=True)
class Dashboard:
    """A page of rows."""

    uid: str
    title: str
    rows: tuple[Row, ...]
    since: str = "now-24h"
    panels: Sequence[Panel] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "panels", tuple(panel for row in self.rows for panel in row.panels))

    def as_json(self) -> str:
        """The file that Grafana reads."""
        built = (
            DashboardBuilder(self.title)
            .uid(self.uid)
            .tags(["lianban"])
            .refresh("30s")
            .time(self.since, "now")
            .timezone("Asia/Shanghai")
        )
        top = 0
        for row in self.rows:
            width = COLUMNS // len(row.panels)
            for n, panel in enumerate(row.panels):
                built.with_panel(_panel(panel).grid_pos(GridPos(h=row.height, w=width, x=n * width, y=top)))
            top += row.height
        return str(JSONEncoder(sort_keys=True, indent=2).encode(built.build())) + "\n"


def _panel(panel: Panel) -> Any:
    made = KINDS[panel.kind]().title(panel.title).unit(panel.unit).datasource(SOURCE)
    if panel.about:
        made.description(panel.about)
    for n, (name, query) in enumerate(panel.queries.items()):
        made.with_target(_target(panel.kind, chr(ord("A") + n), name, query))
    return made


def _target(kind: str, letter: str, name: str, query: str) -> Any:
    asked = Dataquery().expr(query).legend_format(name).ref_id(letter).datasource(SOURCE)
    return asked.range() if kind == "lines" else asked.instant()
