"""Which rule decides which submission, and what it needs to look at; every fact is added up."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from types import ModuleType
from typing import Any

from services.feedback.addressees import rules as addressees_rules
from services.feedback.assessment.handlers import ASSESSMENTS
from services.feedback.awards import judging, nominating, objecting
from services.feedback.awards import rules as awards_rules
from services.feedback.awards.model import Nomination
from services.feedback.documents import following
from services.feedback.documents.handlers import DOCUMENTS
from services.feedback.measures import rules as measures_rules
from services.feedback.packages.handlers import PACKAGES
from services.feedback.placing import rules as placing_rules
from services.feedback.problems import rules as problems_rules
from services.feedback.reports import rules as reports_rules
from services.feedback.reports.model import ReportingScheme
from services.feedback.training_up import rules as training_up
from services.feedback.training_up.model import TrainingUpProposal
from shared.events import Event, Fact
from shared.events.feedback import (
    AdoptReportingScheme,
    AnswerNominationObjection,
    ClosePeriod,
    GrantAward,
    JudgeNomination,
    NominateForAward,
    ObjectToNomination,
    PublishNomination,
    RePlaceFacts,
)
from shared.events.training_up import AnswerTrainingUp, ProposeTrainingUp
from shared.events.withdrawals import WithdrawFromFeedback
from shared.pipeline.corrections import nothing_more
from shared.pipeline.decisions import Accepted, Handler, Handlers, Key, Need, Original, State, Verdict, at_any_time
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
    NominateForAward: Handler(
        nominating.nominate,
        nominating.nomination_needs,
        nominating.undo_nomination,
        lambda original: [Key(Nomination, original.id)],
        at_any_time,
    ),
    JudgeNomination: Handler(judging.judge, lambda event: [Key(Nomination, event.data.nomination)]),
    PublishNomination: Handler(
        nominating.publish,
        lambda event: [Key(Nomination, event.data.nomination)],
        nominating.undo_publication,
        nominating.publication_needed,
        at_any_time,
    ),
    ObjectToNomination: Handler(
        objecting.object_to_nomination,
        lambda event: [Key(Nomination, event.data.nomination)],
        objecting.undo_objection,
        objecting.objection_needed,
        at_any_time,
    ),
    AnswerNominationObjection: Handler(
        objecting.answer_nomination_objection, lambda event: [Key(Nomination, event.data.nomination)]
    ),
    GrantAward: Handler(
        awards_rules.grant_award, awards_rules.grant_needs, awards_rules.undo_award, awards_rules.undo_needs
    ),
    ProposeTrainingUp: Handler(
        training_up.propose,
        training_up.proposal_needs,
        training_up.undo_proposal,
        lambda original: [Key(TrainingUpProposal, original.id)],
        at_any_time,
    ),
    AnswerTrainingUp: Handler(
        training_up.answer,
        lambda event: [Key(TrainingUpProposal, event.data.proposal)],
        training_up.undo_answer,
        training_up.answered_needed,
        at_any_time,
    ),
    RePlaceFacts: Handler(placing_rules.re_place, placing_rules.needs),
    **DOCUMENTS,
    **ASSESSMENTS,
    **PACKAGES,
    WithdrawFromFeedback: Handler(nothing_more),
}

Follow = Callable[[State, Event[Any]], Accepted]
KEPT_APART = (problems_rules, addressees_rules, following)
"""What else is kept of some facts, one by one, beside what they add up to."""


def _followed(kind: type[Fact]) -> Handler[Any]:
    """Every fact is added up; of those of which something else is kept that is changed with it."""
    also = [kept for kept in KEPT_APART if kind in kept.CHANGES_IT]
    return Handler(partial(_both, [kept.follow for kept in also]), partial(_both_needs, also))


def _both(also: Iterable[Follow], state: State, event: Event[Any]) -> Verdict:
    added = measures_rules.add_up(state, event)
    assert isinstance(added, Accepted), "a fact is never refused"
    return Accepted((*added.changes, *(change for follow in also for change in follow(state, event).changes)))


def _both_needs(also: Iterable[ModuleType], event: Event[Any]) -> Iterator[Need]:
    yield from measures_rules.needs(event)
    for kept in also:
        yield from kept.needs(event)


FOLLOWED: Handlers = {fact: _followed(fact) for fact in Fact.registry.values()}
