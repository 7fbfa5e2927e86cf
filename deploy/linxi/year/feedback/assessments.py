"""Assessment of 2018: by the scheme of its first day, approved before the year's documents are signed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from deploy.linxi.county import COUNTY, START
from deploy.linxi.year.submitting import Asked, moment
from services.feedback.assessment.defaults import indicators
from shared.events.assessment import AdoptAssessmentScheme, ApproveAssessment, RedrawAssessment

PRESENT, IN_FAVOUR, ABSTAINED = 5, 4, 1
"""At the meeting of the committee's secretaries."""


def scheme() -> Iterator[Asked]:
    """The one that every county begins with."""
    adopted = AdoptAssessmentScheme(effective_from=START, indicators=list(indicators()))
    yield Asked(moment(START, "00:02"), COUNTY, COUNTY, adopted)


def approved(period: str, day: date) -> Iterator[Asked]:
    """Drawn up anew from the figures of the drafts of that day, and voted on."""
    vote = ApproveAssessment(
        period=period,
        edition=2,
        held_on=day,
        present=PRESENT,
        in_favour=IN_FAVOUR,
        against=0,
        abstained=ABSTAINED,
    )
    yield Asked(moment(day, "16:05"), COUNTY, COUNTY, RedrawAssessment(period=period))
    yield Asked(moment(day, "16:10"), COUNTY, COUNTY, vote)
