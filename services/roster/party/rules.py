"""Rules of Party organisations: what each is called from a day on, once for each day."""

from __future__ import annotations

from collections.abc import Iterator

from services.roster.party.model import PartyOrganisation, PartyStanding
from shared.database.documents import Key
from shared.events import Event
from shared.events.roster.party import (
    PartyOrganisationRegistered,
    PartyOrganisationWithdrawn,
    RegisterPartyOrganisation,
)
from shared.pipeline.decisions import Accepted, Original, Refused, State, Verdict


def register(state: State, event: Event[RegisterPartyOrganisation]) -> Verdict:
    """From a day on which the organisation stands, and of which nothing was said; shared with its submitter's own."""
    asked, here = event.data, event.organisation
    if state.roster.standing(here, asked.valid_from) is None:
        return Refused("not-standing-then", organisation=here, day=asked.valid_from)
    for code in asked.shared_with:
        if no := _unfit_sharing(state, event, code):
            return no
    before = state.get(PartyOrganisation, here) or PartyOrganisation(id=here)
    if any(one.since == asked.valid_from for one in before.history):
        return Refused("party-organisation-known", organisation=here, day=asked.valid_from)
    fact = PartyOrganisationRegistered(**asked.model_dump())
    return Accepted((before.having(history=_in_order(before, event)),), (fact,))


def undo(state: State, original: Original) -> Verdict:
    """It is called what it was called before."""
    before = state.get(PartyOrganisation, original.organisation)
    facts = original.taken_back(PartyOrganisationWithdrawn)
    if before is None:
        return Accepted((), facts)
    left = tuple(one for one in before.history if one.by != original.key)
    return Accepted((before.having(history=left),), facts)


def named(original: Original) -> Iterator[Key]:
    """The Party organisation with its history."""
    yield Key(PartyOrganisation, original.organisation)


def _unfit_sharing(state: State, event: Event[RegisterPartyOrganisation], code: str) -> Refused | None:
    """Another that stands by then, for which the submitter may speak as well."""
    day = event.data.valid_from
    if code == event.organisation or state.roster.standing(code, day) is None:
        return Refused("unfit-sharing", organisation=code, day=day)
    if not state.roster.may_speak_for(event.submitter, code, None, event.day):
        return Refused("outside-subtree", organisation=code, submitter=event.submitter)
    return None


def _in_order(before: PartyOrganisation, event: Event[RegisterPartyOrganisation]) -> tuple[PartyStanding, ...]:
    said = event.data.model_dump(exclude={"valid_from"})
    now = PartyStanding(**said, since=event.data.valid_from, by=event.key)
    return tuple(sorted((*before.history, now), key=lambda one: one.since))
