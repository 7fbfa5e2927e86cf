"""A vote of the committee's secretaries on a period's list: carried it approves the list; and its way back."""

from __future__ import annotations

from collections.abc import Iterator

from services.feedback.assessment.drawing import results
from services.feedback.assessment.drawing_up import (
    reports_now,
    scheme_of,
    units_of,
    vetoed_in,
    waiting,
)
from services.feedback.assessment.model import Assessed, Assessment, AssessmentState, Vote, assessed_of, assessment_id
from services.feedback.assessment.voting import no_such_vote, outcome_of
from services.feedback.assessment.voting_down import undo_vote_down, vote_down
from services.feedback.documents.model import Draft, DraftState, HandStep
from shared.database.documents import Key, Need, Query
from shared.events import Event
from shared.events.assessment import (
    ApproveAssessment,
    AssessmentApprovalWithdrawn,
    AssessmentApproved,
    AssessmentNotCarried,
    VoteOutcome,
)
from shared.pipeline.decisions import Accepted, Original, Refused, State, Verdict
from shared.roster.organisations import county_of

APPROVED, WITHDRAWN = "approved", "approval-withdrawn"


def approve_assessment(state: State, event: Event[ApproveAssessment]) -> Verdict:
    """As it was read. By more than half of those present it approves, if reports still have the same figures."""
    asked = event.data
    assessment = waiting(state, event)
    if isinstance(assessment, Refused):
        return assessment
    if no := no_such_vote(assessment, asked, event.time):
        return Refused(no.slug, **no.details)
    if assessment.edition != asked.edition:
        return Refused("assessment-replaced", period=asked.period)
    vote = Vote(**asked.model_dump(exclude={"period", "edition", "outcome"}))
    if outcome_of(asked) is VoteOutcome.NOT_CARRIED:
        return vote_down(assessment, vote, event)
    return _approved(state, event, assessment, vote)


def _approved(state: State, event: Event[ApproveAssessment], assessment: Assessment, vote: Vote) -> Verdict:
    asked = event.data
    units = [one for one in units_of(state, assessment) if not one.withdrawn]
    if not is_as_figures_say(state, assessment, units):
        return Refused("assessment-outdated", period=asked.period)
    step = HandStep(what=APPROVED, at=event.time, by=event.actor)
    approved = assessment.having(
        state=AssessmentState.APPROVED, vote=vote, submission=event.key, steps=(*assessment.steps, step)
    )
    results_now = (one.result.model_copy(update={"approved_on": asked.held_on}) for one in units)
    changed = (one.having(is_approved=True, result=now) for one, now in zip(units, results_now, strict=True))
    return Accepted((approved, *changed), (AssessmentApproved(period=asked.period, edition=asked.edition),))


def is_as_figures_say(state: State, assessment: Assessment, units: list[Assessed]) -> bool:
    """Whether the list would be drawn up just so now."""
    vetoed = vetoed_in(state, assessment.county, assessment.period)
    now = results(scheme_of(state, assessment), reports_now(state, assessment), vetoed)
    return {one.organisation: one.result.known() for one in units} == now


def vote_undone_needs(original: Original) -> Iterator[Need]:
    """The list with its units, and how far its documents are."""
    county, period = county_of(original.organisation), _period(original)
    yield Key(Assessment, assessment_id(county, period))
    yield Query(Assessed, assessed_of(county, period))
    yield Query(Draft, assessed_of(county, period))


def undo_vote(state: State, original: Original) -> Verdict:
    """An approval until the first document that bears it is signed."""
    county, period = county_of(original.organisation), _period(original)
    assessment = state.get(Assessment, assessment_id(county, period))
    assert assessment is not None, "what was voted on is kept"
    if any(isinstance(one.fact, AssessmentNotCarried) for one in original.facts):
        return undo_vote_down(assessment, original)
    for draft in state.find(Draft, assessed_of(county, period)):
        if draft.state is DraftState.SIGNED or draft.report.revision:
            return Refused("assessment-signed", organisation=draft.organisation, period=period)
    step = HandStep(what=WITHDRAWN, at=original.taken.at if original.taken else original.time)
    back = assessment.having(state=AssessmentState.DRAWN_UP, vote=None, submission="", steps=(*assessment.steps, step))
    units = (
        one.having(is_approved=False, result=one.result.model_copy(update={"approved_on": None}))
        for one in state.find(Assessed, assessed_of(county, period))
    )
    return Accepted((back, *units), original.taken_back(AssessmentApprovalWithdrawn))


def _period(original: Original) -> str:
    """Of the list on which was voted, whatever came of it."""
    followed = (one.fact for one in original.facts)
    return next(one.period for one in followed if isinstance(one, AssessmentApproved | AssessmentNotCarried))
