"""A Prometheus with the county's own rules, which fire at once, and an Alertmanager whose relay is away."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from deploy.embedded.children.child import Child, Command
from deploy.embedded.ports import HOST
from deploy.embedded.settings import ROOT

RULES = ROOT / "deploy" / "prometheus" / "rules"
COPIED, COPY = "greenchannel", "greenchannel-2"
DUPLICATED = 'label_replace(label_replace(up{job="lianban"}, "service", "", "", ""), "instance", "", "", "")'
"""A rule that cannot be computed: what it says of four services has one name."""
Rules = Mapping[str, Any]
Changed = Callable[[Rules], dict[str, Any]]


def at_once(rules: Rules) -> dict[str, Any]:
    """The same rules, which fire as soon as it is so; their thresholds and windows stay."""
    groups = [{**of, "rules": [_without(rule, "for") for rule in of["rules"]]} for of in rules["groups"]]
    return {"groups": groups}


def sooner(changes: Mapping[str, Mapping[str, str]]) -> Changed:
    """Besides, in the expression of each alert that is named, these words are others: hours become seconds.

    Each of them must stand there exactly once, so that a rule that has changed since is noticed.
    """

    def changed(rules: Rules) -> dict[str, Any]:
        made = at_once(rules)
        for group in made["groups"]:
            group["rules"] = [_saying(rule, changes.get(rule.get("alert", ""), {})) for rule in group["rules"]]
        return made

    return changed


def _saying(rule: Mapping[str, Any], others: Mapping[str, str]) -> dict[str, Any]:
    said = str(rule["expr"])
    for before, after in others.items():
        assert said.count(before) == 1, f"{rule['alert']} does not say {before!r} once: {said}"
        said = said.replace(before, after)
    return {**rule, "expr": said}


def _without(rule: Mapping[str, Any], name: str) -> dict[str, Any]:
    return {key: value for key, value in rule.items() if key != name}


def scraped(ports: Mapping[str, int], managed: int, away: Sequence[str] = ()) -> list[dict[str, Any]]:
    """As compose has it, for these ports; neither relay nor second copy is there, and services may be left out."""
    jobs: list[dict[str, Any]] = yaml.safe_load((RULES.parent / "prometheus.yml").read_text())["scrape_configs"]
    (county,) = (job for job in jobs if job["job_name"] == "lianban")
    for one in county["static_configs"]:
        service = one["labels"]["service"]
        one["targets"] = [f"{HOST}:{ports[at]}" for at in (service, COPY) if at == service or service == COPIED]
    county["static_configs"] = [one for one in county["static_configs"] if one["labels"]["service"] not in away]
    others = {"prometheus": ports["prometheus"], "alertmanager": managed, "alerts": ports["alerts"]}
    return [county, *(job(name, port) for name, port in others.items())]


def job(name: str, port: int, **labels: str) -> dict[str, Any]:
    """Something more that is asked."""
    return {"job_name": name, "static_configs": [{"targets": [f"{HOST}:{port}"], "labels": labels}]}


def written(
    folder: Path,
    ports: Mapping[str, int],
    away: Sequence[str] = (),
    more: str = "",
    beside: Sequence[Mapping[str, Any]] = (),
) -> None:
    """What Prometheus is told, with jobs `beside` the county's; `more` is what somebody wrote below by mistake."""
    managers = [{"static_configs": [{"targets": [f"{HOST}:{ports[name]}" for name in ("managed", "alerts")]}]}]
    asked = {
        "global": {"scrape_interval": "1s", "scrape_timeout": "1s", "evaluation_interval": "1s"},
        "rule_files": [str(folder / "rules" / "*.yml")],
        "alerting": {"alertmanagers": managers},
        "scrape_configs": [*scraped(ports, ports["managed"], away), *beside],
    }
    (folder / "prometheus.yml").write_text(yaml.safe_dump(asked, allow_unicode=True) + more)


def write_rules(folder: Path, changed: Changed) -> None:
    """The county's as they are `changed`, and one that cannot be computed."""
    (folder / "rules").mkdir()
    for file in RULES.glob("*.yml"):
        made = yaml.safe_dump(changed(yaml.safe_load(file.read_text())), allow_unicode=True)
        (folder / "rules" / file.name).write_text(made)
    broken = {"groups": [{"name": "broken", "rules": [{"record": "broken", "expr": DUPLICATED}]}]}
    (folder / "rules" / "broken.yml").write_text(yaml.safe_dump(broken))


def watching(folder: Path, ports: Mapping[str, int]) -> Iterator[Child]:
    """Both programs, not started yet."""
    settings = yaml.safe_load((ROOT / "deploy" / "alertmanager" / "alertmanager.yml").read_text())
    for route in (settings["route"], *settings["route"]["routes"]):
        for name in ("mute_time_intervals", "active_time_intervals"):
            route.pop(name, None)
        route |= {"group_wait": "1s", "group_interval": "1s", "repeat_interval": "1s"}
    said = yaml.safe_dump(settings, allow_unicode=True).replace("alerts:8100", f"{HOST}:{ports['alerts']}")
    (folder / "alertmanager.yml").write_text(said)
    yield program(
        folder,
        "prometheus-alertmanager",
        f"--config.file={folder / 'alertmanager.yml'}",
        f"--storage.path={folder / 'managed'}",
        f"--web.listen-address={HOST}:{ports['managed']}",
        "--cluster.listen-address=",
    )
    yield program(
        folder,
        "prometheus",
        f"--config.file={folder / 'prometheus.yml'}",
        f"--storage.tsdb.path={folder / 'data'}",
        f"--web.listen-address={HOST}:{ports['prometheus']}",
        "--rules.alert.resend-delay=1s",
    )


def program(folder: Path, name: str, *arguments: str) -> Child:
    """One of the machine's, with a log of its own."""
    return Child(Command(name, (shutil.which(name) or name, *arguments), {}), folder / f"{name}.log")
