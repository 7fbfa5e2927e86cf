"""In which order a county that serves goes on to another release: what is seen to first, then one part after another.

Where there are several of a part, compose is asked for one at a time: asked for all, it stops them together.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

SERVICES = ("roster", "inspection", "greenchannel", "feedback")
SECOND = "-2"
BUSES = ("nats-3", "nats-2", "nats")
MEMBERS = ("mongo-3", "mongo-2", "mongo")


class BroughtOn(NamedTuple):
    """Compose brings this on and waits until it is healthy, or until it has done its work, before the next step.

    Behind one that `keeps` what others keep too it is waited for until it has all that they have.
    """

    service: str
    ends: bool = False
    keeps: bool = False


def steps(runs: Collection[str]) -> list[BroughtOn]:
    """Secrets and set-up first: what they refuse, such as keys that lie elsewhere, stops nothing that runs.

    Of a county of several then each service's second copy, then its first, then the gateways; before set-up the
    servers of bus and database, of which compose makes anew only what the newer source declares otherwise. While one
    copy starts again the other decides: a lease is given back at SIGTERM.
    """
    first, then = BroughtOn("secrets", ends=True), BroughtOn("setup", ends=True)
    if not is_rolled(runs):
        return [first, then]
    copies = (*(f"{one}{SECOND}" for one in SERVICES), *SERVICES, f"gateway{SECOND}", "gateway")
    servers = [BroughtOn(one, keeps=True) for kind in (BUSES, MEMBERS) if set(kind) <= set(runs) for one in kind]
    return [first, *servers, then, *(BroughtOn(one) for one in copies if one in runs)]


def is_rolled(runs: Collection[str]) -> bool:
    """Whether every service has a copy that serves while the other starts."""
    return all({one, f"{one}{SECOND}"} <= set(runs) for one in SERVICES)
