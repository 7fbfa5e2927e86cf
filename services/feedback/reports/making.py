"""A period's reports as they stand: whose they are, their figures, and what their own kind comes to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any

from services.feedback.addressees.model import PartyNames
from services.feedback.documents.lateness import late_deliveries, most_late
from services.feedback.documents.model import Delivery
from services.feedback.measures.balances import held_on
from services.feedback.measures.catalogue import OF_PLACES
from services.feedback.measures.model import Balance, MonthlyDocument
from services.feedback.measures.totals import awards_of, months_filter, total
from services.feedback.problems.listing import Listing, by_answering, listing, of_period
from services.feedback.problems.model import Problem
from services.feedback.reports import periods
from services.feedback.reports.model import Report, TrendPoint, report_id
from services.feedback.reports.opinions import opinions
from services.feedback.reports.peers import Alike, means, patrols_itself, places_of, rank
from shared.database.documents import Query
from shared.events.documents import DocumentStep
from shared.events.vocabulary import OrganisationKind, ReportKind
from shared.pages.words import names_on
from shared.pipeline.decisions import State
from shared.roster.committees import committee_on
from shared.roster.organisations import Roster, Standing, county_of

TREND = (
    "inspections",
    "score",
    "findings",
    "self-check-rate",
    "patrol-rate",
    "rectified-on-time",
    "cases-completed",
    "cases-on-time",
)
"""What is shown of several periods side by side."""
FiguresOf = dict[str, dict[str, Any]]
"""Finished measures by organisation."""


def figures_needed(county: str, period: str) -> Iterator[Query]:
    """The monthly documents of a period and of those that it is shown beside, stocks, problems, names, lateness."""
    yield Query(MonthlyDocument, _months(county, period))
    yield Query(Balance, _of_county(county))
    yield Query(Problem, of_period(county, period))
    yield Query(PartyNames, _of_county(county))
    yield Query(Delivery, late_deliveries(county))


def _months(county: str, period: str) -> dict[str, Any]:
    shown = dict.fromkeys((*periods.trend_of(period), periods.before(period), period))
    return months_filter(county, sorted({month for one in shown for month in periods.months_of(one)}))


def _of_county(county: str) -> dict[str, Any]:
    return {"county": county}


def recipients(roster: Roster, county: str, day: date) -> dict[str, Standing]:
    """Who receives feedback, as the roster stood on a day."""
    found = {}
    for organisation in roster:
        standing = organisation.on(day)
        if standing and standing.feedback_recipient and county_of(organisation.id) == county:
            found[organisation.id] = standing
    return found


def reports_of(state: State, county: str, period: str, at: datetime) -> Iterator[Report]:
    """Each recipient's of a period, as of an instant."""
    last = periods.last_day(period)
    receiving = recipients(state.roster, county, last)
    shown = (periods.before(period), *periods.trend_of(period), period)
    figures = {one: measured(state, county, period, receiving, one) for one in dict.fromkeys(shown)}
    now, then = figures[period], figures[periods.before(period)]
    places = {code: places_of(state.roster, code, last) for code in receiving}
    alike = {code: Alike(now[code], places[code], patrols_itself(state.roster, code, last)) for code in receiving}
    kinds = _by_kind(receiving, alike)
    usual = {kind: means(kin, {name for one in kin for name in one.measures}) for kind, kin in kinds.items()}
    has_lessons = any(one["lesson-attendance"] for one in now.values())
    called, listed = names_on(state.roster, last), _problems(state, county, period, receiving)
    deliveries = state.find(Delivery, late_deliveries(county))
    for code, standing in receiving.items():
        kin, late = kinds[standing.kind], most_late(deliveries, code, period)
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
            peers={name: usual[standing.kind][name] for name in now[code]},
            peer_count=len(kin),
            places=places[code],
            places_before=places_of(state.roster, code, periods.last_day(periods.before(period))),
            opinions=opinions(now[code], _hears_lessons(standing, places[code]) and has_lessons)
            if periods.kind_of(period) is ReportKind.ANNUAL
            else (),
            addressed=addressed(state, county, code, last),
            committee=committee_on(state.roster, code, last).name,
            names=_named(called, now[code], then[code]),
            rank=rank(now[code], (one.measures for one in kin)),
            trend=tuple(_point(one, figures[one][code]) for one in periods.trend_of(period)),
            problems=listed[code].shown,
            problems_left=listed[code].left,
            receipt_late=late.get(DocumentStep.RECEIPT, 0),
            reply_late=late.get(DocumentStep.REPLY, 0),
        )


def _by_kind(receiving: Mapping[str, Standing], alike: Mapping[str, Alike]) -> dict[OrganisationKind, list[Alike]]:
    found: dict[OrganisationKind, list[Alike]] = {}
    for code, standing in receiving.items():
        found.setdefault(standing.kind, []).append(alike[code])
    return found


def addressed(state: State, county: str, code: str, day: date) -> str:
    """What its Party organisation is called on a day; empty where nobody has said."""
    known = {one.id: one for one in state.find(PartyNames, _of_county(county))}
    return known[code].on(day) if code in known else ""


def _problems(state: State, county: str, period: str, whose: Iterable[str]) -> dict[str, Listing]:
    every = state.find(Problem, of_period(county, period))
    theirs = by_answering(every, state.roster, periods.last_day(period))
    return {code: listing(theirs.get(code, ()), state.roster, code, period) for code in whose}


def _named(called: Mapping[str, str], *measures: Mapping[str, Any]) -> dict[str, str]:
    """What the places are called that these measures name."""
    codes = {code for one in measures for name in OF_PLACES for code in one[name]}
    return {code: called[code] for code in sorted(codes) if code in called}


def _point(period: str, measures: Mapping[str, Any]) -> TrendPoint:
    return TrendPoint(period=period, measures={name: measures[name] for name in TREND})


def measured(state: State, county: str, period: str, whose: Iterable[str], of: str = "") -> FiguresOf:
    """What organisations come to in a period or, of what was read for it, in another that it is shown beside (`of`)."""
    months = periods.months_of(of or period)
    theirs: dict[str, list[MonthlyDocument]] = {code: [] for code in whose}
    for one in state.find(MonthlyDocument, _months(county, period)):
        if one.month in months:
            for code in theirs.keys() & one.path.split("/"):
                theirs[code].append(one)
    held = held_on(state.find(Balance, _of_county(county)), state.roster, periods.last_day(of or period))
    awards = awards_of(state.roster, county)
    return {code: total(found, code, months, held, awards) for code, found in theirs.items()}


def _hears_lessons(standing: Standing, places: int) -> bool:
    """Lessons are heard at village stations: a township has some of them, or none."""
    return standing.kind is OrganisationKind.TOWNSHIP and places > 0
