"""Who attended a lesson: everybody whom a reader may see there, with how many they were or that they have not said."""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass
from datetime import date

from services.roster.learning.model import Attendance
from shared.events.vocabulary import OrganisationKind
from shared.pages.words import names_on
from shared.roster.organisations import Roster, county_of


@dataclass(frozen=True, slots=True)
class AttendanceLine:
    """An organisation; `attended` is None where it has not said. A lesson is for the stations above all."""

    code: str
    name: str
    above: str
    attended: int | None
    is_station: bool


@dataclass(frozen=True, slots=True)
class Grid:
    """All of them, stations first, by code; and the townships among which they lie."""

    lines: Sequence[AttendanceLine]
    townships: Sequence[str]

    @property
    def recorded(self) -> int:
        """How many have said."""
        return sum(one.attended is not None for one in self.lines)

    @property
    def people(self) -> int:
        """How many attended in all."""
        return sum(one.attended or 0 for one in self.lines)

    def narrowed(self, township: str | None, attended: str | None) -> Sequence[AttendanceLine]:
        """A township with those below it, and those who have said (`yes`) or not (`no`)."""
        return [
            one
            for one in self.lines
            if (not township or township in (one.code, one.above))
            and (not attended or (one.attended is not None) == (attended == "yes"))
        ]


def grid(recorded: Iterable[Attendance], roster: Roster, county: str, day: date, scope: Set[str] | None) -> Grid:
    """Whoever stood below the county on the lesson's day; whoever said so all the same, though it stood otherwise."""
    said, names = {one.organisation: one.attended for one in recorded}, names_on(roster, day)
    stood = {one.id: now for one in roster if county_of(one.id) == county != one.id and (now := one.on(day))}
    codes = [code for code in sorted({*stood, *said}) if scope is None or code in scope]
    above = {code: (stood[code].parent or "") if code in stood else "" for code in codes}
    stations = {code for code in codes if code in stood and stood[code].kind is OrganisationKind.VILLAGE}
    lines = [
        AttendanceLine(code, names.get(code, code), above[code], said.get(code), code in stations)
        for code in sorted(codes, key=lambda code: (code not in stations, code))
    ]
    return Grid(lines, [code for code in codes if code in stood and stood[code].kind is OrganisationKind.TOWNSHIP])
