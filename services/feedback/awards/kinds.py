"""What a kind of award says of itself: to whom it is given, how often, and by what it is judged."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from shared.countys_own import CatalogueEntry, CountysOwn
from shared.events import Event
from shared.events.feedback import MOST_OF_CRITERION, GrantAward, NominateForAward
from shared.events.vocabulary import AwardObject, Catalogue, OrganisationKind
from shared.pipeline.catalogues import called
from shared.pipeline.decisions import Refused, State
from shared.roster.committees import catalogues_of

WITH_AGENTS = (OrganisationKind.VILLAGE, OrganisationKind.TOWNSHIP)
"""Where somebody sees to things for others (代办)."""
USUAL = {"software": "软件应用", "streamlining": "流程优化", "standards": "服务规范", "satisfaction": "群众满意度"}
"""By what a nomination is judged whose award has no criteria of its own, in the order of the form."""


class JudgedBy(NamedTuple):
    """A criterion: the value of the submission in which its points stand, and how many it has at most."""

    path: str
    name: str
    most: int


def kind_of(state: State, organisation: str, award: str) -> CatalogueEntry:
    """As the county lists it; a plain one where it was never listed."""
    return CountysOwn(entries=catalogues_of(state.roster, organisation)).entry(Catalogue.AWARD, award)


def period_of(kind: CatalogueEntry, day: date) -> str:
    """In which month, quarter or year it is given that is given on a day."""
    return kind.award_rhythm.period(day)


def criteria_of(kind: CatalogueEntry) -> Sequence[JudgedBy]:
    """Its own, or the usual four."""
    if kind.criteria:
        return [JudgedBy(f"points.{n}", one.name, one.most) for n, one in enumerate(kind.criteria, 1)]
    return [JudgedBy(path, name, MOST_OF_CRITERION) for path, name in USUAL.items()]


def given_to_others(
    state: State, event: Event[NominateForAward] | Event[GrantAward], kind: CatalogueEntry
) -> Refused | None:
    """Why it is not for whom it is asked: a person is missing or one too many, or there is no window, or no agents."""
    asked, here = event.data, event.organisation
    award = called(state, here, Catalogue.AWARD, asked.award)
    if kind.given_to.is_somebody and asked.person is None:
        return Refused("award-needs-person", award=award)
    if not kind.given_to.is_somebody and asked.person is not None:
        return Refused("award-not-to-a-person", award=award)
    if kind.given_to is AwardObject.WINDOW and state.standing(event).stationed is None:
        return Refused("award-for-windows", award=award, organisation=here)
    if kind.given_to is AwardObject.AGENT and state.standing(event).kind not in WITH_AGENTS:
        return Refused("award-for-agents", award=award, organisation=here)
    return None
