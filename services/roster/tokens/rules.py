"""Rules of programs' tokens: issued from above, for `LONGEST` at most; renewed by whoever holds one; ended for good."""

from __future__ import annotations

from datetime import date, timedelta

from shared.events import Event
from shared.events.tokens import IssueToken, RenewToken, RevokeToken, TokenIssued, TokenRevoked
from shared.pipeline.decisions import Accepted, Refused, State, Verdict
from shared.roster.organisations import Organisation
from shared.roster.program_tokens import FIRST, ProgramToken, first_serial

LONGEST = timedelta(days=400)
"""For which a token lasts: a year, and time to notice."""
OVERLAP = timedelta(days=30)
"""After which one that was renewed ends: whoever else has it reads in the list that it does."""
MOST, REMEMBERED = 20, 40
"""Tokens of an organisation that are good at a time, and the last of those that are over: all lie in one message."""


def issue(state: State, event: Event[IssueToken]) -> Verdict:
    """From above only, or by the county itself, which nobody is above."""
    asked, known = event.data, _organisation(state, event.organisation)
    standing = known.on(event.day)
    if event.submitter == event.organisation and standing is not None and standing.parent is not None:
        return Refused("own-token", organisation=event.organisation)
    if asked.expires < event.day:
        return Refused("token-over", expires=asked.expires)
    if asked.expires > event.day + LONGEST:
        return Refused("token-too-long", latest=event.day + LONGEST)
    if known.token(asked.serial) is not None or asked.serial.startswith(FIRST):
        return Refused("token-known", organisation=event.organisation)
    issued = ProgramToken(serial=asked.serial, holder=asked.holder, since=event.time, until=asked.expires)
    return _with(known, event.day, issued)


def renew(state: State, event: Event[RenewToken]) -> Verdict:
    """For as long as a new one lasts; the same again changes nothing."""
    asked, known = event.data, _organisation(state, event.organisation)
    if event.submitter != event.organisation:
        return Refused("not-its-own-token", organisation=event.organisation)
    if known.token(asked.following) is not None:
        return Accepted()
    held = known.token(asked.serial)
    if not known.has_token(asked.serial, event.day):
        return Refused("token-ended", expires=held.until if held else event.day)
    old = held or _first(known, event)
    following = ProgramToken(
        serial=asked.following,
        holder=old.holder,
        since=event.time,
        until=event.day + LONGEST,
        of_key=old.of_key,
    )
    return _with(known, event.day, old.ending(until=min(old.until, event.day + OVERLAP)), following)


def revoke(state: State, event: Event[RevokeToken]) -> Verdict:
    """At once and for good, the one that came with a key as well; it is out with whoever is signed in with it."""
    asked, known = event.data, _organisation(state, event.organisation)
    held = known.token(asked.serial) or (
        _first(known, event) if asked.serial == first_serial(known.keys_ended) else None
    )
    if held is None or held.revoked is not None:
        return Refused("unknown-token", organisation=event.organisation, serial=asked.serial)
    changed = _having(known, event.day, held.ending(revoked=event.time))
    return Accepted((changed,), (TokenRevoked(serial=asked.serial),))


def _organisation(state: State, code: str) -> Organisation:
    """Whoever is spoken for is registered."""
    known = state.get(Organisation, code)
    assert known is not None
    return known


def _first(known: Organisation, event: Event[RenewToken] | Event[RevokeToken]) -> ProgramToken:
    """The token that came with the key in force, which lasts as long as the key."""
    serial, name = first_serial(known.keys_ended), known.history[-1].name[:60]
    return ProgramToken(serial=serial, holder=name, since=event.time, until=date.max, of_key=known.keys_ended)


def _with(known: Organisation, day: date, *changed: ProgramToken) -> Verdict:
    """As long as there are not too many; the last is the one that was issued."""
    after = _having(known, day, *changed)
    if sum(one.is_good(day, after.keys_ended) for one in after.tokens) > MOST:
        return Refused("too-many-tokens", organisation=known.id, most=MOST)
    issued = changed[-1]
    fact = TokenIssued(serial=issued.serial, holder=issued.holder, expires=issued.until)
    return Accepted((after,), (fact,))


def _having(known: Organisation, day: date, *changed: ProgramToken) -> Organisation:
    """In the place of those of the same serial; what has been over for long is forgotten."""
    held = {**{one.serial: one for one in known.tokens}, **{one.serial: one for one in changed}}
    over = [one.serial for one in held.values() if not one.is_good(day, known.keys_ended)]
    forgotten = {serial for serial in over if held[serial].until < day - LONGEST} | set(over[:-REMEMBERED])
    return known.having(tokens=tuple(one for one in held.values() if one.serial not in forgotten))
