"""What most routes of pages with forms ask for at once: who looks at what the process has, and as of when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated

from fastapi import Depends, Request

from shared.calendar import china_day
from shared.events import Event, Submission
from shared.identity.acting import Acting, acting_in
from shared.pipeline.admission import admit
from shared.process.running import Running
from shared.roster.organisations import Roster
from shared.web.asking import Now, Parts, RosterNow, Viewer
from shared.web.reading import Reading, Reads


@dataclass(frozen=True, slots=True)
class Visit:
    """Somebody, signed in or not, at one instant, with the roster of that instant."""

    parts: Running
    roster: Roster
    who: str | None
    now: datetime
    reading: Reading
    acting: Acting | None = None

    @property
    def today(self) -> date:
        """In China."""
        return china_day(self.now)

    def may(self, organisation: str, office: str | None = None) -> bool:
        """Whether the viewer may act for it: stands above the organisation, is it, or holds the office for it."""
        return self.who is not None and self.roster.may_speak_for(self.who, organisation, office, self.now)

    def admits(self, kind: type[Submission], organisation: str) -> bool:
        """Whether its service would go on to the rule if the viewer submitted it now: what is offered is admitted."""
        if self.who is None:
            return False
        about = (kind.type, self.who, organisation, self.now, kind.model_construct(), b"")
        return admit(Event("", "", *about), self.now, self.roster, kind.service) is None


async def visit(request: Request, parts: Parts, roster: RosterNow, who: Viewer, now: Now, reading: Reads) -> Visit:
    """A request in these terms."""
    return Visit(parts, roster, who, now, reading, acting_in(request.scope))


Here = Annotated[Visit, Depends(visit)]
