"""Rules of placing: facts that an organisation's late move left behind count where it stood on the day of each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from services.feedback.measures.model import MonthlyDocument
from services.feedback.measures.summing import Sums, as_kept
from services.feedback.placing.model import LedgerFact, PlacedFact
from shared.events import Event
from shared.events.feedback import FactsRePlaced, RePlaceFacts
from shared.pipeline.decisions import Accepted, Query, Refused, State, Verdict
from shared.roster.organisations import Roster, county_of

MOST = 2_000
"""Facts that one submission places anew: what is left takes another, for a transaction may not last."""
PlacedAnew = Mapping[str, str]
"""Where facts were placed after they had been added up, by the fact's id."""


def needs(event: Event[RePlaceFacts]) -> list[Query]:
    """The organisation's facts of the months concerned, where some were placed before, and what they add up to."""
    code, month = event.organisation, event.data.since.isoformat()[:7]
    return [_facts(event), _placed(event), Query(MonthlyDocument, _documents(code, month))]


def re_place(state: State, event: Event[RePlaceFacts]) -> Verdict:
    """The months' documents are what all their facts add up to, each at its place; the ledger stays as it is."""
    facts = state.find(LedgerFact, _facts(event).filter)
    before = {one.id: one for one in state.find(PlacedFact, _placed(event).filter)}
    places = {id: one.path for id, one in before.items()}
    late = [one for one in facts if one.day >= event.data.since]
    wrong = sorted(misplaced(late, places, state.roster), key=lambda one: (one.time, one.id))
    if not wrong:
        return Refused("nothing-to-re-place", organisation=event.organisation, since=event.data.since)
    placed = [_at_its_place(one, before.get(one.id), state.roster) for one in wrong[:MOST]]
    months = {one.month for one in placed}
    places |= {one.id: one.path for one in placed}
    month = event.data.since.isoformat()[:7]
    documents = state.find(MonthlyDocument, _documents(event.organisation, month))
    kept = [one for one in documents if one.month in months]
    rewritten = _rewritten(kept, [one for one in facts if one.month in months], places)
    left = len(wrong) - len(placed)
    fact = FactsRePlaced(since=event.data.since, count=len(placed), left=left)
    return Accepted((*placed, *rewritten), (fact,))


def misplaced(facts: Iterable[LedgerFact], places: PlacedAnew, roster: Roster) -> list[LedgerFact]:
    """Those that count elsewhere than where their organisation stood on their day, as is known now."""
    return [one for one in facts if _is_elsewhere(one, places, roster) and one.counts]


def _is_elsewhere(one: LedgerFact, places: PlacedAnew, roster: Roster) -> bool:
    """What happened before it existed or after it ended has no other place."""
    due = roster.path(one.organisation, one.day)
    return due not in ("", places.get(one.id, one.path))


def _at_its_place(one: LedgerFact, before: PlacedFact | None, roster: Roster) -> PlacedFact:
    path = roster.path(one.organisation, one.day)
    anew = PlacedFact(id=one.id, organisation=one.organisation, month=one.month, path=path)
    return before.having(path=path) if before else anew


def _rewritten(
    kept: Iterable[MonthlyDocument], facts: Iterable[LedgerFact], places: PlacedAnew
) -> Iterable[MonthlyDocument]:
    """Every document of the organisation in these months; a place that nothing counts at any more is left empty."""
    computed: dict[str, Sums] = {}
    for one in facts:
        one.add_to(computed.setdefault(one.month, {}), places.get(one.id, one.path))
    before = {(one.month, one.path): one for one in kept}
    there = {(month, path) for month, by_path in computed.items() for path in by_path}
    for month, path in sorted(before.keys() | there):
        county = county_of(path.rpartition("/")[2])
        anew = MonthlyDocument(id=f"{month}/{path}", month=month, county=county, path=path)
        yield before.get((month, path), anew).having(add=as_kept(computed.get(month, {}).get(path, {})))


def _facts(event: Event[RePlaceFacts]) -> Query:
    return Query(LedgerFact, {"organisation": event.organisation, "month": {"$gte": event.data.since.isoformat()[:7]}})


def _placed(event: Event[RePlaceFacts]) -> Query:
    return Query(PlacedFact, {"organisation": event.organisation})


def _documents(code: str, month: str) -> dict[str, Any]:
    of_it = {"$or": [{"path": code}, {"path": {"$regex": f"/{code}$"}}]}
    return {"county": county_of(code), "month": {"$gte": month}, **of_it}
