"""To whom a sheet is open: the person, both secretaries, the director, the organisation department, and nobody else.

By persons in their posts alone: of an organisation that shows its token it is not known who reads.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from services.roster.appraisals.model import Sheet
from shared.database.documents import COUNTS
from shared.events.roster.appraisals import OpenAppraisal
from shared.events.roster.people import Post
from shared.events.vocabulary import ORGANISATION_DEPARTMENT
from shared.web.visit import Visit

OF_THE_COUNTY = frozenset({Post.COMMITTEE_SECRETARY, Post.COMMITTEE_DEPUTY, Post.OFFICE_DIRECTOR})
NOTHING: Mapping[str, Any] = {"_id": {"$in": []}}


class SheetReader(NamedTuple):
    """Whoever looks: as a person, of which homes as their secretary, and whether of the whole county."""

    person: str = ""
    homes: frozenset[str] = frozenset()
    county: str = ""

    def opens(self, sheet: Sheet) -> bool:
        """Whether a sheet is open to it; one that was taken away only to the county's."""
        if self.county:
            return sheet.county == self.county
        return not sheet.withdrawn and ((bool(self.person) and sheet.person == self.person) or sheet.home in self.homes)

    @property
    def filter(self) -> Mapping[str, Any]:
        """The same as MongoDB understands."""
        if self.county:
            return {"county": self.county}
        if not self.person:
            return NOTHING
        return {**COUNTS, "$or": [{"person": self.person}, {"home": {"$in": sorted(self.homes)}}]}


def reader_of(here: Visit) -> SheetReader:
    """As whoever looks stands now."""
    acting = here.acting
    if acting is None or not acting.person or acting.posts is None:
        return SheetReader()
    county, posts = here.parts.settings.county, acting.posts
    is_county = acting.code == county and not OF_THE_COUNTY.isdisjoint(posts)
    if is_county or (Post.PERSONNEL_CLERK in posts and _keeps_persons(here, acting.code)):
        return SheetReader(acting.person, county=county)
    homes = _answered(here, acting.code) if Post.PARTY_SECRETARY in posts else frozenset[str]()
    return SheetReader(acting.person, homes)


def may_open(here: Visit) -> bool:
    """Whether whoever looks opens appraisals, and so sees who is a Party member."""
    return bool(reader_of(here).county) and here.admits(OpenAppraisal, here.parts.settings.county)


def _keeps_persons(here: Visit, code: str) -> bool:
    """The county, and whoever holds the organisation department's office."""
    stands = here.roster.standing(code, here.now)
    return code == here.parts.settings.county or (stands is not None and stands.holds(ORGANISATION_DEPARTMENT))


def _answered(here: Visit, code: str) -> frozenset[str]:
    """Itself, and those that have ended and for which it answers."""
    return frozenset(one.id for one in here.roster if here.roster.answering(one.id, here.now) == code)
