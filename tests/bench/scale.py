"""How much one run measures, and what is aimed at."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class Scale:
    """Rounds, submissions of each of ours, messages of each ordinary one; messages of a ceiling.

    Seconds of latency, and of looking at first pages in quiet and again while submissions go in. Facts of three
    months that are rebuilt, facts of a long ledger, and submissions by which adding is measured there and before.
    """

    rounds: int
    submissions: int
    ordinary: int
    latency_seconds: int
    ceiling: int
    looking_seconds: int
    copied_facts: int
    long_ledger: int
    adding: int


FULL = Scale(
    rounds=3,
    submissions=20_000,
    ordinary=3_000,
    latency_seconds=25,
    ceiling=8_000,
    looking_seconds=40,
    copied_facts=300_000,
    long_ledger=1_000_000,
    adding=5_000,
)
LONG = replace(FULL, long_ledger=10_000_000)
QUICK = Scale(
    rounds=1,
    submissions=4_000,
    ordinary=600,
    latency_seconds=4,
    ceiling=2_000,
    looking_seconds=6,
    copied_facts=20_000,
    long_ledger=30_000,
    adding=500,
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
    """What is aimed at: times the ordinary way, submissions a second, ms, MB of each service, ms of a first page,
    facts a second of a rebuild.

    A month's documents: seconds, and in a long ledger; MB of whoever draws them up and prints them, and how many times
    what it is in a shorter one; ms of a document's page; how many times what adding costs in a short ledger.
    """

    ratio: float = 10.0
    rate: float = 2_000.0
    p99_ms: float = 500.0
    service_mb: float = 150.0
    page_ms: float = 1_000.0
    page_p95_ms: float = 200.0
    rebuilt_a_second: float = 50_000.0
    documents_s: float = 3.0
    documents_long_s: float = 5.0
    documents_mb: float = 300.0
    documents_mb_times: float = 1.2
    document_page_p95_ms: float = 100.0
    adding_times: float = 1.2


TARGETS = Targets()
