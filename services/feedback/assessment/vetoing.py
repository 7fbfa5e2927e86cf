"""What keeps a grade down (一票否决): entered with reason and proof, and taken back, before a list is approved."""

from __future__ import annotations

from collections.abc import Iterator

from services.feedback.assessment.model import Assessment, AssessmentState, Veto, assessment_id, vetoes_of
from services.feedback.reports import periods
from shared.database.documents import Key, Need, Query
from shared.events import Event
from shared.events.assessment import AssessmentVetoed, AssessmentVetoWithdrawn, VetoAssessment
from shared.events.vocabulary import ReportKind
from shared.pipeline.decisions import About, Accepted, Original, Refused, State, Verdict, fact_of
from shared.roster.organisations import county_of


def veto_needs(event: Event[VetoAssessment]) -> Iterator[Need]:
    """What there is in the period, and whether its list is approved."""
    county = county_of(event.organisation)
    yield Key(Assessment, assessment_id(county, event.data.period))
    yield Query(Veto, vetoes_of(county, event.data.period))


def veto_assessment(state: State, event: Event[VetoAssessment]) -> Verdict:
    """Once for a unit and a period, of a unit that receives feedback; the list then has to be drawn up anew."""
    asked, county = event.data, county_of(event.organisation)
    standing = state.roster.standing(asked.member, periods.last_day(asked.period))
    if standing is None or not standing.feedback_recipient or county_of(asked.member) != county:
        return Refused("not-assessed", organisation=asked.member, period=asked.period)
    if periods.kind_of(asked.period) is ReportKind.MONTHLY:
        return Refused("month-not-assessed", period=asked.period)
    if no := _approved(state, county, asked.period):
        return no
    known = state.find(Veto, vetoes_of(county, asked.period))
    if any(one.organisation == asked.member and not one.withdrawn for one in known):
        return Refused("already-vetoed", organisation=asked.member, period=asked.period)
    entered = {"county": county, "organisation": asked.member, "entered": event.time}
    veto = Veto(id=event.key, **entered, **asked.model_dump(exclude={"member"}))
    return Accepted((veto,), (About(asked.member, AssessmentVetoed(period=asked.period)),))


def _approved(state: State, county: str, period: str) -> Refused | None:
    assessment = state.get(Assessment, assessment_id(county, period))
    if assessment is not None and assessment.state is AssessmentState.APPROVED:
        return Refused("assessment-already-approved", period=period)
    return None


def veto_undone_needs(original: Original) -> Iterator[Need]:
    """It, and whether the list of its period is approved."""
    county, period = county_of(original.organisation), fact_of(original, AssessmentVetoed).period
    yield Key(Veto, original.key)
    yield Key(Assessment, assessment_id(county, period))


def undo_veto(state: State, original: Original) -> Verdict:
    """It keeps nothing down any more; of a list that is approved the approval goes first."""
    county, period = county_of(original.organisation), fact_of(original, AssessmentVetoed).period
    if no := _approved(state, county, period):
        return no
    veto = state.get(Veto, original.key)
    assert veto is not None, "what was entered is kept"
    return Accepted((veto.having(withdrawn=True),), original.taken_back(AssessmentVetoWithdrawn))
