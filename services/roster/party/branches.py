"""Rules of joint branches and topic groups: the committee sets them up, organisations say who of theirs belongs."""

from __future__ import annotations

from collections.abc import Iterator

from services.roster.party.model import JointBranch, Membership
from services.roster.people.model import Person
from shared.database.documents import Key
from shared.events import Event
from shared.events.roster.party import (
    BranchJoined,
    BranchJoiningWithdrawn,
    BranchLeavingWithdrawn,
    BranchLeft,
    JoinBranch,
    JointBranchRegistered,
    JointBranchWithdrawn,
    LeaveBranch,
    RegisterJointBranch,
)
from shared.pipeline.decisions import Accepted, Original, Refused, State, Verdict
from shared.roster.organisations import county_of, of_county


def register(state: State, event: Event[RegisterJointBranch]) -> Verdict:
    """Of the county itself, each by one name of its own."""
    asked, key = event.data, of_county(event.organisation, event.data.branch)
    if event.organisation != county_of(event.organisation):
        return Refused("branch-of-the-county")
    before = state.get(JointBranch, key)
    if before and not before.withdrawn:
        return Refused("branch-known", title=before.name)
    branch = JointBranch(
        id=key,
        version=before.version if before else 0,
        name=asked.name,
        branch_kind=asked.branch_kind,
        purpose=asked.purpose,
        since=asked.valid_from,
    )
    return Accepted((branch,), (JointBranchRegistered(**asked.model_dump(exclude={"purpose"})),))


def join(state: State, event: Event[JoinBranch]) -> Verdict:
    """Somebody who is at home in the organisation, from a day on which there is the branch; once at a time."""
    asked, branch = event.data, _branch(state, event)
    person = state.get(Person, asked.person)
    if branch is None:
        return Refused("unknown-branch")
    if person is None or person.erased:
        return Refused("unknown-person")
    if person.home != event.organisation:
        return Refused("person-elsewhere", organisation=person.home)
    if asked.since < branch.since:
        return Refused("branch-not-begun", title=branch.name, day=branch.since)
    if any(one.person == asked.person and _meets(one, asked) for one in branch.members):
        return Refused("already-in-branch", title=branch.name)
    member = Membership(person=asked.person, organisation=event.organisation, since=asked.since, by=event.key)
    return Accepted((branch.having(members=(*branch.members, member)),), (BranchJoined(**asked.model_dump()),))


def leave(state: State, event: Event[LeaveBranch]) -> Verdict:
    """Whoever belongs to it goes on to that day."""
    asked, branch = event.data, _branch(state, event)
    if branch is None:
        return Refused("unknown-branch")
    member = next((one for one in branch.members if _is_left(one, event)), None)
    if member is None:
        return Refused("not-in-branch", title=branch.name)
    left = member.model_copy(update={"until": asked.last_day, "ended_by": event.key})
    return Accepted((_with(branch, member, left),), (BranchLeft(**asked.model_dump()),))


def undo_registration(state: State, original: Original) -> Verdict:
    """There is none, unless somebody belongs to it."""
    branch = state.get(JointBranch, _key(original, JointBranchRegistered))
    facts = original.taken_back(JointBranchWithdrawn)
    if branch is None:
        return Accepted((), facts)
    if branch.members:
        return Refused("branch-has-members", title=branch.name)
    return Accepted((branch.having(withdrawn=True),), facts)


def undo_joining(state: State, original: Original) -> Verdict:
    """It never belonged to it; that it left is taken back first."""
    branch = state.get(JointBranch, _key(original, BranchJoined))
    facts = original.taken_back(BranchJoiningWithdrawn)
    member = next((one for one in branch.members if one.by == original.key), None) if branch else None
    if branch is None or member is None:
        return Accepted((), facts)
    if member.until:
        return Refused("left-branch-since", title=branch.name, day=member.until)
    return Accepted((branch.having(members=tuple(one for one in branch.members if one is not member)),), facts)


def undo_leaving(state: State, original: Original) -> Verdict:
    """It goes on belonging to it, unless it has come back since."""
    branch = state.get(JointBranch, _key(original, BranchLeft))
    facts = original.taken_back(BranchLeavingWithdrawn)
    member = next((one for one in branch.members if one.ended_by == original.key), None) if branch else None
    if branch is None or member is None:
        return Accepted((), facts)
    if any(one.person == member.person and one.since > member.since for one in branch.members):
        return Refused("already-in-branch", title=branch.name)
    again = member.model_copy(update={"until": None, "ended_by": ""})
    return Accepted((_with(branch, member, again),), facts)


def of_a_branch(original: Original) -> Iterator[Key]:
    """The branch with its members."""
    yield Key(JointBranch, _key(original, JointBranchRegistered, BranchJoined, BranchLeft))


def _key(original: Original, *kinds: type[JointBranchRegistered | BranchJoined | BranchLeft]) -> str:
    fact = next(one.fact for one in original.facts if isinstance(one.fact, kinds))
    return of_county(original.organisation, fact.branch)


def _branch(state: State, event: Event[JoinBranch] | Event[LeaveBranch]) -> JointBranch | None:
    branch = state.get(JointBranch, of_county(event.organisation, event.data.branch))
    return None if branch is None or branch.withdrawn else branch


def _meets(member: Membership, asked: JoinBranch) -> bool:
    return member.until is None or asked.since <= member.until


def _is_left(member: Membership, event: Event[LeaveBranch]) -> bool:
    """The one that is left: of this organisation's, begun by then and not left yet."""
    asked, own = event.data, (member.person, member.organisation) == (event.data.person, event.organisation)
    return own and member.until is None and member.since <= asked.last_day


def _with(branch: JointBranch, member: Membership, now: Membership) -> JointBranch:
    return branch.having(members=tuple(now if one is member else one for one in branch.members))
