"""How the year's submissions are made: believable, and the same bytes for the same seed."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from random import Random
from typing import NamedTuple

from deploy.linxi.year.acting import actor
from shared.calendar import CHINA
from shared.events import Submission
from shared.events.outgoing import Outgoing, submission_message
from shared.uuid7 import uuid7


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


def submitted(asked: Asked, luck: Random) -> Outgoing:
    """The message of a submission, under an id of its own."""
    return message(uuid7(asked.at, luck), asked)


def message(event_id: str, asked: Asked) -> Outgoing:
    """The message of a submission whose id is known."""
    at, submitter, organisation, data = asked
    return submission_message(data, submitter, organisation, event_id, at, actor=actor(data, submitter, at))


def moment(day: date, clock: str) -> datetime:
    """A time of day in China: `moment(day, "08:30")`."""
    return datetime.combine(day, time.fromisoformat(clock), CHINA)


def between(day: date, start: str, end: str, luck: Random) -> datetime:
    """Some moment between two times of a day, to the millisecond."""
    first, last = moment(day, start), moment(day, end)
    return first + timedelta(milliseconds=luck.randrange(int((last - first).total_seconds() * 1000)))
