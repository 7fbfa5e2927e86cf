"""A township's and the county's figures, merged from monthly documents when they are read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from services.feedback.measures.balances import Held
from services.feedback.measures.catalogue import NOTHING, OF_PLACES, finished, merge
from services.feedback.measures.model import MonthlyDocument
from shared.events.vocabulary import Catalogue
from shared.roster.committees import catalogues_of
from shared.roster.organisations import Roster


def months_filter(county: str, months: Sequence[str]) -> dict[str, Any]:
    """A county's documents of some months."""
    return {"county": county, "month": {"$in": list(months)}}


def total(
    documents: Iterable[MonthlyDocument],
    organisation: str,
    months: Sequence[str],
    held: Held,
    awards: Iterable[str] = (),
) -> dict[str, Any]:
    """The finished measures of an organisation and all below it over some months; stocks as of the last of them.

    `awards` are those that its county lists.
    """
    mine = [one for one in documents if organisation in one.path.split("/")]
    return finished(merge((one.add for one in mine if one.month in months), held.get(organisation, NOTHING)), awards)


def awards_of(roster: Roster, county: str) -> list[str]:
    """What a county lists, also what is ended in it."""
    return [one.entry for one in catalogues_of(roster, county) if one.catalogue is Catalogue.AWARD]


def sums(measures: Mapping[str, Any]) -> dict[str, Any]:
    """As everybody may read them: how much in all, and not at which places."""
    return {name: value for name, value in measures.items() if name not in OF_PLACES}
