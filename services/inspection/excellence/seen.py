"""What the pages of the excellence programme share: who looks, and what became of a form that was sent."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Annotated

from fastapi import Depends

from services.inspection.excellence.form import Unfilled, submission_of
from shared.calendar import china_day
from shared.process.running import Running
from shared.roster.organisations import Roster
from shared.web.asking import Now, Parts, RosterNow, Viewer
from shared.web.forms import NOT_STORED, Filled, Ticket, Told, submit_form, ticket_of
from shared.web.signing_in import may_see


@dataclass(frozen=True, slots=True)
class Sent:
    """What became of a form, which it was, and what was filled in."""

    told: Told | None = None
    form: str = ""
    filled: Filled = field(default_factory=dict)

    @property
    def status(self) -> int:
        """As HTTP says it."""
        return 422 if self.told and self.told.level == "bad" else 200

    @property
    def refill(self) -> Filled:
        """What the form shows again: nobody writes twice what was not taken."""
        return self.filled if self.status == 422 else {}

    def tickets(self, *forms: str) -> dict[str, Ticket]:
        """A new one for each form; what was not stored is sent again as the same submission."""
        is_lost = self.told is not None and NOT_STORED in self.told.reasons
        kept = {self.form: ticket_of(self.filled)} if is_lost else {}
        return {form: kept.get(form) or Ticket.new() for form in forms}


NOTHING_SENT = Sent()


@dataclass(frozen=True, slots=True)
class Seen:
    """Who looks at what, and as of when: what a page of the excellence programme asks for."""

    parts: Running
    roster: Roster
    who: str | None
    now: datetime

    @property
    def today(self) -> date:
        """In China."""
        return china_day(self.now)

    def may(self, organisation: str, office: str | None = None) -> bool:
        """Whether the viewer stands above the organisation, is it, or holds the office for it."""
        return may_see(self.who, organisation, office, self.roster, self.now)


async def seen(parts: Parts, roster: RosterNow, who: Viewer, now: Now) -> Seen:
    """A request in these terms."""
    return Seen(parts, roster, who, now)


Here = Annotated[Seen, Depends(seen)]


async def send(here: Seen, who: str, organisation: str, form: str, filled: Filled, incident: str = "") -> Sent:
    """Who may not submit it is told so by the service, as every submitter is."""
    try:
        data = submission_of(form, filled, incident)
    except Unfilled as no:
        return Sent(Told("填写有误", "bad", no.sentences), form, filled)
    return Sent(await submit_form(here.parts, ticket_of(filled), data, who, organisation), form, filled)
