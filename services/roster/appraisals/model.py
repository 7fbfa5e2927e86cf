"""What is kept of appraisals: schemes, and a sheet for each person and year in which all that is said lies sealed."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar

from shared.database.documents import Document
from shared.events.roster.appraisals import AppraisalStep
from shared.part import KeptPart
from shared.roster.organisations import of_county


class AppraisalRules(KeptPart):
    """How members are appraised from a day on; the values are those of a county that adopted no scheme.

    Parts are points of 100, times working days.
    """

    effective_from: date = date(2018, 1, 1)
    committee_weight: int = 60
    daily_points: int = 30
    service_points: int = 30
    party_life_points: int = 20
    role_points: int = 20
    incident_points: int = 10
    excellent_points: int = 100
    qualified_points: int = 80
    basic_points: int = 60
    unqualified_points: int = 0
    self_days: int = 5
    peers_days: int = 10
    committee_days: int = 15
    home_days: int = 10
    settling_days: int = 5
    reading_days: int = 3
    appeal_days: int = 5
    excellent_percent: int = 30


class AppraisalScheme(Document):
    """A county's, oldest first."""

    collection: ClassVar[str] = "appraisal_schemes"

    history: tuple[AppraisalRules, ...] = ()

    def on(self, day: date) -> AppraisalRules:
        """The one in force on a day."""
        return next((one for one in reversed(self.history) if one.effective_from <= day), AppraisalRules())


class SheetStep(KeptPart):
    """A step that was done: when, by which person (empty: a program), for which unit, and whether in time."""

    step: AppraisalStep
    at: datetime
    by: str = ""
    unit: str = ""
    on_time: bool = True


class Sheet(Document):
    """One person's appraisal of one year, by the rules of the day on which it begins.

    `awaits` is the step to be done next until `due`, none once it is filed; `look` is when the clock looks again.
    `parts` are what was said, sealed, by step; of a settlement one for each side. `read_by` is until when the person
    may appeal; `keys` are those under which the parts lie. Of whoever was erased nothing of what was said is left.
    """

    collection: ClassVar[str] = "appraisals"

    county: str
    year: int
    branch: str
    person: str
    home: str
    begins: date
    rules: AppraisalRules
    awaits: AppraisalStep | None = AppraisalStep.SELF
    due: date | None = None
    look: date | None = None
    read_by: date | None = None
    parts: dict[str, str] = {}
    keys: tuple[str, ...] = ()
    steps: tuple[SheetStep, ...] = ()
    overdue: tuple[AppraisalStep, ...] = ()
    is_escalated: bool = False
    withdrawn: bool = False
    erased: bool = False

    @property
    def name(self) -> str:
        """Within its county, as events name it."""
        return self.id.partition("/")[2]

    @property
    def last(self) -> AppraisalStep:
        """The step that was done last."""
        return self.steps[-1].step if self.steps else AppraisalStep.OPENED

    @property
    def number(self) -> int:
        """Within its year and branch."""
        return int(self.id.rpartition(".")[2])


def sheet_id(county: str, year: int, branch: str, number: int) -> str:
    """123456/2018.hall.07."""
    return of_county(county, f"{year}.{branch}.{number:02}")


def same_appraisal(county: str, sheet: str) -> dict[str, object]:
    """The filter of all sheets of the branch and year of one."""
    year, branch, _ = sheet.split(".")
    return {"county": county, "year": int(year), "branch": branch, "withdrawn": {"$ne": True}}
