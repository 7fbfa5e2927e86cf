"""What feedback's pages ask inspection: who was patrolled each day, how old rectifications are, who was heard."""

from __future__ import annotations

from datetime import date, datetime

from pydantic import BaseModel

from shared.asks.bus import Asking


class PatrolledAsked(BaseModel):
    """Of the county by township, or of one organisation place by place; the working days up to `last`, `days` many.

    With a `year` the days of a single place in that year, and when it was last heard. What is open is known as of now
    alone: its ages are reckoned by `today`, whichever day is asked about.
    """

    of: str
    last: date
    today: date
    days: int = 22
    year: int = 0


class DayTally(BaseModel):
    """Places that were due on a day, done and in time; `closed` when the day was closed for them."""

    due: int
    done: int
    on_time: int
    closed: bool


class TalliedPlace(BaseModel):
    """A township with its stations, a station, a window; empty for all that is directly under the county."""

    code: str
    places: int
    tallies: list[DayTally | None]
    """Beside the days; None where nothing was due."""


class Ages(BaseModel):
    """How many open rectifications are not due yet, how many since when, and how many wait to be verified."""

    not_due: int = 0
    week: int = 0
    month: int = 0
    longer: int = 0
    waiting: int = 0


class LastContact(BaseModel):
    """When a place was last heard, whether it is silent, and what waits on its PC."""

    heard: datetime | None
    is_silent: bool
    connected: bool | None = None
    waiting: int | None = None


class Patrolled(BaseModel):
    """The answer."""

    days: list[date]
    places: list[TalliedPlace]
    ages: Ages
    untold: dict[str, dict[str, int]] = {}
    """What is overdue by its day and was not told by the clock yet, so that it is in no stock: by organisation with all
    below it, and by the month in which it became so."""
    contact: LastContact | None = None
    silent: int | None = None
    """Of the county: windows and stations that were not heard for longer than their plan allows, or never."""


PATROLLED = Asking("inspection", "patrolled", PatrolledAsked, Patrolled)
