"""When a vote on a period's list counts: its rule refuses any other, its form says so before it is sent."""

from __future__ import annotations

from datetime import datetime

from services.feedback.assessment.model import Assessment
from shared.calendar import china_day
from shared.events.assessment import ApproveAssessment
from shared.events.reasonable import Unreasonable


def not_carried(known: Assessment | None, asked: ApproveAssessment, happened: datetime) -> Unreasonable | None:
    """A meeting of another time, votes that do not add up, or no majority."""
    drawn_up = china_day(known.drawn_up) if known else asked.held_on
    if not drawn_up <= asked.held_on <= china_day(happened):
        said = {"day": asked.held_on, "start": drawn_up, "period": asked.period}
        return Unreasonable("held_on", "meeting-out-of-time", said)
    votes = asked.in_favour + asked.against + asked.abstained
    if votes != asked.present:
        return Unreasonable("present", "votes-not-all", {"votes": votes, "present": asked.present})
    if 2 * asked.in_favour <= asked.present:
        return Unreasonable("in_favour", "not-carried", {"in_favour": asked.in_favour, "present": asked.present})
    return None
