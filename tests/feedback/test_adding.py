"""What facts add up to: their order does not matter, and longer periods are the sum of shorter ones."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.feedback.handlers import FOLLOWED
from services.feedback.measures.adding import ADDS, bucket
from services.feedback.measures.catalogue import MEASURES, Kind, finished, merge
from services.feedback.reports import periods
from shared.calendar import CHINA
from shared.events import Fact, greenchannel, roster
from shared.events.vocabulary import ClientGroup, Hall, ServiceMode
from tests.asking import OFFICE, OTHER_TOWNSHIP, STATION, TOWNSHIP
from tests.feedback.happening import DAY, HAPPENED, PATHS, Happened, case_done, increments, patrolled, totalled


@given(st.data(), HAPPENED)
def test_any_order_of_facts_makes_the_same_documents(data: st.DataObject, facts: Happened) -> None:
    other = data.draw(st.permutations(facts))
    assert increments(other) == increments(facts)


@settings(max_examples=30, deadline=None)
@given(HAPPENED, st.sampled_from(["150424", TOWNSHIP, STATION, OFFICE]))
def test_a_quarter_is_its_months_and_a_year_its_quarters_for_every_kind_of_measure(facts: Happened, who: str) -> None:
    for period in ("2018-Q1", "2018-Q2", "2018-Q3", "2018-Q4", "2018"):
        whole = totalled(facts, who, periods.months_of(period))
        parts = [totalled(facts, who, [month]) for month in periods.months_of(period)]
        for measure in MEASURES.values():
            assert whole[measure.name] == _together(measure.kind, [part[measure.name] for part in parts], measure.scale)


def _together(kind: Kind, values: list[Any], scale: int) -> Any:
    """Months put together by hand. Days of two months are never the same, so distinct days add up."""
    match kind:
        case Kind.FLOW | Kind.PER_PLACE | Kind.DISTINCT:
            return sum(values)
        case Kind.STOCK | Kind.BALANCE:
            return values[-1]
        case Kind.DISTRIBUTION:
            buckets = sorted({name for value in values for name in value})
            return {name: n for name in buckets if (n := sum(value.get(name, 0) for value in values))}
        case Kind.RATIO:
            n, d = (sum(value[part] for value in values) for part in "nd")
            return {"n": n, "d": d, "value": round(n / d / scale, 4) if d else None}


@given(HAPPENED)
def test_the_county_is_the_sum_of_everything_in_it(facts: Happened) -> None:
    months = periods.months_of("2018")
    county = totalled(facts, "150424", months)
    parts = [totalled([fact for fact in facts if fact[2] == path], "150424", months) for path in PATHS]
    for measure in MEASURES.values():
        if measure.kind in (Kind.FLOW, Kind.PER_PLACE, Kind.STOCK, Kind.BALANCE):
            assert county[measure.name] == sum(part[measure.name] for part in parts)


def test_an_organisation_that_moved_counts_where_it_stood() -> None:
    served = greenchannel.GreenServiceRecorded(client=ClientGroup.VULNERABLE, mode=ServiceMode.AGENCY, persons=4)
    served_twice = [
        (served, datetime(2018, 5, 31, tzinfo=CHINA), PATHS[0]),
        (served, datetime(2018, 6, 1, tzinfo=CHINA), PATHS[1]),
    ]
    counted = {
        who: totalled(served_twice, who, periods.months_of("2018"))["vulnerable-agency-person-times"]
        for who in (TOWNSHIP, OTHER_TOWNSHIP, STATION, "150424")
    }
    assert counted == {TOWNSHIP: 4, OTHER_TOWNSHIP: 4, STATION: 8, "150424": 8}


def test_a_stock_stays_until_it_is_set_again() -> None:
    moved_in = roster.DepartmentStationed(hall=Hall.HALL, valid_from=DAY)
    once = [(moved_in, datetime(2018, 3, 5, tzinfo=CHINA), PATHS[2])]
    assert [totalled(once, "150424", [month])["stationed"] for month in ("2018-02", "2018-03", "2018-09")] == [0, 1, 1]


def test_units_are_never_added_together() -> None:
    names = {measure.name for measure in MEASURES.values()}
    for client, unit in ((ClientGroup.ENTERPRISE, "cases"), (ClientGroup.VULNERABLE, "person-times")):
        for mode in ServiceMode:
            assert f"{client}-{mode}-{unit}" in names


@pytest.mark.parametrize(
    ("days", "name"), [(0, "0"), (1, "1-3"), (3, "1-3"), (4, "4-10"), (10, "4-10"), (11, "11+"), (366, "11+")]
)
def test_durations_fall_into_four_buckets(days: int, name: str) -> None:
    assert bucket(days) == name


def test_what_is_counted_is_a_measure_and_every_fact_is_followed() -> None:
    assert set(FOLLOWED) == set(Fact.registry.values()) >= set(ADDS)
    examples = [fact for fact, _, _ in _everything()]
    names = {name.split(".")[1] for fact in examples for name in _counts(fact)}
    assert names <= set(MEASURES)


def _everything() -> Happened:
    at = datetime(2018, 3, 5, tzinfo=CHINA)
    return [(patrolled(9000, True, False, 0), at, PATHS[0]), (case_done(3, True, 1, 0), at, PATHS[2])]


def _counts(fact: Fact) -> list[str]:
    return [
        name for one in increments([(fact, datetime(2018, 3, 5, tzinfo=CHINA), PATHS[0])]).values() for name in one.add
    ]


def test_nothing_happened_is_zero_and_no_value() -> None:
    empty = finished(merge([]))
    assert empty["inspections"] == empty["stationed"] == empty["patrolled-days"] == 0
    assert empty["patrol-rate"] == {"n": 0, "d": 0, "value": None}
    assert empty["severity"] == {}
