"""How a score follows from marks: the station's page counts by it, and the county's rule asks whether it was."""

from __future__ import annotations

from collections.abc import Mapping


def score_of(weights: Mapping[str, int], marks: Mapping[str, int]) -> int:
    """The weighted mean of marks from 0 to 100 in hundredths (0 to 10,000), rounded half up; both are by item."""
    together = sum(weights.values())
    weighted = sum(weight * marks[item] for item, weight in weights.items())
    return (200 * weighted + together) // (2 * together)
