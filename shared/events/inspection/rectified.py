"""Facts of rectification: what was decided of a finding on its way from being opened to being closed (销号)."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from shared.events.feedback import ReportId
from shared.events.inspection.rectifications import RectificationId
from shared.events.registry import EventData, Fact
from shared.events.vocabulary import Code, Day, Several, Severity, Slug, Title, Uuid

Provisional = Annotated[bool, Field(description="The year's State Council notice is not known yet (暂定).")]
MarkedAgain = Annotated[
    bool, Field(description="It had been overdue before, under an earlier deadline: it counts once.")
]

InTimeUntil = Annotated[Day, Field(description="The first deadline, and the extensions given before it had passed.")]
InTime = Annotated[bool, Field(description="Submitted by the due day, and not sent back or reopened since.")]
SaidInTime = Annotated[
    bool | None,
    Field(description="Submitted by the due day: sending back and reopening do not move it; null: as `on_time`."),
]


class OfRectification(EventData):
    """What is told of one rectification."""

    rectification: RectificationId
    report: Annotated[
        ReportId | None, Field(description="The document whose opinion is put right; null where it is a finding.")
    ] = None


class RectificationOpened(OfRectification, Fact, service="inspection"):
    """A finding, or an opinion of a document, is to be put right by a deadline."""

    item: Title
    severity: Severity
    deadline: Day
    provisional: Provisional
    repeats: Annotated[
        RectificationId | None, Field(description="The same item was found here within the 90 days before.")
    ] = None


class RectificationAccepted(OfRectification, Fact, service="inspection"):
    """The organisation has taken a finding on (领办)."""


class RectificationSubmitted(OfRectification, Fact, service="inspection"):
    """The organisation says that a finding is put right; it waits for its verifier."""

    on_time: bool


class RectificationVerified(OfRectification, Fact, service="inspection"):
    """A finding was put right, as somebody else has seen."""

    on_time: Annotated[bool, Field(description="The last submission came on the deadline's day or before.")]
    was_overdue: Annotated[bool, Field(description="It has been overdue, under this deadline or an earlier one.")]
    reinspection: Uuid | None = None
    in_time: SaidInTime = None


class RectificationSentBack(OfRectification, Fact, service="inspection"):
    """A finding is not put right: it is to be done again by a new deadline."""

    deadline: Day
    provisional: Provisional


class RectificationReopened(OfRectification, Fact, service="inspection"):
    """What had been verified did not last: it is to be done again by a new deadline."""

    deadline: Day
    provisional: Provisional


class VerificationWithdrawn(OfRectification, Fact, service="inspection"):
    """A verification that was followed by a reopening no longer counts; told as of when it was made."""

    on_time: Annotated[bool, Field(description="What the verification had said.")]
    in_time: SaidInTime = None


class RectificationExtended(OfRectification, Fact, service="inspection"):
    """A finding has a later deadline."""

    deadline: Day
    provisional: Provisional
    was_overdue: Annotated[bool, Field(description="It stood overdue until then.")] = False


class RectificationDeadlineSettled(OfRectification, Fact, service="inspection"):
    """A deadline lies on another day than was told, or is certain: a notice of days off became known or was changed."""

    before: Annotated[Day, Field(description="The deadline that was told last.")]
    deadline: Day
    provisional: Provisional


class VerificationRevised(OfRectification, Fact, service="inspection"):
    """Under the settled calendar verified work was in time or not, other than was told; as of its verification."""

    on_time: bool
    in_time: InTime
    in_time_before: InTime


class RectificationFellDue(OfRectification, Fact, service="inspection"):
    """The last day on which work on a finding was in time is over: told once, as of that day."""

    due: InTimeUntil
    in_time: InTime


class FellDueWithdrawn(OfRectification, Fact, service="inspection"):
    """What was said of a finding that fell due is no longer so, as was learnt later: told as of the same day."""

    due: InTimeUntil
    in_time: InTime


class RectificationNearDeadline(OfRectification, Fact, service="inspection"):
    """One working day is left to put a finding right."""

    deadline: Day


class RectificationOverdue(OfRectification, Fact, service="inspection"):
    """A finding was not put right by its deadline."""

    deadline: Day
    again: MarkedAgain = False


class OverdueWithdrawn(OfRectification, Fact, service="inspection"):
    """What had been marked overdue was submitted or extended in time after all, as was learnt later."""

    deadline: Day
    again: MarkedAgain = False


class RectificationReferred(OfRectification, Fact, service="inspection"):
    """A finding is overdue by three working days: the organisation above is asked to see to it (提请督办)."""

    above: Code
    deadline: Day


class ReferralWithdrawn(OfRectification, Fact, service="inspection"):
    """What had been referred was submitted or extended before that, as was learnt later."""

    above: Code
    deadline: Day


class RectificationEscalated(OfRectification, Fact, service="inspection"):
    """A finding is overdue by three working days: told to the organisation above the one concerned."""

    organisation: Code
    deadline: Day


class EscalationWithdrawn(OfRectification, Fact, service="inspection"):
    """What had been escalated was submitted or extended before that, as was learnt later."""

    organisation: Code
    deadline: Day


class VerificationDue(OfRectification, Fact, service="inspection"):
    """Submitted work has waited for more than three working days: told to the organisation that is to verify it."""

    organisation: Code
    submitted: Day


class RectificationClosed(OfRectification, Fact, service="inspection"):
    """The days in which verified work may be reopened are over (销号)."""


class RectificationWithdrawn(Fact, service="inspection"):
    """A finding counts no more, as its inspection does: each fact that was told of it is taken back as of its day."""

    rectification: RectificationId
    fact: Annotated[Slug, Field(description="The type of the fact that is taken back.")]
    data: Annotated[dict[str, str | int | bool | None], Field(max_length=20, description="Its data, as it was told.")]
    times: Annotated[Several, Field(description="How often it was told on that day.")] = 1


class AcceptanceWithdrawn(RectificationAccepted, service="inspection"):
    """That a finding was taken on was said by mistake."""


class SubmittedWorkWithdrawn(RectificationSubmitted, service="inspection"):
    """Work that waited for its verifier was taken back: the organisation has it before it as if never submitted.

    Where the calendar shows that it was in time, or late, other than was told, it is told anew at once.
    """


class SendingBackWithdrawn(RectificationSentBack, service="inspection"):
    """Work was sent back by mistake: it waits for its verifier again, under the deadline before."""


class ReopeningWithdrawn(RectificationReopened, service="inspection"):
    """Verified work was reopened by mistake: its verification stands again."""


class VerificationRestored(VerificationWithdrawn, service="inspection"):
    """A verification that a reopening had taken back stands again; told as of when it was made."""


class ExtensionWithdrawn(RectificationExtended, service="inspection"):
    """More time was given by mistake: the deadline before holds again, and so does a mark under it."""


class RepeatWithdrawn(Fact, service="inspection"):
    """A finding repeats nothing any more: what had been found before it counts no longer. As of the finding."""

    rectification: RectificationId
    repeats: Annotated[RectificationId, Field(description="What it had been told to repeat.")]
