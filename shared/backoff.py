"""How long to wait before the same again: longer each time, and never at the same moment as everybody else."""

from __future__ import annotations

import random
from collections.abc import Iterator


def doubling(first: float, longest: float) -> Iterator[float]:
    """Waits in seconds, each twice the one before, up to the longest; another iterator begins anew."""
    wait = first
    while True:
        yield wait
        wait = min(wait * 2, longest)


def jittered(seconds: float) -> float:
    """A wait, longer or shorter by up to half: who was cut off together does not come back together."""
    return seconds * random.uniform(0.5, 1.5)
