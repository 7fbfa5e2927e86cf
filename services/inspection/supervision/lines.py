"""The page of e-supervision: devices to look through, and the latest viewings, in words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from services.inspection.supervision.model import Device, Viewing
from shared.calendar import CHINA
from shared.events.inspection import ViewDevice
from shared.events.refusals import WORDS
from shared.pages.chinese import time_text
from shared.pages.words import name_of
from shared.roster.organisations import Roster
from shared.web.forms import Ticket, Told

AT_ONCE = timedelta(minutes=1)
"""A look is one of now: what was pressed on a page older than this is a look of its own."""
NO_GRANT = Told(
    "没有查看权限",
    "bad",
    ("该人员当前没有本单位的电子监察查看权限；请核对人员编号，确需查看的，请报请联合党委授权。",),
)

NOT_THIS_LOOK = Told("未打开监控画面", "bad", ("本次提交的不是一次新的查看，请查询可查看设备后重新点击“查看”。",))


@dataclass(frozen=True, slots=True)
class DeviceLine:
    """A device with the fields of the form that asks to look through it."""

    organisation: str
    place: str
    device: str
    name: str
    ticket: Ticket


@dataclass(frozen=True, slots=True)
class ViewingLine:
    """Who looked at what, and when."""

    at: str
    person: str
    role: str
    viewer: str
    place: str
    device: str


@dataclass(frozen=True, slots=True)
class Opened:
    """The way to a device whose viewing was accepted."""

    name: str
    link: str


def device_lines(devices: Iterable[Device], roster: Roster, today: date) -> list[DeviceLine]:
    """Each with a ticket of its own: looks at two devices are two submissions."""
    return [
        DeviceLine(one.organisation, name_of(one.organisation, roster, today), one.device, one.name, Ticket.new())
        for one in devices
    ]


def viewing_lines(viewings: Sequence[Viewing], roster: Roster) -> list[ViewingLine]:
    """As stored: the latest first, organisations by the names that they bore then."""
    return [
        ViewingLine(
            at=time_text(one.at),
            person=one.person,
            role=WORDS["role"][one.role],
            viewer=name_of(one.viewer, roster, one.at.astimezone(CHINA).date()),
            place=name_of(one.organisation, roster, one.at.astimezone(CHINA).date()),
            device=one.device,
        )
        for one in viewings
    ]


def opened(device: Device, roster: Roster, today: date) -> Opened:
    """Place and device by name, and the camera system's own page of it."""
    return Opened(f"{name_of(device.organisation, roster, today)}{device.name}", device.link)


def of_now(ticket: Ticket, now: datetime) -> Ticket:
    """The page's ticket while it is fresh, so that pressing twice is one look; nobody looks in the past."""
    return ticket if _is_of(now, datetime.fromisoformat(ticket.time)) else Ticket.new()


def is_this_look(kept: Viewing | None, asked: ViewDevice, now: datetime) -> bool:
    """An accepted id may be that of anything its submitter ever sent: what is kept under it has to be this look."""
    if kept is None or not _is_of(now, kept.at):
        return False
    return (kept.organisation, kept.device, kept.person) == (asked.organisation, asked.device, asked.person)


def _is_of(now: datetime, at: datetime) -> bool:
    return -AT_ONCE <= now - at <= AT_ONCE
