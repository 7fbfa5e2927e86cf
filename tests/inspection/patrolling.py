"""Patrols asked of the rules in domain words: a county with plans, what is seen of a place, a day that is closed."""

from __future__ import annotations

from datetime import date, timedelta

from services.inspection.handlers import HANDLERS
from services.inspection.patrols.model.patrols import PatrolRound
from shared.events import Fact
from shared.events.inspection import AdoptPatrolPlan, CloseDay, InspectionLogged, LogInspection
from shared.events.vocabulary import PatrolKind, Patroller, Rhythm
from shared.pipeline.decisions import Accepted
from shared.roster.organisations import Roster
from tests.asking import COUNTY, Desk, asked, facts, moment, roster

MONDAY, WEDNESDAY = date(2018, 3, 5), date(2018, 3, 7)
MIDNIGHT = "2018-03-06T00:00"
"""At which Monday is over."""
PATROL = LogInspection(patrol=PatrolKind.STATION, score=9500)
WINDOW = LogInspection(patrol=PatrolKind.WINDOW, score=9000)
STATION_SEEN = LogInspection(patrol=PatrolKind.STATION, score=9000)
WINDOW_SEEN = LogInspection(patrol=PatrolKind.WINDOW, score=8000)
BY_TOWNSHIPS = AdoptPatrolPlan(
    plan="stations-weekly",
    name="乡镇对便民服务站周巡查",
    patrol=PatrolKind.STATION,
    rhythm=Rhythm.WEEKLY,
    weekday=3,
    until="17:00",
    silent_after_days=10,
    effective_from=date(2018, 1, 1),
    by=Patroller.ABOVE,
)
WEEKLY_SEEN = STATION_SEEN.model_copy(update={"plan": "stations-weekly"})
Said = tuple[tuple[str, Fact], ...]


def desk(*plans: AdoptPatrolPlan, known: Roster | None = None) -> Desk:
    county = Desk(HANDLERS, known or roster())
    for n, one in enumerate(plans):
        county.agrees(one, at="2018-01-01", n=n)
    return county


def logged(facts: Said) -> InspectionLogged:
    """What is told first of a look at a place."""
    ((_, fact), *_) = facts
    assert isinstance(fact, InspectionLogged)
    return fact


def closes(county: Desk, day: date) -> Said:
    """The tick of a day; the rounds of its week, which MongoDB finds, are all there are."""
    rounds = [one for one in county.kept(PatrolRound) if type(one) is PatrolRound]
    verdict = county.decides(asked(CloseDay(day=day), COUNTY, moment(f"{day + timedelta(days=1)}T00:00")), rounds)
    assert isinstance(verdict, Accepted)
    return facts(verdict, COUNTY)
