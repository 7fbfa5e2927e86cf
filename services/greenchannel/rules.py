"""Rules of green-channel services, and of cases under process limits."""

from __future__ import annotations

from datetime import date

from services.greenchannel.model import Case, GreenService, Limit, ProcessLimits
from shared.calendar import due_after, working_days_between
from shared.events import Event
from shared.events.greenchannel import (
    CaseCompleted,
    CaseOpened,
    CompleteCase,
    GreenServiceRecorded,
    OpenCase,
    RecordGreenService,
)
from shared.events.reasonable import no_such_completion, no_such_service
from shared.events.roster import GuideItemPublished, GuideItemWithdrawn, ProcessLimitChanged, ProcessLimitWithdrawn
from shared.pipeline.decisions import Accepted, Refused, State, Verdict
from shared.roster.organisations import of_county

MOST_DAYS = 366
"""The most working days that a fact can tell, and the longest limit there is: beyond it a case is late, that is all."""


def record_green_service(state: State, event: Event[RecordGreenService]) -> Verdict:
    """Enterprises are counted in cases, vulnerable people in person-times; the two are never added together."""
    asked = event.data
    if no := no_such_service(asked, event.time):
        return Refused(no.slug, **no.details)
    kept = GreenService(
        id=event.key,
        organisation=event.organisation,
        client=asked.client,
        mode=asked.mode,
        persons=asked.persons,
        day=event.day,
    )
    return Accepted((kept,), (GreenServiceRecorded(**asked.model_dump()),))


def open_case(state: State, event: Event[OpenCase]) -> Verdict:
    """The limit is the one in force on the day of opening; the day itself is not counted."""
    day = event.day
    if state.get(Case, opened_id(event)) is not None:
        return Refused("id-of-another", organisation=event.organisation)
    limits = state.get(ProcessLimits, of_county(event.organisation, event.data.process))
    limit = limits.on(day) if limits else None
    if limits is None or limit is None:
        return Refused("unknown-process", process=event.data.process, day=day)
    due = due_after(day, limit.days)
    case = Case(
        id=opened_id(event),
        organisation=event.organisation,
        process=event.data.process,
        opened=day,
        limit_days=limit.days,
        due=due.day,
        provisional=due.provisional,
        standard=limits.fee_on(day),
        mark=event.data.mark,
        record=event.key,
    )
    fact = CaseOpened(
        case=event.id, process=case.process, limit_days=limit.days, due=due.day, provisional=due.provisional
    )
    return Accepted((case,), (fact,))


def complete_case(state: State, event: Event[CompleteCase]) -> Verdict:
    """Once, not before it was opened; in time up to its due day, that day included."""
    asked = event.data
    case = state.get(Case, case_id(event))
    if case is None:
        return _unknown(state, event)
    if case.withdrawn:
        return Refused("case-withdrawn", case=asked.case)
    if case.completed:
        return Refused("case-already-completed", case=asked.case, done=case.completed)
    day = event.day
    if day < case.opened:
        return Refused("completed-before-opened", case=asked.case, opened=case.opened)
    if no := no_such_completion(asked, case.standard):
        return Refused(no.slug, **no.details)
    fact = _completed(case, event)
    timing = {"on_time": fact.on_time, "working_days": fact.working_days}
    done = case.having(completed=day, completion=event.key, **timing)
    return Accepted((done,), (fact,))


def days_taken(case: Case, completed: date) -> int:
    """Working days that a case took, no more than a fact can tell."""
    return min(working_days_between(case.opened, completed), MOST_DAYS)


def _unknown(state: State, event: Event[CompleteCase]) -> Refused:
    """Whoever follows one that has ended is told that its cases are completed under the code they were opened under."""
    ended = state.roster.answers_for(event.organisation, event.day)
    if not ended:
        return Refused("unknown-case", case=event.data.case)
    return Refused("case-of-its-own-code", case=event.data.case, ended="、".join(ended[:5]))


def _completed(case: Case, event: Event[CompleteCase]) -> CaseCompleted:
    return CaseCompleted(
        case=event.data.case,
        process=case.process,
        limit_days=case.limit_days,
        working_days=days_taken(case, event.day),
        on_time=event.day <= case.due,
        visits=event.data.visits,
        fee=event.data.fee,
        posted=event.data.posted,
    )


def follow_limit(state: State, event: Event[GuideItemPublished] | Event[ProcessLimitChanged]) -> Verdict:
    """Keeps the limits of the service guide in the order of the days from which they hold."""
    fact = event.data
    at = of_county(event.organisation, fact.process)
    before = state.get(ProcessLimits, at) or ProcessLimits(id=at)
    others = [limit for limit in before.limits if limit.since != fact.effective_from]
    fee = fact.fee or 0 if isinstance(fact, GuideItemPublished) else None
    limit = Limit(since=fact.effective_from, days=fact.limit_days, fee=fee)
    limits = sorted([*others, limit], key=lambda limit: limit.since)
    return Accepted((before.having(limits=tuple(limits)),))


def follow_withdrawal(state: State, event: Event[GuideItemWithdrawn] | Event[ProcessLimitWithdrawn]) -> Verdict:
    """A limit that was taken back before it was in force is none."""
    at = of_county(event.organisation, event.data.process)
    before = state.get(ProcessLimits, at) or ProcessLimits(id=at)
    left = tuple(limit for limit in before.limits if limit.since != event.data.effective_from)
    return Accepted((before.having(limits=left),))


def opened_id(event: Event[OpenCase]) -> str:
    """Two submitters that use one id for an organisation do not share a case."""
    return f"{event.organisation}/{event.id}"


def case_id(event: Event[CompleteCase]) -> str:
    """Cases of two organisations may bear one id: theirs are kept apart."""
    return f"{event.organisation}/{event.data.case}"
