"""Schemes of appraisal follow one another by date; one by which a sheet was opened stays."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from services.roster.appraisals.model import AppraisalRules, AppraisalScheme, Sheet
from shared.database.documents import Key, Need, Query
from shared.events import Event
from shared.events.roster.appraisals import AdoptAppraisalScheme, AppraisalSchemeAdopted, AppraisalSchemeWithdrawn
from shared.pipeline.decisions import Accepted, Original, Refused, State, Verdict, fact_of, month_end
from shared.roster.organisations import county_of

WHOLE = 100


def adopt_appraisal_scheme(state: State, event: Event[AdoptAppraisalScheme]) -> Verdict:
    """From its day on, later than the one before; its four parts are a hundred points."""
    asked, county = event.data, county_of(event.organisation)
    schemes = state.get(AppraisalScheme, county) or AppraisalScheme(id=county)
    if schemes.history and schemes.history[-1].effective_from >= asked.effective_from:
        return Refused("appraisal-scheme-exists", effective_from=schemes.history[-1].effective_from)
    if (total := whole_of(asked)) != WHOLE:
        return Refused("parts-not-a-hundred", total=total)
    history = (*schemes.history, AppraisalRules(**asked.model_dump()))
    return Accepted((schemes.having(history=history),), (AppraisalSchemeAdopted(effective_from=asked.effective_from),))


def whole_of(asked: AdoptAppraisalScheme) -> int:
    """What the committee's four parts add up to."""
    return asked.daily_points + asked.service_points + asked.party_life_points + asked.role_points


def scheme_needed(event: Event[AdoptAppraisalScheme]) -> Iterator[Need]:
    """All of them."""
    yield Key(AppraisalScheme, county_of(event.organisation))


def adopted_needed(original: Original) -> Iterator[Need]:
    """All of them, and the sheets opened under it."""
    yield Key(AppraisalScheme, county_of(original.organisation))
    yield Query(Sheet, _under(original))


def scheme_begins(original: Original) -> date:
    """Until the day before it holds it can be corrected, and within its month."""
    return max(month_end(original), fact_of(original, AppraisalSchemeAdopted).effective_from - timedelta(days=1))


def undo_scheme(state: State, original: Original) -> Verdict:
    """While nobody is appraised by it."""
    county, since = county_of(original.organisation), fact_of(original, AppraisalSchemeAdopted).effective_from
    schemes = state.get(AppraisalScheme, county) or AppraisalScheme(id=county)
    if state.find(Sheet, _under(original)):
        return Refused("appraised-under-it", effective_from=since)
    others = tuple(one for one in schemes.history if one.effective_from != since)
    return Accepted((schemes.having(history=others),), original.taken_back(AppraisalSchemeWithdrawn))


def _under(original: Original) -> Mapping[str, Any]:
    since = fact_of(original, AppraisalSchemeAdopted).effective_from.isoformat()
    return {"county": county_of(original.organisation), "rules.effective_from": since}
