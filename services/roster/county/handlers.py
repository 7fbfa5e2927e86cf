"""Which rule decides what is a county's own, and what it needs to look at."""

from __future__ import annotations

from typing import Any

from services.roster.county.rules import enter_in_catalogue, name_committee
from shared.events import Event
from shared.events.roster import EnterInCatalogue, NameCommittee
from shared.pipeline.decisions import Handler, Handlers, Key
from shared.roster.organisations import Organisation, county_of


def _county(event: Event[Any]) -> list[Key]:
    return [Key(Organisation, county_of(event.organisation))]


COUNTYS_OWN: Handlers = {
    NameCommittee: Handler(name_committee, _county),
    EnterInCatalogue: Handler(enter_in_catalogue, _county),
}
