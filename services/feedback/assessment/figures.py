"""The figures by which units are assessed: which there are, and how one reads as a number."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import NamedTuple

from services.feedback.measures.adding import REPORTS
from services.feedback.measures.catalogue import MEASURES, Kind, Measures
from shared.events.assessment import Indicator

PLACES = "places"
"""What a count is divided by beside other counts: the unit's windows or stations on the period's last day."""
COUNTED = (Kind.FLOW, Kind.PER_PLACE, Kind.STOCK, Kind.BALANCE, Kind.DISTINCT)
NO_WORK = (*REPORTS.values(), "fees")
"""What is received, and money: nobody is assessed by it."""
COUNTS = tuple(one.name for one in MEASURES.values() if one.kind in COUNTED and one.name not in NO_WORK)
RATES = tuple(one.name for one in MEASURES.values() if one.kind is Kind.RATIO)
FIGURES = (*RATES, *COUNTS)
DIVISORS = (PLACES, *COUNTS)


class Quotient(NamedTuple):
    """A figure as it was added up: so many of so many; of a plain count `d` is 1."""

    n: int
    d: int


def quotient(indicator: Indicator, measures: Measures, places: int | None) -> Quotient | None:
    """What a unit has of an indicator's figure; None where there is nothing of which it could be."""
    found = measures.get(indicator.figure)
    if found is None:
        return None
    if isinstance(found, Mapping):
        return Quotient(found["n"], found["d"]) if found["d"] else None
    if indicator.divided_by is None:
        return Quotient(found, 1)
    among = places if indicator.divided_by == PLACES else measures.get(indicator.divided_by)
    return Quotient(found, among) if among else None


def hundredths(figure: str, found: Quotient) -> Fraction:
    """As it is read, in hundredths: 49 of 50 is 98 %, 9800; a mean score of 95.5 points 9550."""
    measure = MEASURES[figure]
    in_percent = 100 if measure.unit == "%" else 1
    return Fraction(100 * in_percent * found.n, measure.scale * found.d)
