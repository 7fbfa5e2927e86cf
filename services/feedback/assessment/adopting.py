"""Schemes of assessment follow one another by date, each from a 1 January that is not past."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from services.feedback.assessment.fitting import unfit
from services.feedback.assessment.model import AssessedBy, Assessment, AssessmentScheme
from shared.database.documents import Key, Need, Query
from shared.events import Event
from shared.events.assessment import AdoptAssessmentScheme, AssessmentSchemeAdopted, AssessmentSchemeWithdrawn
from shared.pipeline.decisions import Accepted, Original, Refused, State, Verdict, fact_of, month_end
from shared.roster.organisations import county_of


def adopt_assessment_scheme(state: State, event: Event[AdoptAssessmentScheme]) -> Verdict:
    """Nobody is assessed by what was not known when the year began; periods drawn up keep theirs."""
    asked, county = event.data, county_of(event.organisation)
    if asked.effective_from < event.day:
        return Refused("scheme-from-the-past", effective_from=asked.effective_from)
    if no := unfit(asked):
        return Refused(no.slug, **no.details)
    schemes = state.get(AssessmentScheme, county) or AssessmentScheme(id=county)
    if schemes.history and schemes.history[-1].effective_from >= asked.effective_from:
        return Refused("assessment-scheme-exists", effective_from=schemes.history[-1].effective_from)
    history = (*schemes.history, AssessedBy(**asked.model_dump()))
    return Accepted((schemes.having(history=history),), (AssessmentSchemeAdopted(effective_from=asked.effective_from),))


def schemes_needed(event: Event[AdoptAssessmentScheme]) -> Iterator[Need]:
    """All of them."""
    yield Key(AssessmentScheme, county_of(event.organisation))


def scheme_undone_needs(original: Original) -> Iterator[Need]:
    """All of them, and what was drawn up."""
    yield Key(AssessmentScheme, county_of(original.organisation))
    yield _drawn_up(original)


def scheme_begins(original: Original) -> date:
    """Until the day before it holds it can be corrected, and within its month."""
    return max(month_end(original), fact_of(original, AssessmentSchemeAdopted).effective_from - timedelta(days=1))


def undo_scheme(state: State, original: Original) -> Verdict:
    """While nothing was drawn up under it."""
    county, since = county_of(original.organisation), fact_of(original, AssessmentSchemeAdopted).effective_from
    used = [one for one in state.find(Assessment, _drawn_up(original).filter) if one.scheme_from == since]
    if used:
        return Refused("assessed-under-it", effective_from=since, period=used[0].period)
    schemes = state.get(AssessmentScheme, county) or AssessmentScheme(id=county)
    others = tuple(one for one in schemes.history if one.effective_from != since)
    return Accepted((schemes.having(history=others),), original.taken_back(AssessmentSchemeWithdrawn))


def _drawn_up(original: Original) -> Query:
    return Query(Assessment, {"county": county_of(original.organisation)})
