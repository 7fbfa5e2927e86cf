"""A county whose units are assessed: what rules look at is all that the desk keeps; rules alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from services.feedback.assessment.model import Assessed, Assessment, Veto
from services.feedback.documents.model import Draft
from services.feedback.reports.model import Report
from shared.events import EventData, Fact
from shared.events.assessment import (
    AdoptAssessmentScheme,
    ApproveAssessment,
    Indicator,
    RedrawAssessment,
    ScoringWay,
    Without,
)
from shared.events.documents import AdoptDocumentScheme, PassReports, RedraftReports
from shared.events.vocabulary import OrganisationKind
from shared.pipeline.decisions import Accepted, Refused
from tests.asking import COUNTY, HALL, OFFICE, asked
from tests.feedback.documenting import CLERK, SCHEME, YEAR, DocumentDesk

APPROVED_ON, SIGNED_ON = "2019-01-08T16:00", "2019-01-09T15:00"
KEPT = (Draft, Report, Assessed, Assessment, Veto)


def indicator(name: str, figure: str, weight: int, **more: object) -> Indicator:
    """Of departments, from nothing to a hundred in proportion."""
    known: dict[str, object] = {"applies_to": OrganisationKind.DEPARTMENT, "floor": 0, "target": 100_00}
    return Indicator.model_validate({"name": name, "figure": figure, "weight": weight, **known, **more})


MANAGED = indicator("日常管理", "score", 60, floor=60_00)
PUT_RIGHT = indicator("问题整改", "rectified-on-time", 40)
UPHELD = indicator(
    "查实的事故", "incidents-upheld", 5, way=ScoringWay.DEDUCT, floor=0, target=5_00, without=Without.ZERO
)
ASSESSED_BY = AdoptAssessmentScheme(
    effective_from=date(2018, 1, 1), indicators=[MANAGED, PUT_RIGHT, UPHELD], excellent_share=50
)


class AssessmentDesk(DocumentDesk):
    """With a scheme of assessment from the year's first day, unless there is to be none."""

    def __init__(
        self,
        assessed_by: AdoptAssessmentScheme | None = ASSESSED_BY,
        scheme: AdoptDocumentScheme | None = SCHEME,
    ) -> None:
        super().__init__(scheme)
        if assessed_by:
            self.desk.agrees(assessed_by, at="2018-01-01T08:30")

    def says(self, data: EventData, by: str = "", at: str = APPROVED_ON, of: str = COUNTY) -> Accepted | Refused:
        """Rules look at everything that is kept."""
        kept = [one for kind in KEPT for one in self.desk.kept(kind)]
        return self.desk.decides(replace(asked(data, of, at), actor=by), [*self.figures, *kept])

    def agrees(self, data: EventData, by: str = "", at: str = APPROVED_ON, of: str = COUNTY) -> list[Fact]:
        """On the day of the vote unless said."""
        return super().agrees(data, by, at, of)

    def refuses(self, data: EventData, by: str = "", at: str = APPROVED_ON, of: str = COUNTY) -> str:
        """On the day of the vote unless said."""
        return super().refuses(data, by, at, of)

    def scores(self, unit: str, score: int, put_right: int, month: str = "2018-05") -> None:
        """A mean score in points, and so many of ten findings put right in time."""
        found = {"score": {"n": score * 100, "d": 1}, "rectified-on-time": {"n": put_right, "d": 10}}
        path = f"{COUNTY}/{unit}"
        self.counts(path=path, month=month)
        self.figures[-1] = self.figures[-1].having(add=found)

    def year_is_over(self) -> None:
        """Its period is closed and its drafts are there."""
        self.closes(YEAR)

    def unit(self, code: str = OFFICE) -> Assessed:
        """In the list of the year."""
        return next(one for one in self.desk.kept(Assessed) if one.id == f"{YEAR}_{code}")

    def list_of_year(self) -> Assessment:
        """As it is now."""
        return self.desk.only(Assessment)

    def votes(self, edition: int = 1, in_favour: int = 4, held_on: date = date(2019, 1, 8)) -> ApproveAssessment:
        """Of five who are present."""
        return ApproveAssessment(
            period=YEAR, edition=edition, held_on=held_on, present=5, in_favour=in_favour, against=5 - in_favour,
            abstained=0,
        )  # fmt: skip

    def redrafts(self) -> None:
        """Every draft of the year, with the figures of now."""
        named = [one.named for one in self.desk.kept(Draft) if one.period == YEAR]
        self.agrees(RedraftReports(drafts=named), CLERK, at="2019-01-07T10:00")

    def reviews(self) -> list[str]:
        """Every draft of the year, and how each is named."""
        named = [one.named for one in self.desk.kept(Draft) if one.period == YEAR]
        self.agrees(PassReports(drafts=named), "p-other-clerk", at="2019-01-08T09:00")
        return named

    def redraws(self, at: str = "2019-01-07T11:00") -> None:
        """The list, from the figures that the drafts have now."""
        self.agrees(RedrawAssessment(period=YEAR), CLERK, at=at)


def judged() -> AssessmentDesk:
    """Two departments with figures, and the year is over."""
    desk = AssessmentDesk()
    desk.scores(HALL, 90, 9)
    desk.scores(OFFICE, 80, 10)
    desk.year_is_over()
    return desk
