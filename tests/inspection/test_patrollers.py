"""Self-check, patrol, spot check: who made it tells which, and who was to make it answers for what is missed."""

from __future__ import annotations

from collections import Counter
from itertools import chain
from typing import Any

import pytest

from services.feedback.measures.adding import added
from services.inspection.patrols.model.patrols import Inspection, PatrolDay, Tally
from shared.events.inspection import (
    InspectionLogged,
    LogInspection,
    MissedPatrolWithdrawn,
    PatrolMade,
    PatrolMissed,
)
from shared.events.vocabulary import (
    Check,
    Inspector,
    PatrolKind,
)
from tests.asking import (
    COUNTY,
    HALL,
    NEIGHBOUR,
    OFFICE,
    STATION,
    TOWNSHIP,
)
from tests.inspection.patrolling import (
    BY_TOWNSHIPS,
    MONDAY,
    STATION_SEEN,
    WEDNESDAY,
    WEEKLY_SEEN,
    WINDOW_SEEN,
    Said,
    closes,
    desk,
)


def what(said: Said) -> tuple[Check | None, Inspector | None, str | None, bool]:
    """What it was, by whom, by which plan, and whether it was the first that was due."""
    ((_, fact), *_) = said
    assert isinstance(fact, InspectionLogged)
    return fact.check, fact.by, fact.plan, fact.first_of_day


def sums(*said: Said) -> dict[str, Counter[str]]:
    """What feedback adds up, by organisation."""
    of: dict[str, Counter[str]] = {}
    for about, fact in chain.from_iterable(said):
        of.setdefault(about, Counter()).update(added(fact))
    return of


KINDS = [
    ("a station of itself", STATION, STATION, STATION_SEEN, (Check.SELF_CHECK, Inspector.SELF, "stations-daily", True)),
    ("the hall of a window", HALL, OFFICE, WINDOW_SEEN, (Check.PATROL, Inspector.OFFICE, "windows-daily", True)),
    (
        "a township by its plan",
        TOWNSHIP,
        STATION,
        WEEKLY_SEEN,
        (Check.PATROL, Inspector.ABOVE, "stations-weekly", True),
    ),
    ("a township besides", TOWNSHIP, STATION, STATION_SEEN, (Check.SPOT_CHECK, Inspector.ABOVE, None, False)),
    ("the committee", COUNTY, OFFICE, WINDOW_SEEN, (Check.SPOT_CHECK, Inspector.ABOVE, None, False)),
    ("the hall of a station", HALL, STATION, STATION_SEEN, (Check.SPOT_CHECK, Inspector.OFFICE, None, False)),
    ("a window of itself", OFFICE, OFFICE, WINDOW_SEEN, (Check.SELF_CHECK, Inspector.SELF, None, False)),
    (
        "the hall through a camera",
        HALL,
        OFFICE,
        WINDOW_SEEN.model_copy(update={"camera": True}),
        (Check.PATROL, Inspector.CAMERA, "windows-daily", True),
    ),
    (
        "a township under the self-checks' plan",
        TOWNSHIP,
        STATION,
        STATION_SEEN.model_copy(update={"plan": "stations-daily"}),
        (Check.SPOT_CHECK, Inspector.ABOVE, None, False),
    ),
]


@pytest.mark.parametrize(("who", "by", "place", "seen", "expected"), KINDS, ids=[who for who, *_ in KINDS])
def test_who_made_it_tells_what_it_was(who: str, by: str, place: str, seen: LogInspection, expected: Any) -> None:
    county = desk(BY_TOWNSHIPS)
    assert what(county.agrees(seen, place, by=by)) == expected, who
    kept = county.only(Inspection)
    assert (kept.check, kept.by, kept.plan) == expected[:3]


def test_what_is_not_due_is_a_spot_check_though_the_patroller_made_it() -> None:
    said = desk().agrees(WINDOW_SEEN, OFFICE, "2018-03-04", by=HALL)
    assert (what(said), len(said)) == ((Check.SPOT_CHECK, Inspector.OFFICE, "windows-daily", False), 1)


def test_nobody_does_anothers_patrol_of_itself() -> None:
    named = WINDOW_SEEN.model_copy(update={"plan": "windows-daily"})
    assert desk().refuses(named, OFFICE) == "plan-of-another"
    assert desk(BY_TOWNSHIPS).refuses(WEEKLY_SEEN, STATION) == "plan-of-another"


def test_a_spot_check_leaves_the_self_check_due() -> None:
    county = desk()
    county.agrees(STATION_SEEN, STATION, by=TOWNSHIP)
    assert county.kept(PatrolDay) == []
    assert [about for about, fact in closes(county, MONDAY) if isinstance(fact, PatrolMissed)] == [
        STATION,
        NEIGHBOUR,
        HALL,
    ]


def test_what_was_done_is_told_about_the_patroller_only_where_it_is_not_the_place() -> None:
    county = desk(BY_TOWNSHIPS)
    assert [about for about, _ in county.agrees(STATION_SEEN, STATION)] == [STATION]
    (about, fact) = county.agrees(WEEKLY_SEEN, STATION, by=TOWNSHIP)[1]
    made = PatrolMade(
        patrol=PatrolKind.STATION, plan="stations-weekly", place=STATION, due=WEDNESDAY, first=True, on_time=True
    )
    assert (about, fact) == (TOWNSHIP, made)
    (_, (again, twice)) = county.agrees(WEEKLY_SEEN, STATION, "2018-03-08", by=TOWNSHIP)
    assert (again, twice) == (TOWNSHIP, made.model_copy(update={"first": False, "on_time": False}))


def test_a_day_that_went_well_counts_for_whoever_did_what() -> None:
    county = desk(BY_TOWNSHIPS)
    of = sums(
        county.agrees(STATION_SEEN, STATION, f"{WEDNESDAY}"),
        county.agrees(WINDOW_SEEN, OFFICE, f"{WEDNESDAY}", by=HALL),
        county.agrees(WEEKLY_SEEN, STATION, f"{WEDNESDAY}", by=TOWNSHIP),
        county.agrees(STATION_SEEN, STATION, f"{WEDNESDAY}", by=COUNTY),
    )
    rates = {"self-check-rate.n": 1, "self-check-rate.d": 1, "self-checks-on-time.n": 1, "self-checks-on-time.d": 1}
    done = {"patrol-rate.n": 1, "patrol-rate.d": 1, "patrols-on-time.n": 1, "patrols-on-time.d": 1}
    day = {f"patrolled-days.{WEDNESDAY}": 1}
    seen = {"patrols": 1, "spot-checks": 1, "score.n": 18_000, "score.d": 2, f"patrolled-days.{WEDNESDAY}": 3}
    assert of == {
        STATION: {"inspections": 1, "self-checks": 1, **rates, **seen},
        OFFICE: {"inspections": 1, "patrols": 1, "score.n": 8000, "score.d": 1, **day},
        HALL: {"patrols-made": 1, **done},
        TOWNSHIP: {"patrols-made": 1, **done},
    }


def test_what_was_missed_is_the_patrollers_and_names_the_place() -> None:
    said = closes(desk(BY_TOWNSHIPS), WEDNESDAY)
    missed = [(about, fact.plan, fact.place) for about, fact in said if isinstance(fact, PatrolMissed)]
    assert missed == [
        (STATION, "stations-daily", STATION),
        (NEIGHBOUR, "stations-daily", NEIGHBOUR),
        (TOWNSHIP, "stations-weekly", STATION),
        (TOWNSHIP, "stations-weekly", NEIGHBOUR),
        (HALL, "windows-daily", OFFICE),
    ]
    of = sums(said)
    assert OFFICE not in of
    assert of[HALL]["patrols-missed-at." + OFFICE] == of[STATION]["self-checks-missed-at." + STATION] == 1
    assert {who: (of[who]["self-checks-missed"], of[who]["patrols-missed"]) for who in (STATION, TOWNSHIP, HALL)} == {
        STATION: (1, 0),
        TOWNSHIP: (0, 2),
        HALL: (0, 1),
    }


def test_what_was_made_up_is_taken_back_from_whom_it_was_told_about() -> None:
    county = desk(BY_TOWNSHIPS)
    closed = closes(county, WEDNESDAY)
    late = county.agrees(WEEKLY_SEEN, STATION, f"{WEDNESDAY}", by=TOWNSHIP)
    window = county.agrees(WINDOW_SEEN, OFFICE, f"{WEDNESDAY}", by=HALL)
    back = [(about, fact.place) for about, fact in (*late, *window) if isinstance(fact, MissedPatrolWithdrawn)]
    assert back == [(TOWNSHIP, STATION), (HALL, OFFICE)]
    of = sums(closed, late, window)
    assert (of[TOWNSHIP]["patrols-missed"], of[TOWNSHIP]["patrol-rate.n"], of[TOWNSHIP]["patrol-rate.d"]) == (1, 1, 2)
    assert (of[HALL]["patrols-missed"], of[HALL]["patrol-rate.n"], of[HALL]["patrol-rate.d"]) == (0, 1, 1)


def test_a_day_closed_before_there_were_patrollers_takes_back_what_was_told_then() -> None:
    tally = Tally(due=(OFFICE,))
    day = PatrolDay(id=f"{COUNTY}/{MONDAY}", county=COUNTY, day=MONDAY, plans={"windows-daily": tally}, closed=True)
    county = desk()
    county.keeps([day])
    back = [(about, fact) for about, fact in county.agrees(WINDOW_SEEN, OFFICE, by=HALL) if about == OFFICE][1]
    as_it_was = MissedPatrolWithdrawn(patrol=PatrolKind.WINDOW, plan="windows-daily", day=MONDAY)
    assert back == (OFFICE, as_it_was)
    assert added(as_it_was)["patrols-missed"] == -1


def test_an_older_fact_counts_as_it_did() -> None:
    (_, fact), *_ = desk().agrees(STATION_SEEN, STATION)
    assert isinstance(fact, InspectionLogged)
    then = fact.model_copy(update={"check": None, "by": None, "rhythm": None})
    counted = added(then)
    assert (counted["inspections"], counted["score.n"], counted["patrol-rate.n"]) == (1, 9000, 1)
    assert not any(name.startswith("self") for name in counted)
