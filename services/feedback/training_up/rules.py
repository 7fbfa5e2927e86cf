"""What is proposed for somebody with an award, within which time the home answers, and how both are taken back."""

from __future__ import annotations

from collections.abc import Iterator

from services.feedback.awards.model import GrantedAward
from services.feedback.training_up.model import TrainingUpAnswer, TrainingUpProposal
from shared.calendar import due_after
from shared.database.documents import COUNTS, Key, Need, Query
from shared.events import Event
from shared.events.training_up import (
    AnswerTrainingUp,
    ProposeTrainingUp,
    TrainingUpAnswered,
    TrainingUpAnswerWithdrawn,
    TrainingUpProposalWithdrawn,
    TrainingUpProposed,
)
from shared.pipeline.decisions import Accepted, Original, Refused, State, Verdict, fact_of
from shared.roster.organisations import county_of

ANSWER_DAYS = 10
"""[A] Working days within which the home answers; the day of the proposal is not counted."""


def proposal_needs(event: Event[ProposeTrainingUp]) -> Iterator[Need]:
    """The award, and whether something was proposed because of it."""
    yield Key(TrainingUpProposal, event.id)
    yield _award(event)
    yield _because_of_it(event)


def propose(state: State, event: Event[ProposeTrainingUp]) -> Verdict:
    """Once for an award that a person of the organisation was given."""
    asked, here = event.data, event.organisation
    award = next((one for one in state.find(GrantedAward, _award(event).filter) if one.person), None)
    if award is None:
        return Refused("training-up-without-award", organisation=here)
    for known in state.find(TrainingUpProposal, _because_of_it(event).filter):
        return Refused("training-up-known", day=known.day)
    if state.get(TrainingUpProposal, event.id):
        return Refused("training-up-id-taken")
    proposal = TrainingUpProposal(
        id=event.id,
        county=county_of(here),
        organisation=here,
        person=award.person,
        award=award.award,
        grant=asked.grant,
        proposed=asked.proposed,
        day=event.day,
        due=due_after(event.day, ANSWER_DAYS).day,
        submission=event.key,
    )
    return Accepted((proposal,), (TrainingUpProposed(proposal=event.id, due=proposal.due),))


def undo_proposal(state: State, original: Original) -> Verdict:
    """As long as it has no answer."""
    proposal = state.get(TrainingUpProposal, original.id)
    assert proposal is not None, "what was proposed is kept"
    if proposal.answer:
        return Refused("training-up-answered", day=proposal.answer.day)
    return Accepted((proposal.having(withdrawn=True),), original.taken_back(TrainingUpProposalWithdrawn))


def answer(state: State, event: Event[AnswerTrainingUp]) -> Verdict:
    """Once, by the organisation to which it was proposed; after its day it is answered late."""
    asked = event.data
    proposal = state.get(TrainingUpProposal, asked.proposal)
    is_theirs = proposal is not None and not proposal.withdrawn and proposal.organisation == event.organisation
    if proposal is None or not is_theirs or event.day < proposal.day:
        return Refused("training-up-not-found")
    if proposal.answer:
        return Refused("training-up-answered", day=proposal.answer.day)
    said = TrainingUpAnswer(adopted=asked.adopted, reason=asked.reason, day=event.day, submission=event.key)
    on_time = event.day <= proposal.due
    fact = TrainingUpAnswered(proposal=proposal.id, adopted=asked.adopted, on_time=on_time)
    return Accepted((proposal.having(answer=said),), (fact,))


def answered_needed(original: Original) -> Iterator[Key]:
    """What was answered."""
    yield Key(TrainingUpProposal, fact_of(original, TrainingUpAnswered).proposal)


def undo_answer(state: State, original: Original) -> Verdict:
    """At any time; it is answered anew."""
    proposal = state.get(TrainingUpProposal, fact_of(original, TrainingUpAnswered).proposal)
    assert proposal is not None, "what was answered is kept"
    return Accepted((proposal.having(answer=None),), original.taken_back(TrainingUpAnswerWithdrawn))


def _award(event: Event[ProposeTrainingUp]) -> Query:
    by = {"submission": f"{event.submitter}/{event.data.grant}", "organisation": event.organisation}
    return Query(GrantedAward, {**by, **COUNTS})


def _because_of_it(event: Event[ProposeTrainingUp]) -> Query:
    county = county_of(event.organisation)
    return Query(TrainingUpProposal, {"county": county, "grant": event.data.grant, **COUNTS})
