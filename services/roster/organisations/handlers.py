"""Which rule decides what is said of organisations, and what it needs to look at."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from services.roster.organisations import ending, leaving
from services.roster.organisations import rules as registration
from shared.events import Event
from shared.events.roster import DissolveOrganisation, RegisterOrganisation, StationDepartment, WithdrawDissolution
from shared.pipeline.decisions import Handler, Handlers, Key, Need, Query
from shared.roster.organisations import Organisation


def _organisation(event: Event[Any]) -> Iterator[Key]:
    yield Key(Organisation, event.organisation)


def _with_those_below(event: Event[Any]) -> Iterator[Need]:
    yield from _organisation(event)
    yield Query(Organisation, ending.below(event))


ORGANISATIONS: Handlers = {
    RegisterOrganisation: Handler(registration.register, _organisation),
    StationDepartment: Handler(registration.station, _organisation, leaving.undo_stationing, leaving.stationed),
    DissolveOrganisation: Handler(ending.dissolve, _with_those_below),
    WithdrawDissolution: Handler(ending.withdraw, _with_those_below),
}
