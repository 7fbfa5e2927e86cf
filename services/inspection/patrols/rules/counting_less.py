"""The day of a patrol that is taken back: another one counts in its place or, where none is left, it was missed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from services.inspection.patrols.model.patrols import Inspection, PatrolDay, PatrolRound, Tally
from services.inspection.patrols.model.plans import PatrolPlan, PatrolPlans, campaign_id, day_id, week_id, week_of
from services.inspection.patrols.rules.closing import missed
from services.inspection.patrols.rules.plans import known_plans
from shared.database.documents import COUNTS, Key, Need, Query
from shared.events.inspection import InspectionLogged, InspectionRevised, PatrolMadeRevised
from shared.events.vocabulary import Check, Rhythm
from shared.pipeline.decisions import About, Accepted, Original, State, fact_of
from shared.roster.organisations import county_of


class CountedFor(NamedTuple):
    """What an inspection counts for as told last: the first of its day, or the one that brings the place in time."""

    first: bool
    on_time: bool


def counted(original: Original) -> Iterator[Need]:
    """Its day, week or campaign, and who else looked at the place for that."""
    fact, county = fact_of(original, InspectionLogged), county_of(original.organisation)
    if fact.plan and fact.due:
        yield Key(PatrolPlans, county)
        yield Key(PatrolDay, day_id(county, fact.due))
        yield Key(PatrolRound, week_id(county, fact.plan, fact.due))
        yield Key(PatrolRound, campaign_id(county, fact.plan))
        yield _others(original, fact)


def counted_for(original: Original, kept: Inspection | None) -> CountedFor:
    """As it was logged, or as it was told since."""
    fact = fact_of(original, InspectionLogged)
    first, on_time = (kept.first, kept.on_time) if kept else (None, None)
    return CountedFor(
        fact.first_of_day if first is None else first,
        fact.on_time if on_time is None else on_time,
    )


def count_less(state: State, original: Original, counted: CountedFor) -> Accepted:
    """Its day's record without it; what it counted for passes to the patrol that was captured first of those left.

    Of those that count where it did, if there are any: what is in time stays with what it is in time of.
    """
    fact = fact_of(original, InspectionLogged)
    plan, day = _due(state, original, fact)
    if plan is None or day is None or fact.due is None:
        return Accepted()
    found = state.find(Inspection, _others(original, fact).filter)
    others = sorted((one for one in found if one.id != original.key), key=lambda one: (one.captured, one.id))
    before = day.tally(plan.plan)
    there = [one for one in others if _counts_there(one, before, plan)]
    heir = next(iter(there or others), None)
    gains = _gains(counted, heir, before, plan)
    stays = not counted.on_time and original.organisation in before.on_time
    tally = _less(before, original.organisation, is_in_time=gains.on_time or stays)
    if counted.first:
        tally = _counts_for(tally, original.organisation, plan, heir)
    if heir is not None:
        passed = _passed_on(heir, gains)
        return Accepted((_having(day, plan, tally), *passed.changes), passed.facts)
    return _missed(state, original, plan, day, tally)


def _counts_there(one: Inspection, before: Tally, plan: PatrolPlan) -> bool:
    where = plan.counts_where(one.submitter, one.day)
    return before.counted.get(one.organisation, where) == where


def _gains(counted: CountedFor, heir: Inspection | None, before: Tally, plan: PatrolPlan) -> CountedFor:
    """In time if the other one was, or if the heir could not bring the place in time while it counted elsewhere."""
    if heir is None or heir.due is None or heir.captured > plan.deadline(heir.due):
        return CountedFor(counted.first, on_time=False)
    return CountedFor(counted.first, counted.on_time or (counted.first and heir.organisation not in before.on_time))


def _counts_for(tally: Tally, here: str, plan: PatrolPlan, heir: Inspection | None) -> Tally:
    """Where the place counts now: with its first look that is left."""
    others = {code: where for code, where in tally.counted.items() if code != here}
    where = plan.counts_where(heir.submitter, heir.day) if heir else ""
    return tally.model_copy(update={"counted": {**others, here: where} if where else others})


def _less(tally: Tally, here: str, is_in_time: bool) -> Tally:
    """One patrol less; the place is in time no longer unless another patrol brings it in time."""
    left = {**tally.patrolled, here: tally.patrolled.get(here, 1) - 1}
    others = tuple(code for code in tally.on_time if code != here)
    on_time = (*others, here) if is_in_time else others
    return tally.model_copy(update={"patrolled": {code: n for code, n in left.items() if n > 0}, "on_time": on_time})


def _passed_on(heir: Inspection, gains: CountedFor) -> Accepted:
    """Told as of the patrol that counts for it now, and about whoever made it."""
    assert heir.plan is not None
    assert heir.due is not None
    if not any(gains):
        return Accepted()
    of: dict[str, Any] = {"patrol": heir.patrol, "plan": heir.plan, "due": heir.due, "on_time": gains.on_time}
    revised = InspectionRevised(inspection=heir.inspection, first_of_day=gains.first, check=heir.check, **of)
    facts = [About(heir.organisation, revised, heir.captured)]
    if heir.check is Check.PATROL:
        made = PatrolMadeRevised(place=heir.organisation, first=gains.first, **of)
        facts.append(About(heir.submitter, made, heir.captured))
    now = {"first": gains.first or heir.first, "on_time": gains.on_time or heir.on_time}
    return Accepted((heir.having(**now),), tuple(facts))


def _missed(state: State, original: Original, plan: PatrolPlan, day: PatrolRound, tally: Tally) -> Accepted:
    """Of a day that is closed, whoever was to look at the place has missed it."""
    here = original.organisation
    if here not in tally.missed:
        return Accepted((_having(day, plan, tally),))
    answers = tally.answerable.get(here) or plan.patroller(here, state.roster, day.day)
    known = tally.model_copy(update={"answerable": {**tally.answerable, here: answers}})
    return Accepted((_having(day, plan, known),), (missed(plan, here, answers, day.day),))


def _having(day: PatrolRound, plan: PatrolPlan, tally: Tally) -> PatrolRound:
    return day.having(plans={**day.plans, plan.plan: tally})


def _due(state: State, original: Original, fact: InspectionLogged) -> tuple[PatrolPlan | None, PatrolRound | None]:
    """The plan and the record of the day for which it counted, if for any."""
    plan = _plan(state, original, fact) if fact.due else None
    if plan is None or fact.due is None:
        return None, None
    kind = PatrolDay if plan.rhythm is Rhythm.DAILY else PatrolRound
    return plan, state.get(kind, plan.round_id(county_of(original.organisation), fact.due))


def _plan(state: State, original: Original, fact: InspectionLogged) -> PatrolPlan | None:
    """As it was then: the rhythm that was told, for it may have been adopted otherwise, late."""
    plans = known_plans(state, county_of(original.organisation))
    plan = plans.on(original.day).get(fact.plan or "")
    return plan.model_copy(update={"rhythm": fact.rhythm}) if plan and fact.rhythm else plan


def _others(original: Original, fact: InspectionLogged) -> Query:
    wanted = {"organisation": original.organisation, "plan": fact.plan, "due": _same_round(fact)}
    return Query(Inspection, {**wanted, **COUNTS})


def _same_round(fact: InspectionLogged) -> dict[str, Any]:
    """The day that was due, which a notice may have moved since: within its week, or as long as a campaign lasts."""
    assert fact.due is not None
    match fact.rhythm:
        case Rhythm.WEEKLY:
            return {"$in": [day.isoformat() for day in week_of(fact.due)]}
        case Rhythm.CAMPAIGN:
            return {"$ne": None}
        case _:
            return {"$in": [fact.due.isoformat()]}
