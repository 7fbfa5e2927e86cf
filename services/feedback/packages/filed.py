"""How many Party members' sheets of a year are in the archive, of what roster tells of their steps."""

from __future__ import annotations

from collections import Counter

from services.feedback.packages.model import FiledSheets
from services.feedback.placing.model import LedgerFact
from shared.database.documents import Query
from shared.events.roster.appraisals import AppraisalStep, AppraisalStepDone
from shared.pipeline.decisions import State
from shared.roster.organisations import county_of


def filed_needed(year: int) -> Query:
    """The steps that were told since the year began."""
    return Query(LedgerFact, {"type": AppraisalStepDone.type, "month": {"$gte": f"{year}-01"}})


def filed_sheets(state: State, county: str, year: int) -> tuple[FiledSheets, ...]:
    """By home, where there is any: a sheet is filed when that is the last step told of it."""
    last: dict[str, tuple[str, AppraisalStep]] = {}
    steps = sorted(state.find(LedgerFact, filed_needed(year).filter), key=lambda one: (one.time, one.id))
    for one in steps:
        match one.fact:
            case AppraisalStepDone(sheet=sheet, step=step) if sheet.startswith(f"{year}."):
                if county_of(one.organisation) == county:
                    last[sheet] = one.organisation, step
    filed = Counter(home for home, step in last.values() if step is AppraisalStep.ARCHIVED)
    return tuple(FiledSheets(organisation=home, filed=filed[home]) for home in sorted(filed))
