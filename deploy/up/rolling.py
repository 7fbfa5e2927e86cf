"""In which order a county of two copies goes on to another image while it serves: one copy after another."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

SERVICES = ("roster", "inspection", "greenchannel", "feedback")
SECOND = "-2"


class BroughtOn(NamedTuple):
    """Compose brings this on and waits until it is healthy, or until it has done its work, before the next step."""

    service: str
    ends: bool = False


def steps(runs: Collection[str]) -> list[BroughtOn]:
    """Set-up first, then each service's second copy, then its first, then the gateways, of what runs.

    While one copy starts again the other decides: a lease is given back at SIGTERM. Bus and database are not touched.
    """
    order = (*(f"{one}{SECOND}" for one in SERVICES), *SERVICES, f"gateway{SECOND}", "gateway")
    return [
        BroughtOn("secrets", ends=True),
        BroughtOn("setup", ends=True),
        *(BroughtOn(one) for one in order if one in runs),
    ]


def is_rolled(runs: Collection[str]) -> bool:
    """Whether every service has a copy that serves while the other starts."""
    return all({one, f"{one}{SECOND}"} <= set(runs) for one in SERVICES)
