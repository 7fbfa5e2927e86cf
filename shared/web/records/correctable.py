"""How a service's submissions are decided, and by which form what was accepted is shown and corrected."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any, NamedTuple

from fastapi import Depends, Request

from shared.database.mongo import Database
from shared.events import Submission
from shared.forms import Form
from shared.forms.declared import Context
from shared.forms.withdrawals import withdrawal
from shared.pipeline.decisions import Handlers, Original
from shared.web.forms import SendPhotos
from shared.web.visit import Visit

FOR_GOOD = "撤回受理后，该记录不再计入统计，不能恢复；需要时请重新登记。"
CALLED_OFF = "取消受理后，该安排不再施行；需要时请重新安排。"


async def no_context(_: Database) -> Context:
    """The form is shown without one."""


class Reported(NamedTuple):
    """The body that was submitted, empty when it is kept no more; and the context in which its form is shown."""

    body: Mapping[str, Any] = {}
    context: Context = None


Knowing = Callable[[Visit, Original, Reported], Awaitable[Reported]]
Recall = Callable[[Database, Original], Awaitable[Reported]]
"""What a submission said, which the ledger does not keep: by its facts, or by what the service keeps of it."""


def of_facts(
    body: Callable[[Original], Mapping[str, Any]], context: Callable[[Database], Awaitable[Context]] = no_context
) -> Recall:
    """All of it follows from the facts."""

    async def read(db: Database, original: Original) -> Reported:
        return Reported(body(original), await context(db))

    return read


@dataclass(frozen=True, slots=True)
class Rewriting:
    """A form that corrects, filled in with what is read; and how its photos are sent, where it takes any.

    What is read of a document that a correction rewrites `is_of_now`: a record that was corrected does not show it.
    What only a visit `knows`, as persons by name, comes after that.
    """

    form: Form
    read: Recall
    photos: Callable[[Original], SendPhotos] | None = None
    is_of_now: bool = False
    knows: Knowing | None = None

    async def reported(self, here: Visit, original: Original) -> Reported:
        """What was reported, as whoever looks may know it."""
        read = await self.read(here.parts.db, original)
        return await self.knows(here, original, read) if self.knows and read.body else read


class Subject(NamedTuple):
    """What a record is about, and its page."""

    label: str
    url: str


def _no_subject(original: Original) -> Subject | None:
    return None


@dataclass(frozen=True, slots=True)
class Correctable:
    """Of one service; a type without a form is taken back and submitted anew."""

    handlers: Handlers
    forms: Mapping[type[Submission], Rewriting] = field(default_factory=dict)
    subject: Callable[[Original], Subject | None] = _no_subject
    """The page of what a record is about."""

    def withdrawal(self, type_name: str) -> Form | None:
        """By which its service takes back what it accepted; what is only planned is called off."""
        kind = next((kind for kind in self.handlers if issubclass(kind, Submission) and kind.withdraws), None)
        if kind is None or not issubclass(kind, Submission):
            return None
        if self.is_planned(type_name):
            return withdrawal(kind, "withdraw", CALLED_OFF, "取消")
        return withdrawal(kind, "withdraw", FOR_GOOD)

    def is_planned(self, type_name: str) -> bool:
        """Whether what a type says begins on a day of its own."""
        kind = Submission.registry.get(type_name)
        handler = self.handlers.get(kind) if kind else None
        return bool(handler and handler.begun)

    def rewriting(self, type_name: str) -> Rewriting | None:
        """The form of a type."""
        kind = Submission.registry.get(type_name)
        return self.forms.get(kind) if kind else None


async def correctable_here(request: Request) -> Correctable:
    """As the service gave it to `answer`."""
    given: Correctable = request.app.state.correctable
    return given


HowCorrected = Annotated[Correctable, Depends(correctable_here)]
