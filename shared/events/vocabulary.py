"""The bounded types every event is made of: what fits here fits in the driver, the bus and a page."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Annotated

from pydantic import BeforeValidator, ConfigDict, Field, StringConstraints

from shared.events.text import as_meant, in_one_line
from shared.part import SubmittedPart

CODE_PATTERN = r"^[0-9]{6}([0-9]{3}([0-9]{3})?|-[A-Z][0-9]{2,5})?$"
UUID_PATTERN = r"^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$"

Code = Annotated[
    str,
    StringConstraints(pattern=CODE_PATTERN, max_length=13),
    Field(description="Division code (county 6, township 9, village 12 digits) or county code with -D01, -E01, -P01."),
]
Uuid = Annotated[str, StringConstraints(pattern=UUID_PATTERN), Field(description="UUID, lower case.")]
SHA256_PATTERN = r"^[0-9a-f]{64}$"
Sha256 = Annotated[
    str, StringConstraints(pattern=SHA256_PATTERN), Field(description="SHA-256 of the bytes, in lower-case hex.")
]
SLUG_PATTERN = r"^[a-z0-9]+(-[a-z0-9]+)*$"
Slug = Annotated[str, StringConstraints(pattern=SLUG_PATTERN, max_length=60)]
MOST_TITLE, MOST_NOTE, MOST_PHOTOS = 120, 1000, 9
"""Characters of a title and of a note, photos of one submission: forms say these limits in words."""
Title = Annotated[str, StringConstraints(min_length=1, max_length=MOST_TITLE), BeforeValidator(in_one_line)]
Note = Annotated[str, StringConstraints(max_length=MOST_NOTE), BeforeValidator(as_meant)]
Statement = Annotated[str, StringConstraints(min_length=1, max_length=MOST_NOTE), BeforeValidator(as_meant)]
"""A note that has to say something."""
PERSON_PATTERN = r"^[A-Za-z0-9-]{1,40}$"
PersonId = Annotated[str, StringConstraints(pattern=PERSON_PATTERN), Field(description="Never a name.")]
PERIOD_PATTERN = r"^20[0-9]{2}(-(0[1-9]|1[0-2])|-Q[1-4])?$"
Period = Annotated[
    str,
    StringConstraints(pattern=PERIOD_PATTERN),
    Field(description="2018-03, 2018-Q1 or 2018."),
]
Count = Annotated[int, Field(ge=0, le=1_000_000, strict=True)]
Several = Annotated[int, Field(ge=1, le=1_000_000, strict=True)]
WorkingDays = Annotated[
    int, Field(ge=0, le=366, strict=True, description="Working days of the State Council's notice.")
]
Hundredths = Annotated[int, Field(ge=0, le=10_000, strict=True, description="Score in hundredths: 9550 is 95.50.")]
Fen = Annotated[int, Field(ge=0, le=100_000_000, strict=True, description="Money in fen.")]
TIME_OF_DAY_PATTERN = r"^([01][0-9]|2[0-3]):[0-5][0-9]$"
TimeOfDay = Annotated[
    str,
    StringConstraints(pattern=TIME_OF_DAY_PATTERN),
    Field(description="Time of day in Asia/Shanghai: 17:30."),
]
DAY_PATTERN = r"^20[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$"
_is_written = re.compile(DAY_PATTERN).fullmatch


def _iso_day(day: object) -> object:
    """2018-03-01 and nothing else: a number is no day, and neither is one of another century."""
    if not isinstance(day, str):
        return day
    if not _is_written(day):
        raise ValueError("a day is written 2018-03-01")
    return date.fromisoformat(day)


Day = Annotated[
    date,
    BeforeValidator(_iso_day),
    Field(strict=True, description="Calendar day in Asia/Shanghai.", json_schema_extra={"pattern": DAY_PATTERN}),
]


TIME_PATTERN = (
    r"^(19[7-9][0-9]|2[0-9]{3})-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,9})?(Z|[+-][0-9]{2}:[0-9]{2})$"
)
"""RFC 3339 within the years 1970 to 2999: every database and calendar can hold it, whatever its offset."""


FIRST_YEAR = 2018
"""[A] The year in which the committee's account begins: no form takes an earlier one, a county may start later."""
AHEAD = timedelta(minutes=10)
"""How far the clock of whoever submits may run ahead of the broker's."""


def _rfc3339(time: object) -> object:
    """2018-03-05T09:12:00+08:00 and nothing else: a time without its offset is none."""
    if not isinstance(time, str):
        return time
    if not re.fullmatch(TIME_PATTERN, time):
        raise ValueError("a time is written 2018-03-05T09:12:00+08:00")
    return datetime.fromisoformat(time)


Instant = Annotated[
    datetime,
    BeforeValidator(_rfc3339),
    Field(strict=True, description="RFC 3339 with its offset.", json_schema_extra={"pattern": TIME_PATTERN}),
]


HALL_PATROL = "hall-patrol"
"""The office of patrolling a hall: its holder submits for the windows in its scope, and judges their work."""
DISCIPLINE_INSPECTION = "discipline-inspection"
"""The office of discipline inspection (纪检): its holder reads everything in its scope and decides nothing there."""
ORGANISATION_DEPARTMENT = "organisation-department"
"""The office of the Party's organisation department (组织部): reports and figures of the members reach its holder."""


class OrganisationKind(StrEnum):
    COUNTY = "county"
    DEPARTMENT = "department"
    STATE_ENTERPRISE = "state-enterprise"
    TOWNSHIP = "township"
    VILLAGE = "village"
    RANCH = "ranch"


class Hall(StrEnum):
    HALL = "hall"
    BRANCH_HALL = "branch-hall"


class PatrolKind(StrEnum):
    """What is patrolled: places each by themselves, a hall's facilities, or all places for one purpose (专项)."""

    STATION = "station"
    WINDOW = "window"
    FACILITY = "facility"
    CAMPAIGN = "campaign"


OF_A_PLACE = (PatrolKind.STATION, PatrolKind.WINDOW)
"""Kinds that say what the place is, whatever the plan; a report's rates are made of them."""


class Patroller(StrEnum):
    """Who patrols a place by a plan: itself (自查), the organisation above it, or the holder of the hall's office."""

    SELF = "self"
    ABOVE = "above"
    OFFICE = "office"


class Inspector(StrEnum):
    """By whom a place was looked at; through a camera it is somebody above or the office, not on the spot."""

    SELF = "self"
    ABOVE = "above"
    OFFICE = "office"
    CAMERA = "camera"


class Check(StrEnum):
    """What an inspection was: of oneself (自查), as a plan asks of others (巡查), or outside what is due (抽查)."""

    SELF_CHECK = "self-check"
    PATROL = "patrol"
    SPOT_CHECK = "spot-check"


class Rhythm(StrEnum):
    """How often a place is due: every working day, once a week, or once within a campaign."""

    DAILY = "daily"
    WEEKLY = "weekly"
    CAMPAIGN = "campaign"


class Severity(StrEnum):
    MINOR = "minor"
    MAJOR = "major"


class ClientGroup(StrEnum):
    """Who a green channel serves; enterprises are counted in cases, vulnerable people in person-times."""

    ENTERPRISE = "enterprise"
    VULNERABLE = "vulnerable"


class ServiceMode(StrEnum):
    APPOINTMENT = "appointment"
    AFTER_HOURS = "after-hours"
    ON_SITE = "on-site"
    AGENCY = "agency"


class Catalogue(StrEnum):
    """What each county lists for itself: awards, kinds of work in a turn, what windows commit themselves to."""

    AWARD = "award"
    WORK = "work"
    COMMITMENT = "commitment"


class AwardObject(StrEnum):
    """To whom a kind of award is given: somebody by name, or a window or organisation as such."""

    PERSON = "person"
    PARTY_MEMBER = "party-member"
    AGENT = "agent"
    WINDOW = "window"
    ORGANISATION = "organisation"

    @property
    def is_somebody(self) -> bool:
        """Whether it is a person who is named."""
        return self not in (AwardObject.WINDOW, AwardObject.ORGANISATION)


class AwardRhythm(StrEnum):
    """How often a kind of award is given: its quota counts by month, quarter or year."""

    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"

    def period(self, day: date) -> str:
        """2018-03, 2018-Q1 or 2018."""
        match self:
            case AwardRhythm.MONTH:
                return f"{day:%Y-%m}"
            case AwardRhythm.QUARTER:
                return f"{day.year}-Q{(day.month + 2) // 3}"
            case AwardRhythm.YEAR:
                return str(day.year)


MOST_CRITERIA, MOST_CRITERION_NAME = 8, 20


class AwardCriterion(SubmittedPart):
    """By what a kind of award is judged, and how many points it is worth of the hundred."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    name: Annotated[str, StringConstraints(min_length=1, max_length=MOST_CRITERION_NAME), BeforeValidator(in_one_line)]
    most: Annotated[int, Field(ge=1, le=100, description="Whole points of a hundred.")]


class ReportKind(StrEnum):
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    ANNUAL = "annual"
