"""How the year's submissions are made: believable, and the same bytes for the same seed."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from random import Random
from typing import NamedTuple

from shared.bus.publishing import Outgoing
from shared.calendar import CHINA
from shared.events import Submission, submission_headers


class Asked(NamedTuple):
    """Who submits what about whom, and when it happened."""

    at: datetime
    submitter: str
    organisation: str
    data: Submission


class Arrival(NamedTuple):
    """A submission and the moment it reaches the bus, which may be days after it happened."""

    at: datetime
    message: Outgoing


def chance(seed: int, *purpose: object) -> Random:
    """Luck of its own for each purpose, so that no part of the year disturbs another."""
    return Random("/".join(str(part) for part in (seed, *purpose)))


def uuid7(at: datetime, luck: Random) -> str:
    """An id as a station makes it (RFC 9562, version 7): the millisecond, then 74 random bits."""
    stamp, bits = int(at.timestamp() * 1000), luck.getrandbits(74)
    number = f"{stamp:012x}7{bits >> 62:03x}{(bits >> 60 & 3) + 8:x}{bits & (1 << 60) - 1:015x}"
    return f"{number[:8]}-{number[8:12]}-{number[12:16]}-{number[16:20]}-{number[20:]}"


def submitted(asked: Asked, luck: Random) -> Outgoing:
    """The message of a submission, under an id of its own."""
    return message(uuid7(asked.at, luck), asked)


def message(event_id: str, asked: Asked) -> Outgoing:
    """The message of a submission whose id is known."""
    at, submitter, organisation, data = asked
    headers = submission_headers(event_id, data, submitter, organisation, at)
    return Outgoing(f"submit.{data.service}.{data.type}.{submitter}", data.model_dump_json().encode(), headers)


def moment(day: date, clock: str) -> datetime:
    """A time of day in China: `moment(day, "08:30")`."""
    return datetime.combine(day, time.fromisoformat(clock), CHINA)


def between(day: date, start: str, end: str, luck: Random) -> datetime:
    """Some moment between two times of a day, to the millisecond."""
    first, last = moment(day, start), moment(day, end)
    return first + timedelta(milliseconds=luck.randrange(int((last - first).total_seconds() * 1000)))
