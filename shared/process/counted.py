"""What two processes have counted, on one page: what is counted in one of them stands at nothing in the other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from math import isnan
from typing import Any

from prometheus_client import REGISTRY, CollectorRegistry, disable_created_metrics
from prometheus_client.core import Metric
from prometheus_client.registry import Collector

Sampled = tuple[str, dict[str, str], float]
"""Name, labels and value."""
Families = list[tuple[str, str, str, list[Sampled]]]
"""Name, what it says, kind, samples."""
LARGEST = ("process_start_time_seconds", "process_max_fds", "python_info")
"""Of what ends so, two are not added up: the larger stands."""

disable_created_metrics()  # type: ignore[no-untyped-call]  # a series more for each counter, which nobody asks


def counted(registry: CollectorRegistry = REGISTRY) -> Families:
    """Of this process, as plain values; what has none yet (NaN) is left out."""
    return [(one.name, one.documentation, one.type, _samples(one)) for one in registry.collect()]


def _samples(family: Metric) -> list[Sampled]:
    return [(one.name, one.labels, one.value) for one in family.samples if not isnan(one.value)]


def together(ours: Families, theirs: Families) -> Iterator[Metric]:
    """Family by family and label by label."""
    others = {name: (says, kind, samples) for name, says, kind, samples in theirs}
    for name, says, kind, samples in ours:
        _, _, more = others.pop(name, (says, kind, []))
        yield _family(name, says, kind, [*samples, *more])
    for name, (says, kind, samples) in others.items():
        yield _family(name, says, kind, samples)


def _family(name: str, says: str, kind: str, samples: Sequence[Sampled]) -> Metric:
    values: dict[tuple[str, tuple[tuple[str, str], ...]], float] = {}
    for sample, labels, value in samples:
        key = sample, tuple(labels.items())
        before = values.get(key, 0.0)
        values[key] = max(before, value) if sample.endswith(LARGEST) else before + value
    family = Metric(name, says, kind)
    for (sample, of), value in values.items():
        family.add_sample(sample, dict(of), value)
    return family


class Page(Collector):
    """What is shown instead of this process's own registry."""

    def __init__(self, families: Iterable[Metric]) -> None:
        self._families = families

    def collect(self) -> Iterable[Metric]:
        """As Prometheus' library asks it."""
        return self._families


def page(theirs: Families) -> Any:
    """What `generate_latest` takes: this process's own and what another has counted."""
    return Page(together(counted(), theirs))
