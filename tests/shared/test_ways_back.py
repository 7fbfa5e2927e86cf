"""No type of submission is without a way back: it is undone, or taken back by another, or nobody enters it at all."""

from __future__ import annotations

from importlib import import_module

from services.feedback.measures.adding import ADDS
from services.feedback.measures.rectifying import HELD
from shared.events import Fact, Submission
from shared.events.withdrawals import NEVER_TAKEN_BACK, TAKEN_BACK_BY
from shared.pipeline.decisions import Handlers
from shared.services import SERVICES

UNDOING = {
    "award-granted": "award-withdrawn",
    "incident-answered": "incident-answer-withdrawn",
    "incident-closed": "incident-closing-withdrawn",
    "incident-reported": "incident-report-withdrawn",
    "inspection-logged": "inspection-withdrawn",
    "patrol-made": "patrol-made-withdrawn",
    "rectification-accepted": "acceptance-withdrawn",
    "rectification-extended": "extension-withdrawn",
    "rectification-reopened": "reopening-withdrawn",
    "rectification-sent-back": "sending-back-withdrawn",
    "rectification-submitted": "submitted-work-withdrawn",
    "case-completed": "case-completion-withdrawn",
    "case-opened": "case-opening-withdrawn",
    "green-service-recorded": "green-service-withdrawn",
    "reporting-scheme-adopted": "reporting-scheme-withdrawn",
    "activity-held": "activity-withdrawn",
    "attendance-recorded": "attendance-withdrawn",
    "certificate-issued": "certificate-withdrawn",
    "department-stationed": "stationing-withdrawn",
    "guide-item-published": "guide-item-withdrawn",
    "guide-list-compiled": "guide-list-withdrawn",
    "idea-submitted": "idea-withdrawn",
    "issue-raised": "issue-withdrawn",
    "issue-studied": "study-withdrawn",
    "joint-meeting-held": "joint-meeting-withdrawn",
    "lesson-scheduled": "lesson-cancelled",
    "process-limit-changed": "process-limit-withdrawn",
    "subplan-filed": "subplan-withdrawn",
    "turn-planned": "turn-cancelled",
    "turn-work-recorded": "turn-work-withdrawn",
}
"""Facts and what takes them back."""


def decided() -> Handlers:
    """By every service."""
    return {
        kind: handler
        for service in SERVICES
        for kind, handler in import_module(f"services.{service}.handlers").HANDLERS.items()
    }


def test_every_type_is_undone_or_taken_back_or_never_entered_by_mistake() -> None:
    undone = {kind.type for kind, handler in decided().items() if handler.undo}
    withdrawing = {name for name, kind in Submission.registry.items() if kind.withdraws}
    ways = [undone, set(TAKEN_BACK_BY), NEVER_TAKEN_BACK, withdrawing]
    assert {*Submission.registry} - set().union(*ways) == set()
    assert sum(map(len, ways)) == len(set().union(*ways)), "a type has one way back"
    assert set().union(*ways) <= {*Submission.registry}


def test_what_takes_back_is_a_submission_itself() -> None:
    assert {*TAKEN_BACK_BY.values()} <= {*Submission.registry}


def test_every_service_can_be_asked_to_take_something_back() -> None:
    assert {kind.service for kind in Submission.registry.values() if kind.withdraws} == set(SERVICES)


def test_an_undoing_fact_has_the_fields_of_what_it_takes_back() -> None:
    for fact, undoing in UNDOING.items():
        assert Fact.registry[undoing].model_fields.keys() == Fact.registry[fact].model_fields.keys()


def test_what_is_counted_and_can_be_taken_back_is_counted_off() -> None:
    for adds in (ADDS, HELD):
        counted = {kind.type for kind in adds}
        assert {undoing for fact, undoing in UNDOING.items() if fact in counted} <= counted
