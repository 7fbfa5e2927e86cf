"""What a vote on a period's list must say to count: its rule refuses any other, its form says so before it is sent."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from services.feedback.assessment.model import Assessment
from shared.calendar import china_day
from shared.events.assessment import ApproveAssessment, VoteOutcome
from shared.events.reasonable import Unreasonable
from shared.events.refusals.sentences import InBoth

OUTCOMES: Mapping[VoteOutcome, InBoth] = {
    VoteOutcome.CARRIED: InBoth("通过", "carried"),
    VoteOutcome.NOT_CARRIED: InBoth("未通过", "not carried"),
}


def outcome_of(asked: ApproveAssessment) -> VoteOutcome:
    """What its numbers come to: carried by more than half of those present."""
    return VoteOutcome.CARRIED if 2 * asked.in_favour > asked.present else VoteOutcome.NOT_CARRIED


def no_such_vote(known: Assessment | None, asked: ApproveAssessment, happened: datetime) -> Unreasonable | None:
    """A meeting of another time, votes that do not add up, or another outcome than they come to."""
    return _out_of_time(known, asked, happened) or _miscounted(asked)


def _out_of_time(known: Assessment | None, asked: ApproveAssessment, happened: datetime) -> Unreasonable | None:
    """Between the day on which the list was drawn up and today, and not before a vote that did not carry."""
    drawn_up = china_day(known.drawn_up) if known else asked.held_on
    if not drawn_up <= asked.held_on <= china_day(happened):
        said = {"day": asked.held_on, "start": drawn_up, "period": asked.period}
        return Unreasonable("held_on", "meeting-out-of-time", said)
    lost = known.voted_down.vote if known and known.voted_down else None
    if lost and asked.held_on < lost.held_on:
        said = {"day": asked.held_on, "start": lost.held_on, "period": asked.period}
        return Unreasonable("held_on", "meeting-before-the-last", said)
    return None


def _miscounted(asked: ApproveAssessment) -> Unreasonable | None:
    """Without an outcome it is said that the vote was carried."""
    votes = asked.in_favour + asked.against + asked.abstained
    if votes != asked.present:
        return Unreasonable("present", "votes-not-all", {"votes": votes, "present": asked.present})
    counted, outcome = {"in_favour": asked.in_favour, "present": asked.present}, outcome_of(asked)
    if asked.outcome is None and outcome is VoteOutcome.NOT_CARRIED:
        return Unreasonable("in_favour", "not-carried", counted)
    if asked.outcome and asked.outcome is not outcome:
        said = {"outcome": OUTCOMES[asked.outcome], "counted_outcome": OUTCOMES[outcome]}
        return Unreasonable("outcome", "outcome-mismatch", {**counted, **said})
    return None
