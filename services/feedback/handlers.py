"""Which rule decides which submission, and what it needs to look at; every fact is added up."""

from __future__ import annotations

from collections.abc import Iterator

from services.feedback.awards import rules as awards_rules
from services.feedback.awards.model import GrantedAward
from services.feedback.documents.handlers import DOCUMENTS
from services.feedback.measures import rules as measures_rules
from services.feedback.placing import rules as placing_rules
from services.feedback.reports import rules as reports_rules
from services.feedback.reports.model import ReportingScheme
from shared.events import Fact
from shared.events.feedback import AdoptReportingScheme, ClosePeriod, GrantAward, RePlaceFacts
from shared.events.withdrawals import WithdrawFromFeedback
from shared.pipeline.corrections import nothing_more
from shared.pipeline.decisions import Handler, Handlers, Key, Need, Original
from shared.roster.organisations import county_of


def _scheme(original: Original) -> Iterator[Need]:
    yield Key(ReportingScheme, county_of(original.organisation))
    yield reports_rules.closed_periods(original)


HANDLERS: Handlers = {
    AdoptReportingScheme: Handler(
        reports_rules.adopt_scheme,
        lambda event: [Key(ReportingScheme, county_of(event.organisation))],
        reports_rules.undo_scheme,
        _scheme,
        reports_rules.scheme_begins,
    ),
    ClosePeriod: Handler(reports_rules.close_period, reports_rules.closing_needs),
    GrantAward: Handler(
        awards_rules.grant_award,
        lambda event: [Key(GrantedAward, awards_rules.award_id(event))],
        awards_rules.undo_award,
        lambda original: [awards_rules.like_it(original)],
    ),
    RePlaceFacts: Handler(placing_rules.re_place, placing_rules.needs),
    **DOCUMENTS,
    WithdrawFromFeedback: Handler(nothing_more),
}

FOLLOWED: Handlers = {fact: Handler(measures_rules.add_up, measures_rules.needs) for fact in Fact.registry.values()}
