"""What an inspection found is found no longer: its rectifications count no more, and what repeated them repeats less.

As long as nobody has submitted work on one, and nobody has looked at one again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from services.inspection.patrols.model.patrols import Inspection
from services.inspection.rectifications.model import FoundItems, Rectification, Stage
from services.inspection.rectifications.rules.findings import REPEATED_WITHIN, remembered
from services.inspection.rectifications.rules.recording import recorded, withdrawn
from shared.database.documents import COUNTS, Change, Key, Need, Query
from shared.events.inspection import LogInspection, RectificationOpened, RepeatWithdrawn
from shared.events.text import alike
from shared.pipeline.decisions import About, Accepted, Original, Refused, State, Verdict


def found_by(original: Original) -> Iterator[Need]:
    """What it opened, all that was found there within the time of a repeat, and who looked at it again."""
    if _opened(original):
        yield Key(FoundItems, original.organisation)
        yield _near(original)
        yield _looks(original)


def withdraw_findings(state: State, original: Original) -> Verdict:
    """All of them or none."""
    ids = _opened(original)
    if not ids:
        return Accepted()
    near = state.find(Rectification, _near(original).filter)
    own = [one for one in near if one.rectification in ids]
    if no := _built_on(own, state.find(Inspection, _looks(original).filter)):
        return no
    left = [one for one in near if one.rectification not in ids and one.stage is not Stage.WITHDRAWN]
    outcomes = [_withdrawn(one, original) for one in own]
    outcomes += [_repeating(one, left, original) for one in left if one.repeats in ids]
    changes: list[Change] = [change for outcome in outcomes for change in outcome.changes]
    if before := state.get(FoundItems, original.organisation):
        changes.append(_forgotten(before, own, left))
    return Accepted(tuple(changes), tuple(fact for outcome in outcomes for fact in outcome.facts))


def _opened(original: Original) -> list[str]:
    return [one.fact.rectification for one in original.facts if isinstance(one.fact, RectificationOpened)]


def _near(original: Original) -> Query:
    first, last = original.day - REPEATED_WITHIN, original.day + REPEATED_WITHIN
    found = {"$gte": first.isoformat(), "$lte": last.isoformat()}
    return Query(Rectification, {"organisation": original.organisation, "found": found})


def _looks(original: Original) -> Query:
    looked_at = {"organisation": original.organisation, "reinspects": {"$in": _opened(original)}}
    return Query(Inspection, {**looked_at, **COUNTS})


def _built_on(own: Sequence[Rectification], looks: Sequence[Inspection]) -> Refused | None:
    for one in own:
        if one.submitted is not None:
            return Refused("finding-worked-on", rectification=one.rectification, item=one.item)
        for look in looks:
            if look.reinspects == one.rectification:
                return Refused("finding-looked-at-again", rectification=one.rectification, item=one.item, day=look.day)
    return None


def _withdrawn(one: Rectification, original: Original) -> Accepted:
    taken = original.taken
    return withdrawn(one, taken.at, taken.by, taken.why) if taken else withdrawn(one, original.time, original.submitter)


def _repeating(one: Rectification, left: Sequence[Rectification], original: Original) -> Accepted:
    """It repeats what takes the place, or what was found before that, or nothing any more: as of its own finding."""
    if repeated := _found_instead(one, original) or _found_before(one, left):
        return Accepted((one.having(repeats=repeated),))
    assert one.repeats is not None
    fact = RepeatWithdrawn(rectification=one.rectification, repeats=one.repeats)
    withdrawal = About(one.organisation, fact, one.steps[0].at)
    return Accepted((recorded(one.having(repeats=None), one.steps[0].at, (withdrawal,)),), (withdrawal,))


def _found_instead(one: Rectification, original: Original) -> str | None:
    """The same finding in what takes the inspection's place."""
    instead = original.taken.instead if original.taken else None
    if instead is None or instead.organisation != one.organisation or instead.day > one.found:
        return None
    if not isinstance(instead.data, LogInspection) or one.found - instead.day > REPEATED_WITHIN:
        return None
    items = enumerate(instead.data.findings)
    return next((f"{instead.id}/{n}" for n, finding in items if alike(finding.item) == alike(one.item)), None)


def _found_before(one: Rectification, left: Sequence[Rectification]) -> str | None:
    before = [other for other in left if _is_repeated(other, one)]
    return max(before, key=lambda other: (other.found, other.steps[0].at)).rectification if before else None


def _is_repeated(other: Rectification, one: Rectification) -> bool:
    inspection, of_other = one.rectification.partition("/")[0], other.rectification.partition("/")[0]
    is_before = other.steps[0].at < one.steps[0].at and one.found - other.found <= REPEATED_WITHIN
    return is_before and inspection != of_other and alike(other.item) == alike(one.item)


def _forgotten(before: FoundItems, own: Sequence[Rectification], left: Sequence[Rectification]) -> FoundItems:
    """Each of its items was found last when it had been found before, if at all."""
    ids, items = {one.rectification for one in own}, {alike(one.item) for one in own}
    kept = before.having(items=tuple(item for item in before.items if item.rectification not in ids))
    again = [one for one in left if alike(one.item) in items]
    return remembered(kept, again) if kept.items or again else kept
