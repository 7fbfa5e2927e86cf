"""What a document, a draft and a number are called in events, and how long their lists are."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

from shared.events.feedback import ReportId
from shared.events.text import in_one_line
from shared.events.vocabulary import Day, Statement, Title

MOST_DRAFTS, MOST_OPINIONS, MOST_OBJECTIONS, MOST_PREFIX = 100, 20, 20, 12
"""Drafts of one list, opinions and objections of one report, characters of a number before its year."""
MOST_CONTACT = 30
MOST_GRACE = 10
"""Working days after a period in which what stations report late still counts in its documents."""
DraftId = Annotated[
    str,
    StringConstraints(pattern=r"^[0-9]{4}(-[0-9]{2}|-Q[1-4])?_[0-9A-Z-]{6,13}@[1-9][0-9]{0,3}$"),
    Field(description="A report's draft in one edition: 2018-03_123456100@2."),
]
Drafts = Annotated[list[DraftId], Field(min_length=1, max_length=MOST_DRAFTS)]
Reports = Annotated[list[ReportId], Field(min_length=1, max_length=MOST_DRAFTS)]
MOST_AHEAD = 10
Ahead = Annotated[int, Field(ge=0, le=MOST_AHEAD, strict=True, description="Working days before a day that is due.")]
Edition = Annotated[int, Field(ge=1, le=9999, strict=True)]
Prefix = Annotated[str, StringConstraints(min_length=2, max_length=MOST_PREFIX), BeforeValidator(in_one_line)]
Contact = Annotated[str, StringConstraints(max_length=MOST_CONTACT), BeforeValidator(in_one_line)]
Telephone = Annotated[str, StringConstraints(pattern=r"^([0-9]{3,12}(-[0-9]{3,8}){0,2})?$")]
DocumentNumber = Annotated[
    str,
    StringConstraints(max_length=40),
    Field(description="As it is printed, 某联党函〔2018〕7号; of a monthly feedback 2018年第3期."),
]


class DocumentSeries(StrEnum):
    """Numbers of documents run apart for each, in every year."""

    FILE = "file"
    LETTER = "letter"


class ReturnGround(StrEnum):
    """Why a delivered document is sent back unsigned for."""

    WRONG_ADDRESSEE = "wrong-addressee"
    UNREADABLE = "unreadable"
    OTHER = "other"


class GivenOpinion(BaseModel):
    """What is to be put right: the problem, what is required, until when it is done, and by whom."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    problem: Statement
    requirement: Statement
    finish_by: Day | None = None
    responsible: Annotated[Title | None, Field(description="Who sees to it there; nobody named unless said.")] = None


class OpinionReply(BaseModel):
    """What a recipient answers to one opinion: why it came to that, what is done, by whom and until when."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    opinion: Annotated[int, Field(ge=1, le=MOST_OPINIONS, strict=True, description="Its number in the document.")]
    cause: Statement
    measure: Statement
    responsible: Title
    finish_by: Day
