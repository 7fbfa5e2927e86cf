"""What follows from the findings of an inspection: rectifications opened, repeats noticed, work looked at again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from services.inspection.rectifications.model import DONE, FoundItem, FoundItems, Rectification, Stage, Step, What
from services.inspection.rectifications.rules.recording import settled
from services.inspection.rectifications.rules.rounds import deadline_after, is_open, stepped
from services.inspection.rectifications.rules.steps import reopened, sent_back
from services.inspection.rectifications.rules.verifying import no_judge
from shared.calendar import china_day
from shared.events import Event
from shared.events.inspection import LogInspection, RectificationOpened
from shared.events.text import alike
from shared.pipeline.decisions import Accepted, Key, Need, Refused, State, Verdict
from shared.roster.organisations import county_of

REPEATED_WITHIN = timedelta(days=90)
"""The same item found again at the same organisation within so many calendar days is a repeat."""
REINSPECTIONS_KEPT = 5
FOUND_AGAIN = "复查仍发现该问题"


def needs(event: Event[LogInspection]) -> list[Need]:
    """What was found here before, when there are findings; the rectification that is looked at again."""
    if not event.data.findings and not event.data.reinspects:
        return []
    found = [Key(FoundItems, event.organisation)] if event.data.findings else []
    new = [Key(Rectification, opened_id(event, n)) for n in range(len(event.data.findings))]
    again = [Key(Rectification, reinspected_id(event))] if event.data.reinspects else []
    return [*found, *new, *again]


def followed_up(state: State, event: Event[LogInspection]) -> Verdict:
    """Every finding opens a rectification, but for the one that a re-inspection finds still there: that one goes on."""
    if not event.data.findings and not event.data.reinspects:
        return NOTHING_CHANGES
    if any(state.get(Rectification, opened_id(event, n)) for n in range(len(event.data.findings))):
        return Refused("id-of-another", organisation=event.organisation)
    again = _reinspected(state, event)
    if isinstance(again, Refused):
        return again
    new = [n for n in range(len(event.data.findings)) if n not in again.goes_on]
    if not new:
        return again.outcome
    before = state.get(FoundItems, event.organisation) or FoundItems(id=event.organisation)
    above = state.standing(event).parent or ""
    to_do = [opened(event, n).having(above=above, repeats=_repeats(before, event, n)) for n in new]
    begun = [settled(one, event, opening(one)) for one in to_do]
    changes = (*again.outcome.changes, *(change for one in begun for change in one.changes), remembered(before, to_do))
    return Accepted(changes, (*again.outcome.facts, *(fact for one in begun for fact in one.facts)))


NOTHING_CHANGES = Accepted()


@dataclass(frozen=True, slots=True)
class Again:
    """What a re-inspection changes, and the findings that are the old one."""

    outcome: Accepted = NOTHING_CHANGES
    goes_on: tuple[int, ...] = ()


def _reinspected(state: State, event: Event[LogInspection]) -> Again | Refused:
    """By whoever may verify the work, of a rectification that is known."""
    asked = event.data.reinspects
    if asked is None:
        return Again()
    one = state.get(Rectification, reinspected_id(event))
    if one is None:
        return Refused("unknown-rectification", rectification=asked)
    if no := no_judge(state.roster, event, one):
        return no
    same = tuple(n for n, finding in enumerate(event.data.findings) if alike(finding.item) == alike(one.item))
    return _still_there(one, event, same) if same else _gone(one, event)


def _still_there(one: Rectification, event: Event[LogInspection], same: tuple[int, ...]) -> Again:
    """Submitted work is sent back, verified work reopened, work in hand goes on; what is over is found anew.

    What was seen before the last step and is learnt after it says nothing new: that step has seen to it.
    """
    if event.day < china_day(one.since):
        return Again(goes_on=same)
    if one.stage is Stage.SUBMITTED:
        return Again(sent_back(one, event, FOUND_AGAIN), same)
    if is_open(one, event.time):
        return Again(reopened(one, event, FOUND_AGAIN), same)
    return Again(goes_on=() if one.stage in (*DONE, Stage.WITHDRAWN) else same)


def _gone(one: Rectification, event: Event[LogInspection]) -> Again:
    """Submitted work passed: the verifier may name this inspection. At any other stage nothing follows."""
    if one.stage is not Stage.SUBMITTED or event.day < china_day(one.since):
        return Again()
    passed = (*one.reinspections, event.id)[-REINSPECTIONS_KEPT:]
    return Again(settled(stepped(one, event, What.REINSPECTED, reinspections=passed), event))


def reinspected_id(event: Event[LogInspection]) -> str:
    """The document of the rectification that is looked at again."""
    return f"{event.organisation}/{event.data.reinspects}"


def opened_id(event: Event[LogInspection], n: int) -> str:
    """Two submitters that use one id for an organisation do not share a rectification."""
    return f"{event.organisation}/{event.id}/{n}"


def opened(event: Event[LogInspection], n: int) -> Rectification:
    """What the n-th finding of a patrol asks to be put right, and by when."""
    finding, found = event.data.findings[n], event.day
    until = deadline_after(found, finding.rectify_within)
    return Rectification(
        id=opened_id(event, n),
        county=county_of(event.organisation),
        organisation=event.organisation,
        above="",
        rectification=f"{event.id}/{n}",
        item=finding.item,
        severity=finding.severity,
        within=finding.rectify_within,
        found=found,
        **until,
        since=event.time,
        steps=(
            Step(
                at=event.time,
                by=event.submitter,
                what=What.OPENED,
                note=finding.note,
                key=event.key,
                deadline=until["deadline"],
                provisional=until["provisional"],
            ),
        ),
    )


def opening(rectification: Rectification) -> RectificationOpened:
    """The fact that it was opened."""
    return RectificationOpened(
        rectification=rectification.rectification,
        item=rectification.item,
        severity=rectification.severity,
        deadline=rectification.deadline,
        provisional=rectification.provisional,
        repeats=rectification.repeats,
    )


def _repeats(before: FoundItems, event: Event[Any], n: int) -> str | None:
    """The rectification of the same item found last within the 90 days before; never one of the same inspection."""
    last, day = before.last(event.data.findings[n].item), event.day
    if last is None or not last.found <= day <= last.found + REPEATED_WITHIN:
        return None
    return last.rectification


def remembered(before: FoundItems, found: list[Rectification]) -> FoundItems:
    """Each item's newest finding; those too old to be repeated and the oldest beyond the bound are forgotten."""
    newest = {alike(one.item): one for one in before.items}
    for one in found:
        held = newest.get(alike(one.item))
        if held is None or held.found <= one.found:
            newest[alike(one.item)] = FoundItem(item=one.item, rectification=one.rectification, found=one.found)
    ordered = sorted(newest.values(), key=lambda item: (item.found, item.item))
    since: date = ordered[-1].found - REPEATED_WITHIN
    return before.having(items=tuple(item for item in ordered if item.found >= since)[-FoundItems.KEPT :])
