"""Review of drafts: opinions are given, reworded or struck, never a figure; and what whoever signs sends back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from services.feedback.documents.drafting import (
    done,
    drafts_at_hand,
    editions,
    former,
    found_draft,
    found_drafts,
    outdated,
    scheme_of,
)
from services.feedback.documents.model import Draft, DraftState
from services.feedback.reports.model import Required
from shared.calendar import due_after
from shared.database.documents import Need
from shared.events import Event
from shared.events.documents import (
    GivenOpinion,
    PassReports,
    ReportReviewed,
    ReportSentBack,
    ReviewReport,
    SendBackReports,
)
from shared.pipeline.decisions import About, Accepted, Refused, State, Verdict
from shared.roster.posts import same_hand

REVIEWED, SENT_BACK = "reviewed", "sent-back"


def review_needed(event: Event[ReviewReport]) -> Iterator[Need]:
    """The one draft that was read."""
    return drafts_at_hand(event, [event.data.draft])


def review_report(state: State, event: Event[ReviewReport]) -> Verdict:
    """One draft is in order with what is said in it now; where that is other than before, it is another edition."""
    asked = event.data
    (named,) = editions([asked.draft])
    one = found_draft(state, event, named)
    if isinstance(one, Refused):
        return one
    if no := _unfit(asked.opinions, one, event) or _not_to_be_reviewed(state, event, [one]):
        return no
    advice, required = tuple(asked.advice), tuple(map(_required, asked.opinions))
    is_another = (advice, required) != (one.advice, one.required)
    edition = one.edition + is_another
    passed = _reviewed(one, state, event, asked.note, advice=advice, required=required, edition=edition)
    return Accepted((*([former(one)] if is_another else []), passed), (_said(passed),))


def pass_reports(state: State, event: Event[PassReports]) -> Verdict:
    """Drafts are in order as they are: all that are named, or none."""
    found = found_drafts(state, event, event.data.drafts)
    if isinstance(found, Refused):
        return found
    if no := _not_to_be_reviewed(state, event, found):
        return no
    return Accepted(tuple(_reviewed(one, state, event) for one in found), tuple(map(_said, found)))


def send_back_reports(state: State, event: Event[SendBackReports]) -> Verdict:
    """Reviewed drafts are to be reviewed again, for a reason; within the same time as before."""
    found = found_drafts(state, event, event.data.drafts)
    if isinstance(found, Refused):
        return found
    for one in found:
        if one.state is not DraftState.REVIEWED:
            return Refused("draft-not-reviewed", organisation=one.organisation, period=one.period)
    back = (
        done(
            one,
            event,
            SENT_BACK,
            event.data.reason,
            state=DraftState.DRAFTED,
            due=due_after(event.day, scheme_of(state, one).review_days).day,
            reviewed_by="",
            sent_back=event.data.reason,
        )
        for one in found
    )
    facts = (
        About(one.organisation, ReportSentBack(report=one.id, period=one.period, edition=one.edition)) for one in found
    )
    return Accepted(tuple(back), tuple(facts))


def _unfit(opinions: Sequence[GivenOpinion], draft: Draft, event: Event[Any]) -> Refused | None:
    """What is required has a day, which is yet to come; what a correction goes on with keeps its own."""
    for number, one in enumerate(opinions, 1):
        if one.finish_by is None:
            return Refused("opinion-without-due", nth=number)
        if one.finish_by <= event.day and _required(one) not in draft.required:
            return Refused("opinion-due-past", nth=number, day=one.finish_by)
    return None


def _not_to_be_reviewed(state: State, event: Event[Any], found: Sequence[Draft]) -> Refused | None:
    """Whoever drafted does not review; and what is reviewed has the figures of now."""
    for one in found:
        if same_hand(event.actor, one.drafted_by):
            return Refused("same-hand-in-document")
    return outdated_refusal(state, found)


def outdated_refusal(state: State, found: Sequence[Draft]) -> Refused | None:
    """Facts came since it was drafted that change what it prints."""
    late = outdated(state, found)
    return Refused("figures-changed-since-draft", organisation=late.organisation, period=late.period) if late else None


def _required(one: GivenOpinion) -> Required:
    assert one.finish_by is not None
    return Required(
        problem=one.problem, requirement=one.requirement, finish_by=one.finish_by, responsible=one.responsible or ""
    )


def _reviewed(one: Draft, state: State, event: Event[Any], note: str = "", **changed: object) -> Draft:
    return done(
        one,
        event,
        REVIEWED,
        note,
        state=DraftState.REVIEWED,
        due=due_after(event.day, scheme_of(state, one).signing_days).day,
        reviewed_by=event.actor,
        sent_back="",
        **changed,
    )


def _said(one: Draft) -> About:
    return About(one.organisation, ReportReviewed(report=one.id, period=one.period, edition=one.edition))
