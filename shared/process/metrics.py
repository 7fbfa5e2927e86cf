"""What every service counts, by Prometheus' conventions; no label is a person, a case, a station or an event's id."""

from __future__ import annotations

import collections
import os
import time
from collections.abc import Iterator

from prometheus_client import Counter, Gauge, Histogram

from shared.events.refusals import REFUSALS
from shared.events.verdict import REUSED
from shared.pipeline.outcomes import Committed, Decided, is_dead
from shared.pipeline.provenance import FORGED
from shared.process.release import RELEASE

DECIDED = Counter("lianban_decided_total", "Messages decided, repeats included.", ["service", "type", "verdict"])
REFUSED = Counter("lianban_refused_total", "Submissions refused, by reason.", ["service", "reason"])
FACTS = Counter("lianban_facts_total", "Facts decided, each once.", ["service", "type"])
DEAD_LETTERS = Counter("lianban_dead_letters_total", "Messages sent to DEAD.", ["service", "reason"])
NOT_LET_IN = Counter("lianban_not_let_in_total", "Attempts to sign in or to enrol that failed.", ["service", "way"])
WAYS_IN = ("page", "program", "person", "unified", "enrolment")
"""All by which somebody may fail to be let in."""
WHY_DEAD = ("unreadable", "service-error", FORGED, REUSED)
"""All that a message is buried for."""
PHOTOS = Counter("lianban_photos_total", "Photos answered, repeats included.", ["verdict"])
EXHAUSTED = Counter(
    "lianban_foreign_bytes_exhausted_total",
    "Times that looking at what outsiders sent went beyond a limit.",
    ["service", "limit"],
)
BATCH = Histogram(
    "lianban_batch_messages",
    "Messages of one batch.",
    ["service"],
    buckets=(1, 2, 5, 10, 25, 50, 100, 200, 400, 800, 1600),
)
STEP = Histogram(
    "lianban_step_seconds",
    "Seconds spent before a named point of the pipeline, since the point before it.",
    ["service", "point"],
    buckets=(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10),
)
COMMITTED = frozenset({"dead-told", "facts-told", "told", "projected", "acknowledged"})
"""The points of a batch that is committed; it passes them while the next one passes the others."""
BUILD = Gauge("lianban_build_info", "Always 1; the labels say what runs.", ["service", "version", "revision"])


class StepClock:
    """Measures the steps of one pipeline: a batch may be decided while the one before it is told."""

    def __init__(self, service: str) -> None:
        self._service = service
        self._deciding = self._telling = 0.0

    async def __call__(self, point: str) -> None:
        """The pipeline has reached a point."""
        now = time.perf_counter()
        if point == "read":
            self._deciding = now
        elif point == "telling":
            self._telling = now
        elif point in COMMITTED:
            STEP.labels(self._service, point).observe(now - self._telling)
            self._telling = now
        else:
            STEP.labels(self._service, point).observe(now - self._deciding)
            self._deciding = now


def count(service: str, committed: Committed) -> None:
    """Counts the outcomes of one committed batch, and the facts that it was the first to decide."""
    BATCH.labels(service).observe(len(committed.outcomes))
    for (counter, *labels), times in collections.Counter(_counted(committed)).items():
        counter.labels(service, *labels).inc(times)


def _counted(committed: Committed) -> Iterator[tuple[Counter, *tuple[str, ...]]]:
    for outcome in committed.outcomes:
        if not isinstance(outcome, Decided):
            yield DEAD_LETTERS if is_dead(outcome) else REFUSED, outcome.slug
            continue
        entry = outcome.entry
        slugs = [reason["slug"] for reason in entry["reasons"]]
        yield DECIDED, "unknown" if "unknown-type" in slugs else entry["type"], entry["verdict"]
        for slug in slugs:
            yield REFUSED, slug
    for entry in committed.entered:
        for fact in entry["facts"]:
            yield FACTS, fact["type"]


def tell_build(service: str) -> None:
    """What the image says of itself; and that nobody was refused, buried or kept out yet: the first is an increase."""
    for why in WHY_DEAD:
        DEAD_LETTERS.labels(service, why)
    for slug in REFUSALS:
        REFUSED.labels(service, slug)
    for way in WAYS_IN:
        NOT_LET_IN.labels(service, way)
    BUILD.labels(service, RELEASE, os.environ.get("LIANBAN_REVISION", "unknown")).set(1)
