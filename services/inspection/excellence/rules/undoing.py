"""How incidents, their answers and their closing are taken back: each while the next step has not followed."""

from __future__ import annotations

from collections.abc import Iterator

from services.inspection.excellence.model.incidents import Incident, IncidentStage
from services.inspection.excellence.rules.incidents import OPEN, mark_withdrawn
from shared.database.documents import Key
from shared.events.inspection import (
    IncidentAnswered,
    IncidentAnswerWithdrawn,
    IncidentClosed,
    IncidentClosingWithdrawn,
    IncidentReported,
    IncidentReportWithdrawn,
)
from shared.pipeline.decisions import Accepted, Consequence, Original, Refused, State, Verdict

STEPS = (IncidentReported, IncidentAnswered, IncidentClosed)


def spoken_of(original: Original) -> Iterator[Key]:
    """The incident that was reported, answered or closed."""
    yield Key(Incident, _id(original))


def undo_report(state: State, original: Original) -> Verdict:
    """There was none; while nobody has answered. A mark that no answer came is taken back with it."""
    one = state.get(Incident, _id(original))
    if one is None:
        return Accepted()
    if one.stage not in OPEN:
        return _went_on(one)
    # A day that may still be settled is looked at for ever: of what is withdrawn it stays.
    gone = one.having(stage=IncidentStage.WITHDRAWN, provisional=False, marked=None)
    report = _step(original).taken_back(IncidentReportWithdrawn, due=one.due, provisional=one.provisional)
    return Accepted((gone,), (report, *mark_withdrawn(one)))


def undo_answer(state: State, original: Original) -> Verdict:
    """Its answer is waited for as before; where a mark stands it goes on standing, else the clock makes it."""
    one = state.get(Incident, _id(original))
    if one is None:
        return Accepted()
    if one.stage is not IncidentStage.ANSWERED or one.answered is None:
        return _went_on(one)
    last = {"on_time": one.answered <= one.due, "was_unanswered": one.marked is not None}
    stage = IncidentStage.REPORTED if one.marked is None else IncidentStage.UNANSWERED
    open_again = one.having(stage=stage, answered=None, answer="")
    return Accepted((open_again,), (_step(original).taken_back(IncidentAnswerWithdrawn, **last),))


def undo_closing(state: State, original: Original) -> Verdict:
    """It waits to be closed again, as an answer or the lack of one left it."""
    one = state.get(Incident, _id(original))
    if one is None:
        return Accepted()
    if one.stage is not IncidentStage.CLOSED:
        return _went_on(one)
    stage = IncidentStage.UNANSWERED if one.answered is None else IncidentStage.ANSWERED
    open_again = one.having(stage=stage, closed=None, upheld=False, note="")
    return Accepted((open_again,), (_step(original).taken_back(IncidentClosingWithdrawn),))


def _step(original: Original) -> Consequence:
    return next(one for one in original.facts if isinstance(one.fact, STEPS))


def _id(original: Original) -> str:
    return f"{original.organisation}/{_step(original).fact.model_dump()['incident']}"


def _went_on(one: Incident) -> Refused:
    return Refused("incident-went-on", incident=one.incident, matter=one.kind)
