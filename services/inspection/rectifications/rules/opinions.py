"""Opinions of documents that were signed for: put right like findings, each by its own day, or no more."""

from __future__ import annotations

from services.inspection.rectifications.model import DONE, OfOpinion, Rectification, Step, What
from services.inspection.rectifications.rules.findings import opening
from services.inspection.rectifications.rules.recording import settled, withdrawn
from shared.calendar import working_days_between
from shared.database.documents import Key
from shared.events import Event
from shared.events.documents import OpinionDropped, OpinionRequired
from shared.events.vocabulary import Severity
from shared.pipeline.decisions import Accepted, State, Verdict
from shared.roster.organisations import county_of


def spoken_of(event: Event[OpinionRequired] | Event[OpinionDropped]) -> list[Key]:
    """The rectification of the opinion."""
    return [Key(Rectification, _id(event))]


def open_opinion(state: State, event: Event[OpinionRequired]) -> Verdict:
    """Opened once, however often it is told; what is sent back is done again within as many working days."""
    if state.get(Rectification, _id(event)) is not None:
        return Accepted()
    one = _opened(event, above=_above(state, event))
    return settled(one, event, opening(one))


def end_opinion(state: State, event: Event[OpinionDropped]) -> Verdict:
    """As if it had never been asked for; what somebody has seen to be done stays done."""
    one = state.get(Rectification, _id(event))
    if one is None or one.stage in DONE:
        return Accepted()
    return withdrawn(one, event.time, county_of(event.organisation), event.data.reason)


def _opened(event: Event[OpinionRequired], above: str) -> Rectification:
    asked, signed_for, county = event.data, event.day, county_of(event.organisation)
    opened = Step(at=event.time, by=county, what=What.OPENED, deadline=asked.finish_by)
    return Rectification(
        id=_id(event),
        county=county,
        organisation=event.organisation,
        above=above,
        rectification=asked.rectification,
        item=f"{asked.document}第{asked.opinion}条整改意见",
        severity=Severity.MINOR,
        within=max(1, working_days_between(signed_for, asked.finish_by)),
        found=signed_for,
        deadline=asked.finish_by,
        provisional=False,
        since=event.time,
        opinion=_opinion(asked),
        steps=(opened,),
    )


def _opinion(asked: OpinionRequired) -> OfOpinion:
    return OfOpinion(
        report=asked.report,
        document=asked.document,
        number=asked.number,
        opinion=asked.opinion,
        problem=asked.problem,
        requirement=asked.requirement,
        responsible=asked.responsible or "",
        finish_by=asked.finish_by,
    )


def _above(state: State, event: Event[OpinionRequired]) -> str:
    """Also of one that had ended before its document was signed for."""
    known = state.roster.known(event.organisation, event.day)
    return (known and known.parent) or ""


def _id(event: Event[OpinionRequired] | Event[OpinionDropped]) -> str:
    return f"{event.organisation}/{event.data.rectification}"
