"""A vote on a period's list that was not carried: it is kept, the list waits as before, and another may follow."""

from __future__ import annotations

from services.feedback.assessment.model import Assessment, LostVote, Vote
from services.feedback.documents.model import HandStep
from shared.events import Event
from shared.events.assessment import ApproveAssessment, AssessmentNotCarried, AssessmentNotCarriedWithdrawn
from shared.pipeline.decisions import Accepted, Original, Refused, Verdict

NOT_CARRIED, NOT_CARRIED_WITHDRAWN = "not-carried", "not-carried-withdrawn"


def vote_down(assessment: Assessment, vote: Vote, event: Event[ApproveAssessment]) -> Verdict:
    """Whatever its figures are by now; the same vote is entered once."""
    if any((one.vote, one.edition) == (vote, assessment.edition) for one in assessment.votes_lost):
        return Refused("vote-already-entered", period=assessment.period, day=vote.held_on)
    lost = LostVote(vote=vote, edition=assessment.edition, entered=event.time, submission=event.key)
    step = HandStep(what=NOT_CARRIED, at=event.time, by=event.actor)
    kept = assessment.having(lost=(*assessment.lost, lost), steps=(*assessment.steps, step))
    return Accepted((kept,), (AssessmentNotCarried(period=assessment.period, edition=lost.edition),))


def undo_vote_down(assessment: Assessment, original: Original) -> Accepted:
    """At any time, for no document bears it; what was told in the course of the list still shows its numbers."""
    step = HandStep(what=NOT_CARRIED_WITHDRAWN, at=original.taken.at if original.taken else original.time)
    lost = (
        one.model_copy(update={"withdrawn": True}) if one.submission == original.key else one for one in assessment.lost
    )
    back = assessment.having(lost=tuple(lost), steps=(*assessment.steps, step))
    return Accepted((back,), original.taken_back(AssessmentNotCarriedWithdrawn))
