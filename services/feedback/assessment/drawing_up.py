"""Lists are drawn up when a period is closed, and anew as long as they are not approved."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from services.feedback.assessment.drawing import Results, figures_of, results
from services.feedback.assessment.model import (
    Assessed,
    AssessedBy,
    Assessment,
    AssessmentScheme,
    AssessmentState,
    Veto,
    assessed_of,
    assessment_id,
    vetoes_of,
)
from services.feedback.documents.model import Draft, HandStep
from services.feedback.reports import periods
from services.feedback.reports.model import Report, report_id
from shared.database.documents import Key, Need, Query
from shared.events import Event
from shared.events.assessment import AssessmentDrawnUp, RedrawAssessment
from shared.events.feedback import ClosePeriod
from shared.pipeline.decisions import Accepted, Refused, State, Verdict
from shared.roster.organisations import county_of

DRAWN_UP, REDRAWN = "drawn-up", "redrawn"


def closing_needed(county: str, period: str) -> Iterator[Need]:
    """By which scheme, and what keeps grades down."""
    yield Key(AssessmentScheme, county)
    yield Query(Veto, vetoes_of(county, period))


def drawn_up_on_closing(state: State, event: Event[ClosePeriod], reports: Sequence[Report]) -> Accepted:
    """The first edition, of the very figures that its reports print; nothing where no scheme assesses the period."""
    county, period = county_of(event.organisation), event.data.period
    schemes = state.get(AssessmentScheme, county)
    scheme = schemes.of(period) if schemes else None
    if scheme is None:
        return Accepted()
    found = results(scheme, reports, vetoed_in(state, county, period))
    assessment = Assessment(
        id=assessment_id(county, period),
        county=county,
        period=period,
        kind=periods.kind_of(period),
        scheme_from=scheme.effective_from,
        drawn_up=event.time,
        members=len(found),
        steps=(HandStep(what=DRAWN_UP, at=event.time),),
    )
    return _listed(assessment, _units(assessment, found, reports, ()))


def assessment_needed(event: Event[Any]) -> Iterator[Need]:
    """A period's list with its units, its scheme, the figures of its reports, and what keeps grades down."""
    county, period = county_of(event.organisation), event.data.period
    yield Key(Assessment, assessment_id(county, period))
    yield from closing_needed(county, period)
    yield Query(Assessed, assessed_of(county, period))
    yield Query(Draft, assessed_of(county, period))
    yield Query(Report, _reports(county, period))


def redraw_assessment(state: State, event: Event[RedrawAssessment]) -> Verdict:
    """The next edition, of the figures that reports have now."""
    assessment = waiting(state, event)
    if isinstance(assessment, Refused):
        return assessment
    reports = reports_now(state, assessment)
    found = results(scheme_of(state, assessment), reports, vetoed_in(state, assessment.county, assessment.period))
    anew = assessment.having(
        edition=assessment.edition + 1,
        drawn_up=event.time,
        members=len(found),
        steps=(*assessment.steps, HandStep(what=REDRAWN, at=event.time, by=event.actor)),
    )
    return _listed(anew, _units(anew, found, reports, units_of(state, assessment)))


def waiting(state: State, event: Event[Any]) -> Assessment | Refused:
    """The list of a period as long as it is not approved."""
    county, period = county_of(event.organisation), event.data.period
    found = state.get(Assessment, assessment_id(county, period))
    if found is None:
        return Refused("assessment-unknown", period=period)
    if found.state is AssessmentState.APPROVED:
        return Refused("assessment-already-approved", period=period)
    return found


def scheme_of(state: State, assessment: Assessment) -> AssessedBy:
    """Under which it was drawn up."""
    schemes = state.get(AssessmentScheme, assessment.county)
    found = schemes.of(assessment.period) if schemes else None
    assert found is not None, "nothing is drawn up without a scheme, and none is withdrawn that was used"
    return found


def vetoed_in(state: State, county: str, period: str) -> frozenset[str]:
    """Whose grades are kept down."""
    found = state.find(Veto, vetoes_of(county, period))
    return frozenset(one.organisation for one in found if not one.withdrawn)


def reports_now(state: State, assessment: Assessment) -> list[Report]:
    """With the figures that they have now."""
    county, period = assessment.county, assessment.period
    return figures_of(state.find(Draft, assessed_of(county, period)), state.find(Report, _reports(county, period)))


def units_of(state: State, assessment: Assessment) -> list[Assessed]:
    """All that were ever in the list."""
    return state.find(Assessed, assessed_of(assessment.county, assessment.period))


def _reports(county: str, period: str) -> dict[str, Any]:
    return {"period": period, "organisation": {"$regex": f"^{county}"}}


def _units(
    assessment: Assessment, found: Results, reports: Sequence[Report], before: Sequence[Assessed]
) -> tuple[Assessed, ...]:
    """Each by its report's id; those that are in the list no more are marked so."""
    versions = {one.id: one.version for one in before}
    named = {one.organisation: one for one in reports}
    units = [
        Assessed(
            id=report_id(assessment.period, code),
            version=versions.get(report_id(assessment.period, code), 0),
            county=assessment.county,
            organisation=code,
            name=named[code].name,
            organisation_kind=named[code].organisation_kind,
            period=assessment.period,
            edition=assessment.edition,
            result=result,
        )
        for code, result in found.items()
    ]
    gone = [one.having(withdrawn=True) for one in before if one.organisation not in found]
    return (*units, *gone)


def _listed(assessment: Assessment, units: Sequence[Assessed]) -> Accepted:
    fact = AssessmentDrawnUp(period=assessment.period, edition=assessment.edition, members=assessment.members)
    return Accepted((assessment, *units), (fact,))
