"""When it happened, as a person enters it: a year that cannot be and a time to come are said at once, at the field."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from shared.calendar import CHINA
from shared.events.greenchannel import RecordGreenService
from shared.events.vocabulary import AHEAD, FIRST_YEAR
from shared.forms import Entered, Field, Form, ReadForm, Ticket, UnfitForm, read_all, shown
from shared.forms.entered import WHEN
from shared.pages.chinese import CLIENTS, MODES

GREEN = Form(
    RecordGreenService,
    "green",
    "绿色通道服务",
    "登记",
    (Field("client", "对象", choices=CLIENTS), Field("mode", "方式", choices=MODES), Field("persons", "人次")),
    asks_when="发生时间",
)
NOW = datetime(2026, 11, 26, 10, 30, tzinfo=CHINA)
SERVED = {"client": "vulnerable", "mode": "agency", "persons": "２"}


def read(at: str, now: datetime = NOW) -> ReadForm | UnfitForm:
    return read_all(GREEN, Entered({**SERVED, WHEN: at}, Ticket.new()), now=now)


@pytest.mark.parametrize(
    ("at", "said"),
    [
        ("0026-11-26T10:00", "“发生时间”应当填写年月日和时分，并核对年份。"),
        ("2017-12-31T23:59", "“发生时间”早于2018年，请核对年份。"),
        ("2062-11-26T10:00", "“发生时间”填写为2062年11月26日 10:00，现在是2026年11月26日 10:30，请核对日期和时间。"),
        ("2026-11-26T10:41", "“发生时间”填写为2026年11月26日 10:41，现在是2026年11月26日 10:30，请核对日期和时间。"),
    ],
)
def test_a_time_that_cannot_be_is_said_at_its_field(at: str, said: str) -> None:
    no = read(at)
    assert isinstance(no, UnfitForm)
    assert [(one.sentence, one.name) for one in no.wrongs] == [(said, WHEN)]


@pytest.mark.parametrize("at", ["2018-01-01T00:00", "2025-11-26T10:00", "2026-11-26T10:30", "2026-11-26T10:40"])
def test_any_other_is_taken(at: str) -> None:
    taken = read(at)
    assert isinstance(taken, ReadForm)
    assert taken.happened == datetime.fromisoformat(at).replace(tzinfo=CHINA)


def test_the_same_is_later_than_now_only_until_then() -> None:
    at = NOW + AHEAD + timedelta(minutes=1)
    text = at.strftime("%Y-%m-%dT%H:%M")
    assert isinstance(read(text), UnfitForm)
    assert isinstance(read(text, at), ReadForm)


def test_the_browser_offers_the_days_that_are_taken() -> None:
    entered = Entered(ticket=Ticket("0161f3b7-1f00-7ea0-b0ab-582a07e3d956", NOW.isoformat()))
    (when,) = shown(GREEN, "/", entered=entered).boxes[0].inputs
    assert (when.least, when.most) == (f"{FIRST_YEAR}-01-01T00:00", "2026-11-26T23:59")
