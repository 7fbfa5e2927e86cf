"""What may be chosen of a county's catalogues, as rules ask it: by the day on which something happened."""

from __future__ import annotations

from typing import Any

from shared.countys_own import CountysOwn, offered_in
from shared.events import Event
from shared.events.refusals.sentences import InBoth
from shared.events.vocabulary import Catalogue
from shared.pipeline.decisions import Refused, State
from shared.roster.committees import catalogues_of

NOTHING = InBoth("还没有可选的，请联合党委先在“本县资料”中登记", "nothing yet, the committee enters them first")


def not_offered(state: State, event: Event[Any], catalogue: Catalogue, entry: str) -> Refused | None:
    """Why an entry cannot be chosen for what happened: it is not listed for that day. Says what may be chosen."""
    offered = offered_in(catalogues_of(state.roster, event.organisation), catalogue, event.day)
    if any(one.entry == entry for one in offered):
        return None
    named = InBoth("、".join(one.name for one in offered), ", ".join(one.entry for one in offered))
    return Refused(
        "not-in-the-catalogue",
        entry=called(state, event.organisation, catalogue, entry),
        catalogue=catalogue.value,
        day=event.day,
        choices=named if offered else NOTHING,
    )


def called(state: State, organisation: str, catalogue: Catalogue, entry: str) -> InBoth:
    """An entry as a person reads it, and as a program sent it."""
    return InBoth(CountysOwn(entries=catalogues_of(state.roster, organisation)).entry(catalogue, entry).name, entry)
