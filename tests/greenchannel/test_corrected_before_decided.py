"""What was corrected before it was decided, as what lies among the dead letters is, counts once however it comes."""

from __future__ import annotations

import pytest

from shared.bus.shares import kept_under
from shared.bus.streams import SUBMISSIONS
from shared.pipeline.dead_letters import dead_letters, drive_again
from shared.pipeline.inlets import dead_letter
from shared.pipeline.ledger import ledger
from tests.county import County
from tests.greenchannel.test_corrections import SERVED, answers, counted
from tests.submitters import Said, just_now, station, township


async def buried(county: County, said: Said) -> int:
    """A program failed on it each time, and it was taken off the stream; the number of its letter."""
    await county.hears(said)
    message = await county.bus.last(SUBMISSIONS.name, kept_under(said.message.subject))
    assert message is not None
    await county.bus.publish([dead_letter("greenchannel", "service-error", "KeyError()", message, said.submitter)])
    await county.bus.api(f"STREAM.PURGE.{SUBMISSIONS.name}")
    return int((await dead_letters(county.bus, 1))["items"][-1]["id"])


@pytest.mark.parametrize("refused_again", [False, True])
async def test_a_dead_letter_whose_correction_counts_is_refused_when_it_is_driven_again(
    county: County, refused_again: bool
) -> None:
    wrong = station.serves(20, just_now())
    letter = await buried(county, wrong)
    right = station.instead_of(wrong, station.serves(3, wrong.time))
    again = station.instead_of(right, station.serves(3, wrong.time))
    row = [station.instead_of(right, station.opens("unheard-of", wrong.time))] if refused_again else []
    expected = ["unknown-correction", *["corrects-another-type"] * refused_again, "accepted"]
    assert await answers(county, right, *row, again) == expected
    async with county.working():
        assert await drive_again(county.bus, letter) == wrong.message.subject
        await county.settles()
    verdict = await county.verdict(wrong)
    assert verdict is not None
    assert [one["slug"] for one in verdict["reasons"]] == ["already-corrected"]
    assert await counted(county) == {SERVED: 3}
    (left,) = (await dead_letters(county.bus, 9))["items"]
    assert (left["state"], left["failed_again_as"]) == ("driven", None)
    late = station.instead_of(wrong, station.serves(4, wrong.time))
    assert await answers(county, late, station.takes_back(again)) == ["already-corrected", "accepted"]
    assert await counted(county) == {}


@pytest.mark.parametrize("together", [True, False])
async def test_what_was_corrected_in_vain_while_it_waited_is_replaced_once_it_is_decided(
    county: County, together: bool
) -> None:
    wrong = station.serves(20, just_now())
    early = station.instead_of(wrong, station.serves(3, wrong.time))
    again = station.instead_of(early, station.serves(3, wrong.time))
    if together:
        assert await answers(county, early, wrong, again) == ["unknown-correction", "accepted", "accepted"]
    else:
        assert await answers(county, early) == ["unknown-correction"]
        assert await answers(county, wrong) == ["accepted"]
        assert await answers(county, again) == ["accepted"]
    assert await counted(county) == {SERVED: 3}
    kept = await ledger(county.db("greenchannel")).find_one({"_id": f"{station.code}/{again.id}"})
    assert kept is not None
    assert kept["replaces"] == f"{station.code}/{wrong.id}"


async def test_what_was_taken_back_before_it_was_decided_never_counts(county: County) -> None:
    wrong = station.serves(20, just_now())
    early = station.takes_back(wrong)
    again = station.instead_of(early, station.takes_back(wrong, n=1))
    assert await answers(county, early, again, wrong, wrong.repeated()) == [
        "unknown-correction",
        "accepted",
        *["already-corrected"] * 2,
    ]
    assert await counted(county) == {}


async def test_those_above_replace_what_is_not_decided_yet_only_when_it_is(county: County) -> None:
    wrong, right = station.serves(20, just_now()), township.says_for(station.serves(3, just_now()))
    early = township.instead_of(wrong, right, "人次有误")
    again = township.instead_of(early, right, "人次有误")
    assert await answers(county, early, again) == ["unknown-correction"] * 2
    assert await counted(county) == {}
    last = township.instead_of(again, right, "人次有误")
    assert await answers(county, wrong, last) == ["accepted", "accepted"]
    assert await counted(county) == {SERVED: 3}


async def test_what_stands_beside_the_corrected_one_counts(county: County) -> None:
    """The control: only what was corrected is refused."""
    wrong, other = station.serves(20, just_now()), station.serves(5, just_now())
    early = station.instead_of(wrong, station.serves(3, wrong.time))
    again = station.instead_of(early, station.serves(3, wrong.time))
    verdicts = await answers(county, early, again, wrong, other)
    assert verdicts == ["unknown-correction", "accepted", "already-corrected", "accepted"]
    assert await counted(county) == {SERVED: 8}
