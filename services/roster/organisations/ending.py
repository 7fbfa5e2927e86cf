"""Rules of an organisation's end: after its last day it stands no more, and who follows it answers for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from typing import Any

from shared.calendar import CHINA
from shared.events import Event
from shared.events.roster import (
    DissolutionWithdrawn,
    DissolveOrganisation,
    OrganisationDissolved,
    OrganisationRegistered,
    WithdrawDissolution,
)
from shared.events.vocabulary import OrganisationKind
from shared.pipeline.decisions import About, Accepted, Refused, State, Verdict
from shared.roster.organisations import Ending, Organisation, Roster, Standing, county_of

ONE_DAY = timedelta(days=1)
LAST_SECOND = time(23, 59, 59)
NAMED = 5
"""Of those below it, so many are named in a sentence."""


def dissolve(state: State, event: Event[DissolveOrganisation]) -> Verdict:
    """Not before its last change, and after it somebody for those below it; another day or successor corrects it."""
    asked, before = event.data, state.get(Organisation, event.organisation)
    if before is None:
        return Refused("unknown-organisation", organisation=event.organisation)
    stood = _without_end(before)
    if no := _unfit(state, stood, asked):
        return no
    ended = before.having(history=(*stood.history, _ending(stood.history[-1], asked)))
    if ended.history == before.history:
        return Accepted()
    those = state.find(Organisation, below(event))
    if no := _passed_on_since(state, those, before) or _passed_before(state, those, ended):
        return no
    after = [_passed(_returned(one, before), ended) for one in those]
    if not asked.followed_by and (nobody := _in_a_row(after, ended.id)):
        return Refused("still-below", code=ended.id, below=nobody)
    moved = _changed(those, after)
    if moved and (no := _ends_itself(state, next(iter(asked.followed_by), ""))):
        return no
    taken_back = _withdrawn(before) if before.history[-1].ended else ()
    facts = (*taken_back, _dissolved(ended), *_registered(moved, ended.history[-1].since))
    return Accepted((ended, *moved), facts)


def withdraw(state: State, event: Event[WithdrawDissolution]) -> Verdict:
    """The end is struck out of its history, and whoever passed to its successor is below it again."""
    before = state.get(Organisation, event.organisation)
    if before is None or before.history[-1].ended is None:
        return Refused("not-dissolved", organisation=event.organisation)
    those = state.find(Organisation, below(event))
    if no := _passed_on_since(state, those, before):
        return no
    moved = _changed(those, [_returned(one, before) for one in those])
    facts = (*_withdrawn(before), *_registered(moved, before.history[-1].since))
    return Accepted((_without_end(before), *moved), facts)


def below(event: Event[Any]) -> dict[str, Any]:
    """The filter of whoever was ever below an organisation, or came below another by its end."""
    code = event.organisation
    return {"$or": [{"history.parent": code}, {"history.passed_from": code}]}


def _unfit(state: State, stood: Organisation, asked: DissolveOrganisation) -> Refused | None:
    """A county stays; nobody ends before its last change; who follows stands by then, in the county, not below it."""
    last, first = stood.history[-1], asked.last_day + ONE_DAY
    if last.kind is OrganisationKind.COUNTY:
        return Refused("county-stays", code=stood.id)
    if last.since > asked.last_day:
        return Refused("registered-earlier", code=stood.id, title=last.name, valid_from=last.since)
    for successor in asked.followed_by:
        path = state.roster.path(successor, first).split("/")
        if path[:1] != [county_of(stood.id)] or stood.id in path:
            return Refused("unfit-successor", code=stood.id, successor=successor, day=first)
        if stood.id in _followers(state.roster, successor):
            return _ends_itself(state, successor)
    return None


def _followers(roster: Roster, code: str) -> set[str]:
    """Who follows an organisation by the ends that are entered, and who follows those: nobody may follow itself."""
    found, next_ones = set[str](), [code]
    while next_ones:
        known = roster.organisation(next_ones.pop())
        ending = known.history[-1].ended if known else None
        new = set(ending.followed_by if ending else ()) - found
        found |= new
        next_ones += new
    return found


def _ends_itself(state: State, code: str) -> Refused | None:
    """Nobody passes to a successor whose own end is entered: that one's would have to be entered again."""
    known = state.roster.organisation(code)
    if known is None or known.history[-1].ended is None:
        return None
    return Refused("organisation-ends", code=code, last_day=known.history[-1].since - ONE_DAY)


def _passed_on_since(state: State, those: Iterable[Organisation], before: Organisation) -> Refused | None:
    """What an end moved, and the end of its successor moved on, goes back in the same order."""
    steps = (pair for one in those for pair in pairwise(one.history) if pair[0].passed_from == before.id)
    by = next((then.passed_from for _, then in steps if then.passed_from not in (None, before.id)), None)
    return _ends_itself(state, by) if by else None


def _passed_before(state: State, those: Iterable[Organisation], ended: Organisation) -> Refused | None:
    """Nothing passes, by an end that is entered, to whoever ends before that."""
    there = (stood for one in those for stood in one.history if stood.parent == ended.id)
    late = (stood.passed_from for stood in there if stood.passed_from and stood.since >= ended.history[-1].since)
    return next((no for code in late if (no := _ends_itself(state, code))), None)


def _ending(last: Standing, asked: DissolveOrganisation) -> Standing:
    """Its name, kind and who was above it remain known; it holds nothing any more."""
    ended = Ending(followed_by=tuple(asked.followed_by), basis=asked.basis)
    since = asked.last_day + ONE_DAY
    return Standing(since=since, name=last.name, kind=last.kind, parent=last.parent, ended=ended)


def _without_end(organisation: Organisation) -> Organisation:
    *earlier, last = organisation.history
    return organisation.having(history=tuple(earlier)) if last.ended else organisation


def _returned(one: Organisation, before: Organisation) -> Organisation:
    """As if the end of who was above it had never been entered: where that moved it, it is below it again."""
    history: list[Standing] = []
    for standing in one.history:
        if standing.passed_from == before.id:
            standing = standing.model_copy(update={"parent": before.id, "passed_from": None})
            if history and standing == history[-1].model_copy(update={"since": standing.since, "passed_from": None}):
                continue
        history.append(standing)
    return one.having(history=tuple(history))


def _passed(one: Organisation, ended: Organisation) -> Organisation:
    """Whoever is below it after its last day is below its first successor from then on, and who comes later too."""
    ending = ended.history[-1]
    followed_by = ending.ended.followed_by if ending.ended else ()
    there = {"parent": next(iter(followed_by), None), "passed_from": ended.id}
    now = one.on(ending.since)
    is_there = now is not None and now.parent == ended.id and now.since < ending.since
    begun = [now.model_copy(update={"since": ending.since})] if now and is_there else []
    history = sorted([*one.history, *begun], key=lambda standing: standing.since)
    return one.having(
        history=tuple(
            standing.model_copy(update=there)
            if standing.since >= ending.since and standing.parent == ended.id and not standing.ended
            else standing
            for standing in history
        )
    )


def _changed(before: Sequence[Organisation], after: Sequence[Organisation]) -> list[Organisation]:
    return [then for now, then in zip(before, after, strict=True) if then.history != now.history]


def _dissolved(ended: Organisation) -> About:
    stood, ending = ended.history[-2:]
    fact = OrganisationDissolved(
        last_day=ending.since - ONE_DAY,
        followed_by=list(ending.ended.followed_by) if ending.ended else [],
        stationed=stood.stationed is not None,
    )
    return About(ended.id, fact, _at(ended))


def _withdrawn(before: Organisation) -> tuple[About, ...]:
    stood, ending = before.history[-2:]
    fact = DissolutionWithdrawn(last_day=ending.since - ONE_DAY, stationed=stood.stationed is not None)
    return (About(before.id, fact, _at(before)),)


def _at(organisation: Organisation) -> datetime:
    """The last second of its last day, of every decision about it: what they add up to depends on no order."""
    return datetime.combine(organisation.history[-1].since - ONE_DAY, LAST_SECOND, CHINA)


def _registered(moved: Iterable[Organisation], since: date) -> Iterator[About]:
    for one in moved:
        now = one.on(since) or one.history[-1]
        fact = OrganisationRegistered(
            code=one.id,
            name=now.name,
            kind=now.kind,
            parent=now.parent,
            committee_member=now.committee_member,
            due_in_hall=now.due_in_hall,
            feedback_recipient=now.feedback_recipient,
            valid_from=now.since,
        )
        yield About(one.id, fact)


def _in_a_row(those: Sequence[Organisation], code: str) -> str:
    """Whoever its end would leave with nobody above."""
    names = [one.history[-1].name for one in those if one.history[-1].passed_from == code]
    return "、".join(names[:NAMED]) + (f"等{len(names)}个单位" if len(names) > NAMED else "")
