"""A service or a case that was registered wrongly is put right: as of its own day it counts as it should have."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from shared.pipeline.ledger import ledger
from tests.county import County
from tests.submitters import A_MONDAY, Said, committee, hall, just_now, office, station, stations, township


async def answers(county: County, *said: Said) -> list[str]:
    """What becomes of these, in one batch."""
    await county.hears(*said)
    async with county.working():
        await county.settles()
    return [in_a_word(await county.verdict(one)) for one in said]


def in_a_word(verdict: Mapping[str, Any] | None) -> str:
    """`accepted`, or the reason for a no."""
    assert verdict is not None
    return verdict["reasons"][0]["slug"] if verdict["reasons"] else str(verdict["verdict"])


async def counted(county: County) -> dict[str, Any]:
    """All measures of all places and months that are not nothing."""
    assert await county.differences() == []
    sums: dict[str, Any] = {}
    for one in (await county.monthly()).values():
        for name, value in one.get("add", {}).items():
            parts = value.items() if isinstance(value, dict) else [("", value)]
            for part, amount in parts:
                measure = f"{name}.{part}".rstrip(".")
                sums[measure] = sums.get(measure, 0) + amount
    return {name: amount for name, amount in sums.items() if amount}


SERVED = "vulnerable-agency-person-times"


@pytest.mark.parametrize("together", [True, False])
async def test_a_correction_takes_the_place_of_what_was_accepted(county: County, together: bool) -> None:
    wrong = station.serves(20, just_now())
    right = station.instead_of(wrong, station.serves(3, wrong.time))
    if together:
        assert await answers(county, wrong, right) == ["accepted", "accepted"]
    else:
        assert [*await answers(county, wrong), *await answers(county, right)] == ["accepted", "accepted"]
    assert await counted(county) == {SERVED: 3}
    kept = await ledger(county.db("greenchannel")).find_one({"_id": f"{station.code}/{right.id}"})
    assert kept is not None
    assert [kept["corrects"], kept["replaces"]] == [f"{station.code}/{wrong.id}"] * 2
    assert [fact["type"] for fact in kept["facts"]] == ["green-service-withdrawn", "green-service-recorded"]


async def test_what_is_taken_back_counts_no_longer_and_only_once(county: County) -> None:
    wrong = station.serves(20, just_now())
    twice = [station.takes_back(wrong), station.takes_back(wrong, n=1)]
    assert await answers(county, wrong, *twice) == ["accepted", "accepted", "already-corrected"]
    assert await counted(county) == {}


async def test_a_correction_can_be_corrected_and_the_first_stays_undone(county: County) -> None:
    wrong = station.serves(20, just_now())
    better = station.instead_of(wrong, station.serves(3, wrong.time))
    best = station.instead_of(better, station.serves(4, wrong.time))
    late = station.instead_of(wrong, station.serves(5, wrong.time))
    verdicts = await answers(county, wrong, better, best, late)
    assert verdicts == ["accepted", "accepted", "accepted", "already-corrected"]
    assert await counted(county) == {SERVED: 4}
    assert await answers(county, station.takes_back(best)) == ["accepted"]
    assert await counted(county) == {}


async def test_a_refused_correction_sent_again_still_replaces_what_it_was_to(county: County) -> None:
    wrong = office.opens(at=just_now())
    refused = office.instead_of(wrong, office.opens("unheard-of", wrong.time))
    again = office.instead_of(refused, office.opens(at=wrong.time, n=1))
    assert await answers(county, wrong, refused, again) == ["accepted", "unknown-process", "accepted"]
    assert await counted(county) == {"cases-opened": 1}
    assert await answers(county, office.takes_back(wrong)) == ["already-corrected"]


async def test_what_was_refused_is_sent_again_by_its_submitter_at_any_time_and_once(county: County) -> None:
    wrong = office.opens("unheard-of", A_MONDAY)
    right, second = (office.instead_of(wrong, office.opens(at=A_MONDAY, n=n)) for n in (1, 2))
    others = hall.instead_of(wrong, hall.opens(at=A_MONDAY))
    verdicts = await answers(county, wrong, others, office.takes_back(wrong), right, second)
    expected = ["unknown-process", "not-yours-to-correct", "nothing-to-withdraw", "accepted", "already-corrected"]
    assert verdicts == expected
    assert await counted(county) == {"cases-opened": 1}


async def test_a_row_of_refused_ones_becomes_one_act_wherever_in_it_somebody_goes_on(county: County) -> None:
    """As a form does that was refused twice, when one goes back in the browser and sends the first again."""
    wrong = office.opens("unheard-of", just_now())
    again = office.instead_of(wrong, office.opens("unheard-of", wrong.time, n=1))
    beside = office.instead_of(wrong, office.opens("unheard-of", wrong.time, n=2))
    right = office.instead_of(again, office.opens(at=wrong.time, n=3))
    assert await answers(county, wrong, again, beside, right) == [*["unknown-process"] * 3, "accepted"]
    late = [office.instead_of(one, office.opens(at=wrong.time, n=4)) for one in (wrong, again, beside)]
    assert await answers(county, *late) == ["already-corrected"] * 3
    assert await counted(county) == {"cases-opened": 1}


async def test_what_was_accepted_when_it_was_sent_again_can_itself_be_corrected_and_taken_back(county: County) -> None:
    wrong = office.opens("unheard-of", just_now())
    right = office.instead_of(wrong, office.opens(at=wrong.time))
    better = office.instead_of(right, office.opens(at=wrong.time, n=1))
    assert await answers(county, wrong, right, better) == ["unknown-process", "accepted", "accepted"]
    assert await answers(county, office.takes_back(better)) == ["accepted"]
    assert await counted(county) == {}


async def test_what_others_tried_to_correct_is_not_used_up_by_it(county: County) -> None:
    wrong = office.opens("unheard-of", just_now())
    others = hall.instead_of(wrong, hall.opens(at=wrong.time))
    again = hall.instead_of(others, hall.opens(at=wrong.time, n=1))
    right = office.instead_of(wrong, office.opens(at=wrong.time, n=2))
    verdicts = await answers(county, wrong, others, again, right)
    assert verdicts == ["unknown-process", "not-yours-to-correct", "accepted", "accepted"]


async def test_taking_back_a_refused_correction_leaves_what_it_was_to_replace(county: County) -> None:
    wrong = office.opens(at=just_now())
    refused = office.instead_of(wrong, office.opens("unheard-of", wrong.time))
    verdicts = await answers(county, wrong, refused, office.takes_back(refused))
    assert verdicts == ["accepted", "unknown-process", "nothing-to-withdraw"]
    assert await counted(county) == {"cases-opened": 1}


async def test_what_names_itself_or_each_other_corrects_nothing(county: County) -> None:
    one, other, another = (station.serves(n, just_now()) for n in (1, 2, 3))
    itself = station.takes_back(one)
    itself = itself.heading(corrects=itself.id)
    circle = [other.heading(corrects=another.id).repeated(6), another.heading(corrects=other.id).repeated(6)]
    verdicts = await answers(county, itself, itself.repeated(5), *circle)
    assert verdicts == ["unknown-correction", "unknown-correction", "unknown-correction", "accepted"]
    assert await counted(county) == {SERVED: 3}


async def test_when_its_month_is_over_those_above_correct_with_a_reason(county: County) -> None:
    wrong = station.serves(20, A_MONDAY)
    right = station.serves(3, A_MONDAY)
    by_itself = station.instead_of(wrong, right, "人次有误")
    above = [committee.instead_of(wrong, committee.says_for(right)), township.takes_back(wrong)]
    neighbour = stations[1].takes_back(wrong)
    verdicts = await answers(county, wrong, by_itself, neighbour, *above, above[1].repeated())
    expected = ["accepted", "correction-closed", "not-yours-to-correct", "reason-needed", "accepted", "accepted"]
    assert verdicts == expected
    assert await counted(county) == {}


async def test_those_above_put_their_own_correction_right_too_and_say_why(county: County) -> None:
    wrong, right = station.serves(20, A_MONDAY), township.says_for(station.serves(3, A_MONDAY))
    first = township.instead_of(wrong, right, "人次有误")
    back = station.takes_back(first)
    silent = township.instead_of(first, township.says_for(station.serves(4, A_MONDAY)))
    again = township.instead_of(first, township.says_for(station.serves(5, A_MONDAY)), "再次核对")
    verdicts = await answers(county, wrong, first, back, silent, again)
    assert verdicts == ["accepted", "accepted", "not-yours-to-correct", "reason-needed", "accepted"]
    assert await counted(county) == {SERVED: 5}


async def test_what_was_reported_for_another_place_counts_at_the_right_one(county: County) -> None:
    wrong = township.says_for(stations[0].serves(20, just_now()))
    right = township.instead_of(wrong, township.says_for(stations[1].serves(20, wrong.time)))
    assert await answers(county, wrong, right) == ["accepted", "accepted"]
    by_place = {
        one["path"].split("/")[-1]: one["add"][SERVED] for one in (await county.monthly()).values() if "add" in one
    }
    assert by_place == {stations[0].code: 0, stations[1].code: 20}
    assert await county.differences() == []


async def test_a_correction_names_something_of_its_type_that_is_known(county: County) -> None:
    wrong, never = station.serves(20, just_now()), station.serves(19, just_now())
    other = station.instead_of(wrong, station.opens(at=wrong.time))
    nothing = station.instead_of(never, station.serves(3, wrong.time))
    elsewhere = station.takes_back(wrong).heading(subject=office.code)
    withdrawn = station.takes_back(wrong, n=1)
    again = station.takes_back(withdrawn)
    verdicts = await answers(county, wrong, other, nothing, elsewhere, withdrawn, again)
    expected = ["accepted", "corrects-another-type", "unknown-correction", "withdraws-elsewhere", "accepted"]
    assert verdicts == [*expected, "not-correctable"]


async def test_a_completion_taken_back_leaves_the_case_open_and_an_opening_stays_while_completed(
    county: County,
) -> None:
    case = office.opens(at=just_now())
    done = office.completes(case, case.time, visits=9)
    early = office.takes_back(case)
    right = office.instead_of(done, office.completes(case, case.time, visits=1))
    assert await answers(county, case, done, early, right) == ["accepted", "accepted", "completion-stands", "accepted"]
    counts = await counted(county)
    assert (counts["visits.n"], counts["cases-completed"], counts["cases-opened"]) == (1, 1, 1)
    late = office.completes(case, case.time, n=5)
    verdicts = await answers(county, office.takes_back(right), office.takes_back(case, n=1), late)
    assert verdicts == ["accepted", "accepted", "case-withdrawn"]
    assert await counted(county) == {}
