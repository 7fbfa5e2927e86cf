"""What cannot derive from the table of services is held to it by these tests: each file, and each service in it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
import yaml

from deploy.embedded.settings import ROOT
from shared import events
from shared.events import Fact, Submission
from shared.pages.navigation import PLACES
from shared.pages.rendering import FIRST
from shared.services import SERVICES, TABLE, Listed

GATEWAY, COMPOSE = "deploy/gateway/Caddyfile", "deploy/compose.yml"
PROMETHEUS, PROJECT = "deploy/prometheus/prometheus.yml", "pyproject.toml"
FILES = (GATEWAY, COMPOSE, PROMETHEUS, PROJECT)


def forwarded(text: str) -> Any:
    """To whom the gateway hands on: path, variable, and the address without it."""
    return sorted(re.findall(r"import service (\w+) \{\$(\w+):(\w+):(\d+)\}", text))


def composed(text: str) -> Any:
    """The containers that are copies of a service, and what the gateway knows of them."""
    containers = yaml.safe_load(text)["services"]
    gateway = containers["gateway"]
    copies = {name: one["environment"].get("INSTANCE") for name, one in containers.items() if "environment" in one}
    addresses = {name: where for name, where in gateway["environment"].items() if name.endswith("_ADDRESS")}
    return {name: own for name, own in copies.items() if own}, addresses, sorted(gateway["depends_on"])


def scraped(text: str) -> Any:
    """What Prometheus asks, and under which label."""
    (job,) = [one for one in yaml.safe_load(text)["scrape_configs"] if one["job_name"] == "lianban"]
    return sorted((*one["targets"], *one["labels"].values()) for one in job["static_configs"])


def packaged(text: str) -> Any:
    """What a station's PC is not given; who may not import whom."""
    tool = tomllib.loads(text)["tool"]
    (layers,) = (one["layers"][0] for one in tool["importlinter"]["contracts"] if one.get("exhaustive"))
    return sorted(tool["uv"]["build-backend"]["wheel-exclude"]), sorted(re.findall(r"\((\w+)\)", layers))


def expected(table: Sequence[Listed]) -> dict[str, Any]:
    """What these files say by the table."""
    names = sorted(one.name for one in table)
    return {
        GATEWAY: sorted((one.name, f"{one.name.upper()}_ADDRESS", one.name, str(one.port)) for one in table),
        COMPOSE: (
            {name: f"{name}-1" for name in names},
            {f"{name.upper()}_ADDRESS": f"{name}:8100" for name in names},
            names,
        ),
        PROMETHEUS: [(f"{name}:8100", name, f"/{name}/metrics") for name in names],
        PROJECT: ([f"services/{name}/**" for name in names], sorted([*names, "station"])),
    }


READ = {GATEWAY: forwarded, COMPOSE: composed, PROMETHEUS: scraped, PROJECT: packaged}


def said(file: str, root: Path = ROOT, forgetting: str = "") -> Any:
    """What a file says, as it would if it had never heard of a service."""
    text = (root / file).read_text(encoding="utf-8")
    return READ[file](re.sub(rf"\b{forgetting}\b", "elsewhere", text) if forgetting else text)


@pytest.mark.parametrize("file", FILES)
def test_a_file_that_cannot_derive_says_what_the_table_says(file: str) -> None:
    assert said(file) == expected(TABLE)[file]


@pytest.mark.parametrize("file", FILES)
@pytest.mark.parametrize("service", SERVICES)
def test_a_service_that_such_a_file_forgets_is_missed(file: str, service: str) -> None:
    assert said(file, forgetting=service) != expected(TABLE)[file]


def test_the_first_page_is_the_first_place_of_the_navigation() -> None:
    assert f"redir / {FIRST} 302" in (ROOT / GATEWAY).read_text(encoding="utf-8")


def test_names_ports_and_turns_are_taken_once_and_places_lie_below_their_service() -> None:
    turns, keys = [(one.page.turn, one.page.work) for one in PLACES], [(one.service, one.page.key) for one in PLACES]
    for values in (SERVICES, [one.port for one in TABLE], turns, keys, [one.url for one in PLACES]):
        assert len(set(values)) == len(values)
    assert {place.url.split("/")[1] for place in PLACES} <= {*SERVICES}


def test_every_service_has_its_module_of_events_and_every_event_a_service_of_the_table() -> None:
    for service in SERVICES:
        assert getattr(events, service) is import_module(f"shared.events.{service}")
    assert {kind.service for kind in [*Submission.registry.values(), *Fact.registry.values()]} <= {*SERVICES}


def test_dashboards_and_alerts_ask_about_no_service_that_is_none() -> None:
    files = [*(ROOT / "deploy" / "grafana").rglob("*.json"), *(ROOT / "deploy" / "prometheus").rglob("*.yml")]
    asked = {name for file in files for name in re.findall(r'service=\\?"(\w+)', file.read_text(encoding="utf-8"))}
    assert asked
    assert asked <= {*SERVICES}
