"""The compose files as compose itself reads them: valid, hardened, each service in its place; no engine needed."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import typer
import yaml

from deploy.commands.__main__ import VERBS
from deploy.commands.door import lianban
from deploy.container.processes import PROCESSES
from deploy.embedded.settings import ROOT
from shared.services import SERVICES

COMPOSE = Path(sys.executable).with_name("docker-compose")
COUNTY, STATION, CLUSTER = "deploy/compose.yml", "deploy/compose.station.yml", "deploy/compose.cluster.yml"
SECRETS = ROOT / "deploy" / "secrets"
COPIES = {f"{name}-2" for name in SERVICES}
EXPORTERS = {"node-exporter", "nats-exporter"}
SERVERS = {"nats", "mongo", "gateway", "prometheus", "alertmanager", "grafana", *EXPORTERS}


def typed(command: list[str]) -> dict[str, Any]:
    """What `lianban` reads of words that compose gives it."""
    assert VERBS  # each has declared its own
    verb = typer.main.get_command(lianban).commands[command[0]]  # type: ignore[attr-defined]
    return dict(verb.make_context(command[0], command[1:]).params)


def composed(file: str, *profiles: str, beside: str = "", **environment: str) -> dict[str, Any]:
    """A file with everything filled in, as whoever types it has set; with another that is laid over it."""
    files = ("-f", file, *(("-f", beside) if beside else ()))
    chosen = [word for profile in profiles for word in ("--profile", profile)]
    ran = subprocess.run(
        (COMPOSE, *files, *chosen, "config", "--format", "json"),
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "HOME": os.environ.get("HOME", "/"), "COUNTY": "150424", **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    configured: dict[str, Any] = json.loads(ran.stdout)
    return configured


@pytest.fixture(scope="module")
def county() -> dict[str, Any]:
    services: dict[str, Any] = composed(COUNTY, "grafana", "exporters")["services"]
    return services


def test_a_county_that_is_not_named_is_not_begun() -> None:
    with pytest.raises(AssertionError, match="COUNTY"):
        composed(COUNTY, COUNTY="")


def test_an_image_is_called_by_what_it_was_built_from_unless_it_is_another(county: dict[str, Any]) -> None:
    assert county["roster"]["image"] == "lianban:0.2.0-unknown"
    built = composed(COUNTY, REVISION="abcdef0")["services"]
    assert {built[name]["image"] for name in (*SERVICES, "setup", "secrets")} == {"lianban:0.2.0-abcdef0"}
    assert built["secrets"]["build"]["args"]["REVISION"] == "abcdef0"
    other = composed(COUNTY, REVISION="abcdef0", LIANBAN_IMAGE="registry.example/lianban:2")["services"]
    assert other["roster"]["image"] == "registry.example/lianban:2"


def test_a_county_is_four_services_their_servers_what_tells_people_and_two_that_prepare_them(
    county: dict[str, Any],
) -> None:
    assert set(county) == {*SERVICES, *SERVERS, "alerts", "secrets", "setup"}


def test_grafana_and_exporters_are_only_there_when_asked_for() -> None:
    assert not {"grafana", *EXPORTERS} & set(composed(COUNTY)["services"])


def test_whatever_prometheus_asks_and_tells_is_in_the_same_compose_file(county: dict[str, Any]) -> None:
    text = (ROOT / "deploy" / "prometheus" / "prometheus.yml").read_text()
    settings = yaml.safe_load(text)
    found = {name.partition(":")[0] for name in re.findall(r'"([a-z-]+:[0-9]+)"', text)}
    found |= {
        name for one in settings["scrape_configs"] for way in one.get("dns_sd_configs", ()) for name in way["names"]
    }
    # An exporter of MongoDB's is its operator's own: what it is let in by would stand in its environment.
    assert found - {"localhost", "mongodb-exporter"} == {*SERVICES, "alertmanager", "alerts", *EXPORTERS, *COPIES}
    said = (ROOT / "deploy" / "alertmanager" / "alertmanager.yml").read_text()
    assert set(re.findall(r"http://([a-z]+):8100/", said)) == {"alerts"} <= set(county)


def test_everything_is_bounded_and_nothing_may_gain_rights(county: dict[str, Any]) -> None:
    for name, one in {**county, **composed(STATION)["services"]}.items():
        assert int(one["mem_limit"]) > 0, name
        assert one["logging"]["options"]["max-size"], name
        assert one["cap_drop"] == ["ALL"], name
        assert one["security_opt"] == ["no-new-privileges:true"], name
        assert one["restart"], name


def test_only_what_makes_the_secrets_runs_as_root_and_only_the_database_writes_beside_its_volumes(
    county: dict[str, Any],
) -> None:
    assert {name for name, one in county.items() if one.get("user") == "0:0"} == {"secrets"}
    assert {name for name, one in county.items() if not one.get("read_only")} == {"mongo"}


def test_the_services_wait_for_set_up_and_set_up_for_the_secrets(county: dict[str, Any]) -> None:
    for name in SERVICES:
        assert county[name]["depends_on"]["setup"]["condition"] == "service_completed_successfully"
    for name in ("nats", "mongo"):
        assert county[name]["depends_on"]["secrets"]["condition"] == "service_completed_successfully"


def test_a_process_is_given_its_own_secrets_and_no_others(county: dict[str, Any]) -> None:
    for name in (*SERVICES, "setup"):
        (volume,) = [volume for volume in county[name]["volumes"] if volume["type"] == "bind"]
        assert (Path(volume["source"]).name, volume["target"], volume["read_only"]) == (name, "/run/secrets", True)


def test_what_a_service_puts_down_of_a_form_is_on_the_disk_and_its_own(county: dict[str, Any]) -> None:
    """Memory that is called a folder would count as the service's, and two people's photos fill it."""
    for name in SERVICES:
        volumes = [volume for volume in county[name]["volumes"] if volume["type"] == "volume"]
        (volume,) = [volume for volume in volumes if not volume.get("read_only")]
        assert (volume["source"], volume["target"]) == (f"{name}-forms", "/tmp")
        assert not county[name].get("tmpfs")


def test_how_much_is_logged_and_how_long_the_gateway_waits_is_the_operators_to_say() -> None:
    services = composed(COUNTY, LOG_LEVEL="debug", GATEWAY_PATIENCE="90s")["services"]
    assert {services[name]["environment"]["LOG_LEVEL"] for name in SERVICES} == {"debug"}
    assert services["gateway"]["environment"]["GATEWAY_PATIENCE"] == "90s"


def test_an_engine_that_may_itself_open_fewer_files_is_told_how_many() -> None:
    """What it has not it cannot give: it would start none of them."""
    services = composed(COUNTY, OPEN_FILES="20000")["services"]
    limits = {name: one["ulimits"]["nofile"] for name, one in services.items()}
    assert limits.pop("gateway") == 6000
    assert all(limit == {"soft": 20000, "hard": 20000} for limit in limits.values()), limits


def test_what_a_server_is_given_of_this_project_is_there(county: dict[str, Any]) -> None:
    """Where a file is missing the engine makes an empty folder, and the server starts without it."""
    mounted = {
        Path(volume["source"])
        for one in county.values()
        for volume in one.get("volumes", ())
        if volume["type"] == "bind"
    }
    ours = {source for source in mounted if not source.is_relative_to(SECRETS)}
    assert ours
    assert [str(source) for source in sorted(ours) if not source.exists()] == []


def test_every_process_of_the_image_is_one_that_it_knows(county: dict[str, Any]) -> None:
    run = {**county, **composed(COUNTY, "operator", "point-in-time")["services"]}
    chosen = {one["environment"]["SERVICE"] for one in run.values() if "SERVICE" in one.get("environment", {})}
    assert chosen == set(PROCESSES) - {"station", "look", "whole"}
    assert composed(STATION)["services"]["station"]["environment"]["SERVICE"] == "station"


def test_parts_are_made_only_where_a_county_asks_and_lie_beside_its_archives(county: dict[str, Any]) -> None:
    assert "parts" not in county
    parts = composed(COUNTY, "point-in-time", BACKUPS="/mnt/backups")["services"]["parts"]
    lies = {volume["target"]: (volume["source"], volume.get("read_only", False)) for volume in parts["volumes"]}
    assert lies["/run/lianban/backups"] == ("/mnt/backups", False)
    assert lies["/run/lianban/secrets"] == (str(SECRETS), True)
    asked = typed(parts["command"])
    assert (asked["to"], asked["since_last"], asked["every"]) == (Path("/run/lianban/backups"), True, 60)


def test_no_secret_stands_in_an_environment(county: dict[str, Any]) -> None:
    for one in county.values():
        for name, value in one.get("environment", {}).items():
            is_a_place = name.endswith("_FILE") and (not value or str(value).startswith("/"))
            assert "SECRET" not in name or is_a_place
            assert "PASSWORD" not in name or str(value).startswith("/run/secrets/")


def test_what_asks_nobody_is_for_the_host_alone(county: dict[str, Any]) -> None:
    hosts = {name: {one.get("host_ip") for one in county[name].get("ports", ())} for name in county}
    assert {name for name, ips in hosts.items() if ips == {"127.0.0.1"}} == {"prometheus", "alertmanager", "grafana"}
    assert {name for name, ips in hosts.items() if ips == {None}} == {"nats", "gateway"}


def test_the_gateway_is_given_its_certificate_and_sends_http_to_the_name_that_is_configured(
    county: dict[str, Any],
) -> None:
    gateway = county["gateway"]
    (tls,) = [volume for volume in gateway["volumes"] if volume["target"] == "/run/secrets"]
    assert (Path(tls["source"]), tls["read_only"]) == (SECRETS / "gateway", True)
    assert gateway["environment"]["PUBLIC_URL"] == "https://localhost:8443"
    assert county["secrets"]["command"][-2:] == ["--gateway", "localhost"]
