"""Which rule decides what is said of Party organisations and joint branches, and what it needs to look at."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from services.roster.party import branches, rules
from services.roster.party.model import JointBranch, PartyOrganisation
from services.roster.people.model import Person
from shared.events import Event
from shared.events.roster.party import JoinBranch, LeaveBranch, RegisterJointBranch, RegisterPartyOrganisation
from shared.pipeline.decisions import Handler, Handlers, Key
from shared.roster.organisations import of_county


def _branch(event: Event[Any]) -> Iterator[Key]:
    yield Key(JointBranch, of_county(event.organisation, event.data.branch))


def _with_person(event: Event[JoinBranch]) -> Iterator[Key]:
    yield from _branch(event)
    yield Key(Person, event.data.person)


PARTY: Handlers = {
    RegisterPartyOrganisation: Handler(
        rules.register, lambda event: [Key(PartyOrganisation, event.organisation)], rules.undo, rules.named
    ),
    RegisterJointBranch: Handler(branches.register, _branch, branches.undo_registration, branches.of_a_branch),
    JoinBranch: Handler(branches.join, _with_person, branches.undo_joining, branches.of_a_branch),
    LeaveBranch: Handler(branches.leave, _branch, branches.undo_leaving, branches.of_a_branch),
}
