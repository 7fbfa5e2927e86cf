"""Which rule decides what is said of rectifications or follows an opinion, and what it needs to look at."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from services.inspection.rectifications.model import Rectification
from services.inspection.rectifications.rules import daily, opinions, settling, undoing
from services.inspection.rectifications.rules import steps as rectifications
from shared.events import Event
from shared.events.documents import OpinionDropped, OpinionRequired
from shared.events.inspection import (
    AcceptRectification,
    ExtendRectification,
    MarkOverdue,
    ReopenRectification,
    SendBackRectification,
    SettleDeadlines,
    SubmitRectification,
    VerifyRectification,
)
from shared.pipeline.decisions import Handler, Handlers, Key, Need, Query, State, Verdict, at_any_time


def it(event: Event[Any]) -> list[Need]:
    """The one rectification that is spoken of."""
    return [Key(Rectification, rectifications.rectification_id(event))]


def _undone(rule: Callable[[State, Event[Any]], Verdict]) -> Handler[Any]:
    """A step that is taken back while it is the last one, whatever month it is of."""
    return Handler(rule, it, undoing.undo_step, undoing.spoken_of, at_any_time)


RECTIFICATIONS: Handlers = {
    AcceptRectification: _undone(rectifications.accept_rectification),
    SubmitRectification: _undone(rectifications.submit_rectification),
    VerifyRectification: Handler(rectifications.verify_rectification, it),
    SendBackRectification: _undone(rectifications.send_back_rectification),
    ReopenRectification: _undone(rectifications.reopen_rectification),
    ExtendRectification: _undone(rectifications.extend_rectification),
    MarkOverdue: Handler(daily.mark_overdue, lambda event: [Query(Rectification, daily.to_look_at(event))]),
    SettleDeadlines: Handler(settling.settle_deadlines, settling.to_look_at),
}

OPINIONS: Handlers = {
    OpinionRequired: Handler(opinions.open_opinion, opinions.spoken_of),
    OpinionDropped: Handler(opinions.end_opinion, opinions.spoken_of),
}
