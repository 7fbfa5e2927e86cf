"""What puts right a document that differs from its facts: the difference is added, and what comes meanwhile stays."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from services.feedback.measures.model import Balance, MonthlyDocument
from services.feedback.rebuilding.model import PutRight
from shared.database.documents import Increment
from shared.roster.organisations import county_of


def increment(difference: Mapping[str, Any]) -> Increment:
    """Of one document, which is made where it was missing."""
    month, place = difference["month"], difference["path"]
    by = {name: computed - kept for name, kept, computed in _differing(difference)}
    county = county_of(place.rpartition("/")[2])
    if difference.get("collection") == Balance.collection:
        add = {f"add.{name}.{month}": amount for name, amount in by.items()}
        return Increment(Balance.collection, place, add, {"county": county})
    once = {"month": month, "county": county, "path": place}
    add = {f"add.{name}": amount for name, amount in by.items()}
    return Increment(MonthlyDocument.collection, f"{month}/{place}", add, once)


def lines(difference: Mapping[str, Any]) -> Iterator[PutRight]:
    """Each figure of it."""
    for name, kept, computed in _differing(difference):
        yield PutRight(month=difference["month"], place=difference["path"], measure=name, kept=kept, computed=computed)


def _differing(difference: Mapping[str, Any]) -> Iterator[tuple[str, int, int]]:
    kept, computed = difference["kept"], difference["computed"]
    for name in sorted(kept.keys() | computed.keys()):
        was, comes_to = int(kept.get(name, 0)), int(computed.get(name, 0))
        if was != comes_to:
            yield name, was, comes_to
