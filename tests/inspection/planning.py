"""Plans that a county may adopt, and looks at places by these plans."""

from __future__ import annotations

from datetime import date
from typing import Any

from shared.events.inspection import AdoptPatrolPlan, LogInspection
from shared.events.vocabulary import PatrolKind, Rhythm
from tests.asking import HALL

START = date(2018, 1, 1)
FACILITIES: dict[str, Any] = {
    "plan": "facilities-weekly",
    "name": "大厅设施周巡查",
    "patrol": PatrolKind.FACILITY,
    "rhythm": Rhythm.WEEKLY,
    "weekday": 5,
    "scope": HALL,
    "until": "17:00",
    "silent_after_days": 5,
    "effective_from": START,
}
CAMPAIGN: dict[str, Any] = {
    "plan": "winter-fire-safety",
    "name": "冬季消防安全专项巡查",
    "patrol": PatrolKind.CAMPAIGN,
    "rhythm": Rhythm.CAMPAIGN,
    "until": "17:30",
    "silent_after_days": 10,
    "effective_from": date(2018, 3, 5),
    "effective_to": date(2018, 3, 11),
}
CHECK = LogInspection(patrol=PatrolKind.FACILITY, plan="facilities-weekly", score=9000)
SWEEP = LogInspection(patrol=PatrolKind.CAMPAIGN, plan="winter-fire-safety", score=9000)


def plan(base: dict[str, Any] = FACILITIES, **changed: Any) -> AdoptPatrolPlan:
    return AdoptPatrolPlan(**{**base, **changed})
