"""The page of e-supervision: devices to look through, and the latest viewings, in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from urllib.parse import urlencode

from services.inspection.supervision.form import look_at
from services.inspection.supervision.model import Device, Viewing
from services.inspection.supervision.rules import device_id
from shared.calendar import CHINA
from shared.events.refusals import WORDS
from shared.forms import Shown
from shared.hosts import Hosts
from shared.pages.boards import Cell
from shared.pages.cells import Cells, time_cell
from shared.pages.chinese import time_text
from shared.pages.words import acting_name, name_of
from shared.roster.organisations import Roster
from shared.web.persons import Persons
from shared.web.told import Told

PAGE = "/inspection/supervision"
AT_ONCE = timedelta(minutes=1)
"""A look is one of now: what was pressed on a page older than this is a look of its own."""
IS_OPEN = 2 * AT_ONCE
"""The way is shown so long from the look's own time on, so that it stays for AT_ONCE after the button was pressed."""
NO_GRANT = Told(
    "没有查看权限",
    "bad",
    ("该人员当前没有本单位的电子监察查看权限；请核对查看人，确需查看的，请报请联合党委授权。",),
)
PAST = Told(
    "监控画面链接已失效",
    "warn",
    ("链接在查看1分钟后失效。需要继续查看的，请重新点击“查看”，每次查看均予记录。",),
)


@dataclass(frozen=True, slots=True)
class DeviceLine:
    """A device with the form that asks to look through it; its number only where another there is called the same."""

    place: str
    number: str
    name: str
    look: Shown


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
    """The way to a device whose viewing was accepted; no link where its host is not allowed."""

    name: str
    link: str


def page_of(person: str, number: int = 1) -> str:
    """Where a person's devices are; forms are sent there, and lead back there; `number` is a page of viewings."""
    return f"{PAGE}?{urlencode({'person': person} | ({'page': number} if number > 1 else {}))}"


def device_lines(devices: Iterable[Device], person: str, roster: Roster, today: date) -> list[DeviceLine]:
    """By place, as they come."""
    known = list(devices)
    called = Counter((one.organisation, one.name) for one in known)
    return [
        DeviceLine(
            place=name_of(one.organisation, roster, today),
            number=one.device if called[one.organisation, one.name] > 1 else "",
            name=one.name,
            look=look_at(one.organisation, one.device, page_of(person)),
        )
        for one in known
    ]


def viewing_lines(
    viewings: Sequence[Viewing], called: Mapping[str, str], roster: Roster, persons: Persons
) -> list[ViewingLine]:
    """As stored: the latest first, organisations by the names that they bore then; devices as they are called now."""
    return [
        ViewingLine(
            at=time_text(one.at),
            person=persons.within(one.person, one.viewer, one.at.astimezone(CHINA).date()),
            role=WORDS["role"][one.role],
            viewer=acting_name(one.viewer, roster, one.at.astimezone(CHINA).date()),
            place=name_of(one.organisation, roster, one.at.astimezone(CHINA).date()),
            device=called.get(device_id(one.organisation, one.device), one.device),
        )
        for one in viewings
    ]


VIEWING_HEADS = {"时间": "", "查看人": "", "查看单位": "", "查看权限": "", "被查看单位": "", "设备": ""}


def viewing_cells(one: Viewing, called: Mapping[str, str], roster: Roster, persons: Persons) -> Cells:
    """One as a table has it."""
    (said,) = viewing_lines([one], called, roster, persons)
    return (time_cell(one.at), *(Cell(text) for text in (said.person, said.viewer, said.role, said.place, said.device)))


def opened(device: Device, roster: Roster, today: date, cameras: Hosts) -> Opened:
    """Place and device by name, and the camera system's own page of it, where the operator allows that host."""
    link = device.link if cameras.have(device.link) else ""
    return Opened(f"{name_of(device.organisation, roster, today)}{device.name}", link)


def is_open(look: Viewing | None, person: str, now: datetime) -> bool:
    """An accepted id may be that of anything its submitter ever sent: kept is a look of this person, of now."""
    return look is not None and look.person == person and abs(now - look.at) <= IS_OPEN
