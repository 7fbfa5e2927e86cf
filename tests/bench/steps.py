"""Where a batch's time goes: the services' own `lianban_step_seconds`, read before and after a round."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from prometheus_client.parser import text_string_to_metric_families

from tests.bench.ground import Ground

MEASURED = ("inspection", "feedback")
"""The two services a patrol passes through."""

Steps = Counter[tuple[str, str]]
"""Seconds by service and point; under the point `batches` how many there were."""


async def steps(here: Ground) -> Steps:
    """So far."""
    found: Steps = Counter()
    for service in MEASURED:
        text = (await here.http.get(f"{here.urls[service]}/metrics")).raise_for_status().text
        for point, value in _points(text):
            found[service, point] += value  # type: ignore[assignment]
    return found


def _points(text: str) -> Iterator[tuple[str, float]]:
    for family in text_string_to_metric_families(text):
        for sample in family.samples:
            if sample.name == "lianban_step_seconds_sum":
                yield sample.labels["point"], sample.value
            elif sample.name == "lianban_step_seconds_count" and sample.labels["point"] == "acknowledged":
                yield "batches", sample.value
