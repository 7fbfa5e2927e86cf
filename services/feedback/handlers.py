"""Which rule decides which submission, and what it needs to look at; every fact is added up."""

from __future__ import annotations

from collections.abc import Iterator

from services.feedback import rules
from services.feedback.model import GrantedAward, MonthlyDocument, PeriodRecord, ReportingScheme
from shared.decisions import Handler, Handlers, Key, Need, Query
from shared.events import Event, Fact
from shared.events.feedback import AdoptReportingScheme, ClosePeriod, GrantAward
from shared.roster import county_of


def _closing(event: Event[ClosePeriod]) -> Iterator[Need]:
    county = county_of(event.organisation)
    yield Key(PeriodRecord, f"{county}/{event.data.period}")
    yield Key(ReportingScheme, county)
    yield Query(MonthlyDocument, rules.months_needed(event))


HANDLERS: Handlers = {
    AdoptReportingScheme: Handler(
        rules.adopt_scheme, lambda event: [Key(ReportingScheme, county_of(event.organisation))]
    ),
    ClosePeriod: Handler(rules.close_period, _closing),
    GrantAward: Handler(rules.grant_award, lambda event: [Key(GrantedAward, rules.award_id(event))]),
}

FOLLOWED: Handlers = {fact: Handler(rules.add_up) for fact in Fact.registry.values()}
