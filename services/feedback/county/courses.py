"""How units of a kind went, side by side (small multiples): a fair measure of each over some periods, and the mean."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from services.feedback.county.lines import Figures
from services.feedback.measures.catalogue import MEASURES, NOTHING, Kind, Measure, finished, merge
from services.feedback.measures.model import MonthlyDocument
from services.feedback.measures.words import number_text
from services.feedback.reports import periods
from services.feedback.reports.peers import Alike, compared_by, mean, patrols_itself, places_of
from shared.events.vocabulary import OrganisationKind, ReportKind
from shared.pages.chinese import NOTHING as NO_VALUE
from shared.pages.drawn import Numbers
from shared.roster.organisations import Roster, county_of

HOW_MANY = {ReportKind.MONTHLY: 12, ReportKind.QUARTERLY: 8, ReportKind.ANNUAL: 5}
"""Periods that are drawn: a year of months, two of quarters, five years."""
FAIR: Mapping[str, Measure] = {name: one for name, one in MEASURES.items() if one.kind.is_compared}
"""Rates and scores, and counts for each station or window: nothing that is more where there is more."""


class Course(NamedTuple):
    """A unit's values, one for each period; None where it has none."""

    code: str
    values: Numbers


class Courses(NamedTuple):
    """Of all units of a kind: over which periods, each unit's, and their mean in each."""

    over: Sequence[str]
    units: Sequence[Course]
    means: Numbers


def up_to(period: str) -> tuple[str, ...]:
    """The periods of its kind that end with it, the oldest first."""
    found = [period]
    while len(found) < HOW_MANY[periods.kind_of(period)]:
        found.append(periods.before(found[-1]))
    return tuple(reversed(found))


def months_within(over: Iterable[str]) -> list[str]:
    """All of their months."""
    return [month for period in over for month in periods.months_of(period)]


def courses(
    documents: Iterable[MonthlyDocument], roster: Roster, county: str, kind: OrganisationKind, measure: str, period: str
) -> Courses:
    """Of the recipients of a kind as they stood on the period's last day, with all that is below them."""
    last, over = periods.last_day(period), up_to(period)
    stood = ((one.id, one.on(last)) for one in roster if county_of(one.id) == county)
    codes = [code for code, standing in stood if standing and standing.feedback_recipient and standing.kind is kind]
    by_month: dict[str, list[MonthlyDocument]] = {}
    for one in documents:
        by_month.setdefault(one.month, []).append(one)
    rows = [_values(by_month, roster, codes, measure, each) for each in over]
    units = [Course(code, tuple(row[n] for row in rows)) for n, code in enumerate(codes)]
    return Courses(over, units, tuple(mean(row) for row in rows))


def _values(
    by_month: Mapping[str, Sequence[MonthlyDocument]], roster: Roster, codes: Sequence[str], measure: str, period: str
) -> list[float | None]:
    months, last = periods.months_of(period), periods.last_day(period)
    kept = [one for month in months for one in by_month.get(month, ())]
    wholes, is_counted = Figures.of(kept, months, {}).wholes, FAIR[measure].kind is Kind.PER_PLACE

    def alike(code: str) -> Alike:
        measures = finished(merge((one.add for one in wholes.get(code, ())), held=NOTHING))
        if not is_counted:
            return Alike(measures, 0)
        return Alike(measures, places_of(roster, code, last), patrols_itself(roster, code, last))

    return [compared_by(measure, alike(code)) if code in wholes else None for code in codes]


def said(measure: str, value: float | None) -> str:
    """A value as it is read, without its unit."""
    one = FAIR[measure]
    if value is None or one.kind is Kind.RATIO:
        return number_text(one, value) if value is not None else NO_VALUE
    return f"{value:,.1f}"


def called(measure: str, kind: OrganisationKind) -> str:
    """巡查到位率（%）; a count says of what it is: 每站日常检查（次）."""
    one = FAIR[measure]
    each = "每站" if kind is OrganisationKind.TOWNSHIP and one.kind is Kind.PER_PLACE else ""
    return f"{each}{one.zh}（{one.unit}）"
