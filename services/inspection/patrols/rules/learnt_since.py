"""Days that were closed before it was known who stood on them: an end entered late, a window that never was one.

What was missed at a place that was due no more is taken back; what was missed by somebody who had ended is told of
whoever patrols the place since. When that turns out wrong in turn, all is told again as before: the end is withdrawn.
A place that was found not to have ended is not due on days on which it was held to have: nobody asked it for anything.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from services.inspection.patrols.model.patrols import PatrolDay, PatrolRound, Tally
from services.inspection.patrols.model.plans import PatrolPlan, PatrolPlans
from services.inspection.patrols.rules.closing import counted, end_of, missed, withdrawn
from services.inspection.patrols.rules.plans import counted_by, known_plans
from shared.database.documents import Query
from shared.events import Event
from shared.events.inspection import PatrolDayWithdrawn, SettlePatrolDays
from shared.events.vocabulary import HALL_PATROL
from shared.pipeline.decisions import About, Accepted, State
from shared.roster.organisations import Roster, Standing, county_of

RECENTLY, A_YEAR = timedelta(days=31), timedelta(days=366)
"""How far back days are looked at, and once a week, on Mondays: a year of them takes the database 30 ms."""
MOST = 100
"""Days of each kind that one tick looks at, the oldest first: each takes back as much as ended, mostly one place."""


def to_look_at(event: Event[SettlePatrolDays], roster: Roster) -> tuple[Query, Query]:
    """Those that were closed with whom the roster, as it is known now, does not have on that day, or has after all."""
    county = county_of(event.organisation)
    stretches = [*_stretches(county, event.data.day, roster)]
    here = {"county": county, "$or": stretches}
    return Query(PatrolDay, {**here, "closed": True}, "day", MOST), Query(PatrolRound, here, "day", MOST)


def settled_anew(state: State, event: Event[SettlePatrolDays], changed: Mapping[str, PatrolRound]) -> Accepted:
    """As of each day; `changed` are days as they were settled just now."""
    plans, found = known_plans(state, county_of(event.organisation)), dict[str, PatrolRound]()
    for query in to_look_at(event, state.roster):
        found |= {one.id: one for one in state.find(query.kind, query.filter) if isinstance(one, PatrolRound)}
    looked_at = [_settled_anew(changed.get(id, kept), plans, state.roster) for id, kept in found.items()]
    changes = tuple(change for one in looked_at for change in one.changes)
    return Accepted(changes, tuple(fact for one in looked_at for fact in one.facts))


def _settled_anew(kept: PatrolRound, plans: PatrolPlans, roster: Roster) -> Accepted:
    tallies, facts = dict(kept.plans), list[About]()
    for plan, tally in counted_by(kept, plans):
        now = as_known_now(tally, plan, roster, kept.day)
        if now != tally:
            facts += _differences(kept, plan, roster, tally, now)
            tallies[plan.plan] = now
    return Accepted((kept.having(plans=tallies),), tuple(facts)) if tallies != kept.plans else Accepted()


def as_known_now(tally: Tally, plan: PatrolPlan, roster: Roster, day: date) -> Tally:
    """Of those that the day was closed with: who was due, and who answers for each that was missed."""
    if tally.due is None:
        return tally
    every = sorted({*tally.due, *tally.excused})
    due = tuple(place for place in every if _is_patrolled(roster.standing(place, day)))
    excused = tuple(place for place in every if place not in due)
    said = {place: first for place in due if (first := _said_first(tally, place, plan, roster, day))}
    stand = {first for first in said.values() if roster.standing(first, day) is not None}
    passed = {place: first for place, first in said.items() if first not in stand}
    answerable = said | {place: plan.patroller(place, roster, day) for place in passed}
    changes = {"due": due, "excused": excused, "answerable": answerable, "passed": passed}
    return tally.model_copy(update=changes)


def _said_first(tally: Tally, place: str, plan: PatrolPlan, roster: Roster, day: date) -> str | None:
    """About whom it was told that a place was missed, or is to be told of one that was due after all."""
    if place in tally.excused and place not in tally.patrolled:
        return plan.patroller(place, roster, day)
    return tally.passed.get(place) or tally.answerable.get(place)


def _differences(kept: PatrolRound, plan: PatrolPlan, roster: Roster, before: Tally, now: Tally) -> Iterator[About]:
    """What is told no more was told where whoever it was told about stood: it bears that place still."""
    if before.due != now.due:
        back = PatrolDayWithdrawn(plan=plan.plan, patrol=plan.patrol, day=kept.day)
        yield About(kept.county, back, end_of(kept.day))
        yield counted(kept.county, plan, now, kept.day)
    for place in _otherwise(before, now):
        answers = before.answerable.get(place, place)
        yield withdrawn(plan, before, place, kept.day, roster.last_path(answers, kept.day))
    for place in _otherwise(now, before):
        yield missed(plan, place, now.answerable[place], kept.day)


def _otherwise(one: Tally, other: Tally) -> list[str]:
    """What was missed in one of them, and in the other not, or by somebody else."""
    there = set(other.missed)
    return [
        place for place in one.missed if place not in there or one.answerable.get(place) != other.answerable.get(place)
    ]


def _is_patrolled(standing: Standing | None) -> bool:
    """Whether anything is patrolled there: a station, a window, the hall's facilities."""
    return standing is not None and (standing.patrolled is not None or standing.holds(HALL_PATROL))


def _stretches(county: str, until: date, roster: Roster) -> Iterator[dict[str, Any]]:
    """The filter of days on which it was otherwise, for each stretch within which nobody changed."""
    own = [one for one in roster if county_of(one.id) == county]
    first = until - (RECENTLY if until.weekday() else A_YEAR)
    begun = {first, *(stood.since for one in own for stood in one.history if first < stood.since < until)}
    days = sorted(begun)
    for since, before in zip(days, [*days[1:], until], strict=True):
        stood = {one.id: standing for one in own if (standing := one.on(since))}
        places = [code for code, standing in stood.items() if _is_patrolled(standing)]
        yield {"day": {"$gte": f"{since}", "$lt": f"{before}"}, "$expr": _of_any_plan(_is_otherwise(places, [*stood]))}


def _of_any_plan(condition: dict[str, Any]) -> dict[str, Any]:
    every = {"$map": {"input": {"$objectToArray": "$plans"}, "as": "of", "in": condition}}
    return {"$anyElementTrue": [every]}


def _is_otherwise(places: list[str], standing: list[str]) -> dict[str, Any]:
    """Of a tally as MongoDB has it."""
    due, excused = _listed("due"), _listed("excused")
    return {
        "$or": [
            {"$not": [{"$setIsSubset": [due, places]}]},
            {"$ne": [{"$setIntersection": [excused, places]}, []]},
            {"$not": [{"$setIsSubset": [_named("answerable"), standing]}]},
            {"$ne": [{"$setIntersection": [_named("passed"), standing]}, []]},
        ]
    }


def _listed(name: str) -> dict[str, Any]:
    return {"$ifNull": [f"$$of.v.{name}", []]}


def _named(name: str) -> dict[str, Any]:
    """Those that a mapping names."""
    pairs = {"$objectToArray": {"$ifNull": [f"$$of.v.{name}", {"$literal": {}}]}}
    return {"$map": {"input": pairs, "as": "one", "in": "$$one.v"}}
