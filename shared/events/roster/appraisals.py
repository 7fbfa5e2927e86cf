"""Appraisal of Party members at windows: what is said of a person travels sealed, facts name a sheet and a step."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, ClassVar

from pydantic import Field, StringConstraints

from shared.events.registry import EventData, Fact, Submission
from shared.events.vocabulary import Day, Slug, WorkingDays

SHEET_PATTERN = r"^20[0-9]{2}\.[a-z0-9]+(-[a-z0-9]+)*\.[0-9]{2,3}$"
SheetId = Annotated[
    str,
    StringConstraints(pattern=SHEET_PATTERN, max_length=70),
    Field(description="Year, branch and number of a sheet; it says nothing of whose it is."),
]
ENCLOSED_PATTERN = r"^[a-z0-9]{1,16}\.[A-Za-z0-9_-]{80,24000}$"
Enclosed = Annotated[
    str,
    StringConstraints(pattern=ENCLOSED_PATTERN),
    Field(
        description="What is said, sealed to the roster as particulars are: `<key id>.<base64url>`, bound to the sheet "
        "(the year, where one is opened) and the step (the branch)."
    ),
]
Year = Annotated[int, Field(ge=2018, le=2099, strict=True)]
Points = Annotated[int, Field(ge=0, le=100, strict=True, description="Of 100.")]


class AppraisalStep(StrEnum):
    """What is done with a sheet, in its order; the last two take it back a step, or away."""

    OPENED = "opened"
    SELF = "self"
    PEERS = "peers"
    COMMITTEE = "committee"
    HOME = "home"
    SETTLED = "settled"
    SIGNED = "signed"
    APPEALED = "appealed"
    ANSWERED = "answered"
    ARCHIVED = "archived"
    REOPENED = "reopened"
    WITHDRAWN = "withdrawn"


class OfSheet(EventData):
    """A step of a sheet."""

    in_confidence: ClassVar[bool] = True

    sheet: SheetId


class OnSheet(OfSheet):
    """What is said in a step of a sheet."""

    enclosed: Enclosed


# Submissions


class AdoptAppraisalScheme(Submission, service="roster", committee_only=True):
    """From a day on Party members at windows are appraised so.

    `committee_weight` of 100 is the committee's part of the dual score, the rest the home branch's; the committee's
    four parts add up to 100, `incident_points` are taken off for each upheld incident. A grade of the home branch
    counts so many points. Times are working days: of the first three steps from the day on which appraisal begins, of
    the others from the step before. `excellent_percent` of a branch's sheets may be excellent.
    """

    effective_from: Day
    committee_weight: Points = 60
    daily_points: Points = 30
    service_points: Points = 30
    party_life_points: Points = 20
    role_points: Points = 20
    incident_points: Points = 10
    excellent_points: Points = 100
    qualified_points: Points = 80
    basic_points: Points = 60
    unqualified_points: Points = 0
    self_days: WorkingDays = 5
    peers_days: WorkingDays = 10
    committee_days: WorkingDays = 15
    home_days: WorkingDays = 10
    settling_days: WorkingDays = 5
    reading_days: WorkingDays = 3
    appeal_days: WorkingDays = 5
    excellent_percent: Points = 30


class OpenAppraisal(Submission, service="roster", committee_only=True):
    """A sheet is opened for each of some Party members of a window branch; enclosed is JSON of `persons`, their ids."""

    in_confidence: ClassVar[bool] = True

    year: Year
    branch: Slug
    begins: Day
    enclosed: Enclosed


class AppraiseSelf(OnSheet, Submission, service="roster", carries_on=True):
    """A person appraises its own year: `duty` and `role`, two texts."""


class AppraisePeers(OnSheet, Submission, service="roster", committee_only=True):
    """The branch appraised a person in secret: `present`, and how many gave each grade; who gave which is not kept."""


class AppraiseMember(OnSheet, Submission, service="roster", committee_only=True):
    """The committee appraises a person: four parts with points and why, records of upheld incidents, a grade."""


class AppraiseHome(OnSheet, Submission, service="roster", carries_on=True):
    """The home branch (the subject) appraises a person: a grade and one sentence."""


class SettleAppraisal(OnSheet, Submission, service="roster", carries_on=True):
    """One side of a pair that differs by two grades or more (the subject: county or home) says what they agreed on."""


class SignAppraisal(OfSheet, Submission, service="roster", carries_on=True):
    """A person has read its sheet and agrees; an appeal that is not answered yet is taken back by it."""


class AppealAppraisal(OnSheet, Submission, service="roster", carries_on=True):
    """A person has read its sheet and does not agree, for a `reason`."""


class AnswerAppeal(OnSheet, Submission, service="roster", committee_only=True):
    """The committee answers an appeal: what is `upheld` is appraised anew."""


class ArchiveAppraisal(OfSheet, Submission, service="roster", committee_only=True):
    """A sheet is told to the organisation department and filed."""


class ReopenAppraisal(OnSheet, Submission, service="roster", committee_only=True):
    """A sheet that was filed by mistake is taken out again, for a `reason`."""


class WithdrawAppraisal(OnSheet, Submission, service="roster", committee_only=True):
    """A sheet that was opened by mistake is taken away with all that was said in it, for a `reason`."""


class MarkAppraisalsOverdue(Submission, service="roster", committee_only=True):
    """Looks at every sheet whose next step should be done by now; the clock's."""

    day: Day


# Facts


class AppraisalSchemeAdopted(Fact, service="roster"):
    """From a day on another scheme of appraisal holds."""

    effective_from: Day


class AppraisalSchemeWithdrawn(AppraisalSchemeAdopted, service="roster"):
    """A scheme of appraisal was corrected or withdrawn: it never held."""


class AppraisalStepDone(Fact, service="roster"):
    """A step of somebody's appraisal was done; whose it is and what was said no event tells."""

    sheet: SheetId
    step: AppraisalStep


class AppraisalStepOverdue(Fact, service="roster"):
    """A step of somebody's appraisal was not done in time; about whoever should; `escalated` some days later."""

    sheet: SheetId
    step: AppraisalStep
    escalated: bool = False
