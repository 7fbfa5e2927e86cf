"""What single facts count for in one measure: the amounts that are added up, before they are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from services.feedback.measures.adding import ADDS, added
from services.feedback.measures.catalogue import Kind, finished, is_award, measure_named
from shared.events import EventData

Parts = Mapping[str, int]
"""Amounts by part: `n` and `d` of a ratio, a distribution's buckets, a distinct measure's days; "" of a plain count."""
COUNTED = tuple(kind.type for kind in ADDS)
"""The types of facts that a figure may be made of."""


def parts_of(fact: EventData, measure: str) -> Parts:
    """What one fact adds to a measure, or takes from it; nothing of most."""
    split = ((name.partition("."), amount) for name, amount in added(fact).items())
    return {part: amount for (of, _, part), amount in split if of == measure}


def summed(counted: Iterable[Parts], measure: str) -> Any:
    """The finished value that these come to, as a report has it."""
    total: Counter[str] = Counter()
    for parts in counted:
        total.update(parts)
    if is_award(measure) or measure_named(measure).kind in (Kind.STOCK, Kind.BALANCE):
        return total[""]
    value = total[""] if set(total) <= {""} and _is_plain(measure) else dict(total)
    return finished({"add": {measure: value}})[measure]


def _is_plain(measure: str) -> bool:
    return measure_named(measure).kind in (Kind.FLOW, Kind.PER_PLACE)
