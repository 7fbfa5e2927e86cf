"""Events of incidents (三有三无): an accident, a bad rating or a complaint is answered, then closed from above."""

from __future__ import annotations

from enum import StrEnum

from shared.events.registry import Fact, Submission
from shared.events.vocabulary import HALL_PATROL, Day, Note, PersonId, Statement, Uuid


class IncidentKind(StrEnum):
    """无事故、无差评、无投诉 broken."""

    ACCIDENT = "accident"
    BAD_RATING = "bad-rating"
    COMPLAINT = "complaint"


# Submissions


class ReportIncident(Submission, service="inspection", office=HALL_PATROL):
    """Something went wrong at an organisation; its `ce-id` is the incident's id. The summary names nobody."""

    kind: IncidentKind
    summary: Statement
    person: PersonId | None = None


class AnswerIncident(Submission, service="inspection", carries_on=True):
    """The organisation itself says what happened and what it did about it."""

    incident: Uuid
    answer: Statement


class CloseIncident(Submission, service="inspection", carries_on=True):
    """Somebody above the organisation finds the incident founded (upheld) or not, and closes it."""

    incident: Uuid
    upheld: bool
    note: Note = ""


class MarkUnanswered(Submission, service="inspection", committee_only=True):
    """A tick: incidents whose answer was due before this day and has not come are unanswered."""

    day: Day


class SettleAnswerDays(Submission, service="inspection", committee_only=True):
    """A tick: the days by which incidents are to be answered are looked at under the calendar known by this day."""

    day: Day


# Facts


class IncidentReported(Fact, service="inspection"):
    """Something went wrong; the organisation's answer is due by a day. The summary stays with inspection."""

    incident: Uuid
    kind: IncidentKind
    person: PersonId | None
    due: Day
    provisional: bool


class IncidentAnswered(Fact, service="inspection"):
    """The organisation answered, in time or late; `was_unanswered` when it had been marked so."""

    incident: Uuid
    kind: IncidentKind
    on_time: bool
    was_unanswered: bool


class IncidentUnanswered(Fact, service="inspection"):
    """No answer came by the day it was due; told once."""

    incident: Uuid
    kind: IncidentKind
    due: Day


class UnansweredWithdrawn(Fact, service="inspection"):
    """An incident marked unanswered had been answered in time after all, as was learnt later."""

    incident: Uuid
    kind: IncidentKind
    due: Day


class IncidentClosed(Fact, service="inspection"):
    """An incident was found to be founded (upheld) or not."""

    incident: Uuid
    kind: IncidentKind
    upheld: bool


class IncidentDueSettled(Fact, service="inspection"):
    """An answer is due on another day than was told, or for certain: a notice of days off became known or changed."""

    incident: Uuid
    kind: IncidentKind
    before: Day
    due: Day
    provisional: bool


class IncidentAnswerRevised(Fact, service="inspection"):
    """Under the settled calendar an answer came in time or not, other than was told; as of the answer.

    `was_unanswered` when a mark is taken back with it: the answer then counts as due in its place.
    """

    incident: Uuid
    kind: IncidentKind
    on_time: bool
    on_time_before: bool
    was_unanswered: bool


class IncidentReportWithdrawn(IncidentReported, service="inspection"):
    """An incident was reported by mistake, or otherwise than it was: its answer was due as told last."""


class IncidentAnswerWithdrawn(IncidentAnswered, service="inspection"):
    """An answer was taken back or reads otherwise: what was told of it last. A mark that stood before it stands."""


class IncidentClosingWithdrawn(IncidentClosed, service="inspection"):
    """An incident was closed by mistake, or otherwise found: it waits to be closed again."""
