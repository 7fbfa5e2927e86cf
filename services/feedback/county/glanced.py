"""What a page of the county or of a unit shows of a day: whose figures, what was read for them, the finished values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from services.feedback.county.sums import HeldOver, MonthSums
from shared.asks.patrolled import Patrolled
from shared.pages.drawn import Drawing, DrawnPath


@dataclass(frozen=True, slots=True)
class Glanced:
    """Whose figures, as of which day, and where their lists are; `covers` are the working days of the first figure.

    `stock` is said before what is left to do, where that is not as of the day.
    """

    code: str
    name: str
    is_county: bool
    day: date
    spoken: str
    stock: str
    covers: tuple[date, ...]
    patrols_url: str
    found_by: tuple[str, str] | None
    """By what the list of rectifications is narrowed to its own."""
    figures_url: str

    def rectifications(self, **more: str) -> str:
        """The list of its findings, which the figures count; opinions of documents are in none of them."""
        asked = {"source": "finding", **dict([self.found_by] if self.found_by else []), **more}
        return f"/inspection/rectifications?{urlencode(asked)}"


@dataclass(frozen=True, slots=True)
class Tile:
    """A figure with its unit and what it means, where its list is, and its last months."""

    title: str
    url: str
    leads_to: str
    value: str
    unit: str
    note: str
    level: str = ""
    months: Drawing | None = None


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A township, a station or a window with its strip."""

    name: str
    url: str
    places: str
    days: Drawing
    on_time: str
    overdue: str
    overdue_url: str
    overdue_bar: Drawing | None
    rectified: str


@dataclass(frozen=True, slots=True)
class AgeBar:
    """Open rectifications by age: the bar, the words of its parts with their numbers, and what waits."""

    bar: Drawing
    parts: tuple[tuple[str, str, str], ...]
    total: str
    waiting: str


@dataclass(frozen=True, slots=True)
class Months:
    """A measure of the last months, with its newest value and, of a unit, the county's."""

    name: str
    drawing: Drawing
    value: str
    unit: str = ""
    beside: str = ""


@dataclass(frozen=True, slots=True)
class Glance:
    """The finished page."""

    tiles: tuple[Tile, ...]
    rows: tuple[UnitRow, ...]
    legend: tuple[tuple[DrawnPath, str], ...]
    ages: AgeBar | None
    green: tuple[Months, ...]
    beside: tuple[Months, ...]
    to_do: tuple[tuple[str, str], ...]
    is_known: bool
    stock: str


@dataclass(frozen=True, slots=True)
class Read:
    """What was read for it: months in order, each of them for it and for the county, and this month by unit."""

    months: Sequence[str]
    own: Mapping[str, MonthSums]
    county: Mapping[str, MonthSums]
    units: Mapping[str, MonthSums]
    held: HeldOver
    patrolled: Patrolled | None
    names: Mapping[str, str]
    pages: Mapping[str, str]
    """Addresses of those units that whoever looks may read."""
    changed_reports: int | None = None
    """As far as it is known."""
