"""What facts add up to for each place, by dotted name, and how a document keeps it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from services.feedback.measures.adding import ADDS, AddsByFact
from shared.events import Fact

Sums = dict[str, dict[str, Any]]
"""By path, or of balances by organisation."""


def follow(computed: Sums, place: str, fact: Fact, by: AddsByFact = ADDS) -> None:
    """One fact more, of what each type of them adds."""
    if adds := by.get(type(fact)):
        sums = computed.setdefault(place, {})
        for name, amount in adds(fact).items():
            if amount:
                sums[name] = sums.get(name, 0) + amount


def flat(document: Mapping[str, Any]) -> dict[str, Any]:
    """A document's counters by dotted name, as recomputation has them."""
    found: dict[str, Any] = {}
    for name, value in document.get("add", {}).items():
        if isinstance(value, Mapping):
            found |= {f"{name}.{part}": amount for part, amount in value.items()}
        else:
            found[name] = value
    return found
