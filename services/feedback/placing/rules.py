"""Rules of placing: facts that an organisation's late move left behind count where it stood on the day of each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime

from services.feedback.measures.adding import added
from services.feedback.measures.rules import monthly_increment
from services.feedback.placing.model import LedgerFact, PlacedFact
from shared.database.documents import Increment
from shared.events import Event
from shared.events.feedback import FactsRePlaced, RePlaceFacts
from shared.pipeline.decisions import Accepted, Query, Refused, State, Verdict
from shared.roster.organisations import Roster

MOST = 2_000
"""Facts that one submission places anew: what is left takes another, for a transaction may not last."""
PlacedAnew = Mapping[str, str]
"""Where facts were placed after they had been added up, by the fact's id."""


def needs(event: Event[RePlaceFacts]) -> list[Query]:
    """The organisation's facts of the months concerned, and where some were placed before."""
    return [_facts(event), _placed(event)]


def re_place(state: State, event: Event[RePlaceFacts]) -> Verdict:
    """What facts add to their months goes from where they counted to their place; the ledger stays as it is."""
    before = {one.id: one for one in state.find(PlacedFact, _placed(event).filter)}
    places = {id: one.path for id, one in before.items()}
    late = [one for one in state.find(LedgerFact, _facts(event).filter) if one.day >= event.data.since]
    wrong = sorted(misplaced(late, places, state.roster), key=lambda one: (one.time, one.id))
    if not wrong:
        return Refused("nothing-to-re-place", organisation=event.organisation, since=event.data.since)
    placed = [_at_its_place(one, before.get(one.id), state.roster) for one in wrong[:MOST]]
    moved = [more for one, there in zip(wrong, placed, strict=False) for more in _moved(one, places, there)]
    fact = FactsRePlaced(since=event.data.since, count=len(placed), left=len(wrong) - len(placed))
    return Accepted((*placed, *moved), (fact,))


def misplaced(facts: Iterable[LedgerFact], places: PlacedAnew, roster: Roster) -> list[LedgerFact]:
    """Those that count elsewhere than where their organisation stood on their day, as is known now.

    What was told and taken back of one day at one place comes to nothing wherever it counts.
    """
    groups: dict[tuple[str, str, date], list[LedgerFact]] = {}
    for one in facts:
        at, due = places.get(one.id, one.path), due_at(one, roster)
        if due not in ("", at):
            groups.setdefault((at, due, one.day), []).append(one)
    return [one for group in groups.values() if _comes_to_something(group) for one in group if one.counts]


def due_at(one: LedgerFact, roster: Roster) -> str:
    """Of an organisation that had ended by then, where whoever answered stood; before it existed there is none."""
    return roster.place(one.organisation, one.day)


def _comes_to_something(group: Iterable[LedgerFact]) -> bool:
    sums = Counter[str]()
    for one in group:
        sums.update(added(one.fact))
    return any(sums.values())


def _at_its_place(one: LedgerFact, before: PlacedFact | None, roster: Roster) -> PlacedFact:
    path = due_at(one, roster)
    anew = PlacedFact(id=one.id, organisation=one.organisation, month=one.month, path=path)
    return before.having(path=path) if before else anew


def _moved(one: LedgerFact, places: PlacedAnew, there: PlacedFact) -> Iterator[Increment]:
    """Others may count at both places, and go on to."""
    counts, at = added(one.fact), datetime.fromisoformat(one.time)
    less = {name: -amount for name, amount in counts.items()}
    yield monthly_increment(one.organisation, places.get(one.id, one.path), at, less)
    yield monthly_increment(one.organisation, there.path, at, counts)


def _facts(event: Event[RePlaceFacts]) -> Query:
    return Query(LedgerFact, {"organisation": event.organisation, "month": {"$gte": event.data.since.isoformat()[:7]}})


def _placed(event: Event[RePlaceFacts]) -> Query:
    return Query(PlacedFact, {"organisation": event.organisation})
