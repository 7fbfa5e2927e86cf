"""What the committee and the home branch hold of a person, and what the committee answers to whoever appeals."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from services.roster.appraisals.contents import AppealAnswered, CommitteePart, Grade, HomePart, content_of, opened
from services.roster.appraisals.model import Sheet, same_appraisal
from services.roster.appraisals.order import (
    ANSWERED,
    ARCHIVED,
    COMMITTEE,
    HOME,
    SETTLED,
    done,
    found,
    goes_on,
    with_part,
)
from services.roster.appraisals.result import beyond, most_excellent, must_settle
from services.roster.appraisals.stepping import BY_COUNTY, BY_HOME, sheet_needed, to_be_read
from shared.calendar import due_after
from shared.database.documents import Need, Query
from shared.events import Event
from shared.events.roster.appraisals import AnswerAppeal, AppraiseHome, AppraiseMember
from shared.pipeline.decisions import Refused, State, Verdict
from shared.roster.organisations import county_of


def member_needed(event: Event[AppraiseMember]) -> Iterator[Need]:
    """The sheet, and the others of its branch: so many may be excellent."""
    yield from sheet_needed(event)
    yield Query(Sheet, same_appraisal(county_of(event.organisation), event.data.sheet))


def appraise_member(state: State, event: Event[AppraiseMember]) -> Verdict:
    """Parts within their points; excellent without an upheld incident, and only so many of a branch."""
    sheet = found(state, event, COMMITTEE)
    if isinstance(sheet, Refused):
        return sheet
    part = opened(state.allowed.seals, event.data.enclosed, sheet.name, COMMITTEE, CommitteePart)
    if isinstance(part, Refused):
        return part
    if beyond(part, sheet.rules):
        return Refused("part-beyond-points")
    if part.grade is Grade.EXCELLENT:
        if part.incidents:
            return Refused("excellent-with-incident")
        if no := _no_more_excellent(state, event, sheet):
            return no
    due = due_after(event.day, sheet.rules.home_days).day
    after = with_part(
        done(sheet, event, COMMITTEE, HOME, due), COMMITTEE, event.data.enclosed, HOME, BY_COUNTY, BY_HOME
    )
    return goes_on(after, COMMITTEE)


def _no_more_excellent(state: State, event: Event[Any], sheet: Sheet) -> Refused | None:
    """Of the branch's other sheets so many are excellent that there is no place for this one."""
    ours = state.find(Sheet, same_appraisal(sheet.county, sheet.name))
    most, keys = most_excellent(len(ours), sheet.rules), state.allowed.seals
    others = [one for one in ours if one.id != sheet.id]
    parts = [content_of(keys, one.parts, one.name, COMMITTEE, CommitteePart) for one in others]
    given = sum(part is not None and part.grade is Grade.EXCELLENT for part in parts)
    return Refused("excellent-beyond-quota", most=most, appraised=len(ours)) if given >= most else None


def appraise_home(state: State, event: Event[AppraiseHome]) -> Verdict:
    """A grade and a sentence; two grades apart from the committee's both sides talk, else the person reads it."""
    sheet = found(state, event, HOME)
    if isinstance(sheet, Refused):
        return sheet
    part = opened(state.allowed.seals, event.data.enclosed, sheet.name, HOME, HomePart)
    if isinstance(part, Refused):
        return part
    other = content_of(state.allowed.seals, sheet.parts, sheet.name, COMMITTEE, CommitteePart)
    if other is None:
        return Refused("unreadable-enclosure")
    if part.grade is Grade.EXCELLENT and other.incidents:
        return Refused("excellent-with-incident")
    given = with_part(sheet, HOME, event.data.enclosed)
    if must_settle(part.grade, other.grade):
        due = due_after(event.day, sheet.rules.settling_days).day
        return goes_on(done(given, event, HOME, SETTLED, due), HOME)
    return goes_on(to_be_read(given, event, HOME), HOME)


def answer_appeal(state: State, event: Event[AnswerAppeal]) -> Verdict:
    """What is upheld the committee appraises anew, within as many days as it had for the answer."""
    sheet = found(state, event, ANSWERED)
    if isinstance(sheet, Refused):
        return sheet
    answer = opened(state.allowed.seals, event.data.enclosed, sheet.name, ANSWERED, AppealAnswered)
    if isinstance(answer, Refused):
        return answer
    again = due_after(event.day, sheet.rules.appeal_days).day
    awaits, due = (COMMITTEE, again) if answer.upheld else (ARCHIVED, None)
    return goes_on(with_part(done(sheet, event, ANSWERED, awaits, due), ANSWERED, event.data.enclosed), ANSWERED)
