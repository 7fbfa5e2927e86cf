"""Where the time goes: CPU by process, and the steps of a service's batch."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

from shared.process.metrics import COMMITTED
from tests.bench.steps import MEASURED
from tests.bench.submitting import Round

A_BATCH = "submissions a batch"
REST = "fetching, reading, waiting"
"""What a round lasted beyond its batches' deciding: no step is measured before a batch has been read, and then it may
wait for the one before it to be told."""


def cpu(rounds: Sequence[Round]) -> dict[str, float]:
    """Seconds per 20,000 submissions by process, the median of the rounds."""
    return {name: median(one.cpu[name] * 20_000 / one.submissions for one in rounds) for name in rounds[0].cpu}


def steps(rounds: Sequence[Round]) -> dict[str, dict[str, float]]:
    """By service and point, seconds per 1,000 submissions over all rounds, and how many submissions a batch had."""
    return {service: _of(service, rounds) for service in MEASURED}


def _of(service: str, rounds: Sequence[Round]) -> dict[str, float]:
    submissions = sum(one.submissions for one in rounds)
    points = {
        point: sum(one.steps[name, point] for one in rounds) for name, point in rounds[0].steps if name == service
    }
    batches = points.pop("batches", 0)
    found = {point: 1_000 * seconds / submissions for point, seconds in points.items()}
    whole = 1_000 * sum(one.seconds for one in rounds) / submissions
    found[REST] = max(whole - sum(seconds for point, seconds in found.items() if point not in COMMITTED), 0.0)
    return {**found, A_BATCH: submissions / batches if batches else 0.0}
