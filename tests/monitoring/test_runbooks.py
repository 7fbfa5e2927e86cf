"""What a runbook has an operator type exists: containers, verbs, targets, units, logs, wherever a county runs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer.main
import yaml

from deploy.commands.__main__ import VERBS
from deploy.commands.door import lianban
from deploy.embedded.settings import ROOT
from shared.services import SERVICES

RUNBOOKS = sorted((ROOT / "deploy" / "runbooks").iterdir())
RULES = sorted((ROOT / "deploy" / "prometheus" / "rules").iterdir())
DEPLOY = ROOT / "deploy"
BUT_OF_MONITORING = {*SERVICES, "nats", "mongo"}
WITH_A_VALUE = re.compile(r"--(?:tail|since) \S+")
IN_COMPOSE = re.compile(r"""docker compose((?: -f \S+)*) (\w+)([^`|"，）。；、]*)""")
OF_KUBERNETES = {*SERVICES, "lianban-bus", "lianban"}
"""Stateful sets: the chart's, the official chart's of the bus, the operator's of the database."""


def typed(at: Path) -> Iterator[str]:
    """Everything that stands in it as a command."""
    yield from re.findall(r"`([^`]+)`", at.read_text(encoding="utf-8"))


def everything(pattern: str) -> list[tuple[str, str]]:
    """What follows in commands, each with its runbook."""
    found = [(at.stem, one) for at in RUNBOOKS for command in typed(at) for one in re.findall(pattern, command)]
    assert found
    return found


def composed() -> set[str]:
    return {*yaml.safe_load((DEPLOY / "compose.yml").read_text())["services"]}


@pytest.mark.parametrize("at", [*RUNBOOKS, *RULES], ids=lambda at: at.stem)
def test_compose_is_told_its_file_and_asked_for_what_it_runs(at: Path) -> None:
    """In the folder of the source, where no compose file lies, it finds nothing by itself."""
    for files, verb, rest in IN_COMPOSE.findall(at.read_text(encoding="utf-8")):
        assert files.split()[:2] == ["-f", "deploy/compose.yml"], f"{files} {verb}"
        assert all((ROOT / file).exists() for file in files.split()[1::2])
        assert verb in ("ps", "logs", "restart", "exec")
        asked = re.findall(r"(?<!\S)[a-z][a-z0-9-]+", WITH_A_VALUE.sub("", rest))
        assert {*(asked[:1] if verb == "exec" else asked)} <= composed(), rest


def test_targets_of_make_are_there() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    assert {target for _, target in everything(r"^make ([a-z-]+)")} <= targets


def test_verbs_of_operators_are_there() -> None:
    assert VERBS
    group = typer.main.get_group(lianban)
    for runbook, said in everything(r"^lianban (\S+(?: [a-z]+)?)"):
        verb, _, below = said.partition(" ")
        assert verb in group.commands, runbook
        inner = getattr(group.commands[verb], "commands", None)
        assert inner is None or below in inner, runbook


def test_units_of_systemd_are_there() -> None:
    for runbook, unit in everything(r"(?:journalctl -u|systemctl restart) '?(lianban[\w@*-]*)"):
        name, _, instance = unit.partition("@")
        file = f"{name}@.service" if instance else f"{name}.service"
        assert (DEPLOY / "systemd" / file).exists(), runbook
        assert instance in ("", "*", *SERVICES), runbook


def test_logs_of_make_run_are_there() -> None:
    written = {*SERVICES, "nats", "mongod", "*"}
    assert {log for _, log in everything(r"\.data/logs/([\w*]+)\.log")} <= written


def test_stateful_sets_are_there() -> None:
    sets = everything(
        r"kubectl -n county (?:logs|describe pod|rollout restart) (?:statefulset/)?([a-z-]+?)(?:-\d)?(?: |$)"
    )
    assert {name for _, name in sets} <= OF_KUBERNETES


@pytest.mark.parametrize("at", RUNBOOKS, ids=lambda at: at.stem)
def test_who_has_no_containers_is_told_what_to_type_as_well(at: Path) -> None:
    """Prometheus, Alertmanager and the relay are the operator's own elsewhere."""
    text = at.read_text(encoding="utf-8")
    asked = {word for _, _, rest in IN_COMPOSE.findall(text) for word in rest.split()}
    if asked & BUT_OF_MONITORING:
        assert "**不在容器中**" in text
