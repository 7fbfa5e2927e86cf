"""What a period's document bears of its assessment: asked before it is signed, and frozen into it when it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from services.feedback.assessment.model import (
    Assessed,
    Assessment,
    AssessmentScheme,
    AssessmentState,
    assessment_id,
)
from services.feedback.assessment.scoring import terms_of
from services.feedback.documents.model import Draft
from services.feedback.reports.model import Report
from shared.database.documents import Key, Need
from shared.events.vocabulary import OrganisationKind
from shared.pipeline.decisions import Refused, State


def assessments_needed(county: str, reports: Sequence[str]) -> Iterator[Need]:
    """Of reports, by id: the lists of their periods, each unit in them, and the schemes."""
    yield Key(AssessmentScheme, county)
    for period in dict.fromkeys(one.partition("_")[0] for one in reports):
        yield Key(Assessment, assessment_id(county, period))
    for one in dict.fromkeys(reports):
        yield Key(Assessed, one)


def not_assessed(state: State, found: Sequence[Draft]) -> Refused | None:
    """Where a period is assessed, its documents wait for the approval; and it was of the figures that they print."""
    for one in found:
        list_of_period = state.get(Assessment, assessment_id(one.county, one.period))
        if list_of_period is None or one.report.revision:
            continue
        if list_of_period.state is not AssessmentState.APPROVED:
            return Refused("assessment-not-approved", period=one.period)
        if _has_changed(state, one):
            return Refused("assessed-otherwise", organisation=one.organisation, period=one.period)
    return None


def with_result(state: State, report: Report) -> Report:
    """With what was approved; a correction goes on bearing what was issued."""
    issued = state.get(Report, report.id)
    if report.revision:
        return report.having(assessed=issued.assessed if issued else None)
    unit = state.get(Assessed, report.id)
    is_in_force = unit is not None and unit.is_approved and not unit.withdrawn
    return report.having(assessed=unit.result if unit and is_in_force else None)


def _has_changed(state: State, draft: Draft) -> bool:
    """Whether its figures come to other points than those in the list, or it stands there without being assessed."""
    unit, schemes, report = state.get(Assessed, draft.id), state.get(AssessmentScheme, draft.county), draft.report
    scheme = schemes.of(draft.period) if schemes else None
    indicators = scheme.of(OrganisationKind(report.organisation_kind)) if scheme else ()
    kept = unit.result.terms if unit and not unit.withdrawn else ()
    return terms_of(indicators, report.measures, report.places) != kept
