"""Which rule decides which submission or follows which fact, and what it needs to look at."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from services.greenchannel import rules, settling, undoing
from services.greenchannel.model import Case, ProcessLimits
from shared.events import Event
from shared.events.greenchannel import CompleteCase, OpenCase, RecordGreenService, SettleDueDays
from shared.events.roster import GuideItemPublished, GuideItemWithdrawn, ProcessLimitChanged, ProcessLimitWithdrawn
from shared.events.withdrawals import WithdrawFromGreenchannel
from shared.pipeline.corrections import nothing_more
from shared.pipeline.decisions import Handler, Handlers, Key
from shared.roster.organisations import of_county


def _limits(event: Event[Any]) -> Iterator[Key]:
    yield Key(ProcessLimits, of_county(event.organisation, event.data.process))


def _opened(event: Event[OpenCase]) -> Iterator[Key]:
    yield from _limits(event)
    yield Key(Case, rules.opened_id(event))


HANDLERS: Handlers = {
    RecordGreenService: Handler(
        rules.record_green_service, undo=undoing.SERVICE.undo, undo_needs=undoing.SERVICE.needs
    ),
    OpenCase: Handler(rules.open_case, _opened, undoing.undo_opening, undoing.OPENING.needs),
    CompleteCase: Handler(
        rules.complete_case,
        lambda event: [Key(Case, rules.case_id(event))],
        undoing.undo_completion,
        undoing.completed_case,
    ),
    SettleDueDays: Handler(settling.settle_due_days, settling.to_look_at),
    WithdrawFromGreenchannel: Handler(nothing_more),
}

FOLLOWED: Handlers = {
    GuideItemPublished: Handler(rules.follow_limit, _limits),
    ProcessLimitChanged: Handler(rules.follow_limit, _limits),
    GuideItemWithdrawn: Handler(rules.follow_withdrawal, _limits),
    ProcessLimitWithdrawn: Handler(rules.follow_withdrawal, _limits),
}
