"""Dashboards and alerts on a real Prometheus that scrapes the county with its year: every panel says something."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest
import yaml

from deploy.embedded.county import record
from deploy.embedded.ports import any_free
from deploy.embedded.settings import ROOT
from deploy.grafana.__main__ import DASHBOARDS, FOLDER
from shared.bus.streams import CONSUMERS
from shared.calendar import CHINA
from shared.identity.tokens import token_of
from shared.services import SERVICES
from tests.browser.conftest import ShownCounty
from tests.journeys.running import outside
from tests.submitters import station
from tests.wants import ALERTS, wants

SCRAPES = 2
"""Of each service, so that a rate has something to go by."""
PATIENCE = 60.0
CHOSEN = re.compile(r"\$\w+")
"""A label that a reader chooses; all unless told."""
ELSEWHERE = re.compile(
    r"\b(node|gnatsd|mongodb|lianban_alert|lianban_backup|lianban_certificate)_|lianban:photos_disk|\[30d:"
)
"""What exporters and the relay say, a backup, and a month of photos: none is here."""
OF_SILENT = ("lianban_station_silent", "lianban:station_silence_seconds:max")


class Prometheus:
    """One that was started here."""

    def __init__(self, url: str) -> None:
        self._url = url

    def asks(self, query: str) -> list[dict[str, Any]]:
        """The series that a query finds now."""
        answer = httpx.get(f"{self._url}/api/v1/query", params={"query": query}, timeout=10, trust_env=False)
        assert answer.status_code == 200, f"{query}\n{answer.text}"
        found: list[dict[str, Any]] = answer.json()["data"]["result"]
        return found

    def has_seen_enough(self) -> bool:
        """Every service was scraped several times, without a fault."""
        if not self._is_ready():
            return False
        seen = self.asks(f'count_over_time(up{{job="lianban"}}[1m] @ end()) >= {SCRAPES} and up == 1')
        return len(seen) == len(SERVICES)

    def _is_ready(self) -> bool:
        """It listens, and answers 503, before it can be asked anything."""
        try:
            return httpx.get(f"{self._url}/-/ready", timeout=10, trust_env=False).status_code == 200
        except httpx.TransportError:
            return False


def own_ports(county: ShownCounty) -> dict[str, str]:
    """Where each service answers Prometheus: not behind the gateway, which everybody reaches."""
    if county.data is None:
        pytest.skip("metrics of a county elsewhere are not reached from here")
    found = record.read(county.data)
    assert found is not None
    return {name: urlsplit(url).netloc for name, url in found.addresses.services.items()}


def configuration(ports: Mapping[str, str]) -> dict[str, Any]:
    """As compose has it, but every few seconds."""
    settings: dict[str, Any] = yaml.safe_load((ROOT / "deploy" / "prometheus" / "prometheus.yml").read_text())
    settings["global"] |= {"scrape_interval": "4s", "evaluation_interval": "1s", "scrape_timeout": "4s"}
    settings["rule_files"] = [str(ROOT / "deploy" / "prometheus" / "rules" / "*.yml")]
    (job,) = settings["scrape_configs"] = [one for one in settings["scrape_configs"] if one["job_name"] == "lianban"]
    for one in job["static_configs"]:
        one["targets"] = [ports[one["labels"]["service"]]]
    del settings["alerting"]
    return settings


def decides(county: ShownCounty) -> None:
    """A patrol of today; where nobody can submit it, what the county has decided before must do."""
    if not county.secret:
        return
    said = station.logs(datetime.now(CHINA))
    headers = {**said.message.headers, "authorization": f"Bearer {token_of(said.submitter, county.secret)}"}
    url = county.at("/inspection/api/submissions")
    answer = httpx.post(url, headers=headers, content=said.message.body, timeout=60, trust_env=False)
    assert answer.status_code in (200, 202), answer.text


@pytest.fixture(scope="module")
def prometheus(county: ShownCounty, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Prometheus]:
    """Has seen every service several times, and something decided since they were started."""
    wants(ALERTS)
    decides(county)
    folder, port = tmp_path_factory.mktemp("prometheus"), any_free()
    (folder / "prometheus.yml").write_text(yaml.safe_dump(configuration(own_ports(county)), allow_unicode=True))
    command = (
        *("prometheus", f"--config.file={folder / 'prometheus.yml'}", f"--storage.tsdb.path={folder / 'data'}"),
        f"--web.listen-address=127.0.0.1:{port}",
    )
    with (folder / "log").open("w") as log, subprocess.Popen(command, stdout=log, stderr=log) as process:
        try:
            asked, until = Prometheus(f"http://127.0.0.1:{port}"), time.monotonic() + PATIENCE
            while not asked.has_seen_enough():
                going_on = process.poll() is None and time.monotonic() < until
                assert going_on, (folder / "log").read_text()[-2000:]
                time.sleep(0.2)
            yield asked
        finally:
            process.terminate()


def test_the_files_are_what_is_declared() -> None:
    for dashboard in DASHBOARDS:
        assert (FOLDER / f"{dashboard.uid}.json").read_text(encoding="utf-8") == dashboard.as_json()


def panels() -> list[tuple[str, list[str]]]:
    """Every panel of the files that Grafana reads, with its queries."""
    found = []
    for file in sorted(FOLDER.glob("*.json")):
        for panel in json.loads(file.read_text(encoding="utf-8"))["panels"]:
            found.append((f"{file.stem}: {panel['title']}", [target["expr"] for target in panel["targets"]]))
    return found


@pytest.mark.parametrize(("panel", "queries"), panels(), ids=lambda value: value if isinstance(value, str) else "")
def test_a_panel_has_series(prometheus: Prometheus, panel: str, queries: list[str]) -> None:
    for query in queries:
        series = prometheus.asks(CHOSEN.sub(".*", query))
        assert series or ELSEWHERE.search(query), f"{panel} is empty: {query}"
        assert not any(one["value"][1] == "NaN" for one in series), query


def test_the_figures_of_the_year_are_there(prometheus: Prometheus) -> None:
    reports = {one["metric"]["kind"]: one["value"][1] for one in prometheus.asks("max by (kind) (lianban_reports)")}
    assert reports == {"monthly": "308", "quarterly": "84", "annual": "28"}
    assert prometheus.asks("max(lianban_differences)")[0]["value"][1] == "0"
    assert prometheus.asks("max(lianban_look_failures_total)")[0]["value"][1] == "0"
    seen = {one["metric"]["consumer"] for one in prometheus.asks("lianban_consumer_oldest_pending_seconds")}
    assert seen == {one.name for one in CONSUMERS}


def test_the_year_has_every_figure_of_the_source(county: ShownCounty) -> None:
    if county.data is None:
        pytest.skip("the county of LIANBAN_PAGES_URL is not ours to ask")
    command, environment = (
        (sys.executable, "-m", "deploy.linxi.figures"),
        {**outside(), "LIANBAN_DATA": str(county.data)},
    )
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_the_silence_of_2018_raises_no_alert(prometheus: Prometheus) -> None:
    raised = {one["metric"]["alertname"] for one in prometheus.asks("ALERTS")}
    # Whether next year's notice is known hangs on the day on which this runs; no turn of duty ends where there is none.
    assert "LianbanWatchdog" in raised  # which always does
    assert raised <= {"LianbanWatchdog", "LianbanDeadLetters", "LianbanPatrolRateLow", "LianbanCalendarEnding"}, raised


def test_every_service_counts_as_prometheus_would_have_it(county: ShownCounty) -> None:
    wants(ALERTS)
    for name, at in own_ports(county).items():
        page = httpx.get(f"http://{at}/{name}/metrics", timeout=10, trust_env=False).content
        done = subprocess.run(("promtool", "check", "metrics"), input=page, capture_output=True, check=False)
        assert (done.returncode, done.stderr) == (0, b""), f"{name}: {done.stderr.decode()}"


def test_labels_are_bounded(prometheus: Prometheus) -> None:
    """Never a person, a case or an event's id; a station only where its last contact is told."""
    series = prometheus.asks('{__name__=~"lianban[_:].+"}')
    with_station = {one["metric"]["__name__"] for one in series if "station" in one["metric"]}
    assert with_station <= {"lianban_station_last_contact_timestamp_seconds", *OF_SILENT}
    names = {name for one in series for name in one["metric"]}
    known = {"__name__", "job", "instance", "service", "county", "le", "type", "verdict", "reason", "point", "consumer"}
    assert names <= known | {
        "stream",
        "kind",
        "state",
        "station",
        "part",
        "mountpoint",
        "name",
        "version",
        "revision",
        "of",
        "way",
    }
