"""What most routes of pages with forms ask for at once: who looks at what the process has, and as of when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated

from fastapi import Depends

from shared.calendar import china_day
from shared.process.running import Running
from shared.roster.organisations import Roster
from shared.web.asking import Now, Parts, RosterNow, Viewer
from shared.web.signing_in import may_see


@dataclass(frozen=True, slots=True)
class Visit:
    """Somebody, signed in or not, at one instant, with the roster of that instant."""

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


async def visit(parts: Parts, roster: RosterNow, who: Viewer, now: Now) -> Visit:
    """A request in these terms."""
    return Visit(parts, roster, who, now)


Here = Annotated[Visit, Depends(visit)]
