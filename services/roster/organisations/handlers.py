"""Which rule decides what is said of organisations, and what it needs to look at."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from services.roster.organisations import rules as registration
from shared.events import Event
from shared.events.roster import RegisterOrganisation, StationDepartment
from shared.pipeline.decisions import Handler, Handlers, Key
from shared.roster.organisations import Organisation


def _organisation(event: Event[Any]) -> Iterator[Key]:
    yield Key(Organisation, event.organisation)


ORGANISATIONS: Handlers = {
    RegisterOrganisation: Handler(registration.register, _organisation),
    StationDepartment: Handler(registration.station, _organisation),
}
