"""Awards that move (流动): one holder at a time, from whom the next takes it over."""

from __future__ import annotations

from services.feedback.awards.model import GrantedAward
from shared.countys_own import CatalogueEntry
from shared.database.documents import COUNTS, Query
from shared.events import Event
from shared.events.feedback import GrantAward
from shared.events.vocabulary import Catalogue
from shared.pipeline.catalogues import called
from shared.pipeline.decisions import Original, Refused, State
from shared.roster.organisations import county_of


def held_now(award: str) -> Query:
    """Where it is; of every county."""
    return Query(GrantedAward, {"award": award, "since": {"$ne": None}, "until": None, **COUNTS})


def holder(state: State, event: Event[GrantAward]) -> GrantedAward | None:
    """Who has it in the county before it is granted again."""
    county = county_of(event.organisation)
    there = state.find(GrantedAward, held_now(event.data.award).filter)
    return next((one for one in there if one.is_held and county_of(one.organisation) == county), None)


def moved_later(state: State, event: Event[GrantAward], kind: CatalogueEntry) -> Refused | None:
    """It came to its holder after that day: what was before is not told any more."""
    before = holder(state, event) if kind.moving else None
    if before is None or before.since is None or before.since <= event.day:
        return None
    award = called(state, event.organisation, Catalogue.AWARD, event.data.award)
    return Refused("award-moved-later", award=award, day=before.since, organisation=before.organisation)


def taken_over(state: State, event: Event[GrantAward], kind: CatalogueEntry) -> tuple[GrantedAward, ...]:
    """The former holder, up to that day."""
    before = holder(state, event) if kind.moving else None
    return (before.having(until=event.day, passed_on=event.key),) if before else ()


def passed_on_by(original: Original) -> Query:
    """From whom a grant took it."""
    return Query(GrantedAward, {"passed_on": original.key})


def given_back(state: State, original: Original) -> tuple[GrantedAward, ...]:
    """Whoever held it before the grant holds it again."""
    return tuple(
        one.having(until=None, passed_on="") for one in state.find(GrantedAward, passed_on_by(original).filter)
    )
