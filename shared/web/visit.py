"""What most routes of pages with forms ask for at once: who looks at what the process has, and as of when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Annotated, Any, cast

from fastapi import Depends, Request

from shared.calendar import china_day
from shared.countys_own import OWN
from shared.events import Event, Submission
from shared.identity.acting import Acting, acting_in
from shared.identity.reading import Reader
from shared.identity.rights import is_proven, may_submit, must_prove
from shared.pipeline.admission import admit
from shared.process.running import Running
from shared.roster.committees import own_of
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

    @property
    def is_proven(self) -> bool:
        """Whether whoever looks may send at once what is sent only after the password was shown again."""
        return is_proven(self.acting)

    def must_prove(self, kind: type[Submission]) -> bool:
        """Whether the password is shown again before such a thing is sent."""
        return must_prove(self.acting, kind.type)

    def does(self, kind: type[Submission]) -> bool:
        """Whether such a thing is among what the posts of whoever is signed in do."""
        return self.who is not None and may_submit(self.acting, kind.type)

    def admits(self, kind: type[Submission], organisation: str) -> bool:
        """Whether its service would go on to the rule if the viewer submitted it now: what is offered is admitted.

        Of a person its posts are asked first.
        """
        if self.who is None or not self.does(kind):
            return False
        about = (kind.type, self.who, organisation, self.now, kind.model_construct(), b"")
        return admit(Event("", "", *about), self.now, self.roster, kind.service) is None


async def visit(request: Request, parts: Parts, roster: RosterNow, who: Viewer, now: Now, reading: Reads) -> Visit:
    """A request in these terms."""
    return Visit(parts, roster, who, now, reading, acting_in(request.scope))


async def asking_of(parts: Running, acting: Acting, now: datetime) -> Visit:
    """As if whoever asks over the bus looked at this service's pages; nothing that is read so can be refused."""
    roster, county = await parts.roster.current(), parts.settings.county
    OWN.set(cache(lambda: own_of(roster, county, china_day(now))))
    reader = Reader(acting.code, county, roster, now, acting.posts)
    return Visit(parts, roster, acting.code, now, Reading(reader, cast(Any, None)), acting)


Here = Annotated[Visit, Depends(visit)]
