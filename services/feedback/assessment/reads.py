"""What pages of assessments read: lists, what a period's figures come to now, and by another scheme."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from services.feedback.assessment.drawing import Results, figures_of, results
from services.feedback.assessment.model import (
    Assessed,
    AssessedBy,
    Assessment,
    AssessmentScheme,
    Veto,
    assessed_of,
    assessment_id,
    vetoes_of,
)
from services.feedback.assessment.result import Result
from services.feedback.documents.model import Draft
from services.feedback.reports import periods
from services.feedback.reports.model import Report
from services.feedback.reports.peers import places_of
from services.feedback.reports.rereading import Rereading
from shared.database.documents import COUNTS
from shared.database.kept import document, documents
from shared.database.mongo import Database
from shared.web.visit import Visit


@dataclass(frozen=True, slots=True)
class ListOfPeriod:
    """A period's list with its units, the scheme under which it was drawn up, and whose grades are kept down."""

    assessment: Assessment
    units: tuple[Assessed, ...]
    scheme: AssessedBy
    schemes: AssessmentScheme
    vetoed: frozenset[str]


async def list_of(here: Visit, period: str) -> ListOfPeriod | None:
    """None where the period was not assessed."""
    db, county = here.parts.db, here.parts.settings.county
    found = await document(db, Assessment, assessment_id(county, period))
    schemes = await document(db, AssessmentScheme, county)
    scheme = schemes.of(period) if schemes else None
    if found is None or schemes is None or scheme is None:
        return None
    units = await documents(db, Assessed, {**assessed_of(county, period), **COUNTS})
    vetoes = await documents(db, Veto, vetoes_of(county, period))
    vetoed = frozenset(one.organisation for one in vetoes)
    return ListOfPeriod(found, tuple(units), scheme, schemes, vetoed)


async def approved_result(db: Database, report: str) -> Result | None:
    """What a document will bear when it is signed; None as long as nothing was approved."""
    found = await document(db, Assessed, report)
    return found.result if found and found.is_approved and not found.withdrawn else None


async def frozen(here: Visit, period: str) -> list[Report]:
    """The reports of a period with the figures that they print."""
    county = here.parts.settings.county
    drafts = await documents(here.parts.db, Draft, assessed_of(county, period))
    issued: dict[str, Any] = {"period": period, "organisation": {"$regex": f"^{county}"}}
    return figures_of(drafts, await documents(here.parts.db, Report, issued))


async def as_of_now(here: Visit, reread: Rereading, listed: ListOfPeriod) -> Results:
    """What the list would say by everything that is known by now, late facts and all."""
    period = listed.assessment.period
    reports = await frozen(here, period)
    totals = await reread.totals(period, {one.organisation for one in reports})
    last = periods.last_day(period)
    now = [
        one.having(measures=totals[one.organisation], places=places_of(here.roster, one.organisation, last))
        for one in reports
    ]
    return results(listed.scheme, now, listed.vetoed)
