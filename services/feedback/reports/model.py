"""Schemes of reporting, closed periods, and the reports that were issued."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, ClassVar

from services.feedback.assessment.result import Result
from shared.database.documents import Document
from shared.events.vocabulary import ReportKind
from shared.part import KeptPart


class SchemeFrom(KeptPart):
    """Which shorter periods a longer one replaces, from a day on."""

    effective_from: date
    year_replaces_december: bool
    year_replaces_fourth_quarter: bool
    quarter_replaces_last_month: bool


class ReportingScheme(Document):
    """A county's schemes, oldest first."""

    collection: ClassVar[str] = "schemes"

    history: tuple[SchemeFrom, ...] = ()

    def on(self, day: date) -> SchemeFrom | None:
        """The scheme in force on a day."""
        return next((scheme for scheme in reversed(self.history) if scheme.effective_from <= day), None)


class PeriodRecord(Document):
    """A period that was closed: the guard against closing it twice."""

    collection: ClassVar[str] = "periods"

    reports: int
    drafts: int = 0
    replaced_by: str | None


class Required(KeptPart):
    """An opinion on what to put right: the problem, what is required, until when, and who sees to it there."""

    problem: str
    requirement: str
    finish_by: date
    responsible: str = ""


class Revised(KeptPart):
    """A figure that a correction corrects: of the period or the one before (`of`), as it was printed and as it is."""

    measure: str
    of: str
    old: Any
    new: Any


class Rank(KeptPart):
    """By score among those of one's kind that have one: equal scores share a place."""

    place: int
    among: int


class TrendPoint(KeptPart):
    """Some measures of one of several periods that follow one another."""

    period: str
    measures: dict[str, Any]


class ListedProblem(KeptPart):
    """A finding that a document names: what, at which organisation (`where`), found when, to be put right by when.

    `late` are the working days by which it is past that on the period's last day or, once it is `done`, was put right.
    `problem` is its id, which leads to it.
    """

    problem: str
    what: str
    where: str
    found: date
    due: date | None = None
    done: date | None = None
    late: int = 0


class Report(Document):
    """A recipient's report as it was issued: measures of the period, the one before, and its own kind's mean.

    Means are of rates and scores, and of counts for each place; `places` are a township's stations or a department's
    window on the last day, and on that of the period before. One that was issued before counts were compared so has
    none, and means of whole counts, which are not shown. One that was drafted first has when its facts were counted
    (`drafted`), a number, what is required and until when a reply is asked for, who signed it, by id, and a hash of its
    content; a correction (更正第 n 次) which document it corrects, why, and what; a void one says why.

    Whatever else it prints is kept with it, so that it reads the same however the roster is corrected later: how its
    recipient is addressed, what its committee and the places in it are called (`names`, by code), whom to ask. One of
    before this was kept has none of that, nor a rank, a trend, or a list of problems (None, where () is that there are
    none; `problems_left` says how many more there were than are listed).
    Of a period that is assessed it bears the result that was approved. `receipt_late` and `reply_late` are the working
    days by which its recipient signed for a document, or replied to one, too late in the period, at most.
    """

    collection: ClassVar[str] = "reports"

    kind: ReportKind
    period: str
    organisation: str
    name: str
    organisation_kind: str
    issued: datetime
    measures: dict[str, Any]
    before: dict[str, Any]
    peers: dict[str, float | None]
    peer_count: int
    places: int | None = None
    places_before: int | None = None
    opinions: tuple[str, ...] = ()
    required: tuple[Required, ...] = ()
    edition: int = 0
    number: str = ""
    drafted: datetime | None = None
    signed_by: str = ""
    reply_by: date | None = None
    closing: str = ""
    revision: int = 0
    corrects: str = ""
    because: str = ""
    revised: tuple[Revised, ...] = ()
    content: str = ""
    withdrawn: str = ""
    addressed: str = ""
    committee: str = ""
    contact: str = ""
    names: dict[str, str] = {}
    rank: Rank | None = None
    trend: tuple[TrendPoint, ...] = ()
    problems: tuple[ListedProblem, ...] | None = None
    problems_left: int = 0
    assessed: Result | None = None
    receipt_late: int = 0
    reply_late: int = 0


STANDS: Mapping[str, Any] = {"withdrawn": {"$in": ["", None]}}
"""The filter of reports that are not void; of before there was such a thing, all."""


def report_id(period: str, organisation: str) -> str:
    """A recipient has one report of a period."""
    return f"{period}_{organisation}"


def recipient_of(report: str) -> str:
    """Whose a report of this id would be, whether there is one or not; empty of what is no id."""
    return report.partition("_")[2]
