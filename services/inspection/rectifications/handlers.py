"""Which rule decides what is said of rectifications, and what it needs to look at."""

from __future__ import annotations

from typing import Any

from services.inspection.rectifications.model import Rectification
from services.inspection.rectifications.rules import daily, settling
from services.inspection.rectifications.rules import steps as rectifications
from shared.events import Event
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
from shared.pipeline.decisions import Handler, Handlers, Key, Need, Query


def it(event: Event[Any]) -> list[Need]:
    """The one rectification that is spoken of."""
    return [Key(Rectification, rectifications.rectification_id(event))]


RECTIFICATIONS: Handlers = {
    AcceptRectification: Handler(rectifications.accept_rectification, it),
    SubmitRectification: Handler(rectifications.submit_rectification, it),
    VerifyRectification: Handler(rectifications.verify_rectification, it),
    SendBackRectification: Handler(rectifications.send_back_rectification, it),
    ReopenRectification: Handler(rectifications.reopen_rectification, it),
    ExtendRectification: Handler(rectifications.extend_rectification, it),
    MarkOverdue: Handler(daily.mark_overdue, lambda event: [Query(Rectification, daily.to_look_at(event))]),
    SettleDeadlines: Handler(settling.settle_deadlines, settling.to_look_at),
}
