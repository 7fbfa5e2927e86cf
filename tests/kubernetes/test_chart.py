"""The chart: what Kubernetes would take, what it says against compose.yml, and what it refuses."""

from __future__ import annotations

import re
import tomllib
from typing import Any

import kubernetes_validate
import pytest
import yaml

from deploy.embedded.settings import ROOT
from services.roster.enrolment.settings import RosterSettings
from shared.process.config import mistyped, would_refuse
from shared.services import SERVICES
from tests.kubernetes.conftest import ALL, CHART, NEEDED, environment, everything, helm, named, pods, rendered

OPERATORS = "monitoring.coreos.com/v1"
"""Kinds of Prometheus' operator, of which Kubernetes itself has no schema."""
COMPOSE = yaml.safe_load((ROOT / "deploy" / "compose.yml").read_text())["services"]
CASES: list[dict[str, Any]] = [
    {},
    {name.replace(".", "__"): value for name, value in ALL.items()},
    {"copies": 1, "bus__replicas": 1, "gateway__enabled": False, "backup__enabled": True},
    {"networkPolicies__enabled": False, "settings__OLDEST_DAYS": "30", "image__digest": "sha256:" + "0" * 64},
]


@pytest.mark.parametrize("case", CASES, ids=["as it is", "all", "one copy", "digest"])
def test_kubernetes_would_take_every_object(case: dict[str, Any]) -> None:
    things = rendered(**case)
    for thing in things:
        if thing["apiVersion"] != OPERATORS:
            kubernetes_validate.validate(thing, "1.30", strict=True)
    names = [(thing["kind"], thing["metadata"]["name"]) for thing in things]
    assert len(names) == len(set(names)) > 10


def test_helm_finds_nothing_wrong() -> None:
    found = helm("lint --strict", {**NEEDED, **ALL})
    assert found.returncode == 0, found.stdout


@pytest.mark.parametrize(
    ("asked", "named_in"),
    [
        ({**NEEDED, "county": ""}, "county"),
        ({**NEEDED, "county": "12345"}, "county"),
        ({**NEEDED, "stationBus": "bus.example"}, "stationBus"),
        ({**NEEDED, "bus.replicas": 2}, "replicas"),
        ({**NEEDED, "settings.MONGO_URL": "mongodb://me:secret@there"}, "MONGO_URL"),
        ({**NEEDED, "contry": "123456"}, "contry"),
    ],
)
def test_values_that_cannot_be_are_refused_by_name(asked: dict[str, Any], named_in: str) -> None:
    made = helm("template county", asked)
    assert made.returncode != 0
    assert named_in in made.stderr


def test_it_is_of_the_projects_release() -> None:
    chart = yaml.safe_load((CHART / "Chart.yaml").read_text())
    release = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]
    assert (chart["version"], chart["appVersion"]) == (release, release)


def test_each_process_is_given_what_it_knows() -> None:
    for name, pod in pods(everything()):
        given = environment(pod["containers"][0])
        if name in SERVICES:
            assert (given["SERVICE"], given["COUNTY"], "metadata.name" in given["INSTANCE"]) == (name, "123456", True)
            assert (mistyped(given, RosterSettings), would_refuse(given, RosterSettings)) == ("", "")
            assert set(given) - {"SERVICE"} <= {field.upper() for field in RosterSettings.model_fields}, name
        if name == "gateway":
            addresses = {given[f"{service.upper()}_ADDRESS"] for service in SERVICES}
            assert addresses == {f"{service}-0.{service}:8100 {service}-1.{service}:8100" for service in SERVICES}


def test_memory_images_and_ports_are_those_of_compose() -> None:
    values = yaml.safe_load((CHART / "values.yaml").read_text())
    for name, pod in pods(everything()):
        limit = pod["containers"][0]["resources"]["limits"]["memory"]
        compose = COMPOSE["operator" if name == "backup" else name]
        assert limit.removesuffix("i").lower() == compose.get("mem_limit", "256m"), name
    assert values["gateway"]["image"] in COMPOSE["gateway"]["image"]
    reached = {port["targetPort"] for port in named(everything(), "Service", "gateway")["spec"]["ports"]}
    assert reached == {"https", "http"}


def test_nobody_is_root_and_nothing_is_written_but_where_it_is_meant() -> None:
    for name, pod in pods(everything()):
        security = pod["securityContext"]
        assert (security["runAsNonRoot"], security["runAsUser"]) == (True, 10001), name
        assert (pod["automountServiceAccountToken"], security["seccompProfile"]["type"]) == (False, "RuntimeDefault")
        for container in (*pod.get("initContainers", ()), *pod["containers"]):
            own = container["securityContext"]
            assert (own["readOnlyRootFilesystem"], own["allowPrivilegeEscalation"]) == (True, False), name
            assert own["capabilities"]["drop"] == ["ALL"], name


def test_no_secret_stands_in_it() -> None:
    kinds = {thing["kind"] for thing in everything()}
    assert "Secret" not in kinds
    mounted = {
        volume["secret"]["secretName"]
        for _, pod in pods(everything())
        for volume in pod["volumes"]
        if "secret" in volume
    }
    assert mounted == {f"lianban-{part}" for part in (*SERVICES, "setup", "users", "gateway", "all", "alerts")}


def test_whoever_is_chosen_is_there() -> None:
    things = everything()
    labels = [
        thing["spec"]["template"]["metadata"]["labels"] for thing in things if "template" in thing.get("spec", {})
    ]
    chosen = [thing["spec"]["selector"] for thing in things if thing["kind"] in ("Service", "PodDisruptionBudget")]
    for one in chosen:
        wanted = one.get("matchLabels", one).items()
        assert any(wanted <= there.items() for there in labels), one


def test_prometheus_is_given_the_rules_as_they_are() -> None:
    rules = {thing["metadata"]["name"]: thing["spec"] for thing in everything() if thing["kind"] == "PrometheusRule"}
    there = (ROOT / "deploy" / "prometheus" / "rules").glob("*.yml")
    assert rules == {f"lianban-{one.stem}": yaml.safe_load(one.read_text()) for one in there}


def test_set_up_comes_before_what_it_sets_up() -> None:
    job = named(rendered(), "Job", "setup")
    assert job["metadata"]["annotations"]["helm.sh/hook"] == "pre-install,pre-upgrade,pre-rollback"
    given = environment(job["spec"]["template"]["spec"]["containers"][0])
    assert (given["REPLICAS"], given["MONGO_USERS"], "REPLICAS_MAY_FALL" in given) == ("3", "/run/users", False)


def test_the_gateways_file_is_compose_s_own() -> None:
    data = named(rendered(), "ConfigMap", "gateway")["data"]
    for name, place in (("Caddyfile", "gateway/Caddyfile"), ("kept.sh", "container/kept.sh")):
        assert data[name].strip() == (ROOT / "deploy" / place).read_text().strip(), name


def test_nothing_of_a_registry_s_is_meant_by_latest() -> None:
    images = [container["image"] for _, pod in pods(everything()) for container in pod["containers"]]
    assert all(re.search(r":(?!latest)[\w.-]+$", image) for image in images), images


def test_what_came_since_an_archive_is_saved_as_compose_does_and_on_the_machine_that_has_the_volume() -> None:
    things = everything()
    parts, backup = named(things, "Deployment", "parts"), named(things, "CronJob", "backup")
    (given,) = [container["args"] for _, pod in pods([parts]) for container in pod["containers"]]
    compose = ["/backups/archives" if word == "/run/lianban/backups" else word for word in COMPOSE["parts"]["command"]]
    assert given == compose
    ((_, pod),) = pods([backup])
    (beside,) = pod["affinity"]["podAffinity"]["requiredDuringSchedulingIgnoredDuringExecution"]
    labels = parts["spec"]["template"]["metadata"]["labels"]
    assert beside["labelSelector"]["matchLabels"] == labels == parts["spec"]["selector"]["matchLabels"]
    assert all("affinity" not in pod for _, pod in pods(rendered(backup__enabled=True)))
