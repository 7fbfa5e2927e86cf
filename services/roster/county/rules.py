"""Rules of what is a county's own: its committee's name from a day on, and the entries of its catalogues."""

from __future__ import annotations

from collections.abc import Iterable

from shared.countys_own import CatalogueEntry, CommitteeName
from shared.events import Event
from shared.events.roster import CatalogueEntered, CommitteeNamed, EnterInCatalogue, NameCommittee
from shared.events.roster.county import MOST_ENTRIES
from shared.pipeline.decisions import Accepted, Refused, State, Verdict
from shared.roster.organisations import Organisation, county_of


def name_committee(state: State, event: Event[NameCommittee]) -> Verdict:
    """A name holds from its day until the next one's; said again for that day it is corrected, the same is nothing."""
    asked = event.data
    county = state.get(Organisation, county_of(event.organisation))
    if county is None:
        return Refused("unknown-organisation", organisation=county_of(event.organisation))
    name = CommitteeName(since=asked.valid_from, **asked.model_dump(include={"name", "brand", "latin"}))
    if name in county.committee_names:
        return Accepted()
    others = (one for one in county.committee_names if one.since != name.since)
    kept = tuple(sorted((*others, name), key=lambda one: one.since))
    return Accepted((county.having(committee_names=kept),), (CommitteeNamed(**asked.model_dump(exclude={"basis"})),))


def enter_in_catalogue(state: State, event: Event[EnterInCatalogue]) -> Verdict:
    """An entry follows those before it, or takes its own place again; the same again is nothing."""
    asked = event.data
    county = state.get(Organisation, county_of(event.organisation))
    if county is None:
        return Refused("unknown-organisation", organisation=county_of(event.organisation))
    entry = CatalogueEntry(since=asked.valid_from, **asked.model_dump(exclude={"basis", "valid_from"}))
    if entry in county.catalogues:
        return Accepted()
    if no := wrong_in(entry, county.catalogues):
        return no
    changed = county.having(catalogues=_with(entry, county.catalogues))
    return Accepted((changed,), (CatalogueEntered(**asked.model_dump(exclude={"basis"})),))


def wrong_in(entry: CatalogueEntry, known: Iterable[CatalogueEntry]) -> Refused | None:
    """Two entries are never called the same while both can be chosen, and a catalogue stays one that can be read.

    What an award is judged by comes to a hundred points.
    """
    total = sum(one.most for one in entry.criteria)
    if entry.criteria and total != 100:
        return Refused("criteria-not-a-hundred", name=entry.name, total=total)
    if entry.last_day and entry.last_day < entry.since:
        return Refused("entry-backwards", name=entry.name, day=entry.since, last=entry.last_day)
    others = [one for one in known if one.catalogue is entry.catalogue and one.entry != entry.entry]
    if len(others) >= MOST_ENTRIES:
        return Refused("catalogue-full", catalogue=entry.catalogue.value, most=MOST_ENTRIES)
    for one in others:
        if one.name == entry.name and _together(one, entry):
            return Refused("entry-name-taken", catalogue=entry.catalogue.value, name=entry.name, entry=one.entry)
    return None


def _together(one: CatalogueEntry, other: CatalogueEntry) -> bool:
    """Whether there is a day on which both can be chosen."""
    return one.is_offered(max(one.since, other.since)) and other.is_offered(max(one.since, other.since))


def _with(entry: CatalogueEntry, known: Iterable[CatalogueEntry]) -> tuple[CatalogueEntry, ...]:
    """In the order in which they were entered first."""
    place = {(one.catalogue, one.entry): one for one in known}
    place[entry.catalogue, entry.entry] = entry
    return tuple(place.values())
