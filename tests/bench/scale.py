"""How much one run measures, and what is aimed at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class Scale:
    """Rounds, submissions of each of ours, messages of each ordinary one; seconds of latency; messages of a ceiling."""

    rounds: int
    submissions: int
    ordinary: int
    latency_seconds: int
    ceiling: int


FULL = Scale(rounds=3, submissions=20_000, ordinary=3_000, latency_seconds=25, ceiling=8_000)
QUICK = Scale(rounds=1, submissions=4_000, ordinary=600, latency_seconds=4, ceiling=2_000)

STATIONS = 200
"""Connections that publish at the same time, each awaiting its PubAck before its next submission."""
A_SECOND = 100
"""Submissions a second while latency is measured, sent when they are due, whatever became of those before."""
PATIENCE = 120.0
"""Seconds after which a figure that still does not stand ends the run."""


class Targets(NamedTuple):
    """What is aimed at: times the ordinary way, submissions a second, ms, MB of each service."""

    ratio: float = 10.0
    rate: float = 2_000.0
    p99_ms: float = 500.0
    service_mb: float = 150.0


TARGETS = Targets()
