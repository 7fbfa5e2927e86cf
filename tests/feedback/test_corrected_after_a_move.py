"""What is corrected or withdrawn after facts were placed anew is taken back where it counts now."""

from __future__ import annotations

import pytest

from services.feedback.placing.reads import left_behind
from shared.events.feedback import RePlaceFacts
from shared.events.vocabulary import OrganisationKind
from tests.county import County
from tests.feedback.test_late_moves import DAYS, ENTERED, SINCE, THERE, decided, figures, known, late, re_places
from tests.submitters import COUNTY, committee, moment, station, township

__all__ = ["late"]
SERVICE = station.serves(4, moment(DAYS[4]))
"""Given after the move, entered before it: three of five patrols and one of two services are placed anew."""


async def is_in_place(county: County) -> None:
    assert await county.differences() == []
    assert await left_behind(county.db("feedback"), COUNTY, await known(county)) == []


async def test_what_is_taken_back_is_taken_back_where_it_was_placed(late: County) -> None:
    assert await decided(late, re_places()) == []
    assert await decided(late, committee.takes_back(SERVICE)) == []
    assert [await figures(late, one) for one in (township, THERE)] == [(2, 3), (3, 0)]
    await is_in_place(late)


async def test_what_takes_the_place_of_another_counts_there_too_and_is_corrected_again(late: County) -> None:
    assert await decided(late, re_places()) == []
    right = committee.instead_of(SERVICE, committee.says_for(station.serves(6, moment(DAYS[4]), n=1)), "有误")
    assert await decided(late, right) == []
    assert [await figures(late, one) for one in (township, THERE)] == [(2, 3), (3, 6)]
    assert await decided(late, committee.takes_back(right)) == []
    assert [await figures(late, one) for one in (township, THERE)] == [(2, 3), (3, 0)]
    await is_in_place(late)


@pytest.mark.parametrize("day", [DAYS[1], DAYS[3]])
async def test_a_patrol_too_before_and_after_it_was_placed(late: County, day: str) -> None:
    assert await decided(late, committee.takes_back(station.logs(moment(day)))) == []
    assert [(await figures(late, one))[0] for one in (township, THERE)] == [4, 0]
    assert await decided(late, re_places()) == []
    left = [1, 3] if day == DAYS[1] else [2, 2]
    assert [(await figures(late, one))[0] for one in (township, THERE)] == left
    assert await decided(late, committee.takes_back(station.logs(moment(DAYS[4])))) == []
    assert [(await figures(late, one))[0] for one in (township, THERE)] == [left[0], left[1] - 1]
    await is_in_place(late)


async def test_it_goes_on_with_what_it_takes_back_when_that_is_placed_once_more(late: County) -> None:
    assert await decided(late, re_places()) == []
    assert await decided(late, committee.takes_back(SERVICE)) == []
    back = committee.registers(station.code, kind=OrganisationKind.VILLAGE, parent=township.code, since=SINCE)
    assert await decided(late, back) == []
    assert await decided(late, committee.says(RePlaceFacts(since=SINCE), ENTERED, about=station.code, n=2)) == []
    assert [await figures(late, one) for one in (township, THERE)] == [(5, 3), (0, 0)]
    await is_in_place(late)


async def test_a_fact_that_takes_another_back_names_it(late: County) -> None:
    assert await decided(late, committee.takes_back(SERVICE)) == []
    facts = [headers for _, headers, _ in (await late.facts()).values()]
    recorded = {one["ce-id"]: one for one in facts if one["ce-type"] == "green-service-recorded"}
    (undone,) = [one for one in facts if "ce-undoes" in one]
    assert undone["ce-type"] == "green-service-withdrawn"
    assert recorded[undone["ce-undoes"]]["ce-time"] == undone["ce-time"]
