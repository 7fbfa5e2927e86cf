"""How a sheet ends: filed, taken out again, taken away; and what becomes of it with its person."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from services.roster.appraisals.contents import Words, opened
from services.roster.appraisals.model import Sheet
from services.roster.appraisals.order import (
    ARCHIVED,
    REOPENED,
    WITHDRAWN,
    done,
    found,
    goes_on,
    having_parts,
    with_part,
)
from shared.events import Event
from shared.events.roster.appraisals import ArchiveAppraisal, ReopenAppraisal, WithdrawAppraisal
from shared.events.roster.people import RegisterPerson
from shared.pipeline.decisions import Refused, State, Verdict


def archive_appraisal(state: State, event: Event[ArchiveAppraisal]) -> Verdict:
    """Once it was read, or the days for that are over."""
    sheet = found(state, event, ARCHIVED)
    if isinstance(sheet, Refused):
        return sheet
    return goes_on(done(sheet, event, ARCHIVED, None, None), ARCHIVED)


def reopen_appraisal(state: State, event: Event[ReopenAppraisal]) -> Verdict:
    """As it was before it was filed."""
    sheet = found(state, event, REOPENED)
    if isinstance(sheet, Refused):
        return sheet
    words = opened(state.allowed.seals, event.data.enclosed, sheet.name, REOPENED, Words)
    if isinstance(words, Refused):
        return words
    return goes_on(with_part(done(sheet, event, REOPENED, ARCHIVED, None), REOPENED, event.data.enclosed), REOPENED)


def withdraw_appraisal(state: State, event: Event[WithdrawAppraisal]) -> Verdict:
    """Until it is filed; what was said in it is gone but for the reason, and the person may be appraised anew."""
    sheet = found(state, event, WITHDRAWN)
    if isinstance(sheet, Refused):
        return sheet
    words = opened(state.allowed.seals, event.data.enclosed, sheet.name, WITHDRAWN, Words)
    if isinstance(words, Refused):
        return words
    gone = done(sheet, event, WITHDRAWN, None, None)
    return goes_on(having_parts(gone, {WITHDRAWN: event.data.enclosed}).having(withdrawn=True), WITHDRAWN)


def of_person(person: str) -> Mapping[str, Any]:
    """The filter of somebody's sheets."""
    return {"person": person}


def without_words(state: State, person: str) -> Iterator[Sheet]:
    """With the particulars of a person goes all that was said of it; that it was appraised remains."""
    for sheet in state.find(Sheet, of_person(person)):
        yield sheet.having(parts={}, keys=(), awaits=None, due=None, look=None, erased=True)


def with_new_home(state: State, event: Event[RegisterPerson]) -> Iterator[Sheet]:
    """Whoever is at home elsewhere on 31 December is appraised there, unless that is done."""
    for sheet in state.find(Sheet, of_person(event.data.person)):
        if sheet.awaits is not None and event.data.valid_from <= date(sheet.year, 12, 31):
            yield sheet.having(home=event.organisation)
