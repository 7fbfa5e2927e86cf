"""What puts right a document that differs from its facts: the difference is added, and what comes meanwhile stays."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from services.feedback.measures.model import Balance, MonthlyDocument
from services.feedback.problems.recompute import Unlike
from services.feedback.rebuilding.model import PutRight
from shared.database.documents import Increment
from shared.roster.organisations import county_of

MISSING, UNLIKE = "problems.missing", "problems.unlike"
"""Stand where a measure does, in lines about findings that are listed one by one: not kept at all, or otherwise."""


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


def lines_of(problems: Iterable[Unlike]) -> Iterator[PutRight]:
    """How many of an organisation's were not kept as their facts say, by the month in which they were found."""
    counted = Counter((one.right.organisation, one.month, UNLIKE if one.kept else MISSING) for one in problems)
    for (place, month, measure), count in sorted(counted.items()):
        yield PutRight(month=month, place=place, measure=measure, kept=count, computed=0)


def _differing(difference: Mapping[str, Any]) -> Iterator[tuple[str, int, int]]:
    kept, computed = difference["kept"], difference["computed"]
    for name in sorted(kept.keys() | computed.keys()):
        was, comes_to = int(kept.get(name, 0)), int(computed.get(name, 0))
        if was != comes_to:
            yield name, was, comes_to
