"""Events of the excellence programme (四优窗口): what each person publicly commits to, and the marks of a quarter."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StringConstraints

from shared.events.registry import Fact, Submission
from shared.events.vocabulary import Hundredths, Note, PersonId, Slug, Statement, Title
from shared.part import SubmittedPart

Quarter = Annotated[str, StringConstraints(pattern=r"^20[0-9]{2}-Q[1-4]$"), Field(description="2018-Q3.")]


class FourScores(SubmittedPart):
    """The four excellences (四优): environment, service, management, integrity (环境、服务、管理、廉洁)."""

    environment: Hundredths
    service: Hundredths
    management: Hundredths
    integrity: Hundredths

    @property
    def lowest(self) -> int:
        """The score that decides: the mark asks for all four."""
        return min(self.environment, self.service, self.management, self.integrity)


# Submissions


class PublishCommitment(Submission, service="inspection"):
    """A person of a window or station commits in public (公开承诺); a new text for the item follows the old."""

    person: PersonId
    item: Slug
    text: Title


class WithdrawCommitment(Submission, service="inspection"):
    """A commitment holds no longer from the time this happened."""

    person: PersonId
    item: Slug


class GrantExcellenceMark(Submission, service="inspection", committee_only=True):
    """A window or station is marked excellent in all four (四优) for a quarter that is over."""

    quarter: Quarter
    scores: FourScores
    note: Note = ""


class WithdrawExcellenceMark(Submission, service="inspection", committee_only=True, carries_on=True):
    """A mark is taken back, with the reason why."""

    quarter: Quarter
    reason: Statement


# Facts


class CommitmentPublished(Fact, service="inspection"):
    """A person committed to something in public; `follows` when another text stood before."""

    person: PersonId
    item: Slug
    text: Title
    follows: bool


class CommitmentWithdrawn(Fact, service="inspection"):
    """A commitment was withdrawn."""

    person: PersonId
    item: Slug


class ExcellenceMarkGranted(Fact, service="inspection"):
    """A window or station was marked excellent for a quarter, with its four scores."""

    quarter: Quarter
    scores: FourScores


class ExcellenceMarkWithdrawn(Fact, service="inspection"):
    """A mark was taken back; the reason stays with inspection."""

    quarter: Quarter
