"""Which submission a form is: its ticket stays the same until it is accepted, its id follows from what it says.

So the same form sent twice with the same content is one submission, and sent again with something changed (by Back,
say) is another: it is never answered with a verdict on something else.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4, uuid5

from shared.calendar import CHINA
from shared.events import Submission
from shared.events.envelope import IS_TIME, IS_UUID


@dataclass(frozen=True, slots=True)
class Ticket:
    """Hidden in the page: what makes this form another than the next one, and when it was opened."""

    id: str
    time: str

    @classmethod
    def new(cls, now: datetime | None = None) -> Ticket:
        """For a page that is shown now."""
        return cls(str(uuid4()), (now or datetime.now(CHINA)).astimezone(CHINA).isoformat(timespec="seconds"))

    def another(self) -> Ticket:
        """For the same content once more as another submission, opened when it was."""
        return Ticket(str(uuid4()), self.time)

    @classmethod
    def of(cls, id: str, time: str) -> Ticket:
        """As the page carried it; a new one when it was tampered with."""
        return cls(id, time) if IS_UUID(id) and _is_time(time) else cls.new()


def _is_time(text: str) -> bool:
    try:
        return bool(IS_TIME(text)) and datetime.fromisoformat(text).tzinfo is not None
    except ValueError:
        return False


def submission_id(
    ticket: Ticket, data: Submission, organisation: str, happened: datetime, corrects: str = "", grounds: str = ""
) -> str:
    """The id under which a form's content is sent, however often: another for each other content."""
    content = (data.type, organisation, corrects, happened.isoformat(), data.model_dump_json())
    return str(uuid5(UUID(ticket.id), "\n".join((*content, grounds) if grounds else content)))


def happened_at(text: str) -> datetime | None:
    """As a browser's field for a time says it, in the county's time; None when no event may have it, as in 0026."""
    try:
        happened = datetime.strptime(text, "%Y-%m-%dT%H:%M").replace(tzinfo=CHINA)
    except ValueError:
        return None
    return happened if IS_TIME(happened.isoformat()) else None


def as_entered(time: str) -> str:
    """The inverse: a stored time as that field shows it."""
    return datetime.fromisoformat(time).astimezone(CHINA).strftime("%Y-%m-%dT%H:%M")
