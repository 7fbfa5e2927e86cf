"""Rules of what is a county's own: its committee's name from a day on."""

from __future__ import annotations

from shared.countys_own import CommitteeName
from shared.events import Event
from shared.events.roster import CommitteeNamed, NameCommittee
from shared.pipeline.decisions import Accepted, Refused, State, Verdict
from shared.roster.organisations import Organisation, county_of


def name_committee(state: State, event: Event[NameCommittee]) -> Verdict:
    """A name holds from its day until the next one's; said again for that day it is corrected, the same is nothing."""
    asked = event.data
    county = state.get(Organisation, county_of(event.organisation))
    if county is None:
        return Refused("unknown-organisation", organisation=county_of(event.organisation))
    name = CommitteeName(since=asked.valid_from, name=asked.name, brand=asked.brand)
    if name in county.committee_names:
        return Accepted()
    others = (one for one in county.committee_names if one.since != name.since)
    kept = tuple(sorted((*others, name), key=lambda one: one.since))
    return Accepted((county.having(committee_names=kept),), (CommitteeNamed(**asked.model_dump(exclude={"basis"})),))
