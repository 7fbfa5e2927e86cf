"""One's own account as finished values: where one is signed in, what is remembered, where else one works."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from services.roster.accounts.model import AccountSession, RememberedDevice
from shared.calendar import china_day
from shared.dates import time_text
from shared.forms import Shown
from shared.pages.chinese import day_text
from shared.pages.words import acting_name
from shared.roster.organisations import Roster


@dataclass(frozen=True, slots=True)
class SessionLine:
    """One time that somebody is signed in."""

    id: str
    device: str
    address: str
    began: str
    place: str
    is_this: bool


@dataclass(frozen=True, slots=True)
class DeviceLine:
    """A browser that remembers the person."""

    id: str
    device: str
    since: str
    until: str
    is_this: bool


@dataclass(frozen=True, slots=True)
class OwnAccount:
    """The whole page; `unified` where the county has such a provider.

    `units` are those for which the person may go on, by code and name."""

    name: str
    place: str
    has_second: bool
    password: Shown
    second: Shown
    is_bound: bool
    unified: Shown | None
    sessions: tuple[SessionLine, ...]
    devices: tuple[DeviceLine, ...]
    units: Mapping[str, str]


def session_lines(found: Iterable[AccountSession], this: str, roster: Roster, day: date) -> tuple[SessionLine, ...]:
    """The latest first."""
    return tuple(
        SessionLine(
            one.id,
            one.device,
            one.address,
            time_text(one.began),
            acting_name(one.organisation, roster, day),
            one.id == this,
        )
        for one in found
    )


def device_lines(found: Iterable[RememberedDevice], this: str) -> tuple[DeviceLine, ...]:
    """The latest first."""
    return tuple(
        DeviceLine(one.id, one.device, day_text(china_day(one.since)), day_text(china_day(one.until)), one.id == this)
        for one in found
    )
