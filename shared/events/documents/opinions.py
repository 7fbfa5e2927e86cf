"""Opinions of documents that were signed for: to be put right by a day, or no more."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from shared.events.documents.named import MOST_OPINIONS, DocumentNumber
from shared.events.feedback import ReportId
from shared.events.inspection import RectificationId
from shared.events.registry import Fact
from shared.events.vocabulary import Day, Period, Statement, Title

ABOVE_FINDINGS = 50
"""Of an opinion's rectification the number lies above those of findings, so that no inspection has its id."""


class OpinionRequired(Fact, service="feedback"):
    """A recipient signed for a document with an opinion, which is to be put right by the opinion's own day."""

    report: ReportId
    period: Period
    document: Annotated[Title, Field(description="What the document is called.")]
    number: DocumentNumber
    opinion: Annotated[int, Field(ge=1, le=MOST_OPINIONS, strict=True, description="Its number in the document.")]
    rectification: Annotated[RectificationId, Field(description="Under which the register has it from now on.")]
    problem: Statement
    requirement: Statement
    finish_by: Day
    responsible: Annotated[Title | None, Field(description="Who sees to it there; nobody named unless said.")] = None


class OpinionDropped(Fact, service="feedback"):
    """An opinion is to be put right no more: its document is void, or a correction of it left the opinion out."""

    report: ReportId
    period: Period
    rectification: RectificationId
    reason: Statement
