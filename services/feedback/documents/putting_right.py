"""Opinions are put right in the register of rectifications: which open, which are dropped, and when all of it is done.

They open when the document is signed for, not when its reply is agreed to: their days run whether anybody replies.
While a document is sent back they stay: nobody escapes a day by sending back.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from services.feedback.documents.model import Delivery, HandStep
from services.feedback.documents.naming import name_of_period
from services.feedback.documents.opinions import OpinionInHand, OpinionStage
from shared.events import Event, EventData
from shared.events.documents import ABOVE_FINDINGS, OpinionDropped, OpinionRequired, ReceiveReport
from shared.events.inspection import (
    RectificationClosed,
    RectificationReopened,
    RectificationSentBack,
    RectificationSubmitted,
    RectificationVerified,
    ReopeningWithdrawn,
    SendingBackWithdrawn,
    SubmittedWorkWithdrawn,
)
from shared.events.inspection.rectified import OfRectification
from shared.pipeline.decisions import About

FILED = "filed"
TO_DO, SUBMITTED, VERIFIED, CLOSED = OpinionStage
MOVES: Mapping[type[EventData], tuple[OpinionStage, OpinionStage]] = {
    RectificationSubmitted: (TO_DO, SUBMITTED),
    SubmittedWorkWithdrawn: (SUBMITTED, TO_DO),
    RectificationSentBack: (SUBMITTED, TO_DO),
    SendingBackWithdrawn: (TO_DO, SUBMITTED),
    RectificationVerified: (SUBMITTED, VERIFIED),
    RectificationReopened: (VERIFIED, TO_DO),
    ReopeningWithdrawn: (TO_DO, VERIFIED),
    RectificationClosed: (VERIFIED, CLOSED),
}
"""From which stage to which a fact moves an opinion; at any other it only says anew what was said before."""


def taken_up(one: Delivery, event: Event[ReceiveReport]) -> tuple[tuple[OpinionInHand, ...], tuple[About, ...]]:
    """What is asked for and was not before opens; what a correction left out is dropped, unless it was seen done."""
    left, opinions, facts = list(one.opinions), list[OpinionInHand](), list[About]()
    for number, asked in enumerate(one.required, 1):
        if kept := next((each for each in left if each.asked == asked), None):
            left.remove(kept)
            opinions.append(kept.model_copy(update={"opinion": number}))
        else:
            opinions.append(
                OpinionInHand(rectification=f"{event.id}/{ABOVE_FINDINGS + number}", opinion=number, asked=asked)
            )
            facts.append(About(one.organisation, _required(one, opinions[-1])))
    return tuple(opinions), (*facts, *dropped(one, left, one.because))


def dropped(one: Delivery, opinions: tuple[OpinionInHand, ...] | list[OpinionInHand], reason: str) -> Iterator[About]:
    """Those of them that nobody has seen done."""
    for each in opinions:
        if each.is_open:
            fact = OpinionDropped(report=one.id, period=one.period, rectification=each.rectification, reason=reason)
            yield About(one.organisation, fact)


def moved_on(one: Delivery, event: Event[OfRectification]) -> Delivery:
    """As inspection tells of one of its opinions; with the last one that is closed (销号) it is filed (办结、归档)."""
    if type(event.data) not in MOVES:
        return one
    before, after = MOVES[type(event.data)]
    opinions = tuple(
        each.model_copy(update={"stage": after})
        if (each.rectification, each.stage) == (event.data.rectification, before)
        else each
        for each in one.opinions
    )
    return one if opinions == one.opinions else filed_if_done(one.having(opinions=opinions), event)


def filed_if_done(one: Delivery, event: Event[OfRectification] | Event[ReceiveReport]) -> Delivery:
    """Once every one of its opinions is closed."""
    if not one.opinions or any(each.stage is not CLOSED for each in one.opinions):
        return one
    return one.having(filed=event.day, steps=(*one.steps, HandStep(what=FILED, at=event.time)))


def _required(one: Delivery, new: OpinionInHand) -> OpinionRequired:
    return OpinionRequired(
        report=one.id,
        period=one.period,
        document=name_of_period(one.period),
        number=one.number,
        opinion=new.opinion,
        rectification=new.rectification,
        problem=new.asked.problem,
        requirement=new.asked.requirement,
        finish_by=new.asked.finish_by,
        responsible=new.asked.responsible or None,
    )
