"""What each service says of itself at its own port to anybody: whether it is ready, and its metrics."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from http.client import HTTPException
from urllib.error import HTTPError
from urllib.request import ProxyHandler, build_opener

from prometheus_client.parser import text_string_to_metric_families

PATIENCE = 20
"""Seconds; metrics are looked up when they are asked for."""


@dataclass(frozen=True, slots=True)
class Sample:
    """One value, under its labels."""

    name: str
    labels: Mapping[str, str]
    value: float


@dataclass(frozen=True, slots=True)
class Looked:
    """A service; `ready` is None where it does not answer."""

    service: str
    ready: Mapping[str, bool] | None
    metrics: str = ""

    def samples(self, name: str) -> list[Sample]:
        """Of one metric; none where nobody has looked."""
        return [one for one in self._all() if one.name == name]

    def _all(self) -> Iterator[Sample]:
        for family in text_string_to_metric_families(self.metrics):
            yield from (Sample(one.name, one.labels, one.value) for one in family.samples)


def looked(services: Mapping[str, str]) -> Sequence[Looked]:
    """Each by where it answers itself."""
    return [_of(name, url) for name, url in services.items()]


def _of(name: str, url: str) -> Looked:
    said = _got(f"{url}/{name}/readyz")
    try:
        ready = json.loads(said) if said else None
    except ValueError:
        ready = None
    return Looked(name, ready, _got(f"{url}/{name}/metrics") if ready else "")


def _got(url: str) -> str:
    """What it answers, whatever the status; empty where nothing does."""
    try:
        with build_opener(ProxyHandler({})).open(url, timeout=PATIENCE) as answer:
            return str(answer.read().decode())
    except HTTPError as error:
        return error.read().decode()
    except (OSError, HTTPException):
        return ""
