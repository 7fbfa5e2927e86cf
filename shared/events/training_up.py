"""Events of what is proposed for somebody who was given an award (培养建议), and what the home organisation answers."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from shared.events.registry import Fact, Submission
from shared.events.vocabulary import Day, Statement, Uuid


class ProposeTrainingUp(Submission, service="feedback", committee_only=True):
    """The committee proposes to an organisation (the subject) how somebody it gave an award is brought on (培养建议).

    Its `ce-id` is the proposal's.
    """

    grant: Annotated[Uuid, Field(description="The `ce-id` of what granted the award.")]
    proposed: Statement


class AnswerTrainingUp(Submission, service="feedback"):
    """An organisation (the subject) adopts what was proposed to it, or does not, and says why."""

    proposal: Uuid
    adopted: bool
    reason: Statement


class TrainingUpProposed(Fact, service="feedback"):
    """An organisation was proposed something for one of its people, to be answered by a day; who it is stays here."""

    proposal: Uuid
    due: Day


class TrainingUpProposalWithdrawn(TrainingUpProposed, service="feedback"):
    """Nothing was proposed after all: what the proposal told, as of then."""


class TrainingUpAnswered(Fact, service="feedback"):
    """An organisation answered a proposal, in time or not; why stays with feedback."""

    proposal: Uuid
    adopted: bool
    on_time: bool


class TrainingUpAnswerWithdrawn(TrainingUpAnswered, service="feedback"):
    """It has not answered after all: what the answer told, as of then."""
