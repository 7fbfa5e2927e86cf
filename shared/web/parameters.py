"""What an address may carry, each kind written once: what does not fit is answered 422 before anything is looked up.

A route that may do without says so itself: `organisation: CodeAsked | None = None`.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from fastapi import Path, Query

from shared.events.vocabulary import (
    CODE_PATTERN,
    PERIOD_PATTERN,
    PERSON_PATTERN,
    SHA256_PATTERN,
    SLUG_PATTERN,
    UUID_PATTERN,
    Catalogue,
    ClientGroup,
    OrganisationKind,
    ServiceMode,
)
from shared.holidays import FIRST_YEAR

EARLIEST, LATEST = date(2000, 1, 1), date(2099, 12, 31)
TURN_PATTERN = r"^[0-9]{4}-[0-9]{1,2}$"
LAST_MESSAGE = 2**63 - 1
"""No stream has a message of a higher number, and the bus does not understand one."""

MOST_ASKED = 1_000_000
"""Of a list; how many are answered at a time is said by the list itself, which goes on where they end."""

CodeInPath = Annotated[str, Path(pattern=CODE_PATTERN)]
IdInPath = Annotated[str, Path(pattern=UUID_PATTERN)]
PersonInPath = Annotated[str, Path(pattern=PERSON_PATTERN)]
TurnInPath = Annotated[str, Path(pattern=TURN_PATTERN)]
NameInPath = Annotated[str, Path(pattern=SLUG_PATTERN, max_length=60)]
DigestInPath = Annotated[str, Path(pattern=SHA256_PATTERN)]
MessageInPath = Annotated[int, Path(ge=1, le=LAST_MESSAGE)]

VersionInPath = Annotated[int, Path(ge=1, le=1000)]

CodeAsked = Annotated[str, Query(pattern=CODE_PATTERN)]
TurnAsked = Annotated[str, Query(pattern=TURN_PATTERN)]
NameAsked = Annotated[str, Query(pattern=SLUG_PATTERN, max_length=60)]
PeriodInPath = Annotated[str, Path(pattern=PERIOD_PATTERN)]
PeriodAsked = Annotated[str, Query(pattern=PERIOD_PATTERN)]
YearAsked = Annotated[str, Query(pattern=r"^[0-9]{4}$")]
NoticeYearAsked = Annotated[int, Query(ge=FIRST_YEAR, le=LATEST.year)]
AfterMessage = Annotated[int, Query(ge=0, le=LAST_MESSAGE)]
LimitAsked = Annotated[int, Query(ge=1, le=MOST_ASKED)]
PrescribedAsked = Annotated[Literal["yes", "no"], Query()]
AttendedAsked = Annotated[Literal["yes", "no"], Query()]
CaseStateAsked = Annotated[Literal["open", "overdue", "completed"], Query()]
IssueStageAsked = Annotated[Literal["raised", "studied", "resolved"], Query()]
CategoryAsked = Annotated[OrganisationKind, Query()]
CategoryInPath = Annotated[OrganisationKind, Path()]
CatalogueInPath = Annotated[Catalogue, Path()]
EntryInPath = Annotated[str, Path(pattern=SLUG_PATTERN, max_length=60)]
AwardAsked = Annotated[str, Query(pattern=SLUG_PATTERN, max_length=60)]
ClientAsked = Annotated[ClientGroup, Query()]
ModeAsked = Annotated[ServiceMode, Query()]
WordsAsked = Annotated[str, Query(max_length=60)]
PageAsked = Annotated[int, Query(ge=1, le=10_000)]
DayAsked = Annotated[date, Query(ge=EARLIEST, le=LATEST)]
