"""What two processes have counted, as Prometheus reads it."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Gauge, generate_latest

from shared.process.counted import Page, counted, together
from shared.process.gauges import UNKNOWN


def shown(*values: float) -> list[str]:
    """The samples of a gauge that each process has at a value."""
    registries = [CollectorRegistry() for _ in values]
    for registry, value in zip(registries, values, strict=True):
        Gauge("waiting", "What waits.", registry=registry).set(value)
    ours, theirs = map(counted, registries)
    page = generate_latest(Page(together(ours, theirs)))
    return [line for line in page.decode().splitlines() if not line.startswith("#")]


def test_what_nobody_has_looked_at_yet_has_no_sample() -> None:
    assert shown(UNKNOWN, 3) == shown(3, UNKNOWN) == shown(1, 2) == ["waiting 3.0"]
    assert shown(UNKNOWN, UNKNOWN) == []
    assert shown(0, UNKNOWN) == ["waiting 0.0"]
