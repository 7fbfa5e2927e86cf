"""An award or a reporting scheme that was entered wrongly is put right; a period's closing is not."""

from __future__ import annotations

import pytest

from shared.events.feedback import AdoptReportingScheme, GrantAward
from shared.events.vocabulary import OrganisationKind
from tests.county import County
from tests.greenchannel.test_corrections import answers, counted
from tests.submitters import Said, closes_period, committee, hall, moment, office, township

GOOD = GrantAward(award="chifeng-good-person", person="P1")
MARCH = moment("2018-03-05")


def granted(person: str = "P1", about: str = office.code, n: int = 0) -> Said:
    return committee.says(GrantAward(award="chifeng-good-person", person=person), MARCH, about, n)


def adopted(since: str, december: bool = True) -> Said:
    asked = {
        "effective_from": since,
        "year_replaces_december": december,
        "year_replaces_fourth_quarter": True,
        "quarter_replaces_last_month": False,
    }
    return committee.says(AdoptReportingScheme.model_validate(asked), MARCH)


async def test_an_award_given_to_another_organisation_counts_there_and_can_be_given_again(county: County) -> None:
    wrong = granted()
    right = committee.instead_of(wrong, granted(about=hall.code), "登记有误")
    assert await answers(county, wrong, granted(n=1), right) == ["accepted", "award-already-granted", "accepted"]
    assert await counted(county) == {"award-chifeng-good-person": 1}
    months = await county.monthly()
    assert months[f"2018-03/150424/{hall.code}"]["add"] == {"award-chifeng-good-person": 1}
    back = committee.takes_back(right)
    assert await answers(county, back, granted(n=2)) == ["accepted", "accepted"]
    assert await counted(county) == {"award-chifeng-good-person": 1}


async def test_of_two_people_the_award_of_the_one_that_is_meant_is_taken_back(county: County) -> None:
    first, second = granted("P1"), granted("P2")
    assert await answers(county, first, second, committee.takes_back(second)) == ["accepted"] * 3
    assert await answers(county, granted("P1", n=1), granted("P2", n=1)) == ["award-already-granted", "accepted"]


async def test_who_does_not_stand_above_does_not_take_an_award_back(county: County) -> None:
    wrong = granted()
    assert await answers(county, wrong, office.takes_back(wrong)) == ["accepted", "not-yours-to-correct"]


@pytest.mark.parametrize("is_closed", [False, True])
async def test_a_scheme_is_corrected_until_a_period_was_closed_under_it(county: County, is_closed: bool) -> None:
    scheme = adopted("2018-01-01")
    if is_closed:
        assert await answers(county, scheme, closes_period("2018-03", "2018-04-01")) == ["accepted", "accepted"]
    else:
        assert await answers(county, scheme) == ["accepted"]
    right = committee.instead_of(scheme, adopted("2018-01-01", december=False), "办法有误")
    assert await answers(county, right) == ["closed-under-it" if is_closed else "accepted"]
    kept = (await county.documents())["feedback/schemes"]["150424"]["history"]
    assert [one["year_replaces_december"] for one in kept] == [is_closed]


async def test_a_closed_period_is_not_taken_back(county: County) -> None:
    closed = closes_period("2018-03", "2018-04-01")
    assert await answers(county, closed, committee.takes_back(closed)) == ["accepted", "not-correctable"]


async def test_what_is_taken_back_otherwise_is_said_so(county: County) -> None:
    registered = committee.registers("150424100206", OrganisationKind.VILLAGE, township.code)
    assert await answers(county, registered, committee.takes_back(registered)) == ["accepted", "taken-back-otherwise"]
    assert await answers(county, township.takes_back(registered)) == ["taken-back-otherwise"]
