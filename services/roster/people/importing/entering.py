"""The right rows of a table become submissions, each under an id of its file and line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import nats.errors
from starlette.types import Scope

from services.roster.people.entered import EnteredPerson, PeopleDesk, becomes_person
from services.roster.people.importing.looking import Planned
from shared.bus.publishing import PublishRefused, publish_by_shares
from shared.events import Submission
from shared.events.outgoing import Outgoing, submission_message
from shared.events.roster.people import Appoint
from shared.forms import Wrong
from shared.identity.sealing import SealKeys
from shared.process.running import Running
from shared.roster.organisations import Roster
from shared.roster.people import People
from shared.tables.brought import Brought
from shared.tables.entered import EnteredLine, EnteredTable, keep, submission_of, table_at, table_key
from shared.web.auditing import audited_submission
from shared.web.visit import Visit

ANSWER, PATIENCE = 5.0, 15.0
"""Seconds for the bus's answer, and for which a county that takes no more is waited for."""


async def enter(
    here: Visit, seals: SealKeys, found: Brought, planned: Sequence[Planned], actor: str, scope: Scope
) -> EnteredTable:
    """What is not stored by then is said on the page of the result: the same file brings it once more."""
    parts, who = here.parts, here.who or ""
    table = await table_at(parts.db, table_key(who, found.digest), who, found.file, here.now)
    said = [(one, list(_said(one, seals))) for one in planned if one.enters]
    lines = [
        EnteredLine(line=one.line, about=one.person, keys=tuple(_key(who, found, one, what) for what, _, _ in all_of))
        for one, all_of in said
    ]
    await keep(parts.db, table := table.and_also(lines))
    messages = [
        submission_message(data, who, about, submission_of(who, found.digest, one.line, what), table.at, actor)
        for one, all_of in said
        for what, about, data in all_of
    ]
    await _publish(parts, messages)
    for one, all_of in said:
        for what, about, data in all_of:
            audited_submission(scope, data.type, who, submission_of(who, found.digest, one.line, what), about)
    return table


def _said(one: Planned, seals: SealKeys) -> Iterator[tuple[str, str, Submission]]:
    """What it is called in the id, about whom, and what."""
    if one.is_new:
        desk = PeopleDesk(one.unit, Roster(), People(), seals, one.since)
        entered = EnteredPerson(**one.known.model_dump(), person=one.person, valid_from=one.since)
        data = becomes_person(desk, entered)
        assert not isinstance(data, Wrong), data
        yield "person", one.unit, data
    if one.post is not None and one.post_since is not None:
        yield "post", one.post_at, Appoint(person=one.person, post=one.post, since=one.post_since, basis=one.basis)


def _key(who: str, found: Brought, one: Planned, what: str) -> str:
    return f"{who}/{submission_of(who, found.digest, one.line, what)}"


async def _publish(parts: Running, messages: Sequence[Outgoing]) -> None:
    """In their order, for a post is of somebody who is registered before."""
    try:
        await publish_by_shares(parts.bus.client, messages, ANSWER, patience=PATIENCE)
    except (nats.errors.Error, PublishRefused, OSError):
        return
