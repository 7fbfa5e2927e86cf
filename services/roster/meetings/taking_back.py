"""Limits and resolutions are taken back, or set otherwise, until the day before they are in force; and lists."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from services.roster.meetings import naming
from services.roster.meetings.model import GuideList, Process, Stage
from shared.database.documents import Document, Key
from shared.events.roster import (
    GuideItemPublished,
    GuideItemWithdrawn,
    GuideListCompiled,
    GuideListWithdrawn,
    JointMeetingHeld,
    JointMeetingWithdrawn,
    ProcessLimitChanged,
    ProcessLimitWithdrawn,
)
from shared.pipeline.decisions import About, Accepted, Original, State, Verdict, fact_of
from shared.pipeline.withdrawing import Withdrawing
from shared.roster.organisations import of_county

ONE_DAY = timedelta(days=1)


def published(original: Original) -> Iterator[Key]:
    """The process."""
    yield Key(Process, of_county(original.organisation, fact_of(original, GuideItemPublished).process))


def before_it_is_in_force(original: Original) -> date:
    """The last day on which no case can have been opened under it."""
    return fact_of(original, GuideItemPublished).effective_from - ONE_DAY


def undo_item(state: State, original: Original) -> Verdict:
    """The limit before it goes on; a process that had none is not in the guide any more."""
    (key,) = published(original)
    process = state.get(Process, key.id)
    since = fact_of(original, GuideItemPublished).effective_from
    changed = (process.without(since),) if process else ()
    return Accepted(changed, original.taken_back(GuideItemWithdrawn))


def _compiled(original: Original) -> str:
    return of_county(original.organisation, fact_of(original, GuideListCompiled).list)


LIST = Withdrawing(GuideList, _compiled, GuideListWithdrawn)
"""Its name is free again."""


def resolved(original: Original) -> Iterator[Key]:
    """The issue, and the processes whose limits the meeting set."""
    held = fact_of(original, JointMeetingHeld)
    yield from naming.keys(original.organisation, held.issue, held.raised_by)
    for fact in _limits(original):
        yield Key(Process, of_county(original.organisation, fact.process))


def before_it_takes_effect(original: Original) -> date:
    """The last day on which what was resolved is not in force."""
    return fact_of(original, JointMeetingHeld).effective_from - ONE_DAY


def undo_meeting(state: State, original: Original) -> Verdict:
    """The issue is studied and not resolved; the limits before go on."""
    held = fact_of(original, JointMeetingHeld)
    issue = naming.raised(state, original.organisation, held.issue, held.raised_by)
    changed: list[Document] = [issue.having(stage=Stage.STUDIED, resolution="")] if issue else []
    for fact in _limits(original):
        if process := state.get(Process, of_county(original.organisation, fact.process)):
            changed.append(process.without(fact.effective_from, fact.issue))
    return Accepted(tuple(changed), tuple(_taken_back(original)))


def _limits(original: Original) -> Iterator[ProcessLimitChanged]:
    return (one.fact for one in original.facts if isinstance(one.fact, ProcessLimitChanged))


def _taken_back(original: Original) -> Iterator[About]:
    for one in original.facts:
        is_limit = isinstance(one.fact, ProcessLimitChanged)
        yield one.taken_back(ProcessLimitWithdrawn if is_limit else JointMeetingWithdrawn)
