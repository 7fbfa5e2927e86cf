"""What a fact about a Party organisation changes of its name."""

from __future__ import annotations

from collections.abc import Iterable

from services.feedback.addressees.model import NamedFrom, PartyNames
from shared.database.documents import Key
from shared.events import Event, Fact
from shared.events.roster.party import PartyOrganisationRegistered, PartyOrganisationWithdrawn
from shared.pipeline.decisions import Accepted, State
from shared.roster.organisations import county_of

CHANGES_IT = frozenset({PartyOrganisationRegistered, PartyOrganisationWithdrawn})
"""The facts that change a name."""


def needs(event: Event[Fact]) -> Iterable[Key]:
    """The names as the facts before left them."""
    return [Key(PartyNames, event.organisation)]


def follow(state: State, event: Event[PartyOrganisationRegistered]) -> Accepted:
    """A name for each day from which one holds; one that is taken back never did."""
    known = state.get(PartyNames, event.organisation)
    known = known or PartyNames(id=event.organisation, county=county_of(event.organisation))
    named = NamedFrom(since=event.data.valid_from, name=event.data.party_name)
    others = tuple(one for one in known.history if one.since != named.since)
    is_withdrawn = isinstance(event.data, PartyOrganisationWithdrawn)
    history = others if is_withdrawn else tuple(sorted((*others, named), key=lambda one: one.since))
    return Accepted((known.having(history=history),))
