"""What every service asks of a submission before its own rule: known, entitled, and at a possible time."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from shared.events import Event, Submission
from shared.events.registry import UnknownType
from shared.events.vocabulary import AHEAD, OrganisationKind
from shared.pipeline.decisions import Refused
from shared.roster.organisations import Roster, county_of

TOO_OLD = "too-old"
TIME_AHEAD = "time-ahead"
MISTYPED = timedelta(hours=1)
"""No clock that somebody looks at is wrong by so much: what was entered is."""


def admit(event: Event[Any], received: datetime, roster: Roster, service: str) -> Refused | None:
    """The first reason for a no, or None. `received` is the broker's time of storing, the only clock used."""
    if isinstance(event.data, UnknownType):
        return Refused("unknown-type", type=event.type, service=service)
    if event.time > received + AHEAD:
        return _ahead(event.time, received)
    if type(event.data).founding and not roster.organisation(county_of(event.submitter)):
        return None
    return _stranger(event, roster) or _outsider(event, type(event.data), roster)


def too_old(event: Event[Any], received: datetime, roster: Roster, oldest: timedelta | None) -> Refused | None:
    """What happened longer ago is told by whoever stands above the organisation concerned today: an office or a key
    that was of that day may have been taken away since. The county tells of any day.
    """
    if oldest is None or event.time >= received - oldest:
        return None
    above = roster.place(event.organisation, received).split("/")[:-1]
    if event.submitter in (*above, county_of(event.submitter)):
        return None
    return Refused(TOO_OLD, days=oldest.days)


def _ahead(time: datetime, received: datetime) -> Refused:
    """A clock runs ahead by minutes; what is yet to come tonight or tomorrow was mistyped, and is told beside now."""
    by = time - received
    if by > MISTYPED:
        return Refused("date-ahead", time=time, received=received)
    return Refused(TIME_AHEAD, minutes=int(by.total_seconds() // 60))


def _stranger(event: Event[Any], roster: Roster) -> Refused | None:
    start = roster.starts(county_of(event.submitter))
    if start is not None and event.day < start:
        return Refused("before-start", start=start)
    if not roster.standing(event.submitter, event.day):
        ended = _ended("submitter-ended", event.submitter, event, roster)
        return ended or Refused("unknown-submitter", submitter=event.submitter)
    return None


def _outsider(event: Event[Any], kind: type[Submission], roster: Roster) -> Refused | None:
    submitter = roster.standing(event.submitter, event.day)
    if kind.committee_only and submitter and submitter.kind is not OrganisationKind.COUNTY:
        return Refused("committee-only", type=event.type)
    if kind.founding:
        return None
    if not roster.path(event.organisation, event.day):
        ended = _ended("organisation-ended", event.organisation, event, roster)
        if not (ended and kind.carries_on):
            return ended or Refused("unknown-organisation", organisation=event.organisation)
    if kind.withdraws:
        return None  # whoever submitted what it takes back may, and those above: the rule of corrections says so
    if not roster.may_speak_for(event.submitter, event.organisation, kind.office, event.day):
        return Refused("outside-subtree", organisation=event.organisation, submitter=event.submitter)
    return None


def _ended(slug: str, code: str, event: Event[Any], roster: Roster) -> Refused | None:
    """Whoever has ended neither submits nor is the one concerned on the days after; who answers for it is."""
    ending = roster.ending(code, event.day)
    if ending is None:
        return None
    successor = roster.answering(code, event.day)
    return Refused(slug, organisation=code, last_day=ending.since - timedelta(days=1), successor=successor)
