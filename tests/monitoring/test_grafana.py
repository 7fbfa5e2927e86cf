"""What Grafana is given fits together: the data source that dashboards name, the folder they are read from."""

from __future__ import annotations

import json
import re
from typing import Any

import yaml

from deploy.embedded.settings import ROOT
from deploy.grafana.__main__ import DASHBOARDS, FOLDER
from tests.monitoring.test_compose import composed

COUNTER = re.compile(r"\b(\w+_(?:total|count|sum|bucket))(?:\{[^}]*\})?(.?)")
PROVISIONING = ROOT / "deploy" / "grafana" / "provisioning"


def provisioned(what: str) -> dict[str, Any]:
    (file,) = (PROVISIONING / what).glob("*.yml")
    content: dict[str, Any] = yaml.safe_load(file.read_text(encoding="utf-8"))
    assert content["apiVersion"] == 1
    return content


def test_every_panel_asks_the_provisioned_source() -> None:
    (source,) = provisioned("datasources")["datasources"]
    asked = {
        (panel["datasource"]["type"], panel["datasource"]["uid"])
        for file in FOLDER.glob("*.json")
        for panel in json.loads(file.read_text(encoding="utf-8"))["panels"]
    }
    assert asked == {(source["type"], source["uid"])}


def test_the_source_is_the_prometheus_of_the_same_compose_file() -> None:
    (source,) = provisioned("datasources")["datasources"]
    assert source["url"] == "http://prometheus:9090"
    assert "prometheus" in composed("deploy/compose.yml")["services"]


def test_the_dashboards_lie_where_grafana_looks_for_them() -> None:
    (provider,) = provisioned("dashboards")["providers"]
    volumes = composed("deploy/compose.yml", "grafana")["services"]["grafana"]["volumes"]
    sources = {volume["target"]: volume["source"] for volume in volumes}
    assert sources[provider["options"]["path"]] == str(FOLDER)
    assert sources["/etc/grafana/provisioning"] == str(PROVISIONING)


def test_no_panel_shows_a_counter_as_it_stands() -> None:
    """It falls to nothing whenever a process begins anew."""
    queries = [query for dashboard in DASHBOARDS for panel in dashboard.panels for query in panel.queries.values()]
    counters = [found for query in queries for found in COUNTER.findall(query)]
    assert counters
    assert [name for name, behind in counters if behind != "["] == []


def test_a_panel_goes_from_green_to_red_whichever_way_is_worse() -> None:
    judged = [panel for dashboard in DASHBOARDS for panel in dashboard.panels if panel.steps]
    assert len(judged) > 20
    for panel in judged:
        (first, *_, last), values = panel.steps, [step.value for step in panel.steps[1:]]
        assert values == sorted(filter(None, values)), panel.title
        assert {first.color, last.color} == {"green", "red"}, panel.title
    assert {panel.steps[0].color for panel in judged} == {"green", "red"}


def test_each_leads_to_the_others_and_what_a_reader_may_choose_is_asked_by_some_panel() -> None:
    for file in FOLDER.glob("*.json"):
        made = json.loads(file.read_text(encoding="utf-8"))
        assert [link["tags"] for link in made["links"]] == [["lianban"]]
        chosen = {one["name"] for one in made.get("templating", {}).get("list", [])}
        assert chosen == set(re.findall(r"\$(\w+)", " ".join(query_of(made))))


def test_nothing_is_null_but_the_threshold_that_has_no_bound_below() -> None:
    """As @grafana/schema has it: whatever else is not said is left out."""
    for file in FOLDER.glob("*.json"):
        said = file.read_text(encoding="utf-8")
        assert set(re.findall(r'"(\w+)": null', said)) <= {"value"}, file.name


def query_of(made: dict[str, Any]) -> list[str]:
    return [target["expr"] for panel in made["panels"] for target in panel["targets"]]


def test_there_are_five_and_their_panels_do_not_overlap() -> None:
    assert {dashboard.uid for dashboard in DASHBOARDS} == {file.stem for file in FOLDER.glob("*.json")}
    assert len(DASHBOARDS) == 5
    for dashboard in DASHBOARDS:
        places = [panel["gridPos"] for panel in json.loads(dashboard.as_json())["panels"]]
        cells = [
            (x, y)
            for at in places
            for x in range(at["x"], at["x"] + at["w"])
            for y in range(at["y"], at["y"] + at["h"])
        ]
        assert len(cells) == len(set(cells))
