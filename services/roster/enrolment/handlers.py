"""Which rule decides what is said of enrolment, and what it needs to look at."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from services.roster.enrolment import rules as enrolment
from services.roster.enrolment.model import Enrolment, StationKey
from shared.events import Event
from shared.events.enrolment import EnrolStation, InviteStation, RevokeStation
from shared.pipeline.decisions import Handler, Handlers, Key
from shared.roster.organisations import Organisation


def _enrolment(event: Event[Any]) -> Iterator[Key]:
    yield Key(Enrolment, event.organisation)
    yield Key(Organisation, event.organisation)


def _key(event: Event[EnrolStation]) -> Iterator[Key]:
    yield from _enrolment(event)
    yield Key(StationKey, event.data.public_key)


ENROLMENT: Handlers = {
    InviteStation: Handler(enrolment.invite, _enrolment),
    EnrolStation: Handler(enrolment.enrol, _key),
    RevokeStation: Handler(enrolment.revoke, _enrolment),
}
