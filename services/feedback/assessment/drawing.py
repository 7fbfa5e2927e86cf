"""A period's list: its units with scores, places and grades, from the figures that its reports have."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from services.feedback.assessment.grading import Place, graded
from services.feedback.assessment.model import AssessedBy
from services.feedback.assessment.result import Result, Term
from services.feedback.assessment.scoring import score_of, terms_of
from services.feedback.documents.model import Draft
from services.feedback.reports.model import Report
from shared.events.vocabulary import OrganisationKind

Results = dict[str, Result]
"""By unit."""


def figures_of(drafts: Iterable[Draft], reports: Iterable[Report]) -> list[Report]:
    """The reports of a period with their frozen figures, by unit: as drafted, or as issued where nothing was."""
    frozen = {one.organisation: one for one in reports}
    frozen |= {one.organisation: one.report for one in drafts}
    return [frozen[code] for code in sorted(frozen)]


def results(scheme: AssessedBy, reports: Sequence[Report], vetoed: Collection[str]) -> Results:
    """Of every unit whose kind the scheme has indicators of; each kind has its own places and share of grades."""
    found: Results = {}
    for kind in OrganisationKind:
        indicators = scheme.of(kind)
        mine = [one for one in reports if one.organisation_kind == kind]
        if indicators and mine:
            terms = {one.organisation: terms_of(indicators, one.measures, one.places) for one in mine}
            found |= _of_kind(scheme, terms, vetoed)
    return found


def _of_kind(scheme: AssessedBy, terms: dict[str, tuple[Term, ...]], vetoed: Collection[str]) -> Results:
    """Whoever has no figure at all has neither a score nor a place, and is not counted among the others."""
    scores = {code: score for code, own in terms.items() if (score := score_of(own)) is not None}
    places = graded(scores, scheme, vetoed)
    return {
        code: _result(own, scores.get(code), places.get(code), len(scores), code in vetoed)
        for code, own in terms.items()
    }


def _result(terms: tuple[Term, ...], score: int | None, place: Place | None, among: int, is_vetoed: bool) -> Result:
    rank, grade = (place.rank, place.grade) if place else (None, None)
    return Result(score=score, grade=grade, rank=rank, among=among, is_vetoed=is_vetoed, terms=terms)
