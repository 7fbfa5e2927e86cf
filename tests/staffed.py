"""Persons with posts, in domain words.

await staffed(county, CHIEF, CLERK)
async with acting_as(client, CLERK.id, CLERK.organisation): ...
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from shared.events.roster.people import Appoint, Post
from tests.county import County
from tests.sealed import ALLOWED, registers
from tests.submitters import START, Said, committee, hall, moment, office, station, township

SINCE = moment("2018-01-02")


class Holder(NamedTuple):
    """Somebody in a post of an organisation; without one it is only at home there."""

    id: str
    organisation: str
    post: Post | None

    def says(self) -> Iterator[Said]:
        """As the committee enters it."""
        known = registers(self.id, self.organisation, date(2018, 1, 1), name=f"人{self.id}")
        yield committee.says(known, SINCE, self.organisation)
        if self.post is not None:
            yield committee.says(Appoint(person=self.id, post=self.post, since=START), SINCE, self.organisation)


CHIEF = Holder("p-chief", office.code, Post.WINDOW_CHIEF)
CLERK = Holder("p-clerk", office.code, Post.WINDOW_CLERK)
NOBODYS = Holder("p-none", office.code, None)
PATROL = Holder("p-patrol", hall.code, Post.PARTY_LIAISON)
STATION_CLERK = Holder("p-station", station.code, Post.STATION_CLERK)
TOWNSHIP_LEAD = Holder("p-township", township.code, Post.TOWNSHIP_LEAD)
DIRECTOR = Holder("p-director", committee.code, Post.OFFICE_DIRECTOR)
OFFICE_CLERK = Holder("p-office", committee.code, Post.OFFICE_CLERK)
WATCHES = Holder("p-discipline", committee.code, Post.DISCIPLINE_OFFICER)
RUNS = Holder("p-system", committee.code, Post.SYSTEM_ADMIN)
SECURES = Holder("p-security", committee.code, Post.SECURITY_ADMIN)
AUDITS = Holder("p-auditor", committee.code, Post.AUDITOR)
HOLDERS = (
    CHIEF,
    CLERK,
    NOBODYS,
    PATROL,
    STATION_CLERK,
    TOWNSHIP_LEAD,
    DIRECTOR,
    OFFICE_CLERK,
    WATCHES,
    RUNS,
    SECURES,
    AUDITS,
)


async def staffed(county: County, *holders: Holder) -> None:
    """All of them are at home and in their posts, as every service knows from the bus."""
    county.allowed = ALLOWED
    async with county.working():
        for holder in holders:
            await county.hears(*holder.says())
        await county.settles()
