"""Days that were closed as working days before a notice made them days off, or moved what was due on them."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import Any

from services.feedback.measures.adding import added
from services.inspection.handlers import HANDLERS
from services.inspection.patrols.days import day_lines
from services.inspection.patrols.model.patrols import PatrolDay, PatrolRound
from services.inspection.patrols.model.plans import PatrolPlans
from shared.calendar import know
from shared.events.inspection import (
    CloseDay,
    InspectionLogged,
    MissedPatrolWithdrawn,
    PatrolDayWithdrawn,
    PatrolMissed,
    SettlePatrolDays,
)
from shared.events.vocabulary import PatrolKind, Rhythm
from shared.notices import Notice
from shared.pipeline.decisions import About, Accepted, Query
from tests.asking import COUNTY, HALL, NEIGHBOUR, OFFICE, STATION, TOWNSHIP, Desk, asked, facts, moment, roster
from tests.county import County
from tests.inspection.patrolling import BY_TOWNSHIPS, STATION_SEEN, Said, closes, desk
from tests.submitters import A_MONDAY, committee, station

WEDNESDAY, THURSDAY, FRIDAY = date(2027, 2, 10), date(2027, 2, 11), date(2027, 2, 12)
"""Of the week after the Spring Festival's own days: no notice is known, so all three are closed as working days."""
LATER = date(2027, 2, 20)
WEEK_OFF = Notice(year=2027, edition=2, off=tuple(date(2027, 2, n) for n in range(6, 15)))
THURSDAY_OFF = Notice(year=2027, edition=1, off=(THURSDAY,))
WORKED_AFTER_ALL = Notice(year=2027, edition=3, off=(date(2027, 2, 6),))
SEEN_BY_TOWNSHIP = STATION_SEEN.model_copy(update={"plan": "townships-weekly"})
WEEKLY = BY_TOWNSHIPS.model_copy(update={"plan": "townships-weekly"})


def settles(county: Desk, day: date = LATER) -> Said:
    """The tick that looks at days again; all days and rounds are found, and a second look tells nothing."""
    event = asked(SettlePatrolDays(day=day), COUNTY, moment(f"{day}T00:00"))
    verdict = county.decides(event, county.kept(PatrolRound))
    assert isinstance(verdict, Accepted)
    assert county.decides(event, county.kept(PatrolRound)) == Accepted()
    return facts(verdict, COUNTY)


def sums(*said: Said) -> Counter[tuple[str, str]]:
    """What facts add up to, by organisation and measure; nothing where it is nought."""
    total = Counter[tuple[str, str]]()
    for about, fact in (one for part in said for one in part):
        for measure, amount in added(fact).items():
            total[about, measure] += amount
    return Counter({key: n for key, n in total.items() if n})


def test_what_was_missed_on_a_day_off_is_taken_back_about_whom_it_was_told() -> None:
    county = desk()
    missed = closes(county, THURSDAY)
    know([THURSDAY_OFF])
    back = settles(county)
    said = {(about, fact.place, fact.check) for about, fact in missed if isinstance(fact, PatrolMissed)}
    assert said
    assert said == {(about, fact.place, fact.check) for about, fact in back if isinstance(fact, MissedPatrolWithdrawn)}
    assert HALL in {about for about, _, _ in said}, "a window's patrol is the hall's"
    assert sums(missed, back) == {}


def test_it_is_taken_back_as_of_the_day_on_which_it_was_told() -> None:
    county = desk()
    closes(county, THURSDAY)
    know([THURSDAY_OFF])
    event = asked(SettlePatrolDays(day=LATER), COUNTY, moment(f"{LATER}T00:00"))
    verdict = county.decides(event, county.kept(PatrolRound))
    assert isinstance(verdict, Accepted)
    times = {fact.time for fact in verdict.facts if isinstance(fact, About)}
    assert times == {moment(f"{THURSDAY}T23:59:59")}


def test_a_day_off_stands_as_one_and_has_no_sum() -> None:
    county = desk()
    closes(county, THURSDAY)
    know([THURSDAY_OFF])
    assert PatrolDayWithdrawn in {type(fact) for _, fact in settles(county)}
    (day,) = county.kept(PatrolDay)
    assert (day.closed, day.day_off) == (False, True)
    (line,) = day_lines([{**day.model_dump(mode="json"), "missed": []}], roster())
    assert line.state == "非工作日"


def test_who_looked_on_that_day_keeps_what_it_did_and_who_comes_late_has_made_up_for_nothing() -> None:
    county = desk()
    county.agrees(STATION_SEEN, STATION, f"{THURSDAY}")
    closes(county, THURSDAY)
    know([THURSDAY_OFF])
    assert NEIGHBOUR in {about for about, fact in settles(county) if isinstance(fact, MissedPatrolWithdrawn)}
    (fact,) = [fact for _, fact in county.agrees(STATION_SEEN, NEIGHBOUR, f"{THURSDAY}")]
    assert isinstance(fact, InspectionLogged)
    assert (fact.due, fact.made_up) == (None, False)
    assert settles(county) == ()


def test_other_days_stay_as_they_are() -> None:
    county = desk()
    closes(county, WEDNESDAY)
    know([THURSDAY_OFF])
    assert settles(county) == ()
    assert county.only(PatrolDay).closed


def test_a_day_that_nobody_closed_is_not_closed_afterwards() -> None:
    county = desk()
    saturday = date(2027, 2, 13)
    county.agrees(STATION_SEEN, STATION, f"{saturday}")
    know([Notice(year=2027, off=(), worked=(saturday,))])
    county.agrees(STATION_SEEN, NEIGHBOUR, f"{saturday}")
    assert settles(county) == ()


def test_what_a_wrong_notice_took_back_is_missed_again_when_it_is_corrected() -> None:
    county = desk()
    missed = closes(county, THURSDAY)
    know([THURSDAY_OFF])
    back = settles(county)
    know([WORKED_AFTER_ALL])
    again = settles(county)
    assert again == missed
    assert county.only(PatrolDay).closed
    assert sums(missed, back, again) == sums(missed)


def test_a_weekly_patrol_whose_day_moves_is_missed_on_the_day_that_it_moved_to() -> None:
    county = desk(WEEKLY.model_copy(update={"weekday": 4}))
    closes(county, WEDNESDAY)
    missed = closes(county, THURSDAY)
    know([THURSDAY_OFF])
    moved = [fact for about, fact in settles(county) if about == TOWNSHIP]
    assert {fact.day for fact in moved if isinstance(fact, MissedPatrolWithdrawn)} == {THURSDAY}
    assert {fact.day for fact in moved if isinstance(fact, PatrolMissed)} == {FRIDAY}
    assert TOWNSHIP in {about for about, _ in missed}


def test_what_is_made_up_after_the_day_moved_is_taken_back_of_the_day_that_was_closed() -> None:
    """Else one month would have a patrol missed too many, and the next one too few."""
    county = desk(WEEKLY.model_copy(update={"weekday": 4}))
    closes(county, THURSDAY)
    know([THURSDAY_OFF])
    seen = county.agrees(SEEN_BY_TOWNSHIP, STATION, f"{FRIDAY}", by=TOWNSHIP)
    assert [fact.day for _, fact in seen if isinstance(fact, MissedPatrolWithdrawn)] == [THURSDAY]
    moved = [fact for about, fact in settles(county) if about == TOWNSHIP]
    assert {fact.place for fact in moved if isinstance(fact, PatrolMissed)} == {NEIGHBOUR}


def test_a_weekly_patrol_whose_day_moves_ahead_is_closed_when_that_day_is_over() -> None:
    county = desk(WEEKLY.model_copy(update={"weekday": 4}))
    closes(county, THURSDAY)
    know([THURSDAY_OFF])
    assert PatrolMissed not in {type(fact) for _, fact in settles(county, FRIDAY)}
    weekly = [fact for about, fact in closes(county, FRIDAY) if about == TOWNSHIP]
    assert {fact.day for fact in weekly if isinstance(fact, PatrolMissed)} == {FRIDAY}


def test_a_week_without_a_working_day_has_no_weekly_patrol_until_the_notice_is_corrected() -> None:
    county = desk(WEEKLY)
    missed = closes(county, WEDNESDAY)
    know([WEEK_OFF])
    back = settles(county)
    assert TOWNSHIP in {about for about, fact in back if isinstance(fact, MissedPatrolWithdrawn)}
    assert sums(missed, back) == {}
    know([WORKED_AFTER_ALL])
    assert sums(missed, back, settles(county)) == sums(missed)


def test_a_campaign_whose_last_day_moves_to_another_week_is_found_when_that_is_closed() -> None:
    """A second record under one id could not be written: the day would never be closed."""
    campaign = WEEKLY.model_copy(
        update={
            "plan": "winter-fire",
            "patrol": PatrolKind.CAMPAIGN,
            "rhythm": Rhythm.CAMPAIGN,
            "weekday": None,
            "effective_from": date(2027, 1, 4),
            "effective_to": date(2027, 2, 14),
        }
    )
    county = desk(campaign)
    sweep = STATION_SEEN.model_copy(update={"patrol": campaign.patrol, "plan": "winter-fire"})
    county.agrees(sweep, STATION, "2027-01-05", by=TOWNSHIP)
    (before,) = [one for one in county.kept(PatrolRound) if type(one) is PatrolRound]
    assert before.day == FRIDAY
    know([WEEK_OFF])
    plans = county.only(PatrolPlans)
    (due,) = [day for n in range(1, 14) if plans.on(FRIDAY)["winter-fire"].falls_due(day := FRIDAY - timedelta(days=n))]
    needs = HANDLERS[CloseDay].needs(asked(CloseDay(day=due), COUNTY, moment(f"{due + timedelta(days=1)}T00:00")))
    (wanted,) = [need.filter["day"] for need in needs if isinstance(need, Query)]
    assert wanted["$gte"] <= f"{before.day}" <= wanted["$lte"]


def test_windows_and_stations_alike() -> None:
    county = desk()
    closes(county, THURSDAY)
    know([THURSDAY_OFF])
    assert {OFFICE, STATION} <= {fact.place for _, fact in settles(county) if isinstance(fact, MissedPatrolWithdrawn)}


async def test_the_county_takes_back_what_was_missed_on_a_day_off_and_its_figures_with_it(county: County) -> None:
    midnight = A_MONDAY.replace(hour=0) + timedelta(days=1)
    async with county.at_work():
        await county.hears(station.logs(), committee.says(CloseDay(day=A_MONDAY.date()), midnight))
        await county.settles()
        assert missed_in(await county.monthly()) > 0
        know([Notice(year=2018, off=(A_MONDAY.date(),))])
        for n in (1, 2, 9):
            await county.hears(committee.says(SettlePatrolDays(day=date(2018, 3, 5 + n)), midnight + timedelta(days=n)))
        await county.settles()
    assert missed_in(await county.monthly()) == 0
    assert await county.differences() == []
    counts = Counter(fact[0].split(".")[1] for fact in (await county.facts()).values())
    assert counts["missed-patrol-withdrawn"] == counts["patrol-missed"]
    assert counts["patrol-day-withdrawn"] == counts["patrol-day-closed"]


def missed_in(monthly: dict[str, Any]) -> int:
    """All that was missed, in all months and everywhere."""
    names = ("patrols-missed", "self-checks-missed")
    return sum(one["add"].get(name, 0) for one in monthly.values() for name in names)
