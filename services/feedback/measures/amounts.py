"""What a fact adds to measures, and what its undoing adds."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

Adds = Mapping[str, int]
"""Amounts by `measure` or `measure.part`."""


def taken_back(adds: Callable[[Any], Adds]) -> Callable[[Any], Adds]:
    """What an undoing fact adds: its twin, whose fields it has, in the month in which that counted, with a minus."""
    return lambda fact: {name: -amount for name, amount in adds(fact).items()}
