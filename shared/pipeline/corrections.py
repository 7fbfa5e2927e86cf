"""A submission in the place of another: who may, until when, and how the first is undone.

It names one of the same ledger and type, or withdraws it. What was refused its own submitter sends again at any time.
What was accepted is undone as of its own day, then the new content is decided on what is left: both, or nothing. Until
its month is over that is for its submitter, afterwards for those above and for the county, who say why.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any, ClassVar

from shared.calendar import china_day
from shared.database.documents import Document
from shared.events import Event, Submission
from shared.events.withdrawals import TAKEN_BACK_BY, Withdrawal
from shared.pipeline.decisions import (
    Accepted,
    Corrected,
    Handler,
    Handlers,
    Original,
    Refused,
    State,
    TakingBack,
    Verdict,
)
from shared.roster.organisations import Roster, county_of

ONE_DAY = timedelta(days=1)


class Correction(Document):
    """A submission (its key) that another one has taken the place of, or taken back: the guard against a second."""

    collection: ClassVar[str] = "corrections"

    by: str
    withdrawn: bool = False


def correct(
    state: State,
    event: Event[Any],
    named: Original | None,
    replaced: Original | None,
    handlers: Handlers,
    received: datetime,
) -> Verdict:
    """Both or nothing; a refused attempt uses nothing up."""
    if no := may_correct(event, named, replaced, handlers, state.roster, received):
        return no
    corrected = keys_of(named, replaced)
    if any(state.get(Correction, key) for key in corrected):
        return Refused("already-corrected")
    instead = None if isinstance(event.data, Withdrawal) else event
    taken = TakingBack(event.submitter, received, grounds(event), instead, event.key)
    undone = _undone(state, replace(replaced, taken=taken) if replaced else None, handlers)
    if isinstance(undone, Refused):
        return undone
    said = replace(event, submitter=stands_for(event, replaced.said_by, state.roster)) if replaced else event
    verdict = handlers[type(event.data)].decide(state.after(undone), said)
    if isinstance(verdict, Refused):
        return verdict
    changes = (*undone.changes, *verdict.changes, *_links(event, corrected))
    return Corrected(changes, (*undone.facts, *verdict.facts), len(undone.facts))


def keys_of(*corrected: Original | None) -> tuple[str, ...]:
    """What a correction uses up, each once: what it names, what it replaces, and where a row of refused ones began."""
    keys = (key for one in corrected if one is not None for key in (one.key, one.first) if key)
    return tuple(dict.fromkeys(keys))


def stands_for(event: Event[Any], first: str, roster: Roster) -> str:
    """Whoever corrects it, what counts is what its first submitter did: its patrol, its work, its photos.

    Where that one may say nothing, or not of itself any more, the corrector says it itself.
    """
    kind = type(event.data)
    office = kind.office if issubclass(kind, Submission) else None
    if first == event.organisation and issubclass(kind, Submission) and kind.by_others:
        return event.submitter
    return first if first and roster.may_speak_for(first, event.organisation, office, event.time) else event.submitter


def may_correct(
    event: Event[Any],
    named: Original | None,
    replaced: Original | None,
    handlers: Handlers,
    roster: Roster,
    received: datetime,
) -> Refused | None:
    """Why it may not, as far as that can be said without a look at what is kept."""
    if named is None:
        return Refused("unknown-correction")
    if replaced is None:
        return _resends(event, named)
    if isinstance(event.data, Withdrawal) and not named.accepted:
        return Refused("nothing-to-withdraw")
    handler = handler_for(replaced, handlers)
    if handler is None or handler.undo is None:
        return _no_way_back(replaced.type)
    return _fits(event, replaced) or _entitled(event, replaced, handler, roster, received)


def _resends(event: Event[Any], refused: Original) -> Refused | None:
    if event.submitter != refused.submitter:
        return Refused("not-yours-to-correct", organisation=refused.submitter)
    if event.type == refused.type:
        return None
    return Refused("nothing-to-withdraw") if isinstance(event.data, Withdrawal) else Refused("corrects-another-type")


def _no_way_back(type_name: str) -> Refused:
    by = TAKEN_BACK_BY.get(type_name)
    return Refused("taken-back-otherwise", type=by) if by else Refused("not-correctable")


def _fits(event: Event[Any], original: Original) -> Refused | None:
    """Of the same type; or a withdrawal, about the same organisation."""
    if not isinstance(event.data, Withdrawal):
        return None if event.type == original.type else Refused("corrects-another-type")
    if event.organisation != original.organisation:
        return Refused("withdraws-elsewhere", organisation=original.organisation)
    return None


def _entitled(
    event: Event[Any], original: Original, handler: Handler[Any], roster: Roster, received: datetime
) -> Refused | None:
    """Only the broker's clock says whether the month is over; who answers for one that has ended stands for it.

    Those above are those above whoever first said it, so that a correction of their own can be put right as well.
    """
    today, last, county = china_day(received), handler.until(original), county_of(original.submitter)
    if handler.begun and today > last:
        return Refused(handler.begun, day=last + ONE_DAY)
    is_own = event.submitter in (original.submitter, roster.answering(original.submitter, today))
    if is_own and today <= last:
        return None
    above = {county, *_above(original.submitter, roster, today), *_above(original.said_by, roster, today)}
    if event.submitter not in above:
        return Refused("correction-closed", day=last) if is_own else _not_yours(original)
    return None if grounds(event) else Refused("reason-needed")


def _above(code: str, roster: Roster, day: date) -> set[str]:
    """All above it on a day, without itself and whoever answers for it."""
    return set(roster.place(code, day).split("/")) - {code, roster.answering(code, day)}


def _not_yours(original: Original) -> Refused:
    return Refused("not-yours-to-correct", organisation=original.submitter)


def grounds(event: Event[Any]) -> str:
    """Why it is corrected, as the correction says; empty when it does not."""
    return event.data.reason if isinstance(event.data, Withdrawal) else event.reason


def _undone(state: State, original: Original | None, handlers: Handlers) -> Accepted | Refused:
    handler = handler_for(original, handlers) if original else None
    if original is None or handler is None or handler.undo is None:
        return Accepted()
    return handler.undo(state, original)


def handler_for(original: Original, handlers: Handlers) -> Handler[Any] | None:
    """How what was decided then is decided now."""
    kind = Submission.registry.get(original.type)
    return handlers.get(kind) if kind else None


def _links(event: Event[Any], corrected: Iterable[str]) -> Iterator[Correction]:
    for key in corrected:
        yield Correction(id=key, by=event.key, withdrawn=isinstance(event.data, Withdrawal))


def nothing_more(state: State, event: Event[Withdrawal]) -> Accepted:
    """A withdrawal says nothing itself: what it names is undone, that is all."""
    return Accepted()
