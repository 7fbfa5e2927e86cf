"""A year's notice of the State Council (放假安排通知): which days it makes days off, which weekends are worked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from shared.part import KeptPart


class Notice(KeptPart):
    """One year's notice as every process knows it; of a year the highest edition counts.

    A notice may name days of the last week of the year before: 2019's made 29 December 2018 a working day.
    """

    year: int
    edition: int = 1
    published: datetime | None = None
    off: tuple[date, ...]
    worked: tuple[date, ...] = ()

    def says_the_same(self, other: Notice) -> bool:
        """Whether both make the same days working days, whatever their edition."""
        return (self.year, set(self.off), set(self.worked)) == (other.year, set(other.off), set(other.worked))


def newest(known: Mapping[int, Notice], heard: Iterable[Notice]) -> dict[int, Notice]:
    """Of what is heard, the notices of years unknown so far and the later editions of others."""
    return {one.year: one for one in heard if one.year not in known or known[one.year].edition < one.edition}


def named(notices: Iterable[Notice]) -> dict[date, bool]:
    """Whether each day that notices name is worked; of two the later year's counts, for it came later."""
    days: dict[date, bool] = {}
    for notice in sorted(notices, key=lambda one: one.year):
        days |= dict.fromkeys(notice.off, False) | dict.fromkeys(notice.worked, True)
    return days
