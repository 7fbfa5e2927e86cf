"""The daily patrol: what is logged, what counts as on time, what a finding opens, and what may not be."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from services.inspection.patrols.model.patrols import Inspection, PatrolDay
from services.inspection.rectifications.model import Rectification
from shared.events.inspection import (
    CloseDay,
    Finding,
    GeoPlace,
    LogInspection,
    RectificationOpened,
    SubmitRectification,
)
from shared.events.vocabulary import PatrolKind, Severity
from tests.asking import HALL, OFFICE, STATION, TOWNSHIP, moment, slugs_in
from tests.inspection.patrolling import MIDNIGHT, MONDAY, PATROL, WINDOW, desk, logged

NINE = moment("2018-03-05")
DONE = SubmitRectification(rectification=f"{'0' * 8}-0000-5000-8000-{'0' * 12}/0")


def found(within: int) -> LogInspection:
    finding = Finding(item="灭火器过期", severity=Severity.MAJOR, rectify_within=within)
    return PATROL.model_copy(update={"findings": [finding]})


def test_the_first_patrol_of_a_day_is_told_from_the_others() -> None:
    county = desk()
    facts = [logged(county.agrees(PATROL, STATION, n=n)) for n in range(2)]
    assert [(fact.first_of_day, fact.made_up, fact.day) for fact in facts] == [
        (True, False, MONDAY),
        (False, False, MONDAY),
    ]
    assert county.only(PatrolDay).tally("stations-daily").patrolled == {STATION: 2}


def test_a_patrol_counts_for_the_day_it_happened_in_china() -> None:
    assert logged(desk().agrees(PATROL, STATION, "2018-03-05T23:59:59+08:00")).day == MONDAY
    assert logged(desk().agrees(PATROL, STATION, "2018-03-05T17:00:00+00:00")).day == MONDAY + timedelta(days=1)


def test_a_day_off_has_patrols_but_nothing_is_due() -> None:
    county = desk()
    fact = logged(county.agrees(PATROL, STATION, "2018-03-04"))
    assert (fact.plan, fact.due, fact.first_of_day, fact.on_time) == ("stations-daily", None, False, False)
    assert county.kept(PatrolDay) == []
    assert county.only(Inspection).day == date(2018, 3, 4)


ON_TIME = [("08:00", True), ("17:30", True), ("17:30:59", True), ("17:31", False), ("23:59", False)]


@pytest.mark.parametrize(("clock", "on_time"), ON_TIME)
def test_a_patrol_is_on_time_up_to_the_plans_time_that_minute_included(clock: str, on_time: bool) -> None:
    assert logged(desk().agrees(PATROL, STATION, f"2018-03-05T{clock}")).on_time is on_time


def test_a_place_becomes_on_time_once_whichever_of_its_patrols_arrives_first() -> None:
    county = desk()
    facts = [logged(county.agrees(PATROL, STATION, f"2018-03-05T{at}")) for at in ("18:00", "10:00", "09:00")]
    assert [(fact.first_of_day, fact.on_time) for fact in facts] == [(True, False), (False, True), (False, False)]


def test_an_inspection_is_kept_as_it_was_captured() -> None:
    county = desk()
    county.agrees(WINDOW.model_copy(update={"findings": found(within=3).findings}), OFFICE, "2018-03-05T08:30", HALL)
    asked = LogInspection(
        patrol=PatrolKind.WINDOW,
        score=9000,
        place=GeoPlace(latitude=43.6, longitude=118.0),
        photos=["0" * 64],
        reinspects=county.only(Rectification).rectification,
    )
    county.agrees(asked, OFFICE, by=HALL)
    (kept,) = (one for one in county.kept(Inspection) if one.captured == NINE)
    assert (kept.organisation, kept.submitter, kept.plan) == (OFFICE, HALL, "windows-daily")
    assert (kept.place, kept.photos, kept.reinspects) == (asked.place, ("0" * 64,), asked.reinspects)


def test_a_finding_opens_a_rectification_due_so_many_working_days_after_it() -> None:
    county = desk()
    facts = county.agrees(found(within=3), STATION, "2018-02-09")
    (_, (about, opened)) = facts
    assert about == STATION
    assert isinstance(opened, RectificationOpened)
    # Sunday the 11th and Saturday the 24th are worked, the 15th to the 21st are off
    assert (opened.deadline, opened.provisional) == (date(2018, 2, 13), False)
    assert county.only(Rectification).organisation == STATION


def test_a_deadline_in_a_year_without_a_notice_is_provisional() -> None:
    (_, (_, opened)) = desk().agrees(found(within=3), STATION, "2048-03-02")
    assert isinstance(opened, RectificationOpened)
    assert opened.provisional


REFUSALS = [
    ("not-patrolled", lambda county: county.refuses(PATROL, TOWNSHIP)),
    ("not-patrolled", lambda county: county.refuses(WINDOW, STATION)),
    ("not-patrolled", lambda county: county.refuses(WINDOW, HALL)),
    ("not-a-working-day", lambda county: county.refuses(CloseDay(day=date(2018, 3, 4)), at=MIDNIGHT)),
    ("not-a-working-day", lambda county: county.refuses(CloseDay(day=date(2018, 2, 16)), at=MIDNIGHT)),
    ("day-not-over", lambda county: county.refuses(CloseDay(day=MONDAY), at="2018-03-05T23:59:59")),
    (
        "day-already-closed",
        lambda county: (
            county.agrees(CloseDay(day=MONDAY), at=MIDNIGHT) and county.refuses(CloseDay(day=MONDAY), at=MIDNIGHT, n=1)
        ),
    ),
    ("unknown-rectification", lambda county: county.refuses(DONE, STATION)),
]


@pytest.mark.parametrize(("slug", "asked"), REFUSALS)
def test_what_may_not_be_is_refused_with_its_reason(slug: str, asked: object) -> None:
    assert callable(asked)
    assert asked(desk()) == slug


def test_every_reason_the_rules_name_is_given_in_some_test() -> None:
    here = Path(__file__).parent
    files = [*here.glob("test_*.py"), *(here.parent / "abuse").glob("test_*.py")]
    given = {slug for file in files for slug in slugs_in(str(file))}
    assert slugs_in("services/inspection") <= given
