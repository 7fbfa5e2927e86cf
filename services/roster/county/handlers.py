"""Which rule decides what is a county's own, and what it needs to look at."""

from __future__ import annotations

from services.roster.county.rules import name_committee
from shared.events.roster import NameCommittee
from shared.pipeline.decisions import Handler, Handlers, Key
from shared.roster.organisations import Organisation, county_of

COUNTYS_OWN: Handlers = {
    NameCommittee: Handler(name_committee, lambda event: [Key(Organisation, county_of(event.organisation))]),
}
