"""Who patrols a place by a plan: it follows from the plan, the place and the day, and is stored nowhere."""

from __future__ import annotations

from datetime import date

from shared.events.vocabulary import HALL_PATROL, Check, PatrolKind, Patroller
from shared.roster.organisations import Roster, Standing


def patroller_of(by: Patroller | None, place: str, roster: Roster, day: date) -> str:
    """The organisation that answers for the patrol; where nobody holds the office, the one above the place."""
    standing = roster.standing(place, day)
    if standing is None:
        return place
    match by or usual(standing):
        case Patroller.SELF:
            return place
        case Patroller.ABOVE:
            return standing.parent or place
        case Patroller.OFFICE:
            return roster.holder(HALL_PATROL, place, day) or standing.parent or place


def usual(standing: Standing) -> Patroller:
    """Stations look after themselves; a window or a facility is patrolled by the office."""
    return Patroller.SELF if standing.patrolled is PatrolKind.STATION else Patroller.OFFICE


def duty(patroller: str, place: str) -> Check:
    """What is due: a self-check of oneself, a patrol of another place."""
    return Check.SELF_CHECK if patroller == place else Check.PATROL
