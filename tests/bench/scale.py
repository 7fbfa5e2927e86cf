"""How much one run measures, and what is aimed at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class Scale:
    """Rounds, submissions of each of ours, messages of each ordinary one; messages of a ceiling.

    Seconds of latency, and of looking at first pages in quiet and again while submissions go in.
    """

    rounds: int
    submissions: int
    ordinary: int
    latency_seconds: int
    ceiling: int
    looking_seconds: int
    copied_facts: int


FULL = Scale(
    rounds=3,
    submissions=20_000,
    ordinary=3_000,
    latency_seconds=25,
    ceiling=8_000,
    looking_seconds=40,
    copied_facts=300_000,
)
QUICK = Scale(
    rounds=1, submissions=4_000, ordinary=600, latency_seconds=4, ceiling=2_000, looking_seconds=6, copied_facts=20_000
)

STATIONS = 200
"""Connections that publish at the same time, each awaiting its PubAck before its next submission."""
A_SECOND = 100
"""Submissions a second while latency is measured, sent when they are due, whatever became of those before."""
GOING_IN = 500
"""Submissions a second while people look at first pages."""
PEOPLE, EACH = 100, 10.0
"""Signed in at once; every so many seconds each opens another page."""
PATIENCE = 120.0
"""Seconds after which a figure that still does not stand ends the run."""


class Targets(NamedTuple):
    """What is aimed at: times the ordinary way, submissions a second, ms, MB of each service, ms of a first page, and
    facts a second of a rebuild.
    """

    ratio: float = 10.0
    rate: float = 2_000.0
    p99_ms: float = 500.0
    service_mb: float = 150.0
    page_ms: float = 1_000.0
    page_p95_ms: float = 200.0
    rebuilt_a_second: float = 50_000.0


TARGETS = Targets()
