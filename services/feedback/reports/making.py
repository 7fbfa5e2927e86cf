"""A period's reports as they stand: whose they are, their figures, and what their own kind comes to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any

from services.feedback.measures.balances import held_on
from services.feedback.measures.model import Balance, MonthlyDocument
from services.feedback.measures.totals import awards_of, months_filter, total
from services.feedback.reports import periods
from services.feedback.reports.model import Report, report_id
from services.feedback.reports.opinions import opinions
from services.feedback.reports.peers import Alike, means, patrols_itself, places_of
from shared.database.documents import Query
from shared.events.vocabulary import OrganisationKind, ReportKind
from shared.pipeline.decisions import State
from shared.roster.organisations import Standing, county_of

FiguresOf = dict[str, dict[str, Any]]
"""Finished measures by organisation."""


def figures_needed(county: str, period: str) -> Iterator[Query]:
    """The monthly documents of a period and of the one before, and all stocks."""
    yield Query(MonthlyDocument, _months(county, period))
    yield Query(Balance, _of_county(county))


def _months(county: str, period: str) -> dict[str, Any]:
    return months_filter(county, [*periods.months_of(periods.before(period)), *periods.months_of(period)])


def _of_county(county: str) -> dict[str, Any]:
    return {"county": county}


def recipients(state: State, county: str, day: date) -> dict[str, Standing]:
    """Who receives feedback, as the roster stood on a day."""
    found = {}
    for organisation in state.roster:
        standing = organisation.on(day)
        if standing and standing.feedback_recipient and county_of(organisation.id) == county:
            found[organisation.id] = standing
    return found


def reports_of(state: State, county: str, period: str, at: datetime) -> Iterator[Report]:
    """Each recipient's of a period, as of an instant."""
    receiving = recipients(state, county, periods.last_day(period))
    now = measured(state, county, period, receiving)
    then = measured(state, county, period, receiving, periods.before(period))
    last, last_before = periods.last_day(period), periods.last_day(periods.before(period))
    places = {code: places_of(state.roster, code, last) for code in receiving}
    alike = {code: Alike(now[code], places[code], patrols_itself(state.roster, code, last)) for code in receiving}
    has_lessons = any(one["lesson-attendance"] for one in now.values())
    for code, standing in receiving.items():
        kin = [alike[other] for other, theirs in receiving.items() if theirs.kind is standing.kind]
        yield Report(
            id=report_id(period, code),
            kind=periods.kind_of(period),
            period=period,
            organisation=code,
            name=standing.name,
            organisation_kind=standing.kind,
            issued=at,
            measures=now[code],
            before=then[code],
            peers=dict(means(kin, now[code])),
            peer_count=len(kin),
            places=places[code],
            places_before=places_of(state.roster, code, last_before),
            opinions=opinions(now[code], _hears_lessons(standing, places[code]) and has_lessons)
            if periods.kind_of(period) is ReportKind.ANNUAL
            else (),
        )


def measured(state: State, county: str, period: str, whose: Iterable[str], of: str = "") -> FiguresOf:
    """What organisations come to in a period or, of what was read for it, in the one before (`of`)."""
    documents, months = state.find(MonthlyDocument, _months(county, period)), periods.months_of(of or period)
    held = held_on(state.find(Balance, _of_county(county)), state.roster, periods.last_day(of or period))
    awards = awards_of(state.roster, county)
    return {code: total(documents, code, months, held, awards) for code in whose}


def _hears_lessons(standing: Standing, places: int) -> bool:
    """Lessons are heard at village stations: a township has some of them, or none."""
    return standing.kind is OrganisationKind.TOWNSHIP and places > 0
