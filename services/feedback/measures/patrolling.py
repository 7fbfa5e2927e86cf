"""What looks at stations and windows add: what was due, done and in time, there and for whoever patrolled."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple, Self

from services.feedback.measures.amounts import Adds, taken_back
from shared.events import EventData, inspection
from shared.events.vocabulary import OF_A_PLACE, Check, Rhythm


class Duty(NamedTuple):
    """The measures of a duty: how much of what is due was done, how much in time, and how often it was missed."""

    done: str
    due: str
    on_time: str
    due_on_time: str
    missed: str

    @classmethod
    def of(cls, rate: str, on_time: str, missed: str) -> Self:
        """By two rates, each with its `n` and its `d`."""
        return cls(f"{rate}.n", f"{rate}.d", f"{on_time}.n", f"{on_time}.d", missed)


SELF_CHECKS = Duty.of("self-check-rate", "self-checks-on-time", "self-checks-missed")
PATROLS = Duty.of("patrol-rate", "patrols-on-time", "patrols-missed")


def logged(fact: inspection.InspectionLogged) -> Adds:
    """What a look at a station or window adds there, by what it was; checks of another kind by their kind."""
    if fact.patrol not in OF_A_PLACE:
        return {f"{fact.patrol}-checks": 1, "findings": fact.findings}
    return {"findings": fact.findings, f"patrolled-days.{fact.day.isoformat()}": 1, **_looked(fact)}


def _looked(fact: inspection.InspectionLogged) -> Adds:
    """The score of whoever scores itself is in no mean; who patrolled has the rates, but for a self-check.

    Outside every plan and on a day off nobody is due: a self-check is counted then, the rates stay as they are. An
    older fact does not say what it was, and counts as it did: as the place's own daily patrol, with its score.
    """
    score = {"score.n": fact.score, "score.d": 1}
    match fact.check:
        case Check.SELF_CHECK:
            first = int(fact.first_of_day)
            return {"inspections": 1, "self-checks": 1, **_due(SELF_CHECKS, first, first, int(fact.on_time))}
        case Check.PATROL:
            return {"inspections": int(fact.rhythm is Rhythm.DAILY), "patrols": 1, **score}
        case Check.SPOT_CHECK:
            return {"spot-checks": 1, **score}
        case None:
            first = int(fact.first_of_day)
            return {"inspections": 1, **score, **_due(PATROLS, first, first, int(fact.on_time))}


def made(fact: inspection.PatrolMade) -> Adds:
    """A patrol of a station or window is counted for whoever made it; a check of another kind is in no rate."""
    if fact.patrol not in OF_A_PLACE:
        return {}
    return {"patrols-made": 1, **_due(PATROLS, int(fact.first), int(fact.first), int(fact.on_time))}


def revised(fact: inspection.InspectionRevised) -> Adds:
    """A look that now is the first or in time: in the rates of the place itself, if they were its own duty."""
    if fact.patrol not in OF_A_PLACE or fact.check in (Check.PATROL, Check.SPOT_CHECK):
        return {}
    of = SELF_CHECKS if fact.check is Check.SELF_CHECK else PATROLS
    return _due(of, int(fact.first_of_day), int(fact.first_of_day), int(fact.on_time))


def made_revised(fact: inspection.PatrolMadeRevised) -> Adds:
    """A patrol that now is the first or in time: in the rates of whoever made it."""
    if fact.patrol not in OF_A_PLACE:
        return {}
    return _due(PATROLS, int(fact.first), int(fact.first), int(fact.on_time))


def missed(fact: inspection.PatrolMissed | inspection.MissedPatrolWithdrawn) -> Adds:
    """Due and not done, by whoever was to do it, and where; a check of another kind that was missed is in no rate."""
    if fact.patrol not in OF_A_PLACE:
        return {}
    of = SELF_CHECKS if fact.check is Check.SELF_CHECK else PATROLS
    where = {f"{of.missed}-at.{fact.place}": 1} if fact.place else {}
    return {of.missed: 1, **where, **_due(of, 1)}


def _due(of: Duty, due: int, done: int = 0, on_time: int = 0) -> Adds:
    """What is due once goes into both rates; being on time is being done."""
    return {of.done: done, of.due: due, of.on_time: on_time, of.due_on_time: due}


PATROLLING: Mapping[type[EventData], Callable[[Any], Adds]] = {
    inspection.InspectionLogged: logged,
    inspection.InspectionWithdrawn: taken_back(logged),
    inspection.InspectionRevised: revised,
    inspection.PatrolMade: made,
    inspection.PatrolMadeWithdrawn: taken_back(made),
    inspection.PatrolMadeRevised: made_revised,
    inspection.PatrolMissed: missed,
    inspection.MissedPatrolWithdrawn: taken_back(missed),
}
