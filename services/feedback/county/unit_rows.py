"""The rows of townships, stations or windows with their strips of days: who needs help comes first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from services.feedback.county import marks
from services.feedback.county.glanced import Glanced, Read, UnitRow
from services.feedback.county.sums import NONE, OVERDUE, MonthSums
from shared.asks.patrolled import Patrolled, TalliedPlace
from shared.pages.chinese import grouped, percent
from shared.pages.drawn import part
from shared.pages.words import of_the_county


def rows(of: Glanced, read: Read, known: Patrolled) -> Iterator[UnitRow]:
    """Those with most overdue first: who needs help, and no ranking."""
    overdue = {one.code: _overdue(of, read, one.code) for one in known.places}
    most = max(overdue.values(), default=0)
    for one in sorted(known.places, key=lambda one: (-overdue[one.code], marks.on_time(one.tallies) or 0, one.code)):
        yield _row(of, read, known.days, one, overdue[one.code], most)


def _overdue(of: Glanced, read: Read, code: str) -> int:
    """Those directly under the county together are what no township has."""
    held = read.held.by
    if code:
        return held.get(code, {}).get(OVERDUE, 0)
    townships = [one.code for one in (read.patrolled.places if read.patrolled else ()) if one.code]
    whole = held.get(of.code, {}).get(OVERDUE, 0)
    return whole - sum(held.get(one, {}).get(OVERDUE, 0) for one in townships)


def _row(of: Glanced, read: Read, days: Sequence[date], place: TalliedPlace, overdue: int, most: int) -> UnitRow:
    name = read.names.get(place.code, place.code) if place.code else of_the_county()
    narrowed = ("township" if of.is_county else "organisation", place.code or of.code)
    return UnitRow(
        name=name,
        url=read.pages.get(place.code, ""),
        places=f"{grouped(place.places)}处" if of.is_county else "",
        days=marks.drawn(name, days, place.tallies),
        on_time=percent(marks.on_time(place.tallies)),
        overdue=grouped(overdue),
        overdue_url=f"/inspection/rectifications?source=finding&{narrowed[0]}={narrowed[1]}&overdue=true",
        overdue_bar=part(overdue, most, f"逾期未改{overdue}项") if of.is_county else None,
        rectified=percent(_unit(read, place.code).rate("rectified-on-time")),
    )


def _unit(read: Read, code: str) -> MonthSums:
    """Of all that are in no township together where it has no code."""
    if code:
        return read.units.get(code, NONE)
    townships = {one.code for one in (read.patrolled.places if read.patrolled else ())}
    rest = [sums for unit, sums in read.units.items() if unit not in townships]
    part, whole = (sum(one.rates["rectified-on-time"][n] for one in rest) for n in (0, 1))
    return MonthSums({}, {"rectified-on-time": (part, whole)})
