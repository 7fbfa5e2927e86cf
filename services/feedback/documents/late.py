"""Steps of documents that are past their day and not done, of recipients and of the office."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from services.feedback.documents.model import Delivery, Draft
from services.feedback.documents.waiting import Urgency
from shared.database.mongo import Database
from shared.events.documents import OF_RECIPIENT, DocumentStep

URGED = (Urgency.OVERDUE.value, Urgency.AGAIN.value)
READ = ("organisation", "county", "period", "waits", "reminders")


class LateStep(NamedTuple):
    """What is to be done with which document, by whom; how often that was urged, and whether whoever is above knows."""

    report: str
    period: str
    organisation: str
    step: DocumentStep
    due: date
    late: str
    urged: int
    is_escalated: bool

    @property
    def url(self) -> str:
        """Where it is done: a draft at the office's desk, all else on the document's page."""
        is_draft = self.step in (DocumentStep.REVIEW, DocumentStep.SIGNATURE)
        return f"/feedback/{'drafts' if is_draft else 'reports'}/{self.report}"


def past(county: str, today: date) -> dict[str, Any]:
    """The filter of drafts and documents of which a step is past its day."""
    return {"county": county, "waits": {"$elemMatch": {"due": {"$lt": today.isoformat()}}}}


async def late_steps(db: Database, county: str, today: date) -> list[LateStep]:
    """What is due longest first."""
    shown = dict.fromkeys(READ, 1)
    found = [
        step
        for kind in (Draft, Delivery)
        async for one in db[kind.collection].find(past(county, today), shown)
        for step in _steps(one, today)
    ]
    return sorted(found, key=lambda one: (one.due, one.report, one.step))


def _steps(one: Mapping[str, Any], today: date) -> Iterator[LateStep]:
    for waits in one["waits"]:
        if waits["due"] < today.isoformat():
            step = DocumentStep(waits["step"])
            whose = one["organisation"] if step in OF_RECIPIENT else one["county"]
            urged = sum(_is_of(each, waits) and each["what"] in URGED for each in one["reminders"])
            due = date.fromisoformat(waits["due"])
            yield LateStep(
                one["_id"], one["period"], one["organisation"], step, due, whose, urged, bool(waits["escalated"])
            )


def _is_of(reminder: Mapping[str, Any], waits: Mapping[str, Any]) -> bool:
    return all(reminder[name] == waits[name] for name in ("step", "due", "nth"))


def by_step(found: list[LateStep]) -> dict[DocumentStep, int]:
    """How many of each."""
    counted = Counter(one.step for one in found)
    return {step: counted[step] for step in DocumentStep if counted[step]}
