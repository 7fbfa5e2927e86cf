"""The chart as helm renders it, with what a county has to say and whatever else is asked."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from deploy.embedded.settings import ROOT
from tests.wants import Want, wants

CHART = ROOT / "deploy" / "helm"
HELM = Path(sys.executable).with_name("helm")
RENDERING = Want("Kubernetes上的部署 the chart of Kubernetes", (str(HELM),))
NEEDED = {"county": "123456", "host": "lianban.example", "stationBus": "tls://bus.example:4222"}
ALL = {
    "backup.enabled": True,
    "backup.pointInTime": True,
    "alerts.enabled": True,
    "monitoring.enabled": True,
    "gateway.ingress.enabled": True,
}
Thing = dict[str, Any]
"""An object of Kubernetes."""


def helm(verb: str, asked: dict[str, Any]) -> subprocess.CompletedProcess[str]:
    """What helm makes of the chart with these values; without those that are empty."""
    wants(RENDERING)
    words = [word for name, value in asked.items() if value != "" for word in _set(name, value)]
    return subprocess.run(
        (HELM, *verb.split(), CHART, *words), check=False, timeout=120, capture_output=True, text=True
    )


def _set(name: str, value: Any) -> tuple[str, str]:
    if isinstance(value, str):
        return "--set-string", f"{name}={value.replace(',', chr(92) + ',')}"
    return "--set", f"{name}={str(value).lower() if isinstance(value, bool) else value}"


def rendered(**more: Any) -> list[Thing]:
    """Every object, whole."""
    asked = {**NEEDED, **{name.replace("__", "."): value for name, value in more.items()}}
    made = helm("template county", asked)
    assert made.returncode == 0, made.stderr
    return [one for one in yaml.safe_load_all(made.stdout) if one]


def everything() -> list[Thing]:
    """With all that may be switched on."""
    return rendered(**{name.replace(".", "__"): value for name, value in ALL.items()})


def pods(things: list[Thing]) -> Iterator[tuple[str, Thing]]:
    """The name and the pod's specification of whatever runs one."""
    for thing in things:
        spec = thing.get("spec", {})
        spec = spec.get("jobTemplate", {}).get("spec", spec)
        if "template" in spec:
            yield thing["metadata"]["name"], spec["template"]["spec"]


def named(things: list[Thing], kind: str, name: str) -> Thing:
    """The one."""
    return next(one for one in things if (one["kind"], one["metadata"]["name"]) == (kind, name))


def environment(container: Thing) -> dict[str, str]:
    """What it is told; of what the cluster fills in, the place from which."""
    return {one["name"]: one.get("value", str(one.get("valueFrom"))) for one in container["env"]}


def folder_of_secrets(folder: Path) -> Path:
    """As `SERVICE=secrets` makes it."""
    words = ("-m", "deploy.container.secrets", str(folder), "--host", "bus.example", "--gateway", "lianban.example")
    ran = subprocess.run((sys.executable, *words), check=False, timeout=120, capture_output=True, text=True, cwd=ROOT)
    assert ran.returncode == 0, ran.stderr
    return folder
