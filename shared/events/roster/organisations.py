"""Organisations: what stands in the tree and how, and who is in the hall."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from shared.events.registry import Fact, Submission
from shared.events.vocabulary import Code, Day, Hall, Note, OrganisationKind, Slug, Title
from shared.part import SubmittedPart


class Office(SubmittedPart):
    """A task an organisation holds for all others within a scope, such as the hall's patrol."""

    office: Slug
    scope: Code


class RegisterOrganisation(Submission, service="roster", committee_only=True, founding=True):
    """Enters an organisation, or how it stands from a day on (renamed, moved to another parent)."""

    code: Code
    name: Title
    kind: OrganisationKind
    parent: Code | None = None
    committee_member: bool = False
    due_in_hall: bool = False
    feedback_recipient: bool = False
    offices: Annotated[list[Office], Field(max_length=20)] = []
    valid_from: Day
    basis: Note = ""
    new: Annotated[bool, Field(description="Nothing may be known under its code yet.")] = False


class StationDepartment(Submission, service="roster", by_others=True):
    """A department moves its window into the hall or a branch hall from a day on (入驻)."""

    hall: Hall
    valid_from: Day


class DissolveOrganisation(Submission, service="roster", committee_only=True, carries_on=True):
    """The organisation concerned ends with a day: abolished, merged into one, split into several, given a new code.

    Its history stays under its code. From the day after, the first successor answers for what it left open (without
    one, the organisation above it) and has those below it below itself; what is told of that bears the old code and the
    place of who answers, where it counts. Said again, it corrects day and successors.
    """

    last_day: Day
    followed_by: Annotated[list[Code], Field(max_length=10)] = []
    basis: Note = ""


class WithdrawDissolution(Submission, service="roster", committee_only=True, carries_on=True):
    """The organisation concerned does not end, or not yet: it stands as if nothing had been said."""

    reason: Note


class OrganisationRegistered(Fact, service="roster"):
    """An organisation stands as given from a day on."""

    code: Code
    name: Title
    kind: OrganisationKind
    parent: Code | None
    committee_member: bool
    due_in_hall: bool
    feedback_recipient: bool
    valid_from: Day


class DepartmentStationed(Fact, service="roster"):
    """A department has its window in the hall from a day on; `before` is the hall in which it had one until then."""

    hall: Hall
    valid_from: Day
    before: Hall | None = None


class StationingWithdrawn(DepartmentStationed, service="roster"):
    """A department's move into a hall was corrected or withdrawn: what was told of it, as of then."""


class OrganisationDissolved(Fact, service="roster"):
    """An organisation ends with a day, on which the fact happens; `stationed` if a window in the hall ended with it."""

    last_day: Day
    followed_by: list[Code]
    stationed: bool = False


class DissolutionWithdrawn(Fact, service="roster"):
    """An organisation does not end with that day after all; `stationed` if it has its window in the hall again."""

    last_day: Day
    stationed: bool = False
