"""The order of a sheet's steps: which may be done now, by whom, and what is kept of one that is."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from services.roster.appraisals.model import Sheet, SheetStep
from shared.events import Event
from shared.events.refusals.sentences import InBoth
from shared.events.roster.appraisals import AppraisalStep, AppraisalStepDone
from shared.identity.sealing import key_id
from shared.pipeline.decisions import About, Accepted, Refused, State
from shared.roster.organisations import county_of, of_county

OPENED, SELF, PEERS, COMMITTEE, HOME, SETTLED, SIGNED, APPEALED, ANSWERED, ARCHIVED, REOPENED, WITHDRAWN = AppraisalStep
STEP_NAMES: Mapping[AppraisalStep, str] = {
    OPENED: "开展评议",
    SELF: "个人自评",
    PEERS: "支部互评",
    COMMITTEE: "联合党委评定",
    HOME: "成员党组织评定",
    SETTLED: "会商",
    SIGNED: "本人阅签",
    APPEALED: "本人申诉",
    ANSWERED: "答复申诉",
    ARCHIVED: "报组织部、归档",
    REOPENED: "取消归档",
    WITHDRAWN: "撤回",
}
GOES_ON_WITHOUT: Mapping[AppraisalStep, AppraisalStep] = {PEERS: SELF, ARCHIVED: SIGNED}
"""What is done without the step before it once that is overdue: nobody stops an appraisal by keeping silent."""
INSTEAD: Mapping[AppraisalStep, AppraisalStep] = {SIGNED: APPEALED, APPEALED: SIGNED}
"""Of the two answers of whoever has read its sheet each takes the place of the other."""
NEVER_AGAIN = frozenset({ARCHIVED, WITHDRAWN})


def may_be_done(sheet: Sheet, step: AppraisalStep, day: date) -> bool:
    """In its turn, or once more as long as nothing was built on it."""
    if sheet.awaits is None or sheet.withdrawn or sheet.erased:
        return step is REOPENED and sheet.last is ARCHIVED and not sheet.erased and not sheet.withdrawn
    if step is WITHDRAWN or sheet.awaits is step:
        return True
    if step in INSTEAD and (sheet.awaits is SIGNED or sheet.last is INSTEAD[step]):
        return True
    if step in NEVER_AGAIN or sheet.last is not step:
        lapsed = sheet.due is not None and day > sheet.due
        return lapsed and GOES_ON_WITHOUT.get(step) is sheet.awaits
    return True


def found(state: State, event: Event[Any], step: AppraisalStep) -> Sheet | Refused:
    """The sheet, when the step may be done now; of one that there is not, and of another's, the same is said."""
    sheet = state.get(Sheet, of_county(event.organisation, event.data.sheet))
    if sheet is None or not is_of(state, event, sheet, step):
        return Refused("sheet-not-yours")
    if event.actor and event.actor == sheet.person and step not in OWN:
        return Refused("own-sheet")
    if may_be_done(sheet, step, event.day):
        return sheet
    if sheet.awaits is None or sheet.withdrawn or sheet.erased:
        return Refused("sheet-closed", step=in_both(step))
    return Refused("not-the-step-now", step=in_both(step), waits=in_both(sheet.awaits))


OWN = frozenset({SELF, SIGNED, APPEALED})
"""The person's steps, and nobody else's."""
OF_HOME = frozenset({HOME, SETTLED})


def is_of(state: State, event: Event[Any], sheet: Sheet, step: AppraisalStep) -> bool:
    """Whether whoever submits does such a step of this sheet: the person, its home's Party organisation, the county."""
    if step in OWN:
        return bool(event.actor) and event.actor == sheet.person
    if event.organisation == county_of(event.organisation):
        return event.submitter == event.organisation and step is not HOME
    answers = state.roster.answering(sheet.home, event.time)
    return step in OF_HOME and event.organisation == sheet.home and event.submitter == answers


def done(sheet: Sheet, event: Event[Any], step: AppraisalStep, awaits: AppraisalStep | None, due: date | None) -> Sheet:
    """With the step, and what is to be done next; said again it is as much in time as it was."""
    again = sheet.steps[-1].on_time if sheet.steps and sheet.last is step else None
    in_time = sheet.due is None or event.day <= sheet.due if again is None else again
    stood = SheetStep(step=step, at=event.time, by=event.actor, unit=event.organisation, on_time=in_time)
    look = due + timedelta(days=1) if due else None
    return sheet.having(awaits=awaits, due=due, look=look, is_escalated=False, steps=(*sheet.steps, stood))


def goes_on(sheet: Sheet, step: AppraisalStep) -> Accepted:
    """The sheet as it is then, and to its home that the step was done: of what was said nothing."""
    return Accepted((sheet,), (About(sheet.home, AppraisalStepDone(sheet=sheet.name, step=step)),))


def with_part(sheet: Sheet, key: str, enclosed: str, *without: str) -> Sheet:
    """What was said takes its place, sealed as it came; what it overtakes is gone."""
    return having_parts(sheet, {**sheet.parts, key: enclosed}, *without)


def having_parts(sheet: Sheet, parts: Mapping[str, str], *without: str) -> Sheet:
    """With these but some, and the keys under which they lie."""
    left = {name: text for name, text in parts.items() if name not in without}
    return sheet.having(parts=left, keys=tuple(sorted({key_id(text) for text in left.values()})))


def in_both(step: AppraisalStep) -> InBoth:
    """A step by name, and as programs say it."""
    return InBoth(STEP_NAMES[step], step.value)
