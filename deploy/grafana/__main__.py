"""Writes every dashboard to its file; a test fails when a file is not what is declared."""

from __future__ import annotations

from pathlib import Path

from deploy.grafana.county import COUNTY
from deploy.grafana.pipeline import PIPELINE
from deploy.grafana.reports import REPORTS
from deploy.grafana.servers import SERVERS
from deploy.grafana.stations import STATIONS

DASHBOARDS = (COUNTY, PIPELINE, STATIONS, REPORTS, SERVERS)
FOLDER = Path(__file__).parent / "dashboards"


def main() -> None:
    """One file each, named by its uid."""
    for dashboard in DASHBOARDS:
        (FOLDER / f"{dashboard.uid}.json").write_text(dashboard.as_json(), encoding="utf-8")


if __name__ == "__main__":
    main()
