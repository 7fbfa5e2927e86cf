"""Rules of enrolment: which station is let in with which key, and what is kept of it.

A code is used once, expires, and belongs to one organisation; a key belongs to one organisation for ever, and once it
is revoked it never comes back.
"""

from __future__ import annotations

from services.roster.enrolment.model import Enrolment, Invitation, RevokedKey, StationKey
from shared.database.documents import Document
from shared.events import Event, Fact
from shared.events.enrolment import (
    EnrolStation,
    InviteStation,
    RevokeStation,
    StationEnrolled,
    StationInvited,
    StationRevoked,
)
from shared.pipeline.decisions import Accepted, Refused, State, Verdict
from shared.roster.organisations import Organisation
from shared.roster.program_tokens import first_serial


def invite(state: State, event: Event[InviteStation]) -> Verdict:
    """Only from above; a new code takes the place of one that was not used."""
    asked = event.data
    if event.submitter == event.organisation:
        return Refused("own-invitation", organisation=event.organisation)
    if event.day > asked.expires:
        return Refused("invitation-expired", expires=asked.expires)
    invitation = Invitation(code_digest=asked.code_digest, expires=asked.expires)
    enrolment = _enrolment(state, event.organisation)
    return Accepted((enrolment.having(invitation=invitation),), (StationInvited(expires=asked.expires),))


def enrol(state: State, event: Event[EnrolStation]) -> Verdict:
    """The code lets one key in, in place of the one before; the same code and key again change nothing."""
    asked = event.data
    enrolment = _enrolment(state, event.organisation)
    if event.submitter != event.organisation:
        return Refused("own-key-only", organisation=event.organisation)
    if enrolment.key == asked.public_key and enrolment.used == asked.code_digest:
        return Accepted()
    invitation = enrolment.invitation
    if invitation is None or invitation.code_digest != asked.code_digest:
        return Refused("unknown-code")
    if event.day > invitation.expires:
        return Refused("invitation-expired", expires=invitation.expires)
    if state.get(StationKey, asked.public_key):
        return Refused("key-already-used")
    entered = enrolment.having(
        invitation=None,
        key=asked.public_key,
        used=asked.code_digest,
        since=event.time,
        revoked=None,
        replaced=enrolment.since if enrolment.key else None,
    )
    replaced, facts = _without_key(state, enrolment)
    replaced = replaced or _with_a_token(state, event)
    key = StationKey(id=asked.public_key, organisation=event.organisation)
    return Accepted((entered, key, *replaced), (*facts, StationEnrolled(public_key=asked.public_key)))


def revoke(state: State, event: Event[RevokeStation]) -> Verdict:
    """At once and for good, with its HTTP token; a code that was not used goes with it."""
    enrolment = _enrolment(state, event.organisation)
    if not is_let_in(enrolment):
        return Refused("not-enrolled", organisation=event.organisation)
    revoked, facts = _without_key(state, enrolment)
    return Accepted((enrolment.having(invitation=None, key=None, revoked=event.time), *revoked), facts)


def is_let_in(enrolment: Enrolment) -> bool:
    """By a key, or it may be by a code that was not used yet: there is something to revoke."""
    return enrolment.key is not None or enrolment.invitation is not None


def _enrolment(state: State, organisation: str) -> Enrolment:
    return state.get(Enrolment, organisation) or Enrolment(id=organisation)


def _with_a_token(state: State, event: Event[EnrolStation]) -> tuple[Document, ...]:
    """The token that comes with this key is good: where an earlier one of the same number has an end, it is another."""
    organisation = state.get(Organisation, event.organisation)
    if organisation is None or organisation.token(first_serial(organisation.keys_ended)) is None:
        return ()
    return (organisation.having(keys_ended=organisation.keys_ended + 1),)


def _without_key(state: State, enrolment: Enrolment) -> tuple[tuple[Document, ...], tuple[Fact, ...]]:
    """What follows when the key in force, if there is one, ends: the bus and every service are to let it in no more."""
    organisation = state.get(Organisation, enrolment.id)
    if enrolment.key is None or organisation is None:
        return (), ()
    revoked = RevokedKey(id=enrolment.key, organisation=enrolment.id)
    ended = organisation.having(keys_ended=organisation.keys_ended + 1)
    return (revoked, ended), (StationRevoked(public_key=enrolment.key),)
