"""The Party's side of organisations: what its organisation there is called, and branches without a seat."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from shared.events.registry import Fact, Submission
from shared.events.vocabulary import Code, Count, Day, Note, PersonId, Slug, Title


class PartyKind(StrEnum):
    """党委, 党工委, 党组, 党总支, 党支部, 联合党支部."""

    COMMITTEE = "committee"
    WORKING_COMMITTEE = "working-committee"
    LEADING_GROUP = "leading-group"
    GENERAL_BRANCH = "general-branch"
    BRANCH = "branch"
    JOINT_BRANCH = "joint-branch"


class BranchKind(StrEnum):
    """A branch of people of several organisations (联合党支部), or a group that studies a matter (课题攻关小组)."""

    JOINT_BRANCH = "joint-branch"
    TOPIC_GROUP = "topic-group"


Sharing = Annotated[list[Code], Field(max_length=20, description="Organisations whose Party organisation it is too.")]


class RegisterPartyOrganisation(Submission, service="roster"):
    """The Party organisation of the organisation concerned is called so from a day on; documents address it by that."""

    party_name: Title
    party_kind: PartyKind
    party_members: Count
    short_name: Title | None = None
    shared_with: Sharing = []
    valid_from: Day


class RegisterJointBranch(Submission, service="roster", committee_only=True):
    """A branch or a group without a seat of its own, of people of several organisations, exists from a day on."""

    branch: Slug
    name: Title
    branch_kind: BranchKind
    purpose: Note = ""
    valid_from: Day


class JoinBranch(Submission, service="roster"):
    """A person of the organisation concerned belongs to a joint branch or group from a day on."""

    branch: Slug
    person: PersonId
    since: Day


class LeaveBranch(Submission, service="roster", carries_on=True):
    """A person of the organisation concerned belongs to a joint branch or group until a day, that day included."""

    branch: Slug
    person: PersonId
    last_day: Day


class PartyOrganisationRegistered(Fact, service="roster"):
    """An organisation's Party organisation is called so from a day on."""

    party_name: Title
    party_kind: PartyKind
    party_members: Count
    short_name: Title | None = None
    shared_with: Sharing = []
    valid_from: Day


class PartyOrganisationWithdrawn(PartyOrganisationRegistered, service="roster"):
    """What was said of a Party organisation was corrected or withdrawn, as of then."""


class JointBranchRegistered(Fact, service="roster"):
    """A branch or a group of people of several organisations exists from a day on."""

    branch: Slug
    name: Title
    branch_kind: BranchKind
    valid_from: Day


class JointBranchWithdrawn(JointBranchRegistered, service="roster"):
    """A joint branch or group was corrected or withdrawn: there was none."""


class BranchJoined(Fact, service="roster"):
    """A person belongs to a joint branch or group from a day on."""

    branch: Slug
    person: PersonId
    since: Day


class BranchJoiningWithdrawn(BranchJoined, service="roster"):
    """That a person joined was corrected or withdrawn: it never did."""


class BranchLeft(Fact, service="roster"):
    """A person belongs to a joint branch or group until a day, that day included."""

    branch: Slug
    person: PersonId
    last_day: Day


class BranchLeavingWithdrawn(BranchLeft, service="roster"):
    """That a person left was corrected or withdrawn: it goes on belonging."""
