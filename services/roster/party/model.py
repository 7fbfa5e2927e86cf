"""Party organisations with their dated names, and joint branches with their members."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from shared.database.documents import Document
from shared.events.roster.party import BranchKind, PartyKind
from shared.part import KeptPart


class PartyStanding(KeptPart):
    """What a Party organisation is called from a day on; `by` is the submission that said so."""

    since: date
    party_name: str
    party_kind: PartyKind
    party_members: int
    short_name: str | None = None
    shared_with: tuple[str, ...] = ()
    by: str = ""


class PartyOrganisation(Document):
    """Of one organisation, oldest first; the last that began by a day holds on it."""

    collection: ClassVar[str] = "party_organisations"

    history: tuple[PartyStanding, ...] = ()

    def on(self, day: date) -> PartyStanding | None:
        """How it stood on a day; None before it was known."""
        return next((one for one in reversed(self.history) if one.since <= day), None)


class Membership(KeptPart):
    """That somebody belongs to a joint branch from a day on, and until one where it has left."""

    person: str
    organisation: str
    since: date
    until: date | None = None
    by: str = ""
    ended_by: str = ""

    def holds(self, day: date) -> bool:
        """Whether it lasts on a day."""
        return self.since <= day and (self.until is None or day <= self.until)


class JointBranch(Document):
    """A branch or group of people of several organisations; its id is of the county."""

    collection: ClassVar[str] = "joint_branches"

    name: str
    branch_kind: BranchKind
    purpose: str = ""
    since: date
    members: tuple[Membership, ...] = ()
    withdrawn: bool = False

    def members_on(self, day: date) -> int:
        """How many belong to it on a day."""
        return sum(one.holds(day) for one in self.members)
