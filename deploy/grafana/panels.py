"""What a dashboard is made of: a panel is a title, a kind, a unit and queries; rows of them fill 24 columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from grafana_foundation_sdk.builders.bargauge import Panel as BarGauge
from grafana_foundation_sdk.builders.dashboard import Dashboard as DashboardBuilder
from grafana_foundation_sdk.builders.dashboard import DashboardLink, QueryVariable, ThresholdsConfig
from grafana_foundation_sdk.builders.prometheus import Dataquery
from grafana_foundation_sdk.builders.stat import Panel as Stat
from grafana_foundation_sdk.builders.table import Panel as Table
from grafana_foundation_sdk.builders.timeseries import Panel as TimeSeries
from grafana_foundation_sdk.cog.encoder import JSONEncoder
from grafana_foundation_sdk.models.dashboard import (
    DashboardLinkType,
    DataSourceRef,
    GridPos,
    Threshold,
    ThresholdsMode,
    VariableRefresh,
)

SOURCE = DataSourceRef(type_val="prometheus", uid="lianban")
COLUMNS = 24
UNKNOWN = "没有数据"
KINDS: Mapping[str, Any] = {"number": Stat, "lines": TimeSeries, "bars": BarGauge, "table": Table}


@dataclass(frozen=True, slots=True)
class Panel:
    """`queries` are PromQL by the name of their series; `unit` is Grafana's.

    From `amber` on somebody should look, from `red` on act: upwards, or downwards where `red` is the smaller one.
    """

    title: str
    kind: str
    queries: Mapping[str, str]
    unit: str = "short"
    about: str = ""
    amber: float | None = None
    red: float | None = None

    @property
    def steps(self) -> list[Threshold]:
        """Colours from the lowest value up; nothing is judged where no limit is said."""
        amber, red = self.amber, self.red
        if amber is None or red is None:
            return []
        if amber <= red:
            return [Threshold(None, "green"), Threshold(amber, "orange"), Threshold(red, "red")]
        return [Threshold(None, "red"), Threshold(red, "orange"), Threshold(amber, "green")]


@dataclass(frozen=True, slots=True)
class Row:
    """Panels side by side, each as wide as the others."""

    panels: tuple[Panel, ...]
    height: int = 8


@dataclass(frozen=True, slots=True)
class Dashboard:
    """A page of rows; `chosen` are labels by whose values a reader narrows it, each with its name and its metric."""

    uid: str
    title: str
    rows: tuple[Row, ...]
    since: str = "now-24h"
    chosen: Mapping[str, tuple[str, str]] = field(default_factory=dict)
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
            .link(DashboardLink("联办看板").type(DashboardLinkType.DASHBOARDS).tags(["lianban"]).keep_time(True))
        )
        for label, (name, metric) in self.chosen.items():
            built.with_variable(_choice(label, name, metric))
        top = 0
        for row in self.rows:
            width = COLUMNS // len(row.panels)
            for n, panel in enumerate(row.panels):
                built.with_panel(_panel(panel).grid_pos(GridPos(h=row.height, w=width, x=n * width, y=top)))
            top += row.height
        made: Any = built.build()
        for panel in made.panels:
            panel.options = panel.options or {}  # where nothing is chosen Grafana's schema has an object, or nothing
        return str(JSONEncoder(sort_keys=True, indent=2).encode(made)) + "\n"


def _panel(panel: Panel) -> Any:
    made = KINDS[panel.kind]().title(panel.title).unit(panel.unit).datasource(SOURCE)
    if panel.about:
        made.description(panel.about)
    if panel.steps:
        made.thresholds(ThresholdsConfig().mode(ThresholdsMode.ABSOLUTE).steps(panel.steps))
    if panel.kind == "number":
        made.no_value(UNKNOWN)
    for n, (name, query) in enumerate(panel.queries.items()):
        made.with_target(_target(panel.kind, chr(ord("A") + n), name, query))
    return made


def _choice(label: str, name: str, metric: str) -> QueryVariable:
    """One, several or all of a label's values."""
    asked = QueryVariable(label).label(name).datasource(SOURCE).query(f"label_values({metric}, {label})")
    return asked.refresh(VariableRefresh.ON_TIME_RANGE_CHANGED).multi(True).include_all(True).all_value(".*")


def _target(kind: str, letter: str, name: str, query: str) -> Any:
    asked = Dataquery().expr(query).legend_format(name).ref_id(letter).datasource(SOURCE)
    return asked.range() if kind == "lines" else asked.instant()
