"""What a year book is made of: the county's figures of two years, approved results, honours that were given."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from services.feedback import store
from services.feedback.assessment.model import Assessed
from services.feedback.assessment.pages import open_to
from services.feedback.awards.model import GrantedAward
from services.feedback.awards.words import receiver
from services.feedback.measures.balances import held_on
from services.feedback.measures.catalogue import NOTHING, Measures, finished, merge
from services.feedback.measures.model import MonthlyDocument
from services.feedback.measures.totals import awards_of
from services.feedback.reports import periods
from shared.calendar import china_day
from shared.database.documents import COUNTS
from shared.database.kept import documents
from shared.identity.reading import PERSONS, REPORTS
from shared.roster.committees import committee_on
from shared.web.persons import persons
from shared.web.visit import Visit


@dataclass(frozen=True, slots=True)
class Honour:
    """An award that was given: its entry in the county's catalogue, to whom and of which unit, by name.

    A receiver is somebody, a window or an organisation.
    """

    award: str
    receiver: str
    unit: str


@dataclass(frozen=True, slots=True)
class CountyYear:
    """A year of a county, counted at an instant, as far as whoever reads may know it.

    `months` are those that have begun. Sums are the county's and open to everybody; results and honours are those
    that are open to the reader, all of them where the book `is_whole`; `leads_to_facts` where the county's facts are.
    """

    county: str
    committee: str
    year: str
    now: Measures
    before: Measures
    months: Mapping[str, Measures]
    results: Sequence[Assessed]
    honours: Sequence[Honour]
    at: datetime
    is_whole: bool
    leads_to_facts: bool

    @property
    def is_over(self) -> bool:
        """Whether nothing more happens in it."""
        return self.at >= periods.over_at(self.year)


async def read(here: Visit, year: str) -> CountyYear:
    """As of now."""
    db, county, before = here.parts.db, here.parts.settings.county, periods.before(year)
    wanted = (*periods.months_of(before), *periods.months_of(year))
    kept, stocks, results, honours = await asyncio.gather(
        store.months(db, county, wanted),
        store.balances(db, county),
        documents(db, Assessed, {**open_to(here), "period": year, "is_approved": True}),
        _honours(here, year),
    )
    added, awards = by_month(kept), awards_of(here.roster, county)

    def sums(of: str) -> Measures:
        return year_sums(added, of, held_on(stocks, here.roster, periods.last_day(of), county).get(county), awards)

    return CountyYear(
        county=county,
        committee=committee_on(here.roster, county, min(periods.last_day(year), here.today)).name,
        year=year,
        now=sums(year),
        before=sums(before),
        months={month: finished(added.get(month, merge(()))) for month in begun(year, here.now)},
        results=results,
        honours=honours,
        at=here.now,
        is_whole=here.reading.sees_all(REPORTS) and here.reading.sees_all(PERSONS),
        leads_to_facts=here.reading.may(REPORTS, county),
    )


def by_month(kept: Iterable[MonthlyDocument]) -> dict[str, dict[str, Any]]:
    """What all of a county add up to in each month: each document is gone through once, however often it counts."""
    found: dict[str, list[Mapping[str, Any]]] = {}
    for one in kept:
        found.setdefault(one.month, []).append(one.add)
    return {month: merge(adds) for month, adds in found.items()}


def year_sums(
    added: Mapping[str, Mapping[str, Any]], year: str, held: Mapping[str, int] | None, awards: Iterable[str]
) -> Measures:
    """A year's finished measures from those of its months; `held` are the county's stocks on its last day."""
    months = (added[month]["add"] for month in periods.months_of(year) if month in added)
    return finished(merge(months, held or NOTHING), awards)


def begun(year: str, at: datetime) -> list[str]:
    """The months of a year that have begun by an instant."""
    return [month for month in periods.months_of(year) if periods.first_day(month) <= china_day(at)]


async def _honours(here: Visit, year: str) -> list[Honour]:
    """By award and unit."""
    wanted: dict[str, Any] = {**COUNTS, **here.reading.filter(PERSONS), "year": int(year)}
    found = await documents(here.parts.db, GrantedAward, wanted)
    everybody, last = await persons(here), min(periods.last_day(year), here.today)
    ordered = sorted(found, key=lambda one: (one.award, one.organisation, one.id))
    return [
        Honour(
            one.award,
            receiver(here, everybody, one),
            here.roster.called(one.organisation, last),
        )
        for one in ordered
    ]
